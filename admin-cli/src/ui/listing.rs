//! A list, row by row: aligned for people, tab-separated into a pipe, and whole in every format for programs. Only an aligned table is held in
//! memory until its end.

use std::fmt::Write;

use serde_json::{Map, Value as Json};

use super::{BOLD, Ui, columns, cut, paint, plain};
use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::line::Format;

/// A column: its name for programs and its title for people.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) key: &'static str,
    pub(crate) title: &'static str,
}

/// A value: for programs and for people.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    value: Json,
    text: String,
}

impl Cell {
    /// A value with its own words for people.
    pub(crate) fn new(value: impl Into<Json>, text: impl Into<String>) -> Self {
        let text: String = text.into();
        Self { value: value.into(), text: plain(&text).into_owned() }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text, text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(text.clone(), text)
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        Self::new(text.clone(), text.unwrap_or_else(|| "-".to_owned()))
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::new(number, number.to_string())
    }
}

/// A list that is being printed.
pub(crate) struct Listing<'a> {
    ui: &'a Ui,
    columns: Vec<(usize, Column)>,
    /// Which cell is the name.
    name: usize,
    held: Vec<Vec<String>>,
    rows: usize,
}

impl Ui {
    /// Begins a list. The first column that is called `name` is what `ids` prints; `--fields` chooses the columns.
    pub(crate) fn listing(&self, all: &'static [Column], name: &str) -> Result<Listing<'_>> {
        let place = all.iter().position(|column| column.key == name).unwrap_or(0);
        let columns = match &self.fields {
            None => all.iter().copied().enumerate().filter(|(_, column)| self.is_for_programs() || !column.title.is_empty()).collect(),
            Some(fields) => fields.iter().map(|field| find(all, field)).collect::<Result<_>>()?,
        };
        Ok(Listing { ui: self, columns, name: place, held: Vec::new(), rows: 0 })
    }
}

fn find(all: &'static [Column], field: &str) -> Result<(usize, Column)> {
    let found = all.iter().copied().enumerate().find(|(_, column)| column.key == field);
    found.ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|column| column.key).collect();
        Fault::new(Code::FieldUnknown, format!("there is no field {field:?}")).line(format!("  fields: {}", known.join(", ")))
    })
}

impl Listing<'_> {
    /// A row, with a cell for every column there is.
    pub(crate) fn row(&mut self, cells: &[Cell]) {
        self.begin();
        let shown = || self.columns.iter().filter_map(|(place, column)| cells.get(*place).map(|cell| (column, cell)));
        let object = || Json::Object(shown().map(|(column, cell)| (column.key.to_owned(), cell.value.clone())).collect::<Map<_, _>>());
        let texts = || shown().map(|(_, cell)| cell.text.clone()).collect::<Vec<_>>();
        self.rows += 1;
        match self.ui.format {
            Format::Table if self.ui.width.is_some() => {
                let texts = texts();
                self.held.push(texts);
            }
            Format::Table => self.ui.out(texts().join("\t")),
            Format::Json => {
                let comma = if self.rows > 1 { "," } else { "" };
                if !comma.is_empty() {
                    self.ui.raw(",\n");
                }
                self.ui.raw(&plain(&format!("  {}", object())));
            }
            Format::Jsonl => self.ui.out(object().to_string()),
            Format::Yaml => self.ui.out(format!("- {}", object())),
            Format::Csv => self.csv(shown().map(|(_, cell)| bare(&cell.value)).collect()),
            Format::Ids => self.ui.out(cells.get(self.name).map(|cell| bare(&cell.value)).unwrap_or_default()),
        }
    }

    /// The end, with a line about the whole for people.
    pub(crate) fn end(self, total: &str) {
        self.begin();
        match self.ui.format {
            Format::Json => self.ui.raw(if self.rows == 0 { "]\n" } else { "\n]\n" }),
            Format::Table if self.ui.accessible => self.records(),
            Format::Table if !self.held.is_empty() => self.table(),
            Format::Table | Format::Jsonl | Format::Yaml | Format::Csv | Format::Ids => {}
        }
        if !total.is_empty() && !self.ui.is_for_programs() {
            self.ui.say(total);
        }
    }

    /// What stands above the first row. Whoever fails before there is one has printed nothing.
    fn begin(&self) {
        match self.ui.format {
            Format::Json if self.rows == 0 => self.ui.raw("[\n"),
            Format::Csv if self.rows == 0 => self.csv(self.columns.iter().map(|(_, column)| column.key.to_owned()).collect()),
            Format::Table | Format::Json | Format::Jsonl | Format::Yaml | Format::Csv | Format::Ids => {}
        }
    }

    fn csv(&self, cells: Vec<String>) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        if writer.write_record(cells).is_ok()
            && let Ok(bytes) = writer.into_inner()
        {
            let text = String::from_utf8_lossy(&bytes);
            // A file gets the cells as they are; a terminal does not obey them.
            let text = if self.ui.width.is_some() { plain(&text) } else { text };
            self.ui.raw(&text);
        }
    }

    /// For those who hear it: a line for each value, with its name.
    fn records(&self) {
        for row in &self.held {
            for ((_, column), text) in self.columns.iter().zip(row) {
                let title = if column.title.is_empty() { column.key } else { column.title };
                self.ui.out(format!("{}: {text}", sentence(title)));
            }
            self.ui.out("");
        }
    }

    fn table(&self) {
        let width = self.ui.width.unwrap_or(80);
        let titles: Vec<&str> = self.columns.iter().map(|(_, column)| column.title).collect();
        let mut widths: Vec<usize> = titles.iter().map(|title| columns(title)).collect();
        for row in &self.held {
            for (most, text) in widths.iter_mut().zip(row) {
                *most = columns(text).max(*most);
            }
        }
        if width < 60 {
            return self.records();
        }
        // A name that is cut cannot be typed.
        let names: Vec<bool> =
            self.columns.iter().map(|(place, column)| *place == self.name || matches!(column.key, "operation" | "job")).collect();
        let shown = fit(&mut widths, &names, width);
        widths.truncate(shown);
        let line = |cells: Vec<&str>| {
            let mut line = String::new();
            for (text, most) in cells.iter().zip(&widths) {
                let text = cut(text, *most);
                let gap = most.saturating_sub(columns(&text)) + 2;
                let _ = write!(line, "{text}{:gap$}", "");
            }
            line.trim_end().to_owned()
        };
        self.ui.out(paint(BOLD, line(titles)));
        for row in &self.held {
            self.ui.out(line(row.iter().map(String::as_str).collect()));
        }
        if shown < self.columns.len() {
            let hidden = self.columns.len() - shown;
            self.ui.say(format!("Left out: the last {hidden} columns; --fields chooses."));
        }
    }
}

/// Cuts the widest columns that may be cut, then leaves the last ones out, until all fit. Gives how many are shown.
fn fit(widths: &mut [usize], names: &[bool], most: usize) -> usize {
    let mut shown = widths.len();
    loop {
        let Some(taken) = widths.get_mut(..shown) else { return shown };
        if taken.iter().sum::<usize>() + 2 * shown.saturating_sub(1) <= most || shown <= 1 {
            return shown;
        }
        let cut = taken.iter_mut().zip(names).filter(|(_, name)| !**name).map(|(width, _)| width).max();
        match cut {
            Some(widest) if *widest > 12 => *widest -= 1,
            Some(_) | None => shown -= 1,
        }
    }
}

fn bare(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => String::new(),
        other @ (Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_)) => other.to_string(),
    }
}

fn sentence(title: &str) -> String {
    let lower = title.to_lowercase();
    let mut letters = lower.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}
