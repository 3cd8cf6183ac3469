//! Which column of a table holds which field. All columns that are not known, and all that are missing, are told at once.

use std::collections::BTreeMap;

use serde_json::json;

use super::nearest;
use crate::code::Code;
use crate::fault::{Fault, Result};

/// A field that a table may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
}

/// What is wrong with a row stands in this column of the file of problems; it is passed over when that file comes back.
pub(crate) const PROBLEM: &str = "problem";

/// The place of every field in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Columns(BTreeMap<&'static str, usize>);

impl Columns {
    /// By the header, with what `--map column=field` says.
    pub(super) fn of(header: &[String], fields: &[Field], maps: &[String]) -> Result<Self> {
        let mapped = maps.iter().map(|map| parted(map)).collect::<Result<BTreeMap<String, String>>>()?;
        let (mut places, mut wrong) = (BTreeMap::new(), Vec::new());
        let known = || fields.iter().map(|field| field.name).collect::<Vec<_>>();
        for (place, title) in header.iter().enumerate().filter(|(_, title)| !title.is_empty()) {
            let plain = plain(title);
            let name = mapped.get(&plain).unwrap_or(&plain);
            match fields.iter().find(|field| field.name == name) {
                _ if name == PROBLEM || name == "-" => {}
                Some(field) if places.insert(field.name, place).is_some() => wrong.push(format!("  {} stands there twice", field.name)),
                Some(_) => {}
                None => {
                    let close = nearest(name, known().into_iter()).map(|close| format!("; close: {close}")).unwrap_or_default();
                    wrong.push(format!("  {title:?} is none of them{close}"));
                }
            }
        }
        let missing = fields.iter().filter(|field| field.required && !places.contains_key(field.name));
        wrong.extend(missing.map(|field| format!("  {} is missing", field.name)));
        let absent = mapped.keys().filter(|title| !header.iter().any(|other| plain(other) == **title));
        wrong.extend(absent.map(|title| format!("  --map names {title:?}, and there is no such column")));
        if wrong.is_empty() { Ok(Self(places)) } else { Err(fault(&wrong, &known())) }
    }

    /// A cell of a row; an empty text if there is none.
    pub(crate) fn cell<'a>(&self, cells: &'a [String], field: &str) -> &'a str {
        self.0.get(field).and_then(|place| cells.get(*place)).map_or("", String::as_str)
    }

    /// The fields that there are, in the order of the table.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.0.iter().collect();
        names.sort_by_key(|(_, place)| **place);
        names.into_iter().map(|(name, _)| *name).collect()
    }
}

/// A title as fields are called: `As of` is `as_of`.
pub(super) fn plain(title: &str) -> String {
    title.trim().to_lowercase().replace([' ', '-'], "_")
}

fn parted(map: &str) -> Result<(String, String)> {
    let wrong = || {
        Fault::new(Code::Usage, format!("--map {map:?} is not understood"))
            .line("  Right would be --map \"Title of the column=field\", or =- to pass it over.")
    };
    let (title, field) = map.rsplit_once('=').ok_or_else(wrong)?;
    Ok((plain(title), if field.trim() == "-" { "-".to_owned() } else { plain(field) }))
}

fn fault(wrong: &[String], known: &[&str]) -> Fault {
    let mut fault = Fault::new(Code::CsvColumns, "the columns of the table are not those that are known")
        .line(format!("  known: {}", known.join(", ")));
    for line in wrong {
        fault = fault.line(line);
    }
    fault.next("the same command with --map \"title=field\", or \"title=-\" to pass a column over").details(json!({ "known": known }))
}

#[cfg(test)]
mod tests {
    use super::{Columns, Field};

    const FIELDS: &[Field] =
        &[Field { name: "company", required: true }, Field { name: "level", required: true }, Field { name: "as_of", required: false }];

    fn of(header: &[&str], maps: &[&str]) -> Result<Columns, crate::Fault> {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        Columns::of(&owned(header), FIELDS, &owned(maps))
    }

    #[test]
    fn titles_are_read_as_people_write_them() {
        let columns = of(&["Level", "Company", "As of", "problem", ""], &[]).unwrap();
        assert_eq!(columns.names(), ["level", "company", "as_of"]);
        let cells = ["H3".to_owned(), "acorn".to_owned()];
        assert_eq!((columns.cell(&cells, "company"), columns.cell(&cells, "as_of")), ("acorn", ""));
    }

    #[test]
    fn all_that_is_wrong_with_the_columns_is_told_at_once() {
        let fault = of(&["Comapny", "level", "level"], &["Stufe=level"]).unwrap_err();
        assert_eq!(fault.code, "CSV-002");
        let lines = fault.lines.join("\n");
        for part in ["close: company", "level stands there twice", "company is missing", "\"stufe\""] {
            assert!(lines.contains(part), "{part} in {lines}");
        }
    }

    #[test]
    fn a_column_is_mapped_or_passed_over() {
        let columns = of(&["Firma", "Stufe", "Büro"], &["Firma=company", "stufe=level", "Büro=-"]).unwrap();
        assert_eq!(columns.names(), ["company", "level"]);
    }
}
