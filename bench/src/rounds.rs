//! What is measured of one operation on one database: each way of asking the API, and what it is compared with, one after the other.

use std::sync::Arc;
use std::time::Duration;

use clap::ValueEnum;
use data_encoding::HEXLOWER;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::ask::ask;
use crate::guides::Guides;
use crate::load::{self, Order, Target};
use crate::process::Process;
use crate::shot::{NUMBER, Shot};
use crate::works::Work;

/// Questions of the hot set.
const HOT: usize = 64;

/// Times that each guide is asked for before it counts as in memory: it is read, noted and kept.
const TIMES: usize = 3;

/// How the API is asked, and what beside it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Way {
    /// Bytes of the same size from memory.
    Static,
    /// A handler with the one SQL statement.
    Bare,
    /// The same questions again and again.
    Repeated,
    /// The same with GET, and the document named by its hash.
    RepeatedByHash,
    /// A known document with variables that were not sent before, over the hot set.
    NewVariables,
    /// The same over all guides at random.
    Random,
    /// A document that was not sent before, over the hot set: new by a comment.
    NewDocument,
    /// The same, new by a field: no part of its answer was made for a document that was sent before.
    NewFields,
    /// The first pages of a list, with variables that were not sent before.
    First,
    /// The last ones.
    Last,
}

impl Way {
    /// Those of which there is one for every operation.
    pub(crate) const COMPARED: [Self; 8] = [
        Self::Static,
        Self::Bare,
        Self::Repeated,
        Self::RepeatedByHash,
        Self::NewVariables,
        Self::Random,
        Self::NewDocument,
        Self::NewFields,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Static => "static bytes",
            Self::Bare => "bare handler, one statement",
            Self::Repeated => "repeated",
            Self::RepeatedByHash => "repeated, GET by hash",
            Self::NewVariables => "known document, new variables",
            Self::Random => "new variables, all guides",
            Self::NewDocument => "new document, by a comment",
            Self::NewFields => "new document, by a field",
            Self::First => "first pages, new variables",
            Self::Last => "last pages, new variables",
        }
    }
}

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

/// What was measured of one way. Of what differs from pass to pass, the median; of ratios, the median of what they were within one pass.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) database: &'static str,
    pub(crate) work: &'static str,
    pub(crate) way: Way,
    pub(crate) requests: usize,
    pub(crate) per_second: f64,
    /// Requests for one of static bytes.
    pub(crate) of_static: Option<f64>,
    /// Requests for one of the bare handler.
    pub(crate) of_bare: Option<f64>,
    pub(crate) p50_us: f64,
    pub(crate) p99_us: f64,
    /// So many times that of static bytes.
    pub(crate) p99_of_static: Option<f64>,
    /// Processor time of the server for one request.
    pub(crate) cpu_us: f64,
    pub(crate) bytes: usize,
    /// Memory of the server afterwards.
    pub(crate) memory_bytes: u64,
}

/// What was measured of one way in one pass.
#[derive(Clone, Debug)]
struct Pass {
    requests: usize,
    per_second: f64,
    p50_us: f64,
    p99_us: f64,
    /// Seconds of a processor that the server used.
    used: f64,
    bytes: usize,
    memory_bytes: u64,
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

impl Row {
    fn of((database, work, way): (&'static str, Work, Way), passes: &[Pass], (fixed, bare): (Option<&[Pass]>, Option<&[Pass]>)) -> Self {
        let middle = |figure: fn(&Pass) -> f64| median(passes.iter().map(figure));
        let ratio = |others: Option<&[Pass]>, figure: fn(&Pass) -> f64| {
            others.map(|others| median(passes.iter().zip(others).map(|(pass, other)| figure(pass) / figure(other))))
        };
        let requests = passes.iter().map(|pass| pass.requests).sum();
        let used: f64 = passes.iter().map(|pass| pass.used).sum();
        let last = passes.last();
        Self {
            database,
            work: work.name(),
            way,
            requests,
            per_second: middle(|pass| pass.per_second),
            of_static: ratio(fixed, |pass| pass.per_second),
            of_bare: ratio(bare, |pass| pass.per_second),
            p50_us: middle(|pass| pass.p50_us),
            p99_us: middle(|pass| pass.p99_us),
            p99_of_static: ratio(fixed, |pass| pass.p99_us),
            cpu_us: used / count(requests) * 1_000_000.0,
            bytes: last.map_or(0, |pass| pass.bytes),
            memory_bytes: last.map_or(0, |pass| pass.memory_bytes),
        }
    }
}

/// The figure in the middle.
fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "requests of seconds")]
fn count(requests: usize) -> f64 {
    requests.max(1) as f64
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
