//! The rows that cannot be used: in one table for people, in a file that can be corrected and come back, and in one fault.

use std::path::Path;

use serde_json::{Value as Json, json};

use super::planning::Planned;
use super::rows::Row;
use super::{Kind, Table};
use crate::acts::counted;
use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::sheet::{Sheet, grouped, problems_file};
use crate::ui::cut;

/// So many rows are shown; all of them are in the file.
const SHOWN: usize = 20;

/// Writes the rows of all guides that are left out, the good ones with them: corrected, the file has everything that is still to be done.
pub(super) fn write(sheet: &Sheet, table: &Table, rows: &[Row<'_>], planned: &Planned) -> Result<String> {
    let file = table.file.as_deref().unwrap_or("-");
    let path = table.problems.as_deref().map_or_else(|| problems_file(file), |path| Path::new(path).to_owned());
    if table.problems.is_some() && is_same(Path::new(file), &path) {
        let fault = Fault::new(Code::Usage, format!("--problems names the table itself: {}", path.display()));
        return Err(fault.line("  Nothing was written.").next("--problems with another file, or without it"));
    }
    let left = rows.iter().filter(|row| planned.bad.contains(&row.company));
    let written = sheet.write_problems(&path, left.map(|row| (row.record, row.problems.join("; "))))?;
    Ok(written.display().to_string())
}

/// Whether two paths lead to one file, by whichever links.
fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    real(one).is_some_and(|one| real(other) == Some(one))
}

/// The table of the rows, as people read it.
pub(super) fn lines(kind: Kind, rows: &[Row<'_>]) -> Vec<String> {
    let bad: Vec<&Row<'_>> = rows.iter().filter(|row| !row.problems.is_empty()).collect();
    let cells = |row: &&Row<'_>| [row.record.row.to_string(), cut(&row.company, 28), cut(row.name(), 20)];
    let head = ["ROW".to_owned(), "COMPANY".to_owned(), kind.title().to_uppercase()];
    let shown: Vec<[String; 3]> = std::iter::once(head).chain(bad.iter().take(SHOWN).map(cells)).collect();
    let width =
        |place: usize| shown.iter().filter_map(|cells| cells.get(place)).map(|cell| crate::ui::columns(cell)).max().unwrap_or_default();
    let (first, second, third) = (width(0).max(4), width(1), width(2));
    let problems = std::iter::once("PROBLEM".to_owned()).chain(bad.iter().map(|row| row.problems.join("; ")));
    let line = |([row, company, name], problem): (&[String; 3], String)| {
        let gap = |text: &str, width: usize| " ".repeat(width.saturating_sub(crate::ui::columns(text)));
        format!("  {}{row}  {company}{}  {name}{}  {problem}", gap(row, first), gap(company, second), gap(name, third))
    };
    let mut lines: Vec<String> = shown.iter().zip(problems).map(line).collect();
    if bad.len() > SHOWN {
        lines.push(format!("  {} more rows are in the file of problems.", bad.len() - SHOWN));
    }
    lines
}

/// The same for programs: all of them.
pub(super) fn json(rows: &[Row<'_>]) -> Vec<Json> {
    let bad = rows.iter().filter(|row| !row.problems.is_empty());
    bad.map(|row| json!({ "row": row.record.row, "company": row.company, "item": row.name(), "problems": row.problems })).collect()
}

/// That nothing is done while there are such rows.
pub(super) fn fault(kind: Kind, table: &Table, rows: &[Row<'_>], (planned, file): (&Planned, &str)) -> Fault {
    let count = rows.iter().filter(|row| !row.problems.is_empty()).count();
    let mut fault = Fault::new(Code::CsvRows, format!("{} cannot be used", counted(count, "row", "rows")));
    for line in lines(kind, rows) {
        fault = fault.line(line);
    }
    let good = planned.tasks.len() + planned.same.len();
    fault = fault.line(summary(planned)).line(format!("Nothing was written. Rows with problems: {file} (same columns, one more: problem)"));
    if good > 0 {
        let file = table.file.as_deref().unwrap_or("-");
        let typed = format!("{}{}", shlex::try_quote(file).unwrap_or_default(), table.written.typed());
        let good = counted(good, "good guide", "good guides");
        fault = fault.next(format!("correct the rows, or go on with the {good}: {} {typed} --skip-bad", kind.command()));
    } else {
        fault = fault.next("correct the rows, and import them again");
    }
    fault.at(json!({ "file": table.file })).details(json!({ "rows": json(rows), "problems": file }))
}

/// `412 guides in the file: 372 would change, 37 would stay the same, 3 have rows with problems.`
pub(super) fn summary(planned: &Planned) -> String {
    let Planned { tasks, same, bad } = planned;
    let figure = |count: usize| grouped(i64::try_from(count).unwrap_or(i64::MAX));
    // A row without a company has a problem, and no guide.
    let bad = bad.iter().filter(|slug| !slug.is_empty()).count();
    let all = counted(tasks.len() + same.len() + bad, "guide", "guides");
    let bad = if bad == 0 { String::new() } else { format!(", {} have rows with problems", figure(bad)) };
    format!("{all} in the file: {} would change, {} would stay the same{bad}.", figure(tasks.len()), figure(same.len()))
}
