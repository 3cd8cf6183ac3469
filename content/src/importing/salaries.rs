//! The salary table of a page: a level and a range on a line, or the level above the range. What is said once holds for all.

use std::collections::HashMap;

use super::fate::{Aside, Sheet};
use super::mark::{Mark, Row};
use super::matching::normal;
use super::page::{Field, Parts, Reading, Said};
use super::{dates, pay};
use crate::calendar::YearMonth;
use crate::guide::limits;
use crate::money::{Currency, Figures};
use entity::Basis;

/// The pay of a level as a page has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PageRange {
    pub(super) level: Said<String>,
    pub(super) figures: Reading<Figures>,
    pub(super) currency: Option<Reading<Currency>>,
    pub(super) basis: Option<Reading<Basis>>,
    pub(super) note: Option<String>,
    pub(super) as_of: Option<YearMonth>,
}

const FIELD: Field = Field::SalaryRanges;

/// Reads a section into the parts. The remark of its heading holds for all levels.
pub(super) fn read(rows: &[Row<'_>], (remark, heading): (&str, usize), (sheet, parts): (&mut Sheet, &mut Parts)) {
    let mut shared = Shared::default();
    shared.hear(remark, heading);
    let mut ranges: Vec<PageRange> = Vec::new();
    let mut above: Option<&Row<'_>> = None;
    for row in rows {
        let payment = if row.text.chars().count() > limits::TEXT { None } else { pay::find(row.text) };
        if let Some(payment) = payment {
            sheet.place(row.at, FIELD);
            match level(&payment, above.take(), row) {
                Some((level, note)) => ranges.push(range(payment, level, &note)),
                None => sheet.leave_out(FIELD, &[row.at], "it names no level"),
            }
        } else if row.text.is_empty() {
            sheet.aside(row.at, Aside::Decoration);
        } else if columns(row.text) {
            sheet.aside(row.at, Aside::Heading);
        } else if shared.hear_line(row.text, row.at) {
            sheet.place(row.at, FIELD);
        } else {
            above = Some(row).filter(|row| row.text.chars().count() <= limits::NAME && !row.text.ends_with(['.', '!', '?']));
        }
    }
    parts.as_of = parts.as_of.take().or_else(|| shared.as_of.clone());
    let mut places = parts.ranges.iter().zip(0..).map(|(range, place)| (normal(&range.level.value), place)).collect();
    for mut range in ranges {
        range.currency = range.currency.or_else(|| shared.currency.map(Reading::Sure));
        range.basis = range.basis.or_else(|| shared.basis.clone());
        keep((&mut parts.ranges, &mut places), range, sheet);
    }
}

fn keep((kept, places): (&mut Vec<PageRange>, &mut HashMap<String, usize>), range: PageRange, sheet: &mut Sheet) {
    let at = range.level.at.clone();
    for at in &at {
        sheet.place(*at, FIELD);
    }
    let note = range.note.as_deref().unwrap_or_default();
    if !sheet.fits(FIELD, &at, (&range.level.value, limits::NAME)) || !sheet.fits(FIELD, &at, (note, limits::TEXT)) {
        return;
    }
    let level = normal(&range.level.value);
    match places.get(&level).and_then(|place| kept.get(*place)) {
        Some(twin) if twin.figures == range.figures => at.iter().for_each(|at| sheet.aside(*at, Aside::Repeated)),
        Some(_) => sheet.leave_out(FIELD, &at, format!("the level {:?} stands on the page twice, differently", range.level.value)),
        None if kept.len() >= limits::SALARY_RANGES => {
            sheet.leave_out(FIELD, &at, format!("a guide has at most {} salary ranges", limits::SALARY_RANGES));
        }
        None => {
            places.insert(level, kept.len());
            kept.push(range);
        }
    }
}

/// What the table says once for all levels.
#[derive(Default)]
struct Shared {
    currency: Option<Currency>,
    basis: Option<Reading<Basis>>,
    as_of: Option<Said<YearMonth>>,
}

impl Shared {
    /// Takes what a remark says.
    fn hear(&mut self, remark: &str, at: usize) {
        self.currency = self.currency.or_else(|| code(remark));
        self.basis = self.basis.take().or_else(|| pay::basis(remark));
        self.as_of = self.as_of.take().or_else(|| dates::month(remark).map(|value| Said { value, at: vec![at] }));
    }

    /// Takes what a line without money says, if it is about the table.
    fn hear_line(&mut self, text: &str, at: usize) -> bool {
        let folded = format!(" {} ", crate::fold::fold(text));
        let about = ["as of", "currency", "figures", "all in", "amounts", "numbers", "data from", "per year", "updated"];
        let month = dates::month(text);
        let said = about.iter().any(|word| folded.contains(&format!(" {word} "))) || (month.is_some() && text.len() <= 30);
        let useful = month.is_some() || code(text).is_some() || pay::basis(text).is_some();
        let heard = said && useful && text.len() <= limits::TEXT;
        if heard {
            self.hear(text, at);
        }
        heard
    }
}

/// The code of a currency in a text. Two codes are also words, and people write headings in capitals.
fn code(text: &str) -> Option<Currency> {
    let words = text.split(|sign: char| !sign.is_ascii_uppercase()).filter(|word| word.len() == 3 && !matches!(*word, "ALL" | "TOP"));
    words.filter_map(|word| word.parse().ok()).next_back()
}

fn range(payment: pay::Pay, level: Said<String>, note: &str) -> PageRange {
    let (inner, outer) = parentheses(note);
    let words =
        |text: &str| text.split([',', ';', '|']).map(str::trim).filter(|piece| !piece.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let as_of = inner.iter().find_map(|piece| dates::month(piece));
    let basis = pay::basis(&outer).or_else(|| inner.iter().find_map(|piece| pay::basis(piece)));
    let sure = matches!(basis, Some(Reading::Sure(_)));
    let mut notes: Vec<String> = words(&outer).iter().map(|piece| bare(piece, sure)).collect();
    notes
        .extend(inner.iter().flat_map(|piece| words(piece)).filter(|piece| dates::month(piece).is_none() && !bare(piece, sure).is_empty()));
    notes.retain(|piece| piece.chars().any(char::is_alphanumeric));
    let note = Some(notes.join(", ")).filter(|note| !note.is_empty());
    PageRange { level, figures: payment.figures, currency: payment.currency, basis, note, as_of }
}

/// A piece of the text after the figures without the words that other fields hold.
fn bare(piece: &str, sure: bool) -> String {
    const YEAR: &[&str] = &["per year", "a year", "/year", "/yr", "yearly", "annually", "annual", "p.a.", "per annum", "gross"];
    const BASIS: &[&str] = &["total compensation", "total comp", "base salary", "base pay", "all-in", "total", "base", "tc"];
    let mut text = piece.to_owned();
    let periods = pay::PERIODS.iter().map(|(word, _)| word);
    for word in YEAR.iter().chain(if sure { BASIS } else { &[] }).chain(periods) {
        let lower = text.to_ascii_lowercase();
        let at = lower.match_indices(word).map(|(at, _)| at).find(|at| {
            let end = |sign: Option<char>| !sign.is_some_and(char::is_alphanumeric);
            end(lower.get(..*at).and_then(|before| before.chars().next_back()))
                && end(lower.get(at + word.len()..).and_then(|after| after.chars().next()))
        });
        if let Some(at) = at {
            text.replace_range(at..at + word.len(), "");
        }
    }
    text.trim_matches(|sign: char| sign.is_whitespace() || "-–—:|,.;".contains(sign)).to_owned()
}

/// The texts in parentheses, and the text outside of them.
fn parentheses(text: &str) -> (Vec<String>, String) {
    let (mut inner, mut outer) = (Vec::new(), String::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(['(', '[']) {
        let (inside, behind) = after.split_once([')', ']']).unwrap_or((after, ""));
        outer.push_str(before);
        inner.push(inside.trim().to_owned());
        rest = behind;
    }
    outer.push_str(rest);
    (inner, outer.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The level of a line and the text for its note: before the figures, on the line above, or after a dash.
fn level(payment: &pay::Pay, above: Option<&Row<'_>>, row: &Row<'_>) -> Option<(Said<String>, String)> {
    let trimmed = |text: &str| text.trim_matches(|sign: char| sign.is_whitespace() || ":–—-|·,\"~".contains(sign)).to_owned();
    let (before, after) = (trimmed(&payment.before), payment.after.clone());
    let (words, said) = lead(&before);
    if let Some(words) = words {
        return Some((Said { value: words, at: vec![row.at] }, format!("{after} {said}")));
    }
    if let Some(above) = above {
        let value = trimmed(above.text);
        return (!value.is_empty()).then(|| (Said { value, at: vec![above.at, row.at] }, format!("{after} {before}")));
    }
    let (_, outer) = parentheses(&after);
    let marked = after.trim_start().starts_with([':', '–', '—', '-', '|', '·']) || (row.mark != Mark::None && before.is_empty());
    let value = trimmed(&outer);
    (marked && before.is_empty() && !value.is_empty() && value.len() <= limits::NAME)
        .then(|| (Said { value, at: vec![row.at] }, after.replace(&outer, "")))
}

/// The level at the beginning of a line, and a word for the basis behind it: `L5 base`. The basis alone is no level.
fn lead(before: &str) -> (Option<String>, String) {
    let lower = before.to_ascii_lowercase();
    let ends = ["total compensation", "total comp", "base salary", "base", "tc", "total"];
    let end = ends.iter().find(|end| lower.ends_with(*end) && !lower.trim_end_matches(*end).ends_with(|sign: char| sign.is_alphanumeric()));
    let cut = end.map_or(before.len(), |end| before.len() - end.len());
    let (level, said) = before.split_at_checked(cut).unwrap_or((before, ""));
    let level = level.trim_end_matches(|sign: char| sign.is_whitespace() || ":–—-|·,(".contains(sign)).to_owned();
    (Some(level).filter(|level| !level.is_empty()), said.to_owned())
}

/// Whether a line only names the columns of a table.
pub(super) fn columns(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "level",
        "range",
        "ranges",
        "note",
        "notes",
        "role",
        "salary",
        "pay",
        "title",
        "band",
        "comp",
        "compensation",
        "total",
        "base",
        "currency",
        "amount",
        "seniority",
        "round",
        "stage",
        "duration",
        "focus",
        "length",
    ];
    let folded = crate::fold::fold(text);
    let count = folded.split(' ').count();
    (2..=8).contains(&count) && folded.split(' ').all(|word| WORDS.contains(&word))
}
