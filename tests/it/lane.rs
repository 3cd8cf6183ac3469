//! The lane of expensive operations: nobody else waits for them, they end at their deadline, and callers take turns.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use api::http::Site;
use api::lane::Lane;
use api::limiter::Owner;
use api::limits::Limits;
use serde_json::{Value, json};
use tests::{Backend, Server, Stage};

use crate::quotas::{LEAST, code, header};

/// A query that keeps a thread busy for far longer than anybody waits.
fn endless() -> String {
    let around = "questionCategories { questions { company { ".repeat(3);
    format!("{{ companies {{ nodes {{ {around} name {} }} }} }}", "} } }".repeat(3))
}

/// Who asks from an address.
fn at(address: &str) -> Owner {
    Owner::at(address.parse().ok())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_expensive_operation_ends_at_its_deadline_and_nobody_waits_for_it() {
    let stage = Stage::empty(Backend::Sqlite).await;
    stage.plant_starter().await;
    let limits =
        Limits { cost: u32::MAX, anonymous_points_per_minute: 100_000_000, entries: usize::MAX, time_ms: 3_000, ..Limits::default() };
    let mut site = Site::new(stage.store.clone(), limits);
    site.lane = Lane::new(1, 8);
    let server = Arc::new(Server::serve(site));
    let begun = Instant::now();
    let busy = tokio::spawn({
        let server = Arc::clone(&server);
        async move { server.ask_with(&endless(), json!({})).await }
    });
    let mut beside = 0;
    while !busy.is_finished() {
        let asked = Instant::now();
        assert_eq!(server.body(LEAST).send().await.unwrap().status(), 200);
        assert!(asked.elapsed() < Duration::from_secs(2), "a cheap request does not wait for an expensive one: {:?}", asked.elapsed());
        beside += 1;
    }
    assert!(beside > 10, "{beside} requests were answered beside it");
    let (status, code, message) = code(busy.await.unwrap()).await;
    assert_eq!((status, code.as_deref(), message.as_str()), (503, Some("LIM-008"), "The request took longer than 3000 ms."));
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    let page = "{ companies(first: 100) { nodes { name questionCategories { questions { text } } } } }";
    let answer = server.ask(page).await;
    assert_eq!(answer["errors"], Value::Null, "the lane is free again");
    assert!(answer["extensions"]["cost"]["points"].as_u64().unwrap() > 100);
}

#[tokio::test]
async fn a_busy_thread_that_is_not_in_the_lane_stops_at_the_deadline_too() {
    let stage = Stage::empty(Backend::Sqlite).await;
    stage.plant_starter().await;
    let limits = Limits {
        cost: u32::MAX,
        anonymous_points_per_minute: 100_000_000,
        entries: usize::MAX,
        time_ms: 500,
        heavy_cost: u32::MAX,
        ..Limits::default()
    };
    let server = Server::serve(Site::new(stage.store.clone(), limits));
    let answer = server.ask_with(&endless(), json!({})).await;
    assert_eq!(code(answer).await.1.as_deref(), Some("LIM-008"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_some_expensive_operations_of_one_caller_wait() {
    let stage = Stage::empty(Backend::Sqlite).await;
    stage.plant_starter().await;
    let mut site = Site::new(stage.store.clone(), Limits { heavy_cost: 0, heavy_waiting: 1, ..Limits::default() });
    site.lane = Lane::new(1, 1);
    site.address_header = Some("x-forwarded-for".to_owned());
    let lane = site.lane.clone();
    let server = Arc::new(Server::serve(site));
    let ask = |address: &'static str| {
        let request = server.body(LEAST).header("x-forwarded-for", address);
        tokio::spawn(async move { request.send().await.unwrap() })
    };
    let place = lane.enter(at("192.0.2.1")).await.unwrap();
    let mut both = vec![ask("192.0.2.1"), ask("192.0.2.1")];
    // One of them waits; the other one is refused, whichever came first.
    while !both.iter().any(tokio::task::JoinHandle::is_finished) {
        tokio::task::yield_now().await;
    }
    let refused = both.iter().position(tokio::task::JoinHandle::is_finished).unwrap();
    let refused = both.remove(refused).await.unwrap();
    assert_eq!(header(&refused, "retry-after"), "1");
    let (status, code, message) = code(refused).await;
    assert_eq!((status, code.as_deref()), (429, Some("LIM-015")), "{message}");
    let other = ask("192.0.2.2");
    drop(place);
    assert_eq!((both.remove(0).await.unwrap().status().as_u16(), other.await.unwrap().status().as_u16()), (200, 200));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callers_take_turns_whoever_came_first() {
    let stage = Stage::empty(Backend::Sqlite).await;
    let mut site = Site::new(stage.store.clone(), Limits { heavy_cost: 0, ..Limits::default() });
    site.lane = Lane::new(1, 8);
    site.address_header = Some("x-forwarded-for".to_owned());
    let lane = site.lane.clone();
    let server = Arc::new(Server::serve(site));
    let place = lane.enter(at("192.0.2.3")).await.unwrap();
    let ended = Arc::new(Mutex::new(Vec::new()));
    let mut clients = Vec::new();
    for address in ["192.0.2.1", "192.0.2.2"] {
        for _ in 0..8 {
            let (server, ended) = (Arc::clone(&server), Arc::clone(&ended));
            clients.push(tokio::spawn(async move {
                let answer = server.body(LEAST).header("x-forwarded-for", address).send().await.unwrap();
                assert_eq!(answer.status(), 200);
                ended.lock().unwrap().push(address);
            }));
        }
        // All of the first one's wait before the other one comes.
        while lane.ask(at(address)).is_ok() {
            tokio::task::yield_now().await;
        }
    }
    drop(place);
    for client in clients {
        client.await.unwrap();
    }
    let ended = ended.lock().unwrap().clone();
    // The lane gives turns strictly; the answers may overtake each other a little on their way.
    let second = |until: usize| ended[..until].iter().filter(|address| **address == "192.0.2.2").count();
    assert!(second(8) >= 2, "the other one did not wait for the first one's eight: {ended:?}");
}
