//! What can go wrong in an act: the caller's fault in full, ours with its cause.

use sea_orm::{DbErr, RuntimeErr, SqlxError};

use entity::Slug;

use crate::code::Code;
use crate::draft::Clash;
use crate::finding::Findings;

/// The result of an act.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an act was not done. Nothing of it is left behind.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The content breaks rules.
    #[error("{0}")]
    Findings(Findings),
    /// The request cannot be carried out as it is.
    #[error("{message}")]
    Refused {
        /// What is wrong.
        code: Code,
        /// What was found and what would be right, for people.
        message: String,
    },
    /// Somebody else changed the same places meanwhile.
    #[error("Changed by somebody else meanwhile, in {} of the same places; nothing was written: {}.", .0.places.len(), .0.paths())]
    Clash(Box<Clash>),
    /// Several companies of one act are in the way, each with its reason.
    #[error("{}", .0.iter().map(|(slug, error)| format!("{slug}: {error}")).collect::<Vec<_>>().join("\n"))]
    Several(Vec<(Slug, Self)>),
    /// The same may be tried again, but not yet.
    #[error("Too many attempts failed. The next one can be made in {seconds} s.")]
    Wait {
        /// What there was too much of.
        code: Code,
        /// Seconds until then.
        seconds: u64,
    },
    /// The database did not do what it was asked.
    #[error("{doing}: {source}")]
    Database {
        /// What was attempted.
        doing: &'static str,
        /// What the database said.
        source: DbErr,
    },
    /// What is stored cannot be understood: it was written by something else, or by a mistake of ours.
    #[error("{what} is damaged: {why}")]
    Damaged {
        /// Which row.
        what: String,
        /// What is wrong with it.
        why: String,
    },
}

impl From<Findings> for Error {
    fn from(findings: Findings) -> Self {
        Self::Findings(findings)
    }
}

impl Error {
    /// A refusal with its reason.
    pub(crate) fn refused(code: Code, message: impl Into<String>) -> Self {
        Self::Refused { code, message: message.into() }
    }

    /// The code of it. For findings, that of the first one.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Findings(findings) => findings.0.first().map_or(Code::Bug, |finding| finding.code),
            Self::Clash(_) => Code::Moved,
            Self::Several(errors) => errors.first().map_or(Code::Bug, |(_, error)| error.code()),
            Self::Refused { code, .. } | Self::Wait { code, .. } => *code,
            Self::Database { source, .. } if away(source) => Code::DatabaseAway,
            Self::Database { source, .. } if busy(source) => Code::DatabaseBusy,
            Self::Database { source, .. } if late(source) => Code::Time,
            Self::Database { .. } | Self::Damaged { .. } => Code::Bug,
        }
    }
}

/// The database cannot be reached, is shutting down, or the connection broke in the middle.
fn away(error: &DbErr) -> bool {
    if matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) {
        return true;
    }
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = error else { return false };
    match cause.as_database_error() {
        Some(error) => error.code().is_some_and(|code| code.starts_with("08") || code.starts_with("57P")),
        None => matches!(**cause, SqlxError::Io(_) | SqlxError::PoolClosed | SqlxError::PoolTimedOut | SqlxError::WorkerCrashed),
    }
}

/// PostgreSQL ended this writer for another one (deadlock, serialization failure), or SQLite waited in vain for its turn (`BUSY` and `BUSY_SNAPSHOT`).
fn busy(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = error else { return false };
    let code = cause.as_database_error().and_then(|error| error.code().map(std::borrow::Cow::into_owned));
    code.is_some_and(|code| matches!(code.as_str(), "40P01" | "40001" | "5" | "517"))
}

/// A reader's statement took too long and was ended: PostgreSQL by its `statement_timeout`, SQLite by the look at the clock (`INTERRUPT`).
fn late(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = error else { return false };
    cause.as_database_error().and_then(sea_orm::sqlx::error::DatabaseError::code).is_some_and(|code| matches!(code.as_ref(), "57014" | "9"))
}

/// Says what was attempted when the database refuses.
pub(crate) trait Doing<T> {
    fn doing(self, doing: &'static str) -> Result<T>;
}

impl<T> Doing<T> for std::result::Result<T, DbErr> {
    fn doing(self, doing: &'static str) -> Result<T> {
        self.map_err(|source| Error::Database { doing, source })
    }
}
