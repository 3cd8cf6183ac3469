//! Backups: the whole content of a database as one text file, the same for SQLite and PostgreSQL, so that one is restored into the other.
//!
//! A backup is JSON Lines: the first line names the format, the second to the last but one are a row each with its table, the last one counts the rows
//! and has the SHA-256 of all bytes in front of it. It is taken in one read transaction, so it shows one moment while others write; it is written
//! and read a line at a time, so memory does not grow with the database.
//!
//! Not in it: sessions, refresh tokens, counts of failed logins and public halves of signing keys, because a restore must not bring logins to life
//! that were ended since, or trust in a key that was withdrawn. Users are in it with the hashes of their passwords: it is kept as the database is.
//! The index rows of public guides are not in it either: a restore writes them anew from the revisions, as publishing does.

mod line;
mod read;
mod restore;
mod tables;
mod write;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use entity::Timestamp;

use crate::error::Error;

pub use read::verify;
pub use restore::{Restored, restore};
pub use tables::{LEFT_OUT, REWRITTEN, TABLES};
pub use write::write;

/// What the first line says of the format.
pub const FORMAT: &str = "greenroom/backup@1";
/// The most bytes of a line: a company that was deleted is one line with all of its revisions.
pub const LINE_BYTES: u64 = 256 * 1_024 * 1_024;

/// Rows by their table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Counts(pub BTreeMap<String, u64>);

impl Counts {
    /// Rows of one table.
    #[must_use]
    pub fn of(&self, table: &str) -> u64 {
        self.0.get(table).copied().unwrap_or_default()
    }

    /// Rows of all tables.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.values().sum()
    }

    fn add(&mut self, table: &str, rows: u64) {
        *self.0.entry(table.to_owned()).or_default() += rows;
    }
}

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// When it was made.
    pub made_at: Timestamp,
    /// Its rows.
    pub rows: Counts,
}

/// Why a backup cannot be made or used. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file cannot be read or written.
    #[error("The backup cannot be read or written: {0}")]
    File(#[from] std::io::Error),
    /// It is something else.
    #[error("This is no backup of Greenroom: its first line does not say {FORMAT}.")]
    Format,
    /// An older program made it.
    #[error(
        "The backup is of an older Greenroom: its database ends at step {found}, this one's at {known}. Restore it with the version that made it, then update."
    )]
    Older {
        /// The last step of its database.
        found: String,
        /// The last step of this program.
        known: String,
    },
    /// A newer program made it.
    #[error("The backup is of a newer Greenroom: its database ends at step {found}, which this one does not know. Update first.")]
    Newer {
        /// The last step of its database.
        found: String,
    },
    /// It ends too early.
    #[error("The backup was cut off: it ends at line {line} without the line that ends a backup.")]
    Cut {
        /// The last line that is there.
        line: u64,
    },
    /// It is not as it was written.
    #[error("The backup is damaged, in line {line}: {why}")]
    Damaged {
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        why: String,
    },
    /// The database does not do it.
    #[error(transparent)]
    Content(#[from] Error),
}

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: String,
    made_at: String,
    /// The last step of the database's history.
    schema: String,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    rows: Counts,
    sha256: String,
}

impl Head {
    fn new(at: Timestamp, schema: &str) -> Self {
        // The calendar of an instant is within the years that the form can write.
        Self { format: FORMAT.to_owned(), made_at: at.to_utc().format(&Rfc3339).unwrap_or_default(), schema: schema.to_owned() }
    }

    fn made_at(&self) -> Option<Timestamp> {
        OffsetDateTime::parse(&self.made_at, &Rfc3339).ok().map(Timestamp::from)
    }
}
