//! What a cell of a table says about a field: an empty one leaves it as it is, a `-` empties it.

use std::str::FromStr;

use content::changes::Patch;
use serde::{Deserialize, Serialize};

use crate::sheet::{Record, Sheet};

/// A field after the row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Given<T> {
    /// As it is.
    #[default]
    Keep,
    /// Empty.
    Clear,
    /// This.
    Set(T),
}

impl<T: Clone> Given<T> {
    pub(crate) fn patch(&self) -> Patch<T> {
        match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(value.clone()),
        }
    }

    /// The value of a new item.
    pub(crate) fn value(&self) -> Option<T> {
        match self {
            Self::Keep | Self::Clear => None,
            Self::Set(value) => Some(value.clone()),
        }
    }
}

/// The cells of a row; what is wrong with them is gathered.
pub(crate) struct Cells<'a> {
    pub(crate) sheet: &'a Sheet,
    pub(crate) record: &'a Record,
    pub(crate) problems: Vec<String>,
}

impl<'a> Cells<'a> {
    pub(crate) fn of(sheet: &'a Sheet, record: &'a Record) -> Self {
        let mut cells = Self { sheet, record, problems: Vec::new() };
        let more = record.cells.iter().skip(sheet.header.len()).any(|cell| !cell.is_empty());
        if more {
            let problem =
                format!("the row has {} cells, and the header {}; is a sign in a text not quoted?", record.cells.len(), sheet.header.len());
            cells.problems.push(problem);
        }
        cells
    }

    /// The text of a cell, with single blanks.
    pub(crate) fn raw(&self, field: &str) -> String {
        content::fold::tidy(self.sheet.columns.cell(&self.record.cells, field))
    }

    pub(crate) fn text(&self, field: &str) -> Given<String> {
        match self.raw(field).as_str() {
            "" => Given::Keep,
            "-" => Given::Clear,
            text => Given::Set(text.to_owned()),
        }
    }

    /// A cell that is read; if it cannot be, a problem that says what would be right.
    pub(crate) fn read<T>(&mut self, field: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Given<T> {
        match self.text(field) {
            Given::Keep => Given::Keep,
            Given::Clear => Given::Clear,
            Given::Set(text) => match read(&text) {
                Ok(value) => Given::Set(value),
                Err(problem) => {
                    self.problems.push(problem);
                    Given::Keep
                }
            },
        }
    }

    pub(crate) fn parsed<T: FromStr>(&mut self, field: &str, right: &str) -> Given<T> {
        self.read(field, |text| text.parse().map_err(|_| format!("{field} {text:?} is not understood; write {right}")))
    }

    /// A cell that must say something.
    pub(crate) fn needed(&mut self, field: &str) -> String {
        let text = self.raw(field);
        if text.is_empty() {
            self.problems.push(format!("{field} is empty"));
        }
        text
    }
}
