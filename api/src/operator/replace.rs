//! A restore into a SQLite file: a new one is built beside it and takes its place in one step.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use content::backup;
use content::store::{Options, Store, settle, sqlite_url};

use super::{Restored, read};
use crate::settings::Settings;
use crate::startup::{Place, StartError, beside, up_to_date};

/// What SQLite keeps beside a database while it is open.
const JOURNALS: [&str; 2] = ["-wal", "-shm"];

/// Builds a database from a backup and puts it in the place of the file.
pub(super) async fn file(settings: &Settings, place: &Place, (database, from): (&Path, &Path)) -> Result<Restored, StartError> {
    let found = fs::metadata(database);
    let was_there = found.as_ref().is_ok_and(|found| found.len() > 0);
    let _starting = place.prepare().await?;
    let new = beside(database, ".restoring");
    let replaced = |error: io::Error| StartError::Replace { database: place.shown.clone(), why: error.to_string() };
    remove(&new).map_err(replaced)?;
    let outcome = build(settings, place, (&new, from)).await;
    let backup::Restored { contents, problems } = match outcome {
        Ok(restored) => restored,
        Err(error) => {
            // The reason is what counts; what is left is removed by the next restore.
            drop(remove(&new));
            if found.is_err() {
                drop(remove(database));
            }
            return Err(error);
        }
    };
    // One that cannot even be opened may be why somebody restores: it is kept as it is, with its log.
    if was_there && matches!(settle(database).await, Ok(false)) {
        drop(remove(&new));
        return Err(StartError::InUse { database: place.shown.clone() });
    }
    let kept = swap(&new, database, was_there).map_err(replaced)?;
    Ok(Restored { database: place.shown.clone(), kept, contents, problems })
}

async fn build(settings: &Settings, place: &Place, (new, from): (&Path, &Path)) -> Result<backup::Restored, StartError> {
    let options = Options { readers: 1, shelf_bytes: settings.memory_bytes, ..Options::new(sqlite_url(new)) };
    let store = Store::open(options).await.map_err(|error| place.unusable(&error))?;
    up_to_date(place, &store).await?;
    let outcome = backup::restore(&store, read(from)?, &migration::steps()).await;
    // Closed, it is one file without a log.
    store.close().await.map_err(|error| place.unusable(&error))?;
    Ok(outcome?)
}

/// Until the one rename the old database is in its place, after it the new one.
fn swap(new: &Path, database: &Path, was_there: bool) -> io::Result<Option<PathBuf>> {
    File::open(new)?.sync_all()?;
    let kept = beside(database, ".before-restore");
    if was_there {
        keep(database, &kept)?;
    }
    // A log that stayed beside the new file would be taken for its own.
    for journal in JOURNALS {
        let (from, to) = (beside(database, journal), beside(&kept, journal));
        absent(fs::remove_file(&to))?;
        absent(fs::rename(from, to))?;
    }
    fs::rename(new, database)?;
    if let Some(folder) = database.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    Ok(was_there.then_some(kept))
}

/// Gives the old database a second name. Its first one stays until it is given to the new one.
fn keep(database: &Path, kept: &Path) -> io::Result<()> {
    let second = beside(kept, ".new");
    absent(fs::remove_file(&second))?;
    if fs::hard_link(database, &second).is_err() {
        // Not every file system has second names.
        fs::copy(database, &second)?;
        File::open(&second)?.sync_all()?;
    }
    fs::rename(&second, kept)?;
    // Nothing is renamed if both are names of the same file already, after a restore that died here.
    absent(fs::remove_file(&second))
}

fn remove(file: &Path) -> io::Result<()> {
    absent(fs::remove_file(file))?;
    JOURNALS.iter().try_for_each(|journal| absent(fs::remove_file(beside(file, journal))))
}

/// A file that is not there need not be moved or removed.
fn absent(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}
