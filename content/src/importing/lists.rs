//! Plain lists of a page: tips, red flags, traits. A bullet makes an item; without bullets, a line does.

use super::fate::Sheet;
use super::lines::visible;
use super::mark::{Mark, Row};
use super::page::{Field, Said};
use crate::guide::limits;

/// A line that is longer was probably broken by the width of a window, not by its writer.
const WRAPPED: usize = 60;
/// A line of several entries is not longer.
const JOINED: usize = 2_000;

/// The lines of a section as items. With `inline`, the first row stood behind the heading and may hold several.
pub(super) fn read(field: Field, rows: &[Row<'_>], (inline, sheet): (bool, &mut Sheet)) -> Vec<Said<String>> {
    let mut items: Vec<Said<String>> = Vec::new();
    let listed = rows.iter().filter(|row| row.listed()).count() * 2 >= rows.len().max(1);
    for (place, row) in rows.iter().enumerate() {
        if inline && place == 0 {
            inline_items(field, row, &mut items);
            sheet.place(row.at, field);
            continue;
        }
        let last = items.last_mut().filter(|item| item.at.last().is_some_and(|at| at + 1 == row.at));
        if let Some(item) = last.filter(|item| continues(row, &item.value, listed)) {
            item.value.push(' ');
            item.value.push_str(row.text);
            item.at.push(row.at);
            sheet.place(row.at, field);
        } else if listed && !row.listed() {
            let next = rows.get(place + 1);
            if !items.is_empty() && titled(row) && next.is_none_or(Row::listed) {
                // The heading of a part that guides do not have: what follows is not of this list.
                break;
            }
        } else if row.text.ends_with(':') && rows.get(place + 1).is_some() && !row.listed() {
            // It only leads to what follows.
        } else {
            items.push(Said { value: row.text.to_owned(), at: vec![row.at] });
            sheet.place(row.at, field);
        }
    }
    items.retain(|item| sheet.fits(field, &item.at, (&item.value, limits::TEXT)));
    items
}

/// Rows as short entries: several on a line, or one each.
pub(super) fn words(field: Field, rows: &[Row<'_>], sheet: &mut Sheet) -> Vec<Said<String>> {
    let mut items = Vec::new();
    for row in rows {
        let mut kept = split(row.text);
        kept.retain(|word| sheet.fits(field, &[row.at], (word, limits::TAG)));
        if !kept.is_empty() {
            sheet.place(row.at, field);
        }
        items.extend(kept.into_iter().map(|value| Said { value, at: vec![row.at] }));
    }
    items
}

/// The entries of a line, between `·`, `|` or `;`, or else between commas outside of parentheses.
pub(super) fn split(text: &str) -> Vec<String> {
    if text.len() > JOINED {
        return vec![text.to_owned()];
    }
    let strong = ['·', '•', '|', ';', '／', '、'];
    let mut depth = 0_i32;
    let pieces: Vec<&str> = if text.contains(strong) {
        text.split(strong).collect()
    } else {
        text.split(|sign: char| {
            depth += i32::from("([".contains(sign)) - i32::from(")]".contains(sign));
            sign == ',' && depth <= 0
        })
        .collect()
    };
    let several = pieces.len() > 1;
    let entry = |piece: &&str| {
        let piece = piece.trim();
        let piece = if several { piece.strip_prefix("and ").unwrap_or(piece) } else { piece };
        piece.trim().to_owned()
    };
    pieces.iter().map(entry).filter(|piece| visible(piece)).collect()
}

fn inline_items(field: Field, row: &Row<'_>, items: &mut Vec<Said<String>>) {
    let sentences = matches!(field, Field::InsiderTips | Field::Sources) && !row.text.contains(';');
    let pieces = if sentences || row.text.contains(". ") { vec![row.text.to_owned()] } else { split(row.text) };
    items.extend(pieces.into_iter().map(|value| Said { value: value.trim_end_matches('.').to_owned(), at: vec![row.at] }));
}

/// Whether a row goes on with the text above: it begins in lower case, right below, without a bullet.
pub(super) fn continues(row: &Row<'_>, above: &str, listed: bool) -> bool {
    let lower = row.text.chars().next().is_some_and(char::is_lowercase);
    row.mark == Mark::None
        && !row.gap
        && lower
        && (listed || above.len() >= WRAPPED)
        && !above.ends_with(['.', '!', '?'])
        && above.len() <= limits::TEXT * 4
}

/// Whether a row looks like the heading of something.
fn titled(row: &Row<'_>) -> bool {
    let upper = row.text.chars().next().is_some_and(char::is_uppercase);
    upper && row.gap && row.text.len() <= WRAPPED && !row.text.ends_with(['.', '!', '?', ',']) && row.mark == Mark::None
}
