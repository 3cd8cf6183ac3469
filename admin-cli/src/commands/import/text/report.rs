//! The report of a page: field by field what was found, and line by line what became of it.

use serde_json::{Value as Json, json};

use crate::acts::nothing;
use crate::documents::edit::Answer;
use crate::documents::importing::{ImportField, ImportOutcome, ImportReport, LineFate};
use crate::room::Room;
use crate::ui::{columns, cut, path_words};

/// So many lines that found no place are shown; the others with `--explain`.
const SHOWN: usize = 10;

/// Tells people what was understood, before anything is written.
pub(super) fn summary(room: &Room, report: &ImportReport, explain: bool) {
    let counts = &report.counts;
    let ui = &room.ui;
    ui.tell(format!(
        "Read {} lines. Placed {}, set aside {} (menus and the like), not placed {}.",
        counts.lines, counts.placed, counts.set_aside, counts.not_placed
    ));
    let paths: Vec<String> = report.fields.iter().map(|field| path_words(&field.path)).collect();
    let wide = paths.iter().map(|path| columns(path)).max().unwrap_or(0).min(48);
    let width = ui.width.unwrap_or(120);
    for (field, path) in report.fields.iter().zip(&paths) {
        let lines = lines(&field.lines);
        let head = format!("{:<wide$}  {:<9}  {lines:<7}  ", cut(path, wide), words(field.outcome));
        ui.tell(cut(&format!("{head}{}", value(field)), width.max(60)).trim_end());
    }
    let lost: Vec<_> =
        report.lines.iter().filter(|line| line.fate == LineFate::NotPlaced || (explain && line.fate == LineFate::SetAside)).collect();
    if !lost.is_empty() {
        ui.tell(if explain { "Not placed, or set aside:" } else { "Not placed:" });
    }
    let most = if explain { usize::MAX } else { SHOWN };
    for line in lost.iter().take(most) {
        let mark = if line.fate == LineFate::SetAside { " (set aside)" } else { "" };
        ui.tell(format!("  {:>5}  {}{mark}", line.number, cut(&line.text, width.saturating_sub(22).max(40))));
    }
    if lost.len() > most {
        ui.tell(format!("    ...  {} more: --explain", lost.len() - most));
    }
}

/// What came of it, in a line.
pub(super) fn headline(report: &ImportReport, answer: &Answer, dry: bool) -> String {
    if nothing(&answer.plan) {
        return "Nothing to change: the guide says all of it already.".to_owned();
    }
    let count = |outcome: ImportOutcome| report.fields.iter().filter(|field| field.outcome == outcome).count();
    let changed = count(ImportOutcome::WouldSet) + count(ImportOutcome::WouldAdd);
    let name = answer.plan.companies.first().map_or("the guide", |company| company.name.as_str());
    let verb = if dry { "Would save the" } else { "Saved the" };
    let (same, unsure, missing) = (count(ImportOutcome::Same), count(ImportOutcome::Unsure), count(ImportOutcome::Missing));
    format!("{verb} draft of {name}: {changed} places set, {same} the same, {unsure} unsure, {missing} not found.")
}

/// For programs.
pub(super) fn object(report: &ImportReport) -> Json {
    let fields = report.fields.iter().map(|field| {
        let choices =
            field.choices.iter().map(|choice| json!({ "id": choice.id, "label": choice.label, "percent": choice.likelihood_percent }));
        json!({
            "path": field.path,
            "outcome": words(field.outcome),
            "lines": field.lines,
            "value": field.value,
            "choices": choices.collect::<Vec<_>>(),
            "why": field.why,
        })
    });
    let lines = report.lines.iter().map(|line| {
        let fate = match line.fate {
            LineFate::Field => "placed",
            LineFate::SetAside => "set aside",
            LineFate::NotPlaced => "not placed",
        };
        json!({ "line": line.number, "text": line.text, "fate": fate, "place": line.place })
    });
    let counts = &report.counts;
    json!({
        "format": "greenroom/import@1",
        "counts": { "lines": counts.lines, "placed": counts.placed, "set_aside": counts.set_aside, "not_placed": counts.not_placed },
        "fields": fields.collect::<Vec<_>>(),
        "lines": lines.collect::<Vec<_>>(),
    })
}

const fn words(outcome: ImportOutcome) -> &'static str {
    match outcome {
        ImportOutcome::Same => "same",
        ImportOutcome::WouldSet => "would set",
        ImportOutcome::WouldAdd => "would add",
        ImportOutcome::Unsure => "unsure",
        ImportOutcome::Untouched => "untouched",
        ImportOutcome::Missing => "not found",
    }
}

/// `7`, `9-12`, or nothing.
fn lines(lines: &[i32]) -> String {
    match (lines.iter().min(), lines.iter().max()) {
        (Some(first), Some(last)) if first != last => format!("{first}-{last}"),
        (Some(only), _) => only.to_string(),
        (None, _) => "-".to_owned(),
    }
}

fn value(field: &ImportField) -> String {
    if field.choices.is_empty() {
        return field.value.clone();
    }
    let choices: Vec<String> = field.choices.iter().map(|choice| format!("{} ({} %)", choice.label, choice.likelihood_percent)).collect();
    format!("{:?} could be {}", field.value, choices.join(" or "))
}
