//! No answer is older than a second, and none goes back: a thousand publishings under load, read on two servers in processes of their own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::{Value, json};
use tests::both;
use tests::guides::{complete, saying};
use tokio::sync::RwLock;

use crate::host::Host;

const PUBLISHINGS: i64 = 1_000;
const PROMISED: Duration = Duration::from_secs(1);
const QUESTION: &str = "query Q($slug: String!) { company(by: {slug: $slug}) { revision questionCategories { questions { text } } } }";

/// When each revision was public at the latest, by its number.
type Published = Arc<RwLock<Vec<Instant>>>;

/// What a reader saw.
#[derive(Debug, Default)]
struct Seen {
    looks: u32,
    unchanged: u32,
    /// By how much the oldest answer was older than what was public when it was asked for.
    oldest: Duration,
}

/// How a reader asks.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// The same bytes each time.
    Same,
    /// New bytes each time, so that nothing is kept for it.
    New,
    /// With the tag of the last answer.
    Tagged,
}

/// Asks until it is done, and looks at each answer.
async fn read(base: String, way: Way, (published, done): (Published, Arc<AtomicBool>)) -> Seen {
    let (client, mut seen, mut last, mut tag) = (Client::new(), Seen::default(), 0, String::new());
    while !done.load(Ordering::Acquire) {
        let mut variables = json!({ "slug": "acorn" });
        if matches!(way, Way::New) {
            variables["number"] = json!(seen.looks);
        }
        let mut request = client.get(format!("{base}/graphql")).query(&[("query", QUESTION), ("variables", &variables.to_string())]);
        if matches!(way, Way::Tagged) && !tag.is_empty() {
            request = request.header("if-none-match", &tag);
        }
        let asked = Instant::now();
        let response = request.send().await.unwrap();
        seen.looks += 1;
        assert!(response.headers().get("age").is_none(), "the database was there all the time");
        let status = response.status().as_u16();
        response.headers()["etag"].to_str().unwrap().clone_into(&mut tag);
        let revision = if status == 304 {
            seen.unchanged += 1;
            last
        } else {
            let answer: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
            let company = &answer["data"]["company"];
            let revision = company["revision"].as_i64().unwrap();
            let text = company["questionCategories"][0]["questions"][0]["text"].as_str().unwrap();
            assert!(revision == 1 || text == format!("Round {revision}?"), "all of it is of one revision: {revision} {text}");
            revision
        };
        assert!(revision >= last, "{way:?}: it goes back from {last} to {revision}");
        last = revision;
        // The answer shows a revision that had been replaced so long before it was asked for.
        let next = published.read().await.get(usize::try_from(revision).unwrap() + 1).copied();
        seen.oldest = seen.oldest.max(next.map_or(Duration::ZERO, |next| asked.saturating_duration_since(next)));
    }
    seen
}

/// The longest time for which nothing of this process ran when it should have: that much a busy machine may add.
async fn stalls(done: Arc<AtomicBool>) -> Duration {
    let mut longest = Duration::ZERO;
    while !done.load(Ordering::Acquire) {
        let began = Instant::now();
        tokio::time::sleep(Duration::from_millis(10)).await;
        longest = longest.max(began.elapsed().saturating_sub(Duration::from_millis(10)));
    }
    longest
}

both! {
    async fn a_thousand_publishings_are_seen_within_a_second_and_nothing_goes_back(stage) {
        let editor = stage.editor().await;
        let acorn = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let hosts = [Host::over(&stage), Host::over(&stage)];
        let published: Published = Arc::new(RwLock::new(vec![Instant::now(), Instant::now()]));
        let done = Arc::new(AtomicBool::new(false));
        let readers: Vec<_> = hosts.iter().flat_map(|host| [Way::Same, Way::New, Way::Tagged].map(|way| (host.base.clone(), way)))
            .map(|(base, way)| (way, tokio::spawn(read(base, way, (Arc::clone(&published), Arc::clone(&done))))))
            .collect();
        let stalls = tokio::spawn(stalls(Arc::clone(&done)));
        for round in 2..=PUBLISHINGS + 1 {
            editor.republish(acorn, &saying("Acorn", &format!("Round {round}?"))).await.unwrap();
            published.write().await.push(Instant::now());
        }
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        done.store(true, Ordering::Release);
        let stalled = stalls.await.unwrap();
        for (way, reader) in readers {
            let seen = reader.await.unwrap();
            assert!(seen.looks > 100, "{way:?}: {seen:?}");
            assert!(seen.oldest <= PROMISED + stalled, "{way:?}: {seen:?}, and the longest stall was {stalled:?}");
        }
    }
}
