//! Thousands of requests that nobody has written, right ones and spoilt ones, at both doors and from everybody: whatever is asked, the answer has
//! its form and a code, tells nothing of the inside, and the server goes on as before.
//!
//! `GREENROOM_TEST_FUZZ=20000` asks for more of them, `GREENROOM_TEST_FUZZ=1:1234` for the one of a number; a failure says which it was. A request is
//! made from its number and from what exists by then, so one of a late number is the same only over the same content.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use api::graphql::admin::admin_sdl;
use api::graphql::public_sdl;
use content::{KeyMode, Role};
use serde_json::{Value, json};
use tests::admin::{PASSWORD, person};
use tests::editing::GUIDE;
use tests::fuzz::{Asker, Dice, Extent, Known, Outcome, Sent, Shape, Writer, judge, spoil};
use tests::partners::{key, open_terms};
use tests::{Stage, both};

use crate::host;

/// Requests of the usual round: some twenty seconds on a machine that is busy with other tests.
const USUAL: u64 = 1_000;

/// What exists is asked again after so many: edits have changed it.
const AGAIN: u64 = 100;

/// Who asks, as often as there is something to find in their answers.
const ASKERS: [Asker; 12] = {
    use Asker::{Administrator, Outsider, Partner, Reader, Stranger};
    [
        Stranger,
        Stranger,
        Partner,
        Partner,
        Partner,
        Outsider,
        Reader,
        Administrator,
        Administrator,
        Administrator,
        Administrator,
        Administrator,
    ]
};

/// Mebibytes by which the memory of the server may grow after its first quarter of the requests.
const GROWTH_MIB: u64 = 64;

/// The server in a process of its own, and everybody who asks it.
struct Host {
    process: host::Host,
    client: reqwest::Client,
    key: String,
    reader: String,
    administrator: String,
    /// People are made anew, at an address of their own, when somebody has been locked out by a request of their own.
    people: usize,
}

impl Host {
    async fn over(stage: &Stage) -> Self {
        let process = host::Host::over(stage);
        let client = reqwest::Client::builder().timeout(Duration::from_mins(2)).build().unwrap();
        let key = key(stage, "fuzz", KeyMode::Live, open_terms()).await.secret.reveal().to_owned();
        let (reader, administrator) = (String::new(), String::new());
        let mut host = Self { process, client, key, reader, administrator, people: 0 };
        host.enter(stage).await;
        host
    }

    /// Lets a reader and an administrator in whom nobody has met before.
    async fn enter(&mut self, stage: &Stage) {
        self.people += 1;
        self.reader = self.login(stage, &format!("reader{}", self.people), Role::Reader).await;
        self.administrator = self.login(stage, &format!("admin{}", self.people), Role::Admin).await;
    }

    async fn login(&self, stage: &Stage, name: &str, role: Role) -> String {
        let user = person(&stage.store, name, role).await;
        let query = "mutation L($e: String!, $p: String!) { login(input: { email: $e, password: $p }) { accessToken } }";
        let answer = self.asked(Asker::Outsider, query, json!({ "e": user.email, "p": PASSWORD })).await;
        answer["data"]["login"]["accessToken"].as_str().unwrap_or_else(|| panic!("nobody came in: {answer}")).to_owned()
    }

    fn token(&self, asker: Asker) -> Option<&str> {
        match asker {
            Asker::Stranger | Asker::Outsider => None,
            Asker::Partner => Some(&self.key),
            Asker::Reader => Some(&self.reader),
            Asker::Administrator => Some(&self.administrator),
        }
    }

    /// An honest question.
    async fn asked(&self, asker: Asker, query: &str, variables: Value) -> Value {
        let mut body = json!({ "query": query });
        body["variables"] = variables;
        let headers = vec![("content-type", "application/json".to_owned())];
        let sent = Sent { asker, method: "POST", headers, pairs: Vec::new(), body: body.to_string().into_bytes() };
        serde_json::from_str(&self.send(&sent).await.unwrap().2).unwrap()
    }

    /// The status, the type and the body of an answer; nothing if none came.
    async fn send(&self, sent: &Sent) -> Result<(u16, String, String), reqwest::Error> {
        let path = if sent.asker.is_public() { "/graphql" } else { "/admin/graphql" };
        let mut request = self.client.request(sent.method.parse().unwrap(), format!("{}{path}", self.process.base)).query(&sent.pairs);
        request = request.header("x-forwarded-for", format!("10.0.{}.{}", self.people / 250, self.people % 250));
        for (name, value) in &sent.headers {
            request = request.header(*name, value);
        }
        if let Some(token) = self.token(sent.asker).filter(|_| !sent.has("authorization")) {
            request = request.bearer_auth(token);
        }
        let response = request.body(sent.body.clone()).send().await?;
        let media = response.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        Ok((response.status().as_u16(), media, response.text().await?))
    }

    /// What exists now.
    async fn known(&self) -> Known {
        let public = "{ companies(first: 8) { pageInfo { endCursor } nodes { id slug name tier { key } highlights salaryRanges { id level } \
            questions(first: 3) { pageInfo { endCursor } nodes { id text tags } } } } }";
        let admin = "{ companies(first: 12) { pageInfo { endCursor } nodes { id slug name stamp { base edits } guide { ...G } } } \
            operations(first: 20) { pageInfo { endCursor } nodes { id job by } } users { id email name version } \
            tiers { stamp tiers { key name } } partners { id slug version } apiKeys { id name version } } ";
        let mut known = Known::default();
        known.learn(&self.asked(Asker::Partner, public, json!({})).await["data"]);
        let mut answer = self.asked(Asker::Administrator, &format!("{admin} {GUIDE}"), json!({})).await;
        assert!(answer["errors"].is_null(), "{answer}");
        // Whose key is used here is not told, or it would soon be revoked; nor who is logged in, or they would soon be out.
        answer["data"]["partners"].as_array_mut().unwrap().retain(|partner| partner["slug"] != "aldermere");
        let own = ["reader", "admin"].map(|name| json!(format!("{name}{}@guides.example", self.people)));
        answer["data"]["users"].as_array_mut().unwrap().retain(|user| !own.contains(&user["email"]));
        known.learn(&answer["data"]);
        known
    }

    /// The memory of the server in mebibytes.
    fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1_024
    }
}

/// The request of a number.
fn made(dice: &mut Dice, shapes: (&Shape, &Shape), known: &Known) -> Sent {
    let asker = *dice.pick(&ASKERS);
    let shape = if asker.is_public() { shapes.0 } else { shapes.1 };
    let changes = !asker.is_public() && dice.chance(if asker == Asker::Administrator { 75 } else { 15 });
    let writer = Writer::new(shape, known, dice);
    let mut document = if changes { writer.mutation() } else { writer.query() };
    let how = dice.below(10);
    if how < 3 {
        spoil::spoil(dice, &mut document);
    }
    let mut sent = Sent::of(dice, asker, &document);
    if how == 3 {
        sent.spoil(dice);
    }
    sent
}

/// New guides: edits have archived and deleted some of those before.
async fn plant(stage: &Stage, number: u64) {
    let first = u32::try_from(number / AGAIN).unwrap();
    seed::synthetic::plant(&stage.desk("generator"), first..first + 1, |_| ()).await.unwrap();
}

/// Sends all of them, and gives how often each code was given.
async fn fuzz(host: &mut Host, stage: &Stage, extent: Extent) -> (BTreeMap<String, u64>, String) {
    let shapes = (Shape::of(public_sdl()), Shape::of(admin_sdl()));
    let (mut counts, mut known, mut before) = (BTreeMap::new(), host.known().await, host.memory());
    for number in extent.first..extent.first + extent.count {
        if number % AGAIN == 0 {
            plant(stage, number).await;
            host.enter(stage).await;
            known = host.known().await;
        }
        if number == extent.first + extent.count / 4 {
            before = host.memory();
        }
        let sent = made(&mut Dice::new(number), (&shapes.0, &shapes.1), &known);
        let answer = host.send(&sent).await.unwrap_or_else(|error| panic!("number {number} got no answer: {error:?}\n{sent}"));
        let (status, media, text) = &answer;
        let outcome = judge(*status, media, text).unwrap_or_else(|wrong| panic!("number {number}: {wrong}\n{sent}\n{status} {text}"));
        if *status == 401 && matches!(sent.asker, Asker::Reader | Asker::Administrator) && !sent.has("authorization") {
            host.enter(stage).await;
        }
        let word = match outcome {
            Outcome::Refused(code) => code,
            Outcome::Answered if sent.body.windows(8).any(|part| part == b"mutation") => "edited".to_owned(),
            Outcome::Answered => "answered".to_owned(),
        };
        *counts.entry(word).or_insert(0) += 1;
    }
    let after = host.memory();
    assert!(after <= before + GROWTH_MIB, "the server has grown from {before} to {after} MiB");
    (counts, format!("{before} MiB after the first quarter, {after} MiB at the end, {} logins", host.people))
}

both! {
    #[allow(clippy::print_stdout, reason = "whoever asks for more than the usual round wants to read how it went")]
    async fn whatever_is_asked_is_answered_in_form_and_tells_nothing_of_the_inside(stage) {
        stage.plant_starter().await;
        let (mut host, extent, begun) = (Host::over(&stage).await, Extent::or(USUAL), Instant::now());
        let (counts, memory) = fuzz(&mut host, &stage, extent).await;
        let answer = host.asked(Asker::Stranger, "{ service { version } }", json!({})).await;
        assert!(answer["data"]["service"]["version"].is_string(), "an honest question is answered: {answer}");
        println!("{:?}: {} requests in {:?}, {memory}: {counts:?}", stage.backend, extent.count, begun.elapsed());
        if extent.count >= USUAL {
            assert!(counts["answered"] * 5 > extent.count, "too few are right to reach far into the server: {counts:?}");
            assert!(counts.len() > 20, "too few codes are reached: {counts:?}");
        }
    }
}
