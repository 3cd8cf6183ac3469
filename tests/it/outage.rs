//! The database goes away under load and comes back: what is in memory is answered and says how old it is, the rest is told to come again, and nobody has
//! to start anything anew.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use api::http::Site;
use api::limits::Limits;
use content::store::{Options, Store};
use serde_json::{Value, json};
use tests::line::Line;
use tests::{Backend, Server, Stage};

const PAGE: &str = include_str!("queries/page.graphql");
/// How long it is away. Twenty seconds were measured by hand; what happens within the first six does not change.
const AWAY: Duration = Duration::from_secs(6);
/// A known company under a new question: nothing is kept for it, but its guide is in memory.
const KNOWN: &str = "query K($slug: String!) { company(by: {slug: $slug}) { name } }";

/// The address of a database by way of a line, and what it leads to.
fn parted(url: &str) -> (&str, &str, &str) {
    let (scheme, rest) = url.split_once('@').unwrap();
    let (host, name) = rest.split_once('/').unwrap();
    (scheme, host, name)
}

#[derive(Debug, Default)]
struct Reads {
    answered: u32,
    aged: u32,
    refused: u32,
}

/// Asks for pages that were asked for before, until it is done.
async fn read(server: &Server, slugs: &[&str], done: &AtomicBool) -> Reads {
    let (mut reads, mut number) = (Reads::default(), 0);
    while !done.load(Ordering::Acquire) {
        number += 1;
        let slug = slugs[number % slugs.len()];
        let response = server.ask_with(PAGE, json!({ "slug": slug })).await;
        match (response.status().as_u16(), response.headers().contains_key("age")) {
            (200, aged) => {
                reads.answered += 1;
                reads.aged += u32::from(aged);
                let answer: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
                assert_eq!(answer["data"]["company"]["slug"], slug, "{answer}");
            }
            _ => reads.refused += 1,
        }
        tokio::task::yield_now().await;
    }
    reads
}

/// A question that takes the database, each time another one.
async fn search(server: &Server, number: usize) -> reqwest::Response {
    server.ask_with(&format!("{{ companies(first: 3) {{ totalCount nodes {{ name }} }} }} # {number}"), json!({})).await
}

mod while_it_is_away_readers_are_answered_from_memory_and_when_it_is_back_from_it {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn postgres() {
        let stage = Stage::empty(Backend::Postgres).await;
        stage.plant_starter().await;
        let (scheme, host, name) = parted(&stage.url);
        let mut line = Line::to(host).await;
        let store = Store::open(Options::new(format!("{scheme}@{}/{name}", line.address))).await.unwrap();
        let site = Site::new(store, Limits { anonymous_points_per_minute: 100_000_000, ..Limits::default() });
        let server = Arc::new(Server::serve(site));
        let slugs = ["netflix", "openai", "anthropic"];
        let slugs: Vec<&'static str> = slugs.into_iter().collect();
        let mut known = Vec::new();
        for slug in &slugs {
            let answer: Value = serde_json::from_str(&server.ask_with(PAGE, json!({ "slug": slug })).await.text().await.unwrap()).unwrap();
            if !answer["data"]["company"].is_null() {
                known.push(*slug);
            }
        }
        assert!(known.contains(&"netflix"), "{known:?}");
        let done = Arc::new(AtomicBool::new(false));
        line.cut();
        let cut = Instant::now();
        let readers: Vec<_> = (0..4)
            .map(|_| {
                let (server, known, done) = (Arc::clone(&server), known.clone(), Arc::clone(&done));
                tokio::spawn(async move { read(&server, &known, &done).await })
            })
            .collect();
        let mut number = 0;
        let mut told = 0;
        while cut.elapsed() < AWAY {
            number += 1;
            let response = search(&server, number).await;
            let wait = response.headers().get("retry-after").map(|wait| wait.to_str().unwrap().to_owned());
            assert_eq!((response.status().as_u16(), wait.as_deref()), (503, Some("1")), "after {:?}", cut.elapsed());
            let answer: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
            assert_eq!(answer["errors"][0]["extensions"]["code"], "DB-001");
            told += 1;
        }
        let fresh = server.ask_with(KNOWN, json!({ "slug": "netflix", "number": 1 })).await;
        assert_eq!(fresh.status(), 200, "the guide is in memory");
        assert!(fresh.headers()["age"].to_str().unwrap().parse::<u64>().unwrap() >= 5);
        line.mend().await;
        let back = Instant::now();
        loop {
            number += 1;
            if search(&server, number).await.status() == 200 {
                break;
            }
            assert!(back.elapsed() < Duration::from_secs(5), "it is back and nobody notices");
        }
        let recovered = back.elapsed();
        let fresh = async || server.ask_with(PAGE, json!({ "slug": "netflix" })).await.headers().contains_key("age");
        while fresh().await {
            assert!(back.elapsed() < Duration::from_secs(5), "it is back, and answers still say that they are old");
        }
        done.store(true, Ordering::Release);
        let mut all = Reads::default();
        for reader in readers {
            let reads = reader.await.unwrap();
            all = Reads { answered: all.answered + reads.answered, aged: all.aged + reads.aged, refused: all.refused + reads.refused };
        }
        assert!(all.answered >= 99 * (all.answered + all.refused) / 100 && all.aged > 0 && told > 0, "{all:?}, {told}");
        assert!(recovered < Duration::from_secs(2), "recovered after {recovered:?}");
    }
}
