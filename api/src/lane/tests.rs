//! Turns and places of the lane.

use std::time::Duration;

use content::ApiKeyId;
use tokio::time::timeout;
use uuid::Uuid;

use super::{Crowded, Lane, Owner};

const A: Owner = owner(1);
const B: Owner = owner(2);
const C: Owner = owner(3);
const FLOOD: Owner = A;
const OTHER: Owner = B;

const fn owner(number: u128) -> Owner {
    Owner::Key(ApiKeyId(Uuid::from_u128(number)))
}

/// Whether a place is given within a moment.
async fn placed(lane: &Lane, owner: Owner) -> bool {
    timeout(Duration::from_millis(20), lane.enter(owner)).await.is_ok()
}

#[tokio::test]
async fn accounts_take_turns_and_nobody_s_flood_holds_another_up() {
    let lane = Lane::new(1, 8);
    let first = lane.enter(FLOOD).await.unwrap();
    let flood: Vec<_> = (0..8)
        .map(|_| {
            tokio::spawn({
                let lane = lane.clone();
                async move { lane.enter(FLOOD).await.unwrap() }
            })
        })
        .collect();
    while lane.lock().accounts[&FLOOD].waiting.len() < 8 {
        tokio::task::yield_now().await;
    }
    assert_eq!(lane.enter(FLOOD).await.unwrap_err(), Crowded { most: 8 });
    let other = tokio::spawn({
        let lane = lane.clone();
        async move { lane.enter(OTHER).await.unwrap() }
    });
    while !lane.lock().accounts.contains_key(&OTHER) {
        tokio::task::yield_now().await;
    }
    drop(first);
    let mut flood = flood.into_iter();
    drop(flood.next().unwrap().await.unwrap());
    let other = other.await.unwrap();
    assert!(lane.lock().accounts[&FLOOD].waiting.len() == 7, "the other one came second");
    drop(other);
    for waiting in flood {
        drop(waiting.await.unwrap());
    }
    assert!(lane.lock().accounts.is_empty() && lane.lock().turns.is_empty() && lane.lock().running == 0);
}

#[tokio::test]
async fn one_account_has_at_most_half_of_the_places() {
    let lane = Lane::new(4, 8);
    let own = [lane.enter(A).await.unwrap(), lane.enter(A).await.unwrap()];
    assert!(!placed(&lane, A).await && placed(&lane, B).await);
    drop(own);
    assert!(placed(&lane, A).await);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn its_threads_make_way_and_no_other_does() {
    let niceness = || rustix::process::getpriority_process(None).unwrap();
    let (own, lane) = (niceness(), Lane::new(1, 1));
    let inside = lane.run(lane.enter(A).await.unwrap(), async move { niceness() }).end().await;
    assert_eq!((inside, niceness()), (Some((own + 10).min(19)), own));
}

#[tokio::test]
async fn who_has_gone_away_takes_no_place() {
    let lane = Lane::new(1, 1);
    let place = lane.enter(A).await.unwrap();
    assert!(!placed(&lane, A).await && !placed(&lane, B).await, "both have gone away again");
    drop(place);
    assert!(placed(&lane, C).await);
    let operation = lane.run(lane.enter(A).await.unwrap(), async { 7 });
    assert_eq!(operation.end().await, Some(7));
    let endless = lane.run(lane.enter(A).await.unwrap(), std::future::pending::<()>());
    drop(endless);
    assert!(timeout(Duration::from_secs(5), lane.enter(B)).await.is_ok(), "what is given up gives its place back");
}
