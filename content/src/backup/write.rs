//! Writes a backup of one moment, while others go on.

use std::io::Write;

use data_encoding::HEXLOWER;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::line::{Row, to_json};
use super::{BackupError, Counts, End, Head, LINE_BYTES, tables};
use crate::error::{Doing, Error, Result};
use crate::store::Store;
use crate::walk::{Walk, moment};

/// Writes a backup. `schema` is the last step of the database's history. Gives the rows that are in it.
///
/// # Errors
///
/// If the database fails, or what is written to does; what was written until then is no backup.
pub async fn write(store: &Store, schema: &str, out: impl Write) -> Result<Counts, BackupError> {
    let mut out = Writer { out, hash: Sha256::new(), rows: Counts::default() };
    out.line(&Head::new(store.now(), schema))?;
    let moment = moment(store).await?;
    tables::write(&moment, &mut out).await?;
    moment.rollback().await.doing("end reading")?;
    out.end()
}

/// A row in its line: the table stands first, for whoever reads along.
#[derive(Serialize)]
struct OneRow<'a> {
    table: &'a str,
    row: Row,
}

/// What was written so far.
pub(super) struct Writer<W> {
    out: W,
    hash: Sha256,
    rows: Counts,
}

impl<W: Write> Writer<W> {
    /// Writes every row of a table.
    pub(super) async fn table<E: EntityTrait>(&mut self, name: &str, database: &impl ConnectionTrait) -> Result<(), BackupError> {
        let mut walk = Walk::<E>::new();
        loop {
            let page = walk.next(database).await?;
            if page.is_empty() {
                return Ok(());
            }
            for row in &page {
                let damaged = |column| Error::Damaged { what: format!("the table {name}"), why: format!("{column} is of an unknown type") };
                self.line(&OneRow { table: name, row: to_json::<E>(row).map_err(damaged)? })?;
            }
            self.rows.add(name, page.len() as u64);
        }
    }

    fn line(&mut self, line: &impl Serialize) -> Result<(), BackupError> {
        let mut text = serde_json::to_vec(line).map_err(std::io::Error::from)?;
        text.push(b'\n');
        if text.len() as u64 > LINE_BYTES {
            let why = format!("a row of {} bytes is longer than a line of a backup may be", text.len());
            return Err(Error::Damaged { what: "the database".to_owned(), why }.into());
        }
        self.hash.update(&text);
        Ok(self.out.write_all(&text)?)
    }

    fn end(mut self) -> Result<Counts, BackupError> {
        let sha256 = HEXLOWER.encode(&self.hash.clone().finalize());
        self.line(&End { rows: self.rows.clone(), sha256 })?;
        self.out.flush()?;
        Ok(self.rows)
    }
}
