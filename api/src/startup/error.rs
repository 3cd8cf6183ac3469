//! Everything that can be in the way of a start or of an operator's act, in one clear line each, with its exit code.

use content::backup::BackupError;

use crate::access::KeyError;
use crate::settings::SettingsError;

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// Somebody else listens there.
    #[error("{listen} is taken by another program. Stop that one, or listen elsewhere: --listen 127.0.0.1:8081")]
    Taken {
        /// The address.
        listen: String,
    },
    /// The address cannot be listened on.
    #[error("{listen} cannot be listened on: {why}.")]
    Address {
        /// The address.
        listen: String,
        /// What the system says.
        why: String,
    },
    /// The folder of the database cannot be made or written.
    #[error(
        "The folder {folder} for the database cannot be written: {why}. Make it writable, or give another place: --database-url sqlite:PATH"
    )]
    Folder {
        /// The folder.
        folder: String,
        /// What the system says.
        why: String,
    },
    /// Traces cannot be sent as the settings say.
    #[error("Traces cannot be sent to the collector that otlp_endpoint names: {why}.")]
    Collector {
        /// What is in the way.
        why: String,
    },
    /// The database was brought up to date by a newer version.
    #[error(
        "The database was made by a newer Greenroom: it has {count} steps that this one does not know, the last is {last}. Update greenroom-api."
    )]
    Newer {
        /// How many steps.
        count: usize,
        /// The last of them.
        last: String,
    },
    /// The database cannot be used.
    #[error("The database {database} cannot be used: {why}")]
    Database {
        /// Its address, without a password.
        database: String,
        /// What it says.
        why: String,
    },
    /// There is no database where one was expected.
    #[error("There is no database at {database}. Make one: greenroom db migrate")]
    Missing {
        /// Its place.
        database: String,
    },
    /// The database is not yet as this program needs it.
    #[error("The database {database} is {steps} steps behind. Bring it up to date: greenroom db migrate")]
    Behind {
        /// Its address, without a password.
        database: String,
        /// How many steps.
        steps: usize,
    },
    /// It may not be replaced while it is served from.
    #[error("A server runs on {database}. Stop it first, then restore, then start it again.")]
    Served {
        /// Its address, without a password.
        database: String,
    },
    /// It is being replaced.
    #[error("The database {database} is being restored from a backup. Start again when that is done.")]
    Restoring {
        /// Its address, without a password.
        database: String,
    },
    /// It may not be replaced while it is used.
    #[error("Another program has {database} open. End it first, then restore.")]
    InUse {
        /// Its place.
        database: String,
    },
    /// The file of the database cannot be replaced.
    #[error("The database {database} could not be replaced by the restored one, and is as it was: {why}")]
    Replace {
        /// Its place.
        database: String,
        /// What the system says.
        why: String,
    },
    /// The backup cannot be made or used.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The key that signs logins cannot be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The first administrator cannot be made.
    #[error("The first administrator {email} cannot be made: {why}")]
    FirstAdmin {
        /// The e-mail address.
        email: String,
        /// What is in the way.
        why: String,
    },
    /// The server ended because of the system.
    #[error("The server ended: {0}")]
    Ended(#[from] std::io::Error),
}

impl StartError {
    /// The exit code: 2 for what was typed, 3 for a backup that is none, 6 for a database that others use, 7 for one that is not there, 9 for a
    /// service that does not answer, 13 for a version, 1 for the rest.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Settings(_) | Self::FirstAdmin { .. } => 2,
            Self::Backup(BackupError::Format | BackupError::Cut { .. } | BackupError::Damaged { .. }) => 3,
            Self::Served { .. } | Self::Restoring { .. } | Self::InUse { .. } => 6,
            Self::Missing { .. } => 7,
            Self::Database { .. } | Self::Backup(BackupError::Content(_)) => 9,
            Self::Newer { .. } | Self::Behind { .. } | Self::Backup(BackupError::Older { .. } | BackupError::Newer { .. }) => 13,
            Self::Backup(BackupError::File(_))
            | Self::Replace { .. }
            | Self::Key(_)
            | Self::Taken { .. }
            | Self::Address { .. }
            | Self::Collector { .. }
            | Self::Folder { .. }
            | Self::Ended(_) => 1,
        }
    }
}
