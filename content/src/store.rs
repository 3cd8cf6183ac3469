//! The one way to the database: a pool that writes and one that can only read, on both databases; and the guides in memory.

use std::path::Path;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};

use crate::access::Gate;
use crate::access::session::Standing;
use crate::clock::Clock;
use crate::code::Code;
use crate::edit::Author;
use crate::error::{Doing, Result};
use crate::shelf::Shelf;
use crate::view::{Desk, View, Viewer};

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// The database's address: `sqlite:` and a path, or `postgres://...`.
    pub url: String,
    /// Connections for readers.
    pub readers: u32,
    /// Bytes of guides that are kept in memory.
    pub shelf_bytes: u64,
    /// Where time comes from.
    pub clock: Clock,
}

impl Options {
    /// The usual options for this address.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), readers: 8, shelf_bytes: 256 * 1_024 * 1_024, clock: Clock::System }
    }
}

/// How long a writer waits for a lock or a connection before it fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// How long a reader waits for a connection: readers have others behind them, and are told early that the database is away.
const READER_PATIENCE: Duration = Duration::from_secs(3);
/// Connections that write on PostgreSQL; on SQLite there is one writer at a time.
const WRITERS: u32 = 4;

/// The content: opened once, shared by all who read and write.
#[derive(Clone, Debug)]
pub struct Store {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    pub(crate) shelf: Shelf,
    pub(crate) clock: Clock,
}

impl Store {
    /// Opens the database; a SQLite file is made if there is none. The tables must be brought up to date before anything is read.
    ///
    /// # Errors
    ///
    /// If the address is none of a database that is known here, or the database does not answer.
    pub async fn open(options: Options) -> Result<Self> {
        let Options { url, readers, shelf_bytes, clock } = options;
        let (reader, writer) = if url.starts_with("sqlite:") {
            let writer = Database::connect(sqlite(&url, 1, Access::Write)).await.doing("open the database")?;
            (Database::connect(sqlite(&url, readers, Access::Read)).await.doing("open the database")?, writer)
        } else {
            let writer = Database::connect(postgres(&url, WRITERS, Access::Write)).await.doing("open the database")?;
            (Database::connect(postgres(&url, readers, Access::Read)).await.doing("open the database")?, writer)
        };
        Ok(Self { reader, writer, shelf: Shelf::new(shelf_bytes), clock })
    }

    /// What a reader sees.
    #[must_use]
    pub fn view(&self, viewer: Viewer) -> View {
        View::new(self.clone(), viewer)
    }

    /// What an editor or the operator sees, and may change.
    #[must_use]
    pub fn desk(&self, author: Author) -> Desk {
        Desk::new(self.clone(), author)
    }

    /// What somebody who logged in sees, and may change as far as their role goes.
    #[must_use]
    pub fn desk_of(&self, standing: Standing) -> Desk {
        Desk::of(self.clone(), standing)
    }

    /// What somebody sees who has not proved yet who they are.
    #[must_use]
    pub fn gate(&self) -> Gate {
        Gate::new(self.clone())
    }

    /// Begins a transaction that writes. On SQLite it waits for other writers here, not in its middle.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
        self.writer.begin_with_options(options).await.doing("begin a write")
    }

    /// The connection that writes. For bringing the tables up to date and for backups; content is written through an `Edit` alone.
    #[must_use]
    pub const fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// The time now, by the clock of the store.
    #[must_use]
    pub fn now(&self) -> entity::Timestamp {
        self.clock.now()
    }

    /// A new id for a request: sorted by time, and nothing can be read from it but that.
    #[must_use]
    pub fn request_id(&self) -> String {
        self.clock.operation_id().0.simple().to_string()
    }

    /// Calls back after every statement: for metrics, and for tests that count.
    pub fn on_statement(&mut self, seen: impl Fn(&sea_orm::metric::Info<'_>) + Clone + Send + Sync + 'static) {
        self.reader.set_metric_callback(seen.clone());
        self.writer.set_metric_callback(seen);
    }

    /// Bytes of the guides in memory, by their own estimate.
    #[must_use]
    pub fn shelf_bytes(&self) -> u64 {
        self.shelf.bytes()
    }

    /// Asks the database whether it is there.
    ///
    /// # Errors
    ///
    /// If it does not answer.
    pub async fn ping(&self) -> Result<()> {
        self.reader.ping().await.doing("ask the database")
    }

    /// Closes all connections. On SQLite the log is written back into the one file.
    ///
    /// # Errors
    ///
    /// If a connection does not close.
    pub async fn close(self) -> Result<()> {
        let Self { reader, writer, .. } = self;
        reader.close().await.doing("close the database")?;
        writer.close().await.doing("close the database")
    }

    pub(crate) const fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }
}

#[derive(Clone, Copy)]
enum Access {
    Read,
    Write,
}

fn pool(url: &str, connections: u32, access: Access) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    let patience = match access {
        Access::Read => READER_PATIENCE,
        Access::Write => PATIENCE,
    };
    options.max_connections(connections).acquire_timeout(patience).connect_timeout(PATIENCE).sqlx_logging(false);
    options
}

/// A reader's session cannot write, and ends a statement that nobody waits for any longer.
fn postgres(url: &str, connections: u32, access: Access) -> ConnectOptions {
    let mut options = pool(url, connections, access);
    if matches!(access, Access::Read) {
        options.map_sqlx_postgres_opts(|options| options.options([("default_transaction_read_only", "on"), ("statement_timeout", "10s")]));
    }
    options
}

fn sqlite(url: &str, connections: u32, access: Access) -> ConnectOptions {
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

/// Writes the log of a SQLite file back into it and removes the log, so that the one file is the whole database. That needs the file for itself: `false`
/// if somebody else has it open.
///
/// # Errors
///
/// If the file is no database, or a damaged one.
pub async fn settle(file: &Path) -> Result<bool> {
    let mut options = pool(&sqlite_url(file), 1, Access::Write);
    options.map_sqlx_sqlite_opts(|options| options.busy_timeout(Duration::from_secs(1)));
    let alone = async {
        let database = Database::connect(options).await.doing("open the database")?;
        let alone = Statement::from_string(DatabaseBackend::Sqlite, "PRAGMA journal_mode = DELETE");
        let row = database.query_one_raw(alone).await.doing("write the log back");
        let mode = row.and_then(|row| row.map(|row| row.try_get_by_index::<String>(0)).transpose().doing("write the log back"));
        database.close().await.doing("close the database")?;
        mode.map(|mode| mode.is_some_and(|mode| mode == "delete"))
    };
    match alone.await {
        Err(error) if error.code() == Code::DatabaseBusy => Ok(false),
        outcome => outcome,
    }
}

/// The address of a SQLite file. Signs that have a meaning in addresses are written so that they have none.
#[must_use]
pub fn sqlite_url(file: &Path) -> String {
    let path = file.display().to_string().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("sqlite:{path}")
}
