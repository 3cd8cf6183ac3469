//! What is measured of one operation on one database: each way of asking the API, and what it is compared with, one after the other.

use std::sync::Arc;
use std::time::Duration;

use data_encoding::HEXLOWER;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::ask::ask;
use crate::figures::{Pass, Row, count};
use crate::guides::Guides;
use crate::load::{self, Order, Target};
use crate::process::Process;
use crate::shot::{NUMBER, Shot};
use crate::way::Way;
use crate::works::Work;

/// Questions of the hot set.
const HOT: usize = 64;

/// Times that each guide is asked for before it counts as in memory: it is read, noted and kept.
const TIMES: usize = 3;

/// How hard and how long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    pub(crate) connections: usize,
    pub(crate) length: Duration,
    /// Passes over all ways: what slows the machine for a while slows all ways in one pass.
    pub(crate) passes: usize,
}

/// The servers and the guides of one database.
pub(crate) struct Place<'a> {
    pub(crate) database: &'static str,
    pub(crate) api: &'a Process,
    pub(crate) beside: Option<&'a Process>,
    pub(crate) guides: Arc<Guides>,
    /// Whether there is room for all guides, and they are to be there when guides are asked for at random.
    pub(crate) all_in_memory: bool,
}

impl Place<'_> {
    /// Whether all that an operation can ask for is in memory when it is asked for at random.
    const fn holds_all(&self, work: Work) -> bool {
        self.all_in_memory && matches!(work, Work::Page | Work::TwoFields)
    }
}

/// The length of the answer to an operation.
///
/// # Errors
///
/// If it is not answered rightly.
pub(crate) fn size(api: &Process, guides: &Guides, work: Work) -> Result<usize, String> {
    let body = json!({ "query": work.document(), "variables": work.variables(guides, 0) });
    let answer = ask(api.address, &body)?;
    if !work.is_right(guides, 0, &answer) {
        return Err(format!("{}: not the right answer: {answer}", work.name()));
    }
    Ok(answer.to_string().len())
}

/// Measures some ways of one operation.
///
/// # Errors
///
/// The first answer that is not right.
pub(crate) fn measure(
    place: &Place<'_>,
    work: Work,
    size: usize,
    (ways, effort): (&[Way], Effort),
    seed: &mut u64,
) -> Result<Vec<Row>, String> {
    if ways.contains(&Way::Random) && place.holds_all(work) {
        let (_, target) = target(place, work, size, Way::Random)?;
        load::run(&Arc::new(target), effort.connections, Order::Through(TIMES), *seed).map_err(|why| told(work, Way::Random, &why))?;
        *seed += 1;
    }
    let mut passes: Vec<Vec<Pass>> = vec![Vec::new(); ways.len()];
    for _ in 0..effort.passes {
        for (way, passes) in ways.iter().zip(&mut passes) {
            passes.push(one(place, work, size, (*way, effort), seed)?);
        }
    }
    let beside = |way| ways.iter().position(|other| *other == way).map(|number| &passes[number][..]);
    let rows = ways.iter().zip(&passes);
    Ok(rows.map(|(way, passes)| Row::of((place.database, work, *way), passes, (beside(Way::Static), beside(Way::Bare)))).collect())
}

fn one(place: &Place<'_>, work: Work, size: usize, (way, effort): (Way, Effort), seed: &mut u64) -> Result<Pass, String> {
    let (server, target) = target(place, work, size, way)?;
    let target = Arc::new(target);
    let mut run = |order: Order| {
        *seed += 1;
        load::run(&target, effort.connections, order, *seed).map_err(|why| told(work, way, &why))
    };
    // Where all guides are in memory, all were asked for a moment ago, as they are by a load that goes on for longer than a pass.
    run(if way == Way::Random && place.holds_all(work) { Order::Through(1) } else { Order::Random(effort.length / 5) })?;
    let before = server.seconds();
    let outcome = run(Order::Random(effort.length))?;
    let requests = outcome.taken_ns.len();
    let at = |part: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
        let place = (count(requests) * part) as usize;
        outcome.taken_ns.get(place.min(requests.saturating_sub(1))).map_or(0.0, |taken| f64::from(*taken) / 1_000.0)
    };
    Ok(Pass {
        requests,
        per_second: count(requests) / outcome.elapsed.as_secs_f64(),
        p50_us: at(0.5),
        p99_us: at(0.99),
        used: server.seconds() - before,
        bytes: outcome.bytes,
        memory_bytes: server.memory_bytes(),
    })
}

fn told(work: Work, way: Way, why: &str) -> String {
    format!("{} {}: {why}", work.name(), way.name())
}

fn target<'a>(place: &Place<'a>, work: Work, size: usize, way: Way) -> Result<(&'a Process, Target), String> {
    let guides = Arc::clone(&place.guides);
    let all = work.arguments(&guides);
    let arguments: Vec<usize> = match way {
        Way::Random => (0..all).collect(),
        Way::First => (0..HOT.min(all)).collect(),
        Way::Last => (all.saturating_sub(HOT)..all).collect(),
        Way::Static | Way::Bare | Way::Repeated | Way::RepeatedByHash | Way::NewVariables | Way::NewDocument | Way::NewFields => hot(all),
    };
    let beside = || place.beside.ok_or("there is nothing to compare with");
    let (server, shots) = match way {
        Way::Static => (beside()?, vec![Shot::get(&format!("/static/{size}"), "x".to_owned())]),
        Way::Bare => {
            let path = |argument: &usize| format!("/bare/{}/{}", work.name(), work.parameter(&guides, *argument));
            (beside()?, arguments.iter().map(|argument| Shot::get(&path(argument), String::new())).collect())
        }
        Way::RepeatedByHash => {
            let extensions = persisted(work);
            ask(
                place.api.address,
                &json!({ "query": work.document(), "variables": work.variables(&guides, 0), "extensions": extensions }),
            )?;
            let path = |argument: &usize| {
                let variables = work.variables(&guides, *argument).to_string();
                format!("/graphql?extensions={}&variables={}", escaped(&extensions.to_string()), escaped(&variables))
            };
            (place.api, arguments.iter().map(|argument| Shot::get(&path(argument), work.beginning(&guides, *argument))).collect())
        }
        Way::Repeated | Way::NewVariables | Way::Random | Way::NewDocument | Way::NewFields | Way::First | Way::Last => {
            let shot = |argument: &usize| Shot::post("/graphql", &body(&guides, work, *argument, way), work.beginning(&guides, *argument));
            (place.api, arguments.iter().map(shot).collect())
        }
    };
    let compared = !matches!(way, Way::Static | Way::Bare);
    let is_right = move |shot: usize, body: &[u8]| {
        let answer = |body: &[u8]| serde_json::from_slice::<Value>(body).unwrap_or_default();
        if compared { work.is_right(&guides, arguments[shot], &answer(body)) } else { body.len() > 2 }
    };
    Ok((server, Target { address: server.address, shots, is_right: Box::new(is_right) }))
}

/// How a document is named by its hash.
fn persisted(work: Work) -> Value {
    let hash = HEXLOWER.encode(&Sha256::digest(work.document().as_bytes()));
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

/// A text as it stands in an address.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// The questions of the hot set: some of all, the same ones each time.
fn hot(all: usize) -> Vec<usize> {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut below = |limit: usize| usize::try_from(random.next_u64() % u64::try_from(limit.max(1)).unwrap_or(1)).unwrap_or_default();
    (0..HOT.min(all)).map(|_| below(all)).collect()
}

/// The fields that every document has of a company, behind which one more can stand.
const MORE: &str = "slug name";

/// A question. A variable that the document does not declare is let be by GraphQL, and a comment is none of the document's matter: each makes a
/// question that was not sent before out of one whose right answer is known. So does one more field, and that is a document of other words.
fn body(guides: &Guides, work: Work, argument: usize, way: Way) -> String {
    let (document, mut variables) = (work.document(), work.variables(guides, argument).to_string());
    if matches!(way, Way::NewVariables | Way::Random | Way::First | Way::Last) {
        variables.pop();
        variables = format!("{variables},\"number\":{NUMBER}}}");
    }
    let comment = if way == Way::NewDocument { format!("# {NUMBER}\\n") } else { String::new() };
    let more = if way == Way::NewFields { format!(" a{NUMBER}: name") } else { String::new() };
    let document = document.replacen(MORE, &format!("{MORE}{more}"), 1).replace('"', "\\\"");
    format!("{{\"query\":\"{comment}{document}\",\"variables\":{variables}}}")
}
