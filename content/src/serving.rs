//! Who serves from a PostgreSQL database: servers share a lock of it, and a restore has it alone or not at all.
//!
//! It is an advisory lock of a session, held on a connection of its own. A look at the sessions that there are would say who serves now, but not keep
//! a server from starting in the next moment; and it says nothing of servers under other names. The lock goes with the session, also if the
//! process dies.

use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, Statement};
use tokio::task::AbortHandle;

use crate::error::{Doing, Result};
use crate::store::PATIENCE;

/// How soon a server takes the lock again after its connection broke.
const RENEWAL: Duration = Duration::from_secs(10);

/// The number is ours alone, beside that of the turn to migrate.
const SHARED: &str = "SELECT pg_try_advisory_lock_shared(473376667)";
const ALONE: &str = "SELECT pg_try_advisory_lock(473376667)";

/// The lock. It is let go when the value is dropped.
#[derive(Debug)]
pub struct Hold {
    session: DatabaseConnection,
    renewal: Option<AbortHandle>,
}

/// Takes the lock as one of the servers; nothing if a restore has it. It is taken again should the connection break.
///
/// # Errors
///
/// If the database does not answer.
pub async fn share(url: &str) -> Result<Option<Hold>> {
    let session = open(url).await?;
    if !take(&session, SHARED).await? {
        return Ok(None);
    }
    let again = session.clone();
    let renewal = tokio::spawn(async move {
        loop {
            tokio::time::sleep(RENEWAL).await;
            // Taken twice in a session it is still one lock. If the database is away now, the next round may find it.
            drop(take(&again, SHARED).await);
        }
    });
    Ok(Some(Hold { session, renewal: Some(renewal.abort_handle()) }))
}

/// Takes the lock as the only one; nothing if anybody serves.
///
/// # Errors
///
/// If the database does not answer.
pub async fn alone(url: &str) -> Result<Option<Hold>> {
    let session = open(url).await?;
    Ok(take(&session, ALONE).await?.then_some(Hold { session, renewal: None }))
}

impl Hold {
    /// Lets the lock go, and waits until it is.
    ///
    /// # Errors
    ///
    /// If the connection does not close.
    pub async fn release(self) -> Result<()> {
        self.stop();
        self.session.clone().close().await.doing("let a lock go")
    }

    fn stop(&self) {
        if let Some(renewal) = &self.renewal {
            renewal.abort();
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.stop();
    }
}

/// One connection that stays.
async fn open(url: &str) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None).sqlx_logging(false);
    options.acquire_timeout(PATIENCE).connect_timeout(PATIENCE);
    Database::connect(options).await.doing("open the database")
}

async fn take(session: &DatabaseConnection, statement: &str) -> Result<bool> {
    let row = session.query_one_raw(Statement::from_string(DatabaseBackend::Postgres, statement)).await.doing("take a lock")?;
    row.map_or(Ok(false), |row| row.try_get_by_index(0).doing("take a lock"))
}
