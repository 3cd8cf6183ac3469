//! How a page shows that a round begins: by a number, by Markdown, by a duration, or not at all.

use crate::importing::durations::{tail, whole};
use crate::importing::mark::{Mark, Row};

/// How the rounds of a page begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `1` or `Round 1` on a line of its own, or before the title.
    Announced,
    /// A heading of Markdown.
    Headed,
    /// `1. Title`.
    Numbered,
    /// A title with a duration, or above one.
    Timed,
    /// Every line is a title.
    Bare,
    /// Prose.
    Unknown,
}

/// What a row begins.
pub(super) enum Start<'a> {
    No,
    Number,
    Title(&'a str),
}

/// The longest line that may be a title by itself.
const TITLE: usize = 80;

pub(super) fn of(rows: &[Row<'_>]) -> Style {
    if rows.iter().any(announces) {
        Style::Announced
    } else if rows.iter().any(|row| matches!(row.mark, Mark::Depth(_))) {
        Style::Headed
    } else if rows.iter().any(|row| matches!(row.mark, Mark::Number(_))) {
        Style::Numbered
    } else if (0..rows.len()).any(|place| timed(rows, place)) {
        Style::Timed
    } else if !rows.is_empty() && rows.iter().all(|row| row.text.len() <= TITLE && !row.text.ends_with(['.', '!', '?', ':'])) {
        Style::Bare
    } else {
        Style::Unknown
    }
}

/// What the row at a place begins. `complete`: the running round has its duration.
pub(super) fn start<'a>(rows: &[Row<'a>], place: usize, (style, complete): (Style, bool)) -> Start<'a> {
    let Some(row) = rows.get(place) else { return Start::No };
    let unnumbered = || if complete && !row.listed() && above_duration(rows, place) { Start::Title(row.text) } else { Start::No };
    match style {
        Style::Announced => match announced(row) {
            Some("") => Start::Number,
            Some(title) => Start::Title(title),
            None => unnumbered(),
        },
        Style::Headed if matches!(row.mark, Mark::Depth(_)) => {
            Start::Title(announced(row).filter(|title| !title.is_empty()).unwrap_or(row.text))
        }
        Style::Numbered if matches!(row.mark, Mark::Number(_)) => Start::Title(row.text),
        Style::Headed | Style::Numbered => unnumbered(),
        Style::Timed if timed(rows, place) => Start::Title(row.text),
        Style::Bare => Start::Title(row.text),
        Style::Timed | Style::Unknown => Start::No,
    }
}

/// Whether a row says the number of a round.
pub(super) fn announces(row: &Row<'_>) -> bool {
    announced(row).is_some()
}

/// The title after the number of a round; empty if the number stands alone.
fn announced<'a>(row: &Row<'a>) -> Option<&'a str> {
    if row.text.is_empty() {
        return matches!(row.mark, Mark::Number(_)).then_some("");
    }
    if row.text.len() <= 2 && row.text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some("");
    }
    let word =
        row.text.split(' ').next().filter(|word| matches!(word.to_lowercase().as_str(), "round" | "stage" | "step" | "interview"))?;
    let rest = row.text.get(word.len()..)?.trim_start().trim_start_matches('#');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = rest.get(digits..).filter(|_| (1..=2).contains(&digits))?;
    let title = after.trim_start_matches(|sign: char| sign.is_whitespace() || ":-–—.|·)".contains(sign));
    (after.is_empty() || title.len() < after.len()).then_some(title)
}

fn timed(rows: &[Row<'_>], place: usize) -> bool {
    let Some(row) = rows.get(place) else { return false };
    // "1 h 15 min" ends in a duration, too.
    row.text.len() <= TITLE * 2
        && !row.text.ends_with('.')
        && whole(row.text).is_none()
        && (above_duration(rows, place) || tail(row.text).is_some_and(|(head, _)| head.len() <= TITLE))
}

/// Whether the next row is a duration and this one is none.
fn above_duration(rows: &[Row<'_>], place: usize) -> bool {
    let next = rows.get(place + 1).is_some_and(|next| whole(next.text).is_some());
    next && rows
        .get(place)
        .is_some_and(|row| row.text.len() <= TITLE * 2 && whole(row.text).is_none() && super::round::label(row.text).0.is_none())
}
