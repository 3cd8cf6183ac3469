//! One quota for several servers, counted in Redis, which may die and come back without any request failing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use api::http::Site;
use api::limiter::{Limiter, Patience, Window};
use api::limits::Limits;
use api::settings::{Arguments, Settings};
use serde_json::Value;
use tests::editing::fresh;
use tests::redis::{Redis, url};
use tests::{Backend, Server, Stage};

use crate::quotas::{LEAST, account, is_refused};

/// How a test is patient with Redis: the machine may be busy with other tests, and what is to be seen soon is asked often.
fn patience() -> Patience {
    Patience { answer: Duration::from_secs(5), again: Duration::from_millis(50), connect: Duration::from_secs(5) }
}

/// A limiter that counts in Redis.
async fn in_redis(url: &str, stage: &Stage) -> Limiter {
    Limiter::shared(url, stage.store.clock().clone(), patience()).await.unwrap()
}

#[tokio::test]
async fn redis_counts_as_memory_does() {
    let stage = Stage::empty(Backend::Sqlite).await;
    let (one, other) = (in_redis(&url(), &stage).await, in_redis(&url(), &stage).await);
    let day = account(1_000, Some(3), 1);
    assert_eq!(is_refused(one.take(&day, 10).await), None);
    let standing = other.look(&day).await;
    assert!(standing.shared && (990..=991).contains(&standing.points_left), "{standing:?}");
    assert_eq!(is_refused(other.take(&day, 1).await), None);
    assert_eq!(is_refused(one.take(&day, 1).await).unwrap().0, Window::Day);
    // One point a second: the wait is told in whole seconds, and true to the second.
    let minute = account(60, None, 0);
    assert_eq!(is_refused(one.take(&minute, 60).await), None);
    let before = Instant::now();
    let (which, wait_s) = is_refused(other.take(&minute, 2).await).unwrap();
    let told = Instant::now();
    assert!(which == Window::Minute && (1..=2).contains(&wait_s), "{wait_s}");
    loop {
        let waited = told.elapsed();
        if is_refused(other.take(&minute, 2).await).is_none() {
            break;
        }
        assert!(waited < Duration::from_secs(wait_s), "who has waited as long as told is answered");
    }
    assert!(before.elapsed() > Duration::from_secs(wait_s - 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_on_one_redis_hold_one_quota_under_load() {
    const QUOTA: u32 = 1_000;
    const REQUESTS: u32 = 2_000;
    let stage = Stage::empty(Backend::Sqlite).await;
    let mut servers = Vec::new();
    for _ in 0..2 {
        let limits = Limits { anonymous_points_per_minute: QUOTA, ..Limits::default() };
        let mut site = Site::new(stage.store.clone(), limits);
        site.limiter = in_redis(&url(), &stage).await;
        site.address_header = Some("x-forwarded-for".to_owned());
        servers.push(Arc::new(Server::serve(site)));
    }
    // An address that no run before has used.
    let address = std::net::Ipv6Addr::from_bits(fresh().as_u128().rotate_left(64)).to_string();
    let (left, granted) = (Arc::new(AtomicU32::new(REQUESTS)), Arc::new(AtomicU32::new(0)));
    let begun = Instant::now();
    let clients: Vec<_> = (0..16)
        .map(|number| {
            let (server, address) = (Arc::clone(&servers[number % 2]), address.clone());
            let (left, granted) = (Arc::clone(&left), Arc::clone(&granted));
            tokio::spawn(async move {
                while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok() {
                    match server.body(LEAST).header("x-forwarded-for", &address).send().await.unwrap().status().as_u16() {
                        200 => drop(granted.fetch_add(1, Ordering::Relaxed)),
                        status => assert_eq!(status, 429),
                    }
                }
            })
        })
        .collect();
    for client in clients {
        client.await.unwrap();
    }
    let refilled = u64::from(QUOTA) * u64::try_from(begun.elapsed().as_millis()).unwrap() / 60_000;
    let (granted, most) = (u64::from(granted.load(Ordering::Relaxed)), u64::from(QUOTA) + refilled);
    assert!(
        granted * 100 <= most * 102 && granted * 100 >= most.min(u64::from(REQUESTS)) * 98,
        "{granted} of {REQUESTS} were granted, of {most}"
    );
}

/// What `/readyz` says of Redis.
async fn readiness(server: &Server) -> (u16, String) {
    let response = server.request("GET", "/readyz").send().await.unwrap();
    let status = response.status().as_u16();
    let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    (status, body["redis"].as_str().unwrap_or_default().to_owned())
}

async fn until(server: &Server, redis: &str) {
    let begun = Instant::now();
    while readiness(server).await != (200, redis.to_owned()) {
        assert!(begun.elapsed() < Duration::from_secs(20), "the server does not say that Redis {redis}");
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_fails_when_a_redis_dies_and_comes_back_under_load() {
    const AWAY: &str = "does not answer; each server counts alone";
    let stage = Stage::empty(Backend::Sqlite).await;
    let mut redis = Redis::stopped();
    redis.start();
    let limits = Limits { anonymous_points_per_minute: 1_000_000, ..Limits::default() };
    let mut site = Site::new(stage.store.clone(), limits);
    site.limiter = in_redis(&redis.url(), &stage).await;
    let limiter = site.limiter.clone();
    let server = Arc::new(Server::serve(site));
    until(&server, "answers").await;
    let (stop, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU32::new(0)));
    let clients: Vec<_> = (0..8)
        .map(|_| {
            let (server, stop, answered) = (Arc::clone(&server), Arc::clone(&stop), Arc::clone(&answered));
            tokio::spawn(async move {
                while !stop.load(Ordering::Relaxed) {
                    let response = server.body(LEAST).send().await.unwrap();
                    assert_eq!(response.status(), 200, "{:?}", response.text().await);
                    answered.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    let more = async || {
        let before = answered.load(Ordering::Relaxed);
        while answered.load(Ordering::Relaxed) < before + 100 {
            tokio::task::yield_now().await;
        }
    };
    for _ in 0..3 {
        more().await;
        redis.kill();
        until(&server, AWAY).await;
        more().await;
        assert!(!limiter.look(&account(60, None, 0)).await.shared);
        redis.start();
        until(&server, "answers").await;
    }
    more().await;
    stop.store(true, Ordering::Relaxed);
    for client in clients {
        client.await.unwrap();
    }
    assert!(limiter.look(&account(60, None, 0)).await.shared);
}

#[tokio::test]
async fn while_redis_is_away_a_server_goes_on_from_where_it_was() {
    let stage = Stage::empty(Backend::Sqlite).await;
    let mut redis = Redis::stopped();
    redis.start();
    let limiter = in_redis(&redis.url(), &stage).await;
    let account = account(60, Some(100), 10);
    assert_eq!(is_refused(limiter.take(&account, 50).await), None);
    redis.kill();
    let standing = limiter.look(&account).await;
    assert!(!standing.shared && (10..=20).contains(&standing.points_left), "{standing:?}");
    assert_eq!(standing.day.unwrap().left, 89);
    assert_eq!(is_refused(limiter.take(&account, 1).await), None);
    redis.start();
    while limiter.redis_answers() != Some(true) {
        tokio::task::yield_now().await;
    }
    let standing = limiter.look(&account).await;
    assert!(standing.shared && standing.day.unwrap().left == 88, "the day is not begun anew by a Redis that lost it: {standing:?}");
}

#[tokio::test]
async fn a_server_starts_while_its_redis_is_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut arguments = Arguments::of_tool(Some(format!("sqlite:{}", folder.path().join("new.db").display())), true);
    let redis = Redis::stopped();
    let file = folder.path().join("settings.toml");
    std::fs::write(&file, format!("redis_url = {:?}", redis.url())).unwrap();
    arguments.config = Some(file);
    let (site, _) = api::startup::site(&Settings::read(arguments).unwrap()).await.unwrap();
    let server = Server::serve(site);
    assert_eq!(readiness(&server).await, (200, "does not answer; each server counts alone".to_owned()));
    assert_eq!(server.body(LEAST).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_server_without_redis_says_nothing_of_it() {
    let stage = Stage::empty(Backend::Sqlite).await;
    assert_eq!(readiness(&Server::of(&stage)).await, (200, String::new()));
}
