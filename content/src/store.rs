//! The one way to the database: a pool that writes and one that can only read, on both databases; and the guides in memory.

mod file;
mod pools;

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use crate::access::Gate;
use crate::access::session::Standing;
use crate::clock::Clock;
use crate::company::Pointers;
use crate::edit::Author;
use crate::error::{Doing, Result};
use crate::page::{Leaf, Remembered, totals};
use crate::pulse::Pulse;
use crate::shelf::Shelf;
use crate::view::{Desk, View, Viewer};

use self::pools::{Access, postgres, sqlite};

pub use self::file::{settle, sqlite_url};
pub use self::pools::Pool;
pub use crate::pulse::Beat;
pub use crate::shelf::ShelfUse;

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// The database's address: `sqlite:` and a path, or `postgres://...`.
    pub url: String,
    /// The address of a copy of the database that readers are answered from while it is not behind; none for none.
    pub read_url: Option<String>,
    /// Connections for readers.
    pub readers: u32,
    /// Bytes of guides that are kept in memory.
    pub shelf_bytes: u64,
    /// How long a statement of a reader may take before it is ended, on both databases.
    pub deadline: Duration,
    /// Where time comes from.
    pub clock: Clock,
}

impl Options {
    /// The usual options for this address.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), read_url: None, readers: 8, shelf_bytes: 256 * 1_024 * 1_024, deadline: PATIENCE, clock: Clock::System }
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
    /// Reads published content from a copy, while it is not behind.
    replica: Option<DatabaseConnection>,
    /// Reads whole tables at one moment: many statements on one connection, which together take as long as they take.
    walker: DatabaseConnection,
    writer: DatabaseConnection,
    pub(crate) shelf: Shelf,
    pub(crate) pointers: Pointers,
    pub(crate) totals: Remembered<u64>,
    pub(crate) leaves: Remembered<Arc<Leaf>>,
    pub(crate) pulse: Pulse,
    pub(crate) clock: Clock,
}

impl Store {
    /// Opens the database; a SQLite file is made if there is none. The tables must be brought up to date before anything is read.
    ///
    /// # Errors
    ///
    /// If the address is none of a database that is known here, or the database does not answer.
    pub async fn open(options: Options) -> Result<Self> {
        let Options { url, read_url, readers, shelf_bytes, deadline, clock } = options;
        let connect = async |options: ConnectOptions| Database::connect(options).await.doing("open the database");
        let reader = connect(pools::reader(&url, readers, deadline)).await?;
        let (walker, writer) = if url.starts_with("sqlite:") {
            let mut walker = sqlite(&url, 1, Access::Read);
            walker.connect_lazy(true);
            (connect(walker).await?, connect(sqlite(&url, 1, Access::Write)).await?)
        } else {
            // Its limit is one of a statement already, so that a transaction of many may last.
            (reader.clone(), connect(postgres(&url, WRITERS, Access::Write, deadline)).await?)
        };
        let replica = match read_url {
            Some(url) => {
                let mut options = pools::reader(&url, readers, deadline);
                // That a copy is away keeps nobody from starting: it is used when it answers.
                options.connect_lazy(true);
                Some(connect(options).await?)
            }
            None => None,
        };
        Ok(Self {
            reader,
            replica,
            walker,
            writer,
            shelf: Shelf::new(shelf_bytes),
            pointers: Pointers::default(),
            totals: totals(),
            leaves: Leaf::remembered(),
            pulse: Pulse::default(),
            clock,
        })
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

    /// The clock of the store.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
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
        if let Some(replica) = &mut self.replica {
            replica.set_metric_callback(seen.clone());
        }
        self.walker.set_metric_callback(seen.clone());
        self.writer.set_metric_callback(seen);
    }

    /// Bytes of the guides in memory, by their own estimate.
    #[must_use]
    pub fn shelf_bytes(&self) -> u64 {
        self.shelf.bytes()
    }

    /// Opens the connections of readers that are opened with the first requests otherwise: for a server, some of whose threads make way for others.
    ///
    /// # Errors
    ///
    /// If one cannot be opened.
    pub async fn open_all(&self) -> Result<()> {
        pools::open_all(&self.reader).await.doing("open the database")
    }

    /// The numbers of the catalogue, at most a second old while the database answers. It costs no statement but four times a second.
    ///
    /// # Errors
    ///
    /// If the database does not answer, and never did.
    pub async fn beat(&self) -> Result<Beat> {
        self.pulse.beat((&self.reader, self.replica.as_ref()), &self.clock).await
    }

    /// Whether a beat is of the newest version that this process knows of.
    #[must_use]
    pub fn is_newest(&self, beat: &Beat) -> bool {
        (beat.epoch, beat.version) == (self.pulse.epoch(), self.pulse.version())
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
        let Self { reader, replica, walker, writer, .. } = self;
        if let Some(replica) = replica {
            replica.close().await.doing("close the database")?;
        }
        reader.close().await.doing("close the database")?;
        walker.close().await.doing("close the database")?;
        writer.close().await.doing("close the database")
    }

    /// How the guides in memory are used.
    #[must_use]
    pub fn shelf_use(&self) -> ShelfUse {
        self.shelf.usage()
    }

    /// How many connections are in use, those of readers first and those of writers second.
    #[must_use]
    pub fn pools(&self) -> [Pool; 2] {
        [Pool::of(&self.reader), Pool::of(&self.writer)]
    }

    pub(crate) const fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    pub(crate) const fn has_replica(&self) -> bool {
        self.replica.is_some()
    }

    /// The copy, if there is one and it has all that is known to be in the database.
    pub(crate) fn replica(&self) -> Option<&DatabaseConnection> {
        self.replica.as_ref().filter(|_| self.pulse.replica_is_current())
    }

    pub(crate) const fn walker(&self) -> &DatabaseConnection {
        &self.walker
    }
}

#[cfg(test)]
mod tests;
