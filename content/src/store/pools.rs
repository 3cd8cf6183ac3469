//! How connections are opened: those that write and those that can only read, on both databases, and how long a statement may take on one.

use std::time::{Duration, Instant};

use sea_orm::sqlx::sqlite::{SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, DatabaseBackend, DatabaseConnection, DbErr, RuntimeErr, sqlx};

use super::{PATIENCE, READER_PATIENCE};

/// Connections of one pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Those that are at work.
    pub used: usize,
    /// Those that wait for work.
    pub idle: usize,
}

impl Pool {
    pub(super) fn of(database: &DatabaseConnection) -> Self {
        let (open, idle) = if database.get_database_backend() == DatabaseBackend::Postgres {
            let pool = database.get_postgres_connection_pool();
            (pool.size(), pool.num_idle())
        } else {
            let pool = database.get_sqlite_connection_pool();
            (pool.size(), pool.num_idle())
        };
        // Both figures are read one after the other, so the second may already be larger.
        let idle = Ord::min(idle, open as usize);
        Self { used: open as usize - idle, idle }
    }
}

/// Opens all connections that a pool of SQLite may have. Each has a thread, which inherits from the one that opens it how urgent its work is.
pub(super) async fn open_all(database: &DatabaseConnection) -> Result<(), DbErr> {
    if database.get_database_backend() != DatabaseBackend::Sqlite {
        return Ok(());
    }
    let pool = database.get_sqlite_connection_pool();
    let mut held = Vec::new();
    for _ in 0..pool.options().get_max_connections() {
        held.push(pool.acquire().await.map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(error.into())))?);
    }
    Ok(())
}

#[derive(Clone, Copy)]
pub(super) enum Access {
    Read,
    Write,
}

pub(super) fn pool(url: &str, connections: u32, access: Access) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    let patience = match access {
        Access::Read => READER_PATIENCE,
        Access::Write => PATIENCE,
    };
    options.max_connections(connections).acquire_timeout(patience).connect_timeout(PATIENCE).sqlx_logging(false);
    // With an end for idle or old connections the library looks over its idle ones now and then, and counts them by a number that is below zero for
    // a moment while another thread takes one: a thread that reads it then goes round for ever (sqlx 0.9, `spawn_maintenance_tasks`). Without an end
    // it never looks. A connection that broke meanwhile is found when it is taken.
    options.idle_timeout(None).max_lifetime(None);
    options
}

/// Readers of whichever database stands at this address, whose statements are ended after a while.
pub(super) fn reader(url: &str, connections: u32, deadline: Duration) -> ConnectOptions {
    if url.starts_with("sqlite:") { sqlite_within(url, connections, deadline) } else { postgres(url, connections, Access::Read, deadline) }
}

/// A reader's session cannot write, and ends a statement that nobody waits for any longer.
pub(super) fn postgres(url: &str, connections: u32, access: Access, deadline: Duration) -> ConnectOptions {
    let mut options = pool(url, connections, access);
    if matches!(access, Access::Read) {
        let limit = deadline.as_millis().to_string();
        options.map_sqlx_postgres_opts(move |options| {
            options.options([("default_transaction_read_only", "on"), ("statement_timeout", limit.as_str())])
        });
    }
    options
}

pub(super) fn sqlite(url: &str, connections: u32, access: Access) -> ConnectOptions {
    let read_only = matches!(access, Access::Read);
    let mut options = pool(url, connections, access);
    options.map_sqlx_sqlite_opts(move |options| {
        options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("query_only", if read_only { "on" } else { "off" })
            // Pages that a writer has changed stay in memory until the commit (64 MiB); spilled ones would be written twice.
            .pragma("cache_size", if read_only { "-2000" } else { "-65536" })
            .statement_cache_capacity(200)
    });
    options
}

/// Steps of SQLite's machine between two looks at the clock: some tenths of a millisecond.
const STEPS_PER_LOOK: i32 = 10_000;

/// Readers whose statements are ended after a while. A reader outside of a transaction takes a connection for each statement, so the time of a
/// statement begins when its connection is taken.
fn sqlite_within(url: &str, connections: u32, deadline: Duration) -> ConnectOptions {
    let mut options = sqlite(url, connections, Access::Read);
    // A file does not go away as a server does: the look at the clock takes the place of the ping.
    options.test_before_acquire(false);
    options.map_sqlx_sqlite_pool_opts(move |options| {
        options
            .after_connect(move |connection, _| Box::pin(begin_time(connection, deadline)))
            .before_acquire(move |connection, _| Box::pin(async move { begin_time(connection, deadline).await.map(|()| true) }))
    });
    options
}

async fn begin_time(connection: &mut SqliteConnection, deadline: Duration) -> sqlx::Result<()> {
    let begun = Instant::now();
    connection.lock_handle().await?.set_progress_handler(STEPS_PER_LOOK, move || begun.elapsed() < deadline);
    Ok(())
}
