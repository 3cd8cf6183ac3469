//! Puts a backup in the place of everything that a database holds, in one transaction.

use std::io::BufRead;

use super::line::Row;
use super::read::Reader;
use super::tables::{self, Fault};
use super::{BackupError, Contents};
use crate::error::Doing;
use crate::integrity::{self, Problem};
use crate::store::Store;
use crate::walk::PAGE;

/// What a restore did.
#[derive(Debug)]
pub struct Restored {
    /// What was in the backup.
    pub contents: Contents,
    /// What does not agree in it: it did not when the backup was made either.
    pub problems: Vec<Problem>,
}

/// Replaces everything by what is in a backup. The tables must be up to date. Nobody may be serving from this database: what servers hold in memory
/// is named by company and revision, and those may stand for another text after it.
///
/// # Errors
///
/// As [`super::verify`], or if the database fails: nothing has changed then.
pub async fn restore(store: &Store, from: impl BufRead, steps: &[String]) -> Result<Restored, BackupError> {
    let mut reader = Reader::open(from, steps)?;
    let transaction = tables::alone(store).await?;
    tables::clear(&transaction).await?;
    let mut held: (&str, Vec<Row>) = ("", Vec::new());
    loop {
        let next = reader.next()?;
        let other = next.as_ref().is_none_or(|(table, _)| *table != held.0);
        if !held.1.is_empty() && (other || held.1.len() == PAGE) {
            match tables::load(&transaction, held.0, std::mem::take(&mut held.1)).await {
                Ok(()) => {}
                Err(Fault::Row(why)) => return Err(reader.damaged(format!("or shortly before: {}: {why}", held.0))),
                Err(Fault::Content(error)) => return Err(error.into()),
            }
        }
        let Some((table, row)) = next else { break };
        held.0 = table;
        held.1.push(row);
    }
    let problems = integrity::problems(&transaction).await?;
    let contents = reader.contents()?;
    transaction.commit().await.doing("commit a restore")?;
    Ok(Restored { contents, problems })
}
