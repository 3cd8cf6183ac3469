//! The lock of whoever serves: a restore does not replace a database under a running server.
//!
//! On SQLite it is a lock of a file beside the database, so that it is none of SQLite's own; it goes with the process. On PostgreSQL it is one of the
//! database itself, because servers are on other machines.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use content::serving::{self, Hold};

use super::StartError;
use super::place::{Place, beside, make_folder, unwritable};
use crate::settings::Settings;

/// The lock, until the value is dropped.
#[derive(Debug)]
pub struct Serving {
    _file: Option<File>,
    hold: Option<Hold>,
}

/// Takes the lock as one of the servers of a database.
///
/// # Errors
///
/// If the database is being restored, or cannot be reached.
pub async fn serving(settings: &Settings) -> Result<Serving, StartError> {
    let place = Place::of(settings)?;
    let restoring = || StartError::Restoring { database: place.shown.clone() };
    if let Some(database) = &place.file {
        let file = lock_file(database)?;
        return taken(file.try_lock_shared(), database)
            .and_then(|taken| if taken { Ok(Serving { _file: Some(file), hold: None }) } else { Err(restoring()) });
    }
    let hold = serving::share(&place.url).await.map_err(|error| place.unusable(&error))?;
    Ok(Serving { _file: None, hold: Some(hold.ok_or_else(restoring)?) })
}

/// Takes the lock as the only one, for replacing the database.
pub(crate) async fn alone(place: &Place) -> Result<Serving, StartError> {
    let served = || StartError::Served { database: place.shown.clone() };
    if let Some(database) = &place.file {
        let file = lock_file(database)?;
        return taken(file.try_lock(), database)
            .and_then(|taken| if taken { Ok(Serving { _file: Some(file), hold: None }) } else { Err(served()) });
    }
    let hold = serving::alone(&place.url).await.map_err(|error| place.unusable(&error))?;
    Ok(Serving { _file: None, hold: Some(hold.ok_or_else(served)?) })
}

impl Serving {
    /// Lets the lock go, and waits until it is. One that the database did not hear of goes with the process.
    pub async fn end(self) {
        if let Some(hold) = self.hold
            && let Err(error) = hold.release().await
        {
            tracing::warn!(error = %error, "the lock of a server was not let go in order");
        }
    }
}

fn lock_file(database: &Path) -> Result<File, StartError> {
    make_folder(database)?;
    let file = OpenOptions::new().create(true).append(true).open(beside(database, ".serving"));
    file.map_err(|error| unwritable(database, &error))
}

fn taken(outcome: Result<(), TryLockError>, database: &Path) -> Result<bool, StartError> {
    match outcome {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(unwritable(database, &error)),
    }
}
