//! What the operator does with a whole database: a backup, a look whether one is good, a restore, and a check of the database itself.

mod replace;

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use content::backup::{self, BackupError, Contents, Counts};
use content::integrity::{self, Problem};
use content::store::Store;

use crate::settings::Settings;
use crate::startup::{Place, StartError, alone, open, up_to_date};

/// Writes a backup of one moment, while servers go on. Gives the rows that are in it.
///
/// # Errors
///
/// If there is no database, it is not up to date, or cannot be read; or if what is written to fails. What was written then is no backup.
pub async fn backup(settings: &Settings, out: impl Write) -> Result<Counts, StartError> {
    let (_, store) = open(settings).await?;
    let steps = migration::steps();
    let rows = backup::write(&store, steps.last().map_or("", String::as_str), out).await?;
    close(store).await;
    Ok(rows)
}

/// Reads a backup whole, without a database: whether it could be restored by this program.
///
/// # Errors
///
/// If it could not: with the line.
pub fn verify(from: impl BufRead) -> Result<Contents, StartError> {
    Ok(backup::verify(from, &migration::steps())?)
}

/// What a restore did.
#[derive(Debug)]
pub struct Restored {
    /// The database, without a password.
    pub database: String,
    /// Where the database is that was there before; nothing if there was none, and on PostgreSQL.
    pub kept: Option<PathBuf>,
    /// What was in the backup.
    pub contents: Contents,
    /// What does not agree in it.
    pub problems: Vec<Problem>,
}

/// Replaces a database by a backup. The backup is read whole before anything is touched; on SQLite a new file is built beside the old one and takes its
/// place at the end, on PostgreSQL all of it is one transaction. Whatever dies in between leaves the old database as it was.
///
/// # Errors
///
/// If the backup is none or of another version, a server runs on the database, another program has it open, or it cannot be written.
pub async fn restore(settings: &Settings, file: &Path) -> Result<Restored, StartError> {
    verify(read(file)?)?;
    let place = Place::of(settings)?;
    let lock = alone(&place).await?;
    let outcome = match place.file.clone() {
        Some(database) => replace::file(settings, &place, (&database, file)).await,
        None => in_place(settings, &place, file).await,
    };
    lock.end().await;
    outcome
}

/// Says what does not agree in a database: the path to it, without a password, and every problem.
///
/// # Errors
///
/// If there is no database, it is not up to date, or cannot be read.
pub async fn check(settings: &Settings) -> Result<(String, Vec<Problem>), StartError> {
    let (place, store) = open(settings).await?;
    let problems = integrity::check(&store).await.map_err(|error| place.unusable(&error))?;
    close(store).await;
    Ok((place.shown, problems))
}

async fn in_place(settings: &Settings, place: &Place, file: &Path) -> Result<Restored, StartError> {
    let store = place.open(settings).await?;
    let turn = migration::turn(store.writer()).await.map_err(|error| place.unusable(&error))?;
    up_to_date(place, &store).await?;
    let backup::Restored { contents, problems } = backup::restore(&store, read(file)?, &migration::steps()).await?;
    drop(turn);
    close(store).await;
    Ok(Restored { database: place.shown.clone(), kept: None, contents, problems })
}

fn read(file: &Path) -> Result<BufReader<File>, StartError> {
    Ok(BufReader::with_capacity(1 << 16, File::open(file).map_err(BackupError::File)?))
}

async fn close(store: Store) {
    // What was asked for is done; closing only tidies up.
    if let Err(error) = store.close().await {
        tracing::warn!(error = %error, "the database was not closed in order");
    }
}
