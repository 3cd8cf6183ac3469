//! What is wrong with a text, shown in the text: the line, one around it, what is underlined, and what would be right.

use content::file::{Placed, Source, Spot};
use content::finding::Level;
use serde_json::json;

use crate::fault::Fault;
use crate::ui::{columns, path_words, plain};

/// The mark of the lines that this program puts into a text, and takes out again. Everything else in a text is its author's.
const MARK: &str = "#! greenroom  ";

/// All that cannot be saved of a text, as one fault with the others behind it.
pub(crate) fn faults(text: &str, source: &Source, (file, company): (&str, &str)) -> Option<Fault> {
    let stopping = source.findings().iter().filter(|placed| placed.finding.level == Level::Saving);
    Fault::all(stopping.map(|placed| fault(text, placed, (file, company))).collect())
}

/// One finding.
pub(crate) fn fault(text: &str, placed: &Placed, (file, company): (&str, &str)) -> Fault {
    let Placed { finding, spot } = placed;
    let path = finding.path.to_string();
    let meaning = finding.code.meaning().trim_end_matches('.');
    let place = if path.is_empty() { String::new() } else { format!("   {}", path_words(&path)) };
    let mut fault = Fault::told(finding.code.text(), format!("{meaning}: {}", finding.found));
    fault = fault.line(format!("  {file}:{}{place}", spot.line));
    for line in drawn(text, *spot, &finding.expected) {
        fault = fault.line(line);
    }
    let company = (!company.is_empty()).then_some(company);
    fault
        .at(json!({ "company": company, "path": path, "file": file, "line": spot.line }))
        .details(json!({ "found": finding.found, "expected": finding.expected }))
}

/// The lines of the text around a spot, with what would be right under it.
fn drawn(text: &str, spot: Spot, right: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let line =
        |number: usize| number.checked_sub(1).and_then(|place| lines.get(place)).map(|words| format!("  {number:>4} | {}", plain(words)));
    let mut shown: Vec<String> = spot.line.checked_sub(1).and_then(line).into_iter().chain(line(spot.line)).collect();
    let marks = "^".repeat(spot.length.max(1));
    // What is shown instead of a sign that steers is longer than the sign.
    let before: String = spot
        .line
        .checked_sub(1)
        .and_then(|place| lines.get(place))
        .map_or_else(String::new, |words| words.chars().take(spot.column.saturating_sub(1)).collect());
    let gap = " ".repeat(columns(&plain(&before)));
    shown.push(format!("       | {gap}{marks}  {}", plain(right)).trim_end().to_owned());
    shown.extend(line(spot.line + 1));
    shown
}

/// The text with a note above every line that something is wrong with. The notes are all that is added.
pub(crate) fn noted(text: &str, source: &Source) -> String {
    let mut notes: Vec<(usize, String)> = source
        .findings()
        .iter()
        .filter(|placed| placed.finding.level == Level::Saving)
        .map(|Placed { finding, spot }| {
            (spot.line, format!("{MARK}{} Found {}; right would be {}.", finding.code.meaning(), finding.found, finding.expected))
        })
        .collect();
    notes.sort();
    let mut with = String::with_capacity(text.len() + 200);
    let mut notes = notes.into_iter().peekable();
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        while let Some((_, note)) = notes.next_if(|(at, _)| *at <= number) {
            with.push_str(&note.replace('\n', " "));
            with.push('\n');
        }
        with.push_str(line);
    }
    with
}

/// The text without the notes.
pub(crate) fn without_notes(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with(MARK)).collect()
}

/// The line of the first thing that is wrong, with the notes above it counted in.
pub(crate) fn first_line(source: &Source) -> Option<usize> {
    source.findings().iter().filter(|placed| placed.finding.level == Level::Saving).map(|placed| placed.spot.line).min()
}

#[cfg(test)]
mod tests {
    use content::file::Source;

    use super::{faults, noted, without_notes};

    const TEXT: &str =
        "format: greenroom/guide@1\nslug: acorn\nname: Acorn\n# mine\ninterview_loop:\n  - title: Screen\n    duration: 1 hour 15\n";

    #[test]
    fn what_is_wrong_is_underlined_in_its_line() {
        let source = Source::of(TEXT);
        let fault = faults(TEXT, &source, ("acorn.yaml", "acorn")).unwrap();
        assert_eq!(fault.code, "VAL-012");
        assert_eq!(fault.lines[0], "  acorn.yaml:7   interview_loop > screen > duration");
        assert_eq!(fault.lines[2], "     7 |     duration: 1 hour 15");
        assert!(fault.lines[3].starts_with("       |               ^^^^^^^^^  "), "{}", fault.lines[3]);
    }

    #[test]
    fn notes_are_all_that_is_added_and_go_without_a_trace() {
        let with = noted(TEXT, &Source::of(TEXT));
        assert!(with.contains("#! greenroom  The duration"));
        assert_eq!(without_notes(&with), TEXT);
        assert_eq!(with.lines().count(), TEXT.lines().count() + 1);
    }
}
