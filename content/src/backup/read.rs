//! Reads a backup from its first line to its last, and believes nothing: the format, the order of the tables, the counts, and the hash.

use std::io::{BufRead, Read};

use data_encoding::HEXLOWER;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::line::Row;
use super::{BackupError, Contents, Counts, End, FORMAT, Head, LINE_BYTES, TABLES, tables};

/// Reads a backup whole without a database: every row can be put in, every guide can be read, nothing is missing. `steps` is the history that
/// this program knows, the oldest step first.
///
/// # Errors
///
/// If it is no backup, of another version, cut off or damaged: with the line.
pub fn verify(from: impl BufRead, steps: &[String]) -> Result<Contents, BackupError> {
    let mut reader = Reader::open(from, steps)?;
    while let Some((table, row)) = reader.next()? {
        tables::check(table, row).map_err(|why| reader.damaged(format!("{table}: {why}")))?;
    }
    reader.contents()
}

/// How far a backup was read.
pub(super) struct Reader<R> {
    from: R,
    head: Head,
    hash: Sha256,
    rows: Counts,
    /// The table of the last row, by its place in the order of the tables.
    table: usize,
    line: u64,
}

/// A line behind the first one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Row(OneRow),
    End(End),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OneRow {
    table: String,
    row: Row,
}

impl<R: BufRead> Reader<R> {
    /// Reads the first line.
    pub(super) fn open(mut from: R, steps: &[String]) -> Result<Self, BackupError> {
        // What is no backup may be anything, also one line of gigabytes; the first line of ours is short.
        let mut text = Vec::new();
        (&mut from).take(4_096).read_until(b'\n', &mut text)?;
        let head: Head = serde_json::from_slice(&text).map_err(|_| BackupError::Format)?;
        if head.format != FORMAT || head.made_at().is_none() {
            return Err(BackupError::Format);
        }
        let known = steps.last().cloned().unwrap_or_default();
        match steps.iter().position(|step| *step == head.schema) {
            Some(place) if place + 1 == steps.len() => {}
            Some(_) => return Err(BackupError::Older { found: head.schema, known }),
            None => return Err(BackupError::Newer { found: head.schema }),
        }
        let mut hash = Sha256::new();
        hash.update(&text);
        Ok(Self { from, head, hash, rows: Counts::default(), table: 0, line: 1 })
    }

    /// The next row with its table; nothing behind the last one, when everything was as it should be.
    pub(super) fn next(&mut self) -> Result<Option<(&'static str, Row)>, BackupError> {
        let mut text = Vec::new();
        (&mut self.from).take(LINE_BYTES + 1).read_until(b'\n', &mut text)?;
        if text.is_empty() {
            return Err(BackupError::Cut { line: self.line });
        }
        self.line += 1;
        if text.len() as u64 > LINE_BYTES {
            return Err(self.damaged(format!("it is longer than {LINE_BYTES} bytes")));
        }
        if !text.ends_with(b"\n") {
            return Err(BackupError::Cut { line: self.line });
        }
        match serde_json::from_slice(&text) {
            Ok(Line::Row(OneRow { table, row })) => {
                self.hash.update(&text);
                self.row(&table).map(|table| Some((table, row)))
            }
            Ok(Line::End(end)) => self.end(&end).map(|()| None),
            Err(_) => Err(self.damaged("it is neither a row nor the end".to_owned())),
        }
    }

    /// Something is wrong with the line that was read last.
    pub(super) fn damaged(&self, why: String) -> BackupError {
        BackupError::Damaged { line: self.line, why }
    }

    /// What the backup says of itself, once it was read to its end.
    pub(super) fn contents(self) -> Result<Contents, BackupError> {
        Ok(Contents { made_at: self.head.made_at().ok_or(BackupError::Format)?, rows: self.rows })
    }

    /// Counts a row. Tables come in their order: what a row refers to is in front of it.
    fn row(&mut self, table: &str) -> Result<&'static str, BackupError> {
        let place = TABLES.iter().position(|known| *known == table);
        match place {
            Some(place) if place >= self.table => self.table = place,
            Some(_) => return Err(self.damaged(format!("a row of {table} stands behind rows of {}", TABLES[self.table]))),
            None => return Err(self.damaged(format!("a table {} is not known", crate::finding::quoted(table)))),
        }
        self.rows.add(table, 1);
        Ok(TABLES[self.table])
    }

    fn end(&mut self, end: &End) -> Result<(), BackupError> {
        if end.rows != self.rows {
            return Err(self.damaged(format!("{} rows were counted, {} are there", end.rows.total(), self.rows.total())));
        }
        if end.sha256 != HEXLOWER.encode(&self.hash.clone().finalize()) {
            return Err(self.damaged("the SHA-256 is another one: something was changed".to_owned()));
        }
        if !self.from.fill_buf()?.is_empty() {
            return Err(self.damaged("there is more behind the end".to_owned()));
        }
        Ok(())
    }
}
