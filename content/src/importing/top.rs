//! What stands above the first part of a page: where one is, the company's name (often twice), its tier, its highlights.

use super::fate::{Aside, Sheet};
use super::furniture::{self, SEPARATORS};
use super::lists;
use super::mark::{Mark, Row};
use super::matching::normal;
use super::page::{Field, Parts, Said};
use crate::fold::fold;
use crate::guide::limits;

/// How far down a name is looked for.
const DEEPEST: usize = 40;
/// A name has not more words; a longer line is a sentence.
const NAME_WORDS: usize = 6;
/// A tier has not more characters, unless the line speaks of a tier.
const TIER: usize = 40;

/// Ends of a title, longest first.
const TITLES: &[&str] = &[
    "product manager interview guide",
    "pm interview guide",
    "ai pm interview guide",
    "interview guide",
    "interview prep guide",
    "interview preparation guide",
    "interview questions guide",
    "interview prep",
    "interview questions",
    "interviews",
    "guide",
];

/// The folded names that the page may be about, to know headings such as `Interview process at Orrin`.
pub(super) fn companies(rows: &[Row<'_>], sheet: &Sheet) -> Vec<String> {
    let shown = rows.iter().take(DEEPEST).filter(|row| sheet.open(row.at) && row.text.len() <= limits::NAME);
    let names = shown.filter_map(|row| title(row.text).or_else(|| named(row).then(|| row.text.to_owned())));
    names.map(|name| fold(&name)).filter(|name| !name.is_empty()).take(8).collect()
}

/// Reads the rows above the first part. Without any part only what says of itself what it is counts; with highlights further down,
/// a single line is none.
pub(super) fn read(rows: &[Row<'_>], (parted, highlighted): (bool, bool), (sheet, parts): (&mut Sheet, &mut Parts)) {
    let mut rows: Vec<Row<'_>> = rows.iter().copied().filter(|row| sheet.open(row.at)).collect();
    let crumb = crumbs(&rows, sheet);
    labels(&rows, (sheet, parts));
    rows.retain(|row| sheet.open(row.at));
    if parts.name.is_none() {
        name(&rows, (crumb, parted), (sheet, parts));
    }
    let name = parts.name.as_ref().map(|said| normal(&said.value));
    for row in rows.iter().filter(|row| row.text.len() <= limits::NAME * 2) {
        let said = title(row.text).unwrap_or_else(|| bare(row.text).to_owned());
        if sheet.open(row.at) && Some(normal(&said)) == name {
            sheet.aside(row.at, Aside::Repeated);
        }
    }
    rows.retain(|row| sheet.open(row.at));
    if parted && parts.name.is_some() {
        tier(&rows, (sheet, parts));
        rows.retain(|row| sheet.open(row.at));
        highlights(&rows, highlighted, (sheet, parts));
    }
}

/// Menus and breadcrumbs. The last of a breadcrumb may be the name.
fn crumbs(rows: &[Row<'_>], sheet: &mut Sheet) -> Option<String> {
    let mut crumb = None;
    for row in rows {
        let pieces: Vec<&str> =
            if row.text.len() > limits::NAME * 2 { Vec::new() } else { row.text.split(SEPARATORS).map(str::trim).collect() };
        let arrows = row.mark == Mark::None && !row.text.starts_with('>') && row.text.contains(['>', '›', '»']);
        let way = pieces.len() > 1 && (arrows || pieces.first().is_some_and(|first| furniture::navigation(first)));
        if furniture::navigation(row.text) {
            sheet.aside(row.at, Aside::Menu);
        } else if way {
            crumb = pieces.last().map(|last| (*last).to_owned());
            sheet.aside(row.at, Aside::Menu);
        }
    }
    crumb
}

fn labels(rows: &[Row<'_>], (sheet, parts): (&mut Sheet, &mut Parts)) {
    for row in rows {
        let Some((label, value)) = row.text.split_once(':').filter(|(label, _)| label.len() <= 30) else { continue };
        let (value, at) = (value.trim(), vec![row.at]);
        let label = fold(label);
        let place = match label.as_str() {
            "company" | "company name" | "name" => (&mut parts.name, Field::Name, limits::NAME),
            "tier" | "company tier" | "category" | "company type" | "type" => (&mut parts.tier, Field::Tier, limits::TEXT),
            _ => continue,
        };
        let (slot, field, most) = place;
        if slot.is_none() && !value.is_empty() {
            sheet.place(row.at, field);
            if sheet.fits(field, &at, (value, most)) {
                *slot = Some(Said { value: value.to_owned(), at });
            }
        }
    }
}

fn name(rows: &[Row<'_>], (crumb, parted): (Option<String>, bool), (sheet, parts): (&mut Sheet, &mut Parts)) {
    let near = || rows.iter().take(DEEPEST).filter(|row| row.text.len() <= limits::NAME * 2);
    let titled = near().find_map(|row| title(row.text).map(|name| (name, row.at)));
    let plain = || near().filter(|row| named(row));
    let doubled = || plain().zip(plain().skip(1)).find(|(one, other)| one.text == other.text).map(|(one, _)| (one.text.to_owned(), one.at));
    let crumbed = || plain().find(|row| crumb.as_ref().is_some_and(|crumb| normal(crumb) == normal(bare(row.text))));
    let first = || plain().next().map(|row| (row.text.to_owned(), row.at));
    let found =
        if parted { crumbed().map(|row| (bare(row.text).to_owned(), row.at)).or_else(doubled).or(titled).or_else(first) } else { titled };
    if let Some((name, at)) = found {
        sheet.place(at, Field::Name);
        if sheet.fits(Field::Name, &[at], (&name, limits::NAME)) {
            parts.name = Some(Said { value: name, at: vec![at] });
        }
    }
}

/// The name in a title such as `Netflix Interview Guide | Guides`.
fn title(text: &str) -> Option<String> {
    if text.len() > limits::NAME * 2 {
        return None;
    }
    let folded_ends = |piece: &str| {
        let words: Vec<&str> = piece.split_whitespace().filter(|word| !year(word)).collect();
        let ends = TITLES.iter().map(|title| title.split(' ').count()).find(|count| {
            let tail = words.get(words.len().saturating_sub(*count)..).unwrap_or_default().join(" ");
            words.len() > *count && TITLES.contains(&fold(&tail).as_str())
        })?;
        let name = words.get(..words.len() - ends)?.join(" ");
        let name = name.trim_end_matches(|sign: char| sign.is_whitespace() || "–—-:|·'’".contains(sign)).to_owned();
        let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).map_or(name.clone(), str::to_owned);
        (!name.is_empty() && name.split(' ').count() <= NAME_WORDS && fold(&name) != "the").then_some(name)
    };
    text.split(['|', '·']).find_map(folded_ends)
}

/// A name without the remark in parentheses behind it.
fn bare(text: &str) -> &str {
    let name = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')).map(|(name, _)| name.trim());
    name.filter(|name| !name.is_empty()).unwrap_or(text)
}

fn year(word: &str) -> bool {
    let digits = word.trim_matches(['(', ')', ',']);
    digits.len() == 4 && digits.starts_with("20") && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn named(row: &Row<'_>) -> bool {
    let sentence = row.text.ends_with(['.', '!', '?', ':', ',']) && row.text.split(' ').count() > 2;
    let list = row.text.contains([',', '|', '·', ';']) && lists::split(row.text).len() > 1 && !row.text.contains(", Inc");
    !row.listed()
        && !sentence
        && !list
        && row.text.split(' ').count() <= NAME_WORDS
        && row.text.len() <= limits::NAME
        && row.text.chars().any(char::is_alphanumeric)
        && !furniture::navigation(row.text)
}

fn tier(rows: &[Row<'_>], (sheet, parts): (&mut Sheet, &mut Parts)) {
    if parts.tier.is_some() {
        return;
    }
    let speaks = |row: &&Row<'_>| row.text.len() <= limits::TEXT && fold(row.text).split(' ').any(|word| word == "tier");
    let short = |row: &&Row<'_>| {
        row.mark == Mark::None
            && row.text.len() <= TIER
            && !row.text.contains([',', '|', '·', ';'])
            && !row.text.ends_with(['.', '!', '?', ':'])
    };
    if let Some(row) = rows.iter().find(speaks).or_else(|| rows.first().filter(short)) {
        sheet.place(row.at, Field::Tier);
        parts.tier = Some(Said { value: row.text.to_owned(), at: vec![row.at] });
    }
}

/// The line of entries below the name, or the bullets there.
fn highlights(rows: &[Row<'_>], elsewhere: bool, (sheet, parts): (&mut Sheet, &mut Parts)) {
    let entries = |row: &Row<'_>| {
        !row.text.ends_with(['.', '!', '?']) && lists::split(row.text).iter().any(|word| word.chars().count() <= limits::TAG)
    };
    let line = rows.iter().find(|row| row.mark == Mark::None && lists::split(row.text).len() > 1 && entries(row));
    let chosen: Vec<Row<'_>> = match line {
        Some(line) => vec![*line],
        None if rows.iter().any(Row::listed) => rows.iter().copied().filter(|row| row.listed() && entries(row)).collect(),
        None if elsewhere => Vec::new(),
        None => rows.first().copied().filter(entries).into_iter().collect(),
    };
    let found = lists::words(Field::Highlights, &chosen, sheet);
    for said in found {
        let known = parts.highlights.iter().any(|other| normal(&other.value) == normal(&said.value));
        if !known && parts.highlights.len() < limits::LINES {
            parts.highlights.push(said);
        }
    }
}
