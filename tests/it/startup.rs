//! Starting on a database: several at once, one that is newer, and looking without touching.

use std::path::PathBuf;

use api::settings::{Arguments, Settings};
use api::startup::{Counts, Found, StartError, look, site};
use sea_orm::ConnectionTrait;
use tests::{Backend, Stage, integrity};

fn settings(url: &str) -> Settings {
    Settings::read(Arguments::of_tool(Some(url.to_owned()), true)).unwrap()
}

async fn five_at_once(url: &str) {
    let starts = (0..5).map(|_| {
        let settings = settings(url);
        tokio::spawn(async move { site(&settings).await.map(|(site, started)| (site, started.planted)) })
    });
    let mut planted = Vec::new();
    let mut sites = Vec::new();
    for start in starts.collect::<Vec<_>>() {
        let (site, count) = start.await.unwrap().unwrap();
        planted.push(count);
        sites.push(site);
    }
    planted.sort_unstable();
    assert_eq!(planted, [0, 0, 0, 0, 8], "one of them does what is to be done");
    integrity::check(&sites[0].store).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_servers_start_at_once_on_one_file() {
    let folder = tempfile::tempdir().unwrap();
    five_at_once(&format!("sqlite:{}", folder.path().join("new.db").display())).await;
}

mod five_servers_start_at_once_on_one_server {
    use super::{Backend, Stage, five_at_once};

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn postgres() {
        five_at_once(&Stage::bare(Backend::Postgres).await).await;
    }
}

#[tokio::test]
async fn a_database_that_is_newer_is_left_alone() {
    let stage = Stage::empty(Backend::Sqlite).await;
    let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20991231_000001_from_the_future', 0)";
    stage.store.writer().execute_unprepared(newer).await.unwrap();
    let error = site(&settings(&stage.url)).await.err().unwrap();
    assert!(matches!(error, StartError::Newer { count: 1, .. }), "{error}");
    assert_eq!(error.exit_code(), 13);
    assert!(error.to_string().contains("from_the_future"));
    assert_eq!(look(&settings(&stage.url)).await.unwrap().1, Found::Newer(1));
}

#[tokio::test]
async fn looking_makes_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file: PathBuf = folder.path().join("greenroom.db");
    let settings = settings(&format!("sqlite:{}", file.display()));
    assert_eq!(look(&settings).await.unwrap().1, Found::Nothing);
    assert!(!file.exists());
    std::fs::write(&file, "").unwrap();
    assert!(matches!(look(&settings).await.unwrap().1, Found::Outdated(_)));
    drop(site(&settings).await.unwrap());
    assert_eq!(look(&settings).await.unwrap().1, Found::Ready(Counts { companies: 8, questions: 739 }));
}
