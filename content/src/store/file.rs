//! The file of a SQLite database: its address, and how it becomes the whole database by itself.

use std::path::Path;
use std::time::Duration;

use sea_orm::{ConnectionTrait, Database, DatabaseBackend, Statement};

use super::pools::{Access, pool};
use crate::code::Code;
use crate::error::{Doing, Result};

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
