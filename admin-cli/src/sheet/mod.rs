//! Tables of text (CSV) as people save them from spreadsheets. How a file is written is found out and told, and can be said by flags. What the
//! cells mean is not known here.

mod columns;
mod delimiter;
mod encoding;
mod figure;
mod records;

use std::fmt::Write;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use sha2::{Digest, Sha256};

use crate::code::Code;
use crate::fault::{Fault, Result, unreadable, unwritable};
use crate::folder::files;
use crate::room::Room;

pub(crate) use columns::{Columns, Field, PROBLEM};
pub(crate) use delimiter::Delimiter;
pub(crate) use encoding::Encoding;
pub(crate) use figure::{Decimal, amount, grouped, range};
pub(crate) use records::Record;

/// More than this is no table that somebody wrote.
const MOST_BYTES: usize = 64 * 1_024 * 1_024;

/// So many files of problems may stand beside each other.
const MOST_NAMES: usize = 999;

/// How a table is written, if it is not to be found out.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "The table")]
pub(crate) struct Written {
    /// Take a column for this field: "Title=field"; "Title=-" passes it over
    #[arg(long, value_name = "COLUMN=FIELD")]
    map: Vec<String>,
    /// What stands between the cells
    #[arg(long, value_enum)]
    delimiter: Option<Delimiter>,
    /// What stands before the fraction of a figure
    #[arg(long, value_enum)]
    decimal: Option<Decimal>,
    /// How the text is written
    #[arg(long, value_enum)]
    encoding: Option<Encoding>,
}

impl Written {
    /// The flags as they were typed, for a command that goes on from here.
    pub(crate) fn typed(&self) -> String {
        let mut typed = String::new();
        let word = |value: &dyn Fn() -> Option<clap::builder::PossibleValue>| value().map(|value| value.get_name().to_owned());
        let flags = [
            ("delimiter", word(&|| self.delimiter?.to_possible_value())),
            ("decimal", word(&|| self.decimal?.to_possible_value())),
            ("encoding", word(&|| self.encoding?.to_possible_value())),
        ];
        let maps = self.map.iter().map(|map| ("map", shlex::try_quote(map).unwrap_or_default().into_owned()));
        for (flag, value) in maps.chain(flags.into_iter().filter_map(|(flag, value)| Some((flag, value?)))) {
            let _ = write!(typed, " --{flag} {value}");
        }
        typed
    }
}

/// A table.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// The file, for people.
    pub(crate) name: String,
    pub(crate) header: Vec<String>,
    pub(crate) columns: Columns,
    pub(crate) rows: Vec<Record>,
    pub(crate) decimal: Decimal,
    pub(crate) sha256: String,
    delimiter: Delimiter,
    marked: bool,
    read_as: String,
}

impl Sheet {
    /// Reads a file, or standard input.
    pub(crate) fn open(room: &Room, file: &str, fields: &[Field], written: &Written) -> Result<Self> {
        let (name, bytes) = bytes(room, file)?;
        let sheet = Self::read(&name, &bytes, fields, written)?;
        if !room.ui.is_for_programs() {
            let (rows, gap) = (grouped(i64::try_from(sheet.rows.len()).unwrap_or(i64::MAX)), " ".repeat(sheet.name.chars().count() + 2));
            room.ui.say(format!("{}: {rows} rows; read as: {}", sheet.name, sheet.read_as));
            room.ui.say(format!("{gap}columns: {}", sheet.columns.names().join(", ")));
        }
        Ok(sheet)
    }

    /// Reads a table. The figures in the columns `min`, `max` and `range` show the decimal sign; where none does, a table with semicolons has a comma.
    pub(crate) fn read(name: &str, bytes: &[u8], fields: &[Field], written: &Written) -> Result<Self> {
        let decoded = encoding::decode(bytes, written.encoding)?;
        let header = decoded.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let delimiter = written.delimiter.unwrap_or_else(|| Delimiter::of(header));
        let mut rows = records::records(&decoded.text, delimiter.sign()).map_err(|records::Unclosed { row }| {
            Fault::new(Code::CsvUnreadable, format!("a quotation mark in row {row} of {name} is never closed"))
        })?;
        if rows.len() < 2 {
            let what = if rows.is_empty() { "is empty" } else { "has a header, and no rows" };
            return Err(Fault::new(Code::CsvEmpty, format!("{name} {what}")).next("greenroom salary template"));
        }
        let header = rows.remove(0).cells;
        let columns = Columns::of(&header, fields, &written.map)?;
        let figures = ["min", "max", "range"]
            .into_iter()
            .flat_map(|field| rows.iter().map(|row| columns.cell(&row.cells, field)).collect::<Vec<_>>());
        let figures = figures.flat_map(|text| text.split(['-', '–'])).map(|text| text.trim_end_matches(['+', ' ']));
        let usual = if delimiter == Delimiter::Semicolon { Decimal::Comma } else { Decimal::Point };
        let decimal = written.decimal.or_else(|| Decimal::of(figures)).unwrap_or(usual);
        let read_as = format!("{}, {}, {}", delimiter.words(), decimal.words(), decoded.words());
        let sha256 = Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
            // A text in memory takes everything.
            let _ = write!(text, "{byte:02x}");
            text
        });
        Ok(Self { name: name.to_owned(), header, columns, rows, decimal, sha256, delimiter, marked: decoded.mark, read_as })
    }

    /// Writes rows as they came, with what is wrong with each in one column more, so that the file can be corrected and come back. Gives the path: a
    /// file of this name that says something else may be half corrected, and stays.
    pub(crate) fn write_problems<'a>(&self, path: &Path, rows: impl Iterator<Item = (&'a Record, String)>) -> Result<PathBuf> {
        let lost = |error: std::io::Error| unwritable(path, &error);
        let old = self.header.iter().position(|title| columns::plain(title) == PROBLEM);
        let filled = |cells: &[String], problem: String| {
            let mut cells: Vec<String> = cells.to_vec();
            cells.resize(cells.len().max(self.header.len()), String::new());
            if let Some(old) = old {
                cells.remove(old);
            }
            cells.push(problem);
            cells
        };
        let delimiter = u8::try_from(u32::from(self.delimiter.sign())).unwrap_or(b',');
        let bytes = if self.marked { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(bytes);
        writer.write_record(filled(&self.header, PROBLEM.to_owned())).map_err(|error| lost(error.into()))?;
        for (row, problem) in rows {
            writer.write_record(filled(&row.cells, problem)).map_err(|error| lost(error.into()))?;
        }
        let bytes = writer.into_inner().map_err(|error| lost(error.into_error()))?;
        let names = std::iter::once(path.to_owned()).chain((2..=MOST_NAMES).map(|number| numbered(path, number)));
        for name in names {
            match std::fs::read(&name) {
                Ok(there) if there == bytes => return Ok(name),
                Ok(_) => {}
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    files::write(&name, &bytes)?;
                    return Ok(name);
                }
                Err(error) => return Err(unwritable(&name, &error)),
            }
        }
        Err(Fault::new(Code::Unwritable, format!("there are {MOST_NAMES} files of problems beside {}", path.display()))
            .next("--problems FILE"))
    }
}

/// `q4.problems-2.csv` for `q4.problems.csv`.
fn numbered(path: &Path, number: usize) -> PathBuf {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let end = path.extension().map(|end| format!(".{}", end.to_string_lossy())).unwrap_or_default();
    path.with_file_name(format!("{stem}-{number}{end}"))
}

/// Where the rows with problems are written if nobody says it: beside the file.
pub(crate) fn problems_file(file: &str) -> PathBuf {
    if file == "-" { PathBuf::from("problems.csv") } else { Path::new(file).with_extension("problems.csv") }
}

/// The closest of some names: two slips of the pen away, or one is the beginning of the other.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let begins = |one: &str| name.len() >= 4 && one.len() >= 4 && (one.starts_with(&name) || name.starts_with(one));
    let slips = |one: &str| if begins(one) { 2 } else { strsim::levenshtein(one, &name) };
    known
        .map(|one| (slips(&one.to_lowercase()), one))
        .filter(|(slips, one)| *slips <= 2 && *slips < one.chars().count())
        .min()
        .map(|(_, one)| one)
}

fn bytes(room: &Room, file: &str) -> Result<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX) + 1;
    let name = if file == "-" {
        "standard input".to_owned()
    } else {
        Path::new(file).file_name().map_or(file.to_owned(), |name| name.to_string_lossy().into_owned())
    };
    if file == "-" {
        let stdin = std::io::stdin();
        if stdin.is_terminal() {
            room.ui.say("Reading from the terminal. Paste, then press Ctrl-D (Ctrl-Z and Enter on Windows).");
        }
        let read = stdin.lock().take(most).read_to_end(&mut bytes);
        read.map_err(|error| Fault::new(Code::Unreadable, format!("standard input cannot be read: {error}")))?;
    } else {
        let path = Path::new(file);
        let opened = std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
        opened.map_err(|error| unreadable(path, &error))?;
    }
    if bytes.len() > MOST_BYTES {
        return Err(Fault::new(Code::CsvUnreadable, format!("{name} is larger than 64 MB")));
    }
    Ok((name, bytes))
}

#[cfg(test)]
mod tests {
    use super::{Decimal, Field, Sheet, Written, nearest, problems_file};

    const FIELDS: &[Field] =
        &[Field { name: "company", required: true }, Field { name: "min", required: false }, Field { name: "note", required: false }];

    fn read(text: &str) -> Sheet {
        Sheet::read("q4.csv", text.as_bytes(), FIELDS, &Written::default()).unwrap()
    }

    #[test]
    fn how_a_table_is_written_is_found_out_and_told() {
        assert_eq!(read("\u{feff}company;min\nacorn;1.234,5k\n").read_as, "semicolons, decimal comma, UTF-8 with byte-order mark");
        assert_eq!(read("company,min\nacorn,\"1,234.5k\"\n").read_as, "commas, decimal point, UTF-8");
        assert_eq!(read("company;min\nacorn;210.000\n").decimal, Decimal::Comma);
        assert_eq!(read("company;min\nacorn;210,000,000\n").decimal, Decimal::Point);
    }

    #[test]
    fn a_table_without_rows_is_told() {
        let fault = Sheet::read("q4.csv", b"company,min\n", FIELDS, &Written::default()).unwrap_err();
        assert_eq!((fault.code.as_str(), fault.exit), ("CSV-003", 3));
    }

    #[test]
    fn rows_with_problems_come_back_with_the_same_columns() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("q4.problems.csv");
        let sheet = read("company;note;Problem\nacorn;\"a;b\";old\n");
        sheet.write_problems(&path, sheet.rows.iter().map(|row| (row, "no such guide".to_owned()))).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "company;note;problem\nacorn;\"a;b\";no such guide\n");
        // The same again is the same file; another one takes the next name.
        let write = |problem: &str| sheet.write_problems(&path, sheet.rows.iter().map(|row| (row, problem.to_owned()))).unwrap();
        assert_eq!(write("no such guide"), path);
        assert_eq!(write("no such level"), folder.path().join("q4.problems-2.csv"));
        assert!(std::fs::read_to_string(&path).unwrap().contains("no such guide"));
        assert_eq!(problems_file("some/q4.csv").to_str(), Some("some/q4.problems.csv"));
    }

    #[test]
    fn the_nearest_name_is_two_slips_away_or_begins_alike() {
        let known = ["halden-systems", "orrin"];
        assert_eq!(nearest("halden-sys", known.into_iter()), Some("halden-systems"));
        assert_eq!(nearest("orin", known.into_iter()), Some("orrin"));
        assert_eq!(nearest("velt", known.into_iter()), None);
    }
}
