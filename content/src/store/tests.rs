use std::time::{Duration, Instant};

use super::{Options, Store, sqlite_url};
use crate::code::Code;
use crate::error::Doing;
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};

/// So many turns of a loop within SQLite.
fn turns(count: u32) -> Statement {
    let sql = format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT max(i) FROM n");
    Statement::from_string(DatabaseBackend::Sqlite, sql)
}

#[tokio::test]
async fn a_slow_statement_ends_and_the_next_one_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let deadline = Duration::from_millis(200);
    let url = sqlite_url(&folder.path().join("greenroom.db"));
    let store = Store::open(Options { readers: 1, deadline, ..Options::new(url) }).await.unwrap();
    let begun = Instant::now();
    let error = store.reader().query_one_raw(turns(2_000_000_000)).await.doing("count").unwrap_err();
    assert_eq!(error.code(), Code::Time, "{error}");
    assert!(begun.elapsed() < Duration::from_secs(3), "it took {:?}", begun.elapsed());
    // The time of a statement is its own: many short ones together may take longer.
    let begun = Instant::now();
    while begun.elapsed() < deadline * 3 {
        store.reader().query_one_raw(turns(20_000)).await.unwrap();
    }
    // Who reads whole tables at one moment has no such limit, and neither has a writer.
    let begun = Instant::now();
    while begun.elapsed() < deadline * 2 {
        store.walker().query_one_raw(turns(2_000_000)).await.unwrap();
    }
    store.writer().query_one_raw(turns(20_000)).await.unwrap();
    store.close().await.unwrap();
}
