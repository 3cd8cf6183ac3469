//! The categories of questions of a page, with their weights, and the questions below each.

use std::collections::{HashMap, HashSet};

use super::fate::{Aside, Sheet};
use super::mark::{Mark, Row};
use super::matching::normal;
use super::page::{Field, Reading, Said};
use crate::guide::limits;

/// A category as a page has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PageCategory {
    pub(super) name: Said<String>,
    pub(super) weight: Option<Said<Reading<i32>>>,
    pub(super) questions: Vec<Said<String>>,
}

const FIELD: Field = Field::QuestionCategories;
/// The longest line that may be the name of a category.
const NAME: usize = 90;

impl PageCategory {
    fn lines(&self) -> Vec<usize> {
        let texts = [&self.name].into_iter().chain(&self.questions).flat_map(|said| said.at.iter().copied());
        texts.chain(self.weight.iter().flat_map(|said| said.at.iter().copied())).collect()
    }
}

/// The categories of a section.
pub(super) fn read(rows: &[Row<'_>], sheet: &mut Sheet) -> Vec<PageCategory> {
    let style = Style::of(rows);
    let mut categories: Vec<PageCategory> = Vec::new();
    let mut seen = HashSet::new();
    let mut refused = false;
    let mut place = 0;
    while let Some(row) = rows.get(place) {
        let next = rows.get(place + 1);
        place += 1;
        if row.text.is_empty() {
            sheet.aside(row.at, Aside::Decoration);
        } else if let Some((name, weight)) = style.category(row, next) {
            sheet.place(row.at, FIELD);
            let mut at = vec![row.at];
            if let Some(next) = next.filter(|next| !weighs(row.text) && share(next.text).is_some_and(|(name, _)| name.is_empty())) {
                sheet.place(next.at, FIELD);
                at = vec![next.at];
                place += 1;
            }
            refused = !sheet.fits(FIELD, &[row.at], (&name, limits::NAME));
            if !refused {
                let weight = weight.map(|value| Said { value, at });
                seen.clear();
                categories.push(PageCategory { name: Said { value: name, at: vec![row.at] }, weight, questions: Vec::new() });
            }
        } else if let Some(category) = categories.last_mut().filter(|_| !refused) {
            question(category, row, (&mut seen, sheet));
        } else {
            sheet.leave_out(FIELD, &[row.at], "it stands below no category");
        }
    }
    categories
}

/// Puts categories to those that are there, as far as the limit goes. One that stands twice is one, with the questions of both.
pub(super) fn keep(kept: &mut Vec<PageCategory>, found: Vec<PageCategory>, sheet: &mut Sheet) {
    let mut places: HashMap<String, usize> = kept.iter().zip(0..).map(|(category, place)| (normal(&category.name.value), place)).collect();
    for category in found {
        let name = normal(&category.name.value);
        let Some(place) = places.get(&name) else {
            if kept.len() >= limits::CATEGORIES {
                sheet.leave_out(FIELD, &category.lines(), format!("a guide has at most {} categories", limits::CATEGORIES));
            } else {
                places.insert(name, kept.len());
                kept.push(category);
            }
            continue;
        };
        let Some(twin) = kept.get_mut(*place) else { continue };
        if twin.weight.as_ref().zip(category.weight.as_ref()).is_none_or(|(one, other)| one.value == other.value) {
            add(twin, category, sheet);
        } else {
            let why = format!("the category {:?} stands on the page twice, with two weights", twin.name.value);
            sheet.leave_out(FIELD, &category.lines(), why);
        }
    }
}

fn add(twin: &mut PageCategory, category: PageCategory, sheet: &mut Sheet) {
    let mut seen = twin.questions.iter().map(|said| normal(&said.value)).collect();
    category.lines().into_iter().for_each(|at| sheet.aside(at, Aside::Repeated));
    for said in category.questions {
        let row = Row { at: said.at.first().copied().unwrap_or_default(), text: &said.value, mark: Mark::None, gap: true };
        question(twin, &row, (&mut seen, sheet));
    }
}

fn question(category: &mut PageCategory, row: &Row<'_>, (seen, sheet): (&mut HashSet<String>, &mut Sheet)) {
    let text = unquoted(row.text);
    sheet.place(row.at, FIELD);
    if !sheet.fits(FIELD, &[row.at], (text, limits::TEXT)) {
        return;
    }
    if !seen.insert(normal(text)) {
        sheet.aside(row.at, Aside::Repeated);
    } else if category.questions.len() >= limits::QUESTIONS {
        sheet.leave_out(FIELD, &[row.at], format!("the category has {} questions already", limits::QUESTIONS));
    } else {
        category.questions.push(Said { value: text.to_owned(), at: vec![row.at] });
    }
}

fn unquoted(text: &str) -> &str {
    let pairs = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('”', '”')];
    let inner = pairs.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    inner.filter(|inner| !inner.contains(['"', '“', '”', '«'])).map_or(text, str::trim)
}

/// How the categories of a page are told from the questions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// By a share. `plain`: only on lines without a bullet.
    Weighted { plain: bool },
    /// By Markdown.
    Headed,
    /// By the missing bullet, or by a colon at the end.
    Unlisted,
    /// Not at all.
    Unknown,
}

impl Style {
    fn of(rows: &[Row<'_>]) -> Self {
        let weighted = |row: &&Row<'_>| weighs(row.text);
        if rows.iter().any(|row| matches!(row.mark, Mark::Depth(_))) {
            Self::Headed
        } else if rows.iter().any(|row| weighted(&row)) {
            Self::Weighted { plain: rows.iter().filter(weighted).any(|row| row.mark == Mark::None) }
        } else if rows.iter().any(|row| row.text.ends_with(':')) || (rows.iter().any(unlisted) && rows.iter().any(Row::listed)) {
            Self::Unlisted
        } else {
            Self::Unknown
        }
    }

    fn category(self, row: &Row<'_>, next: Option<&Row<'_>>) -> Option<(String, Option<Reading<i32>>)> {
        let weight = || share(row.text).filter(|(name, _)| !name.is_empty());
        let below = || {
            let (_, weight) = next.and_then(|next| share(next.text)).filter(|(name, _)| name.is_empty())?;
            Some((row.text.trim_end_matches(':').to_owned(), weight))
        };
        let sure = |(name, weight): (String, Reading<i32>)| (name, Some(weight));
        match self {
            Self::Weighted { plain } if plain && row.mark != Mark::None => None,
            Self::Weighted { .. } => weight().or_else(below).map(sure),
            Self::Headed if matches!(row.mark, Mark::Depth(_)) => {
                weight().or_else(below).map(sure).or_else(|| Some((row.text.to_owned(), None)))
            }
            Self::Unlisted if unlisted(row) => Some((row.text.trim_end_matches(':').trim().to_owned(), None)),
            Self::Headed | Self::Unlisted | Self::Unknown => None,
        }
    }
}

fn unlisted(row: &Row<'_>) -> bool {
    row.mark == Mark::None && row.text.len() <= NAME && !row.text.ends_with(['?', '.', '!'])
}

fn weighs(text: &str) -> bool {
    share(text).is_some()
}

/// The share at the end or at the beginning of a line, and the name without it; the name is empty if there is only a share.
fn share(text: &str) -> Option<(String, Reading<i32>)> {
    if text.len() > NAME || text.ends_with('?') {
        return None;
    }
    let percent = text.find('%')?;
    let before = text.get(..percent)?.trim_end();
    let after = text.get(percent + 1..)?;
    let start = before
        .rfind(|sign: char| !sign.is_ascii_digit() && !".,-–—~".contains(sign) && !sign.is_whitespace())
        .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let (head, figure) = before.split_at_checked(start)?;
    let figure = figure.trim_matches(|sign: char| sign.is_whitespace() || "~-–—,.".contains(sign));
    let head = head.trim_end_matches(|sign: char| sign.is_whitespace() || "(:-–—|·[~,".contains(sign));
    let tail = after.trim_matches(|sign: char| sign.is_whitespace() || "):-–—|·],".contains(sign));
    let closes = tail.is_empty()
        || matches!(crate::fold::fold(tail).as_str(), "of questions" | "of the interview" | "of interview" | "weight" | "of the questions");
    let name = if head.is_empty() { tail } else { head };
    if figure.is_empty() || (!head.is_empty() && !closes) || text.matches('%').count() > 1 {
        return None;
    }
    Some((name.to_owned(), weight(figure)))
}

fn weight(figure: &str) -> Reading<i32> {
    let whole = |text: &str| text.trim().parse::<i32>().ok().filter(|weight| (0..=100).contains(weight));
    if let Some(weight) = whole(figure) {
        return Reading::Sure(weight);
    }
    if let Some((low, high)) = figure.split_once(['-', '–', '—']).and_then(|(low, high)| Some((whole(low)?, whole(high)?))) {
        return Reading::unsure(figure, "a range; a weight is one share", vec![(i32::midpoint(low, high), 40), (low, 30), (high, 30)]);
    }
    let decimals = figure.split_once(['.', ',']).and_then(|(units, _)| whole(units));
    let choices = decimals.map_or_else(Vec::new, |units| vec![(units, 50), ((units + 1).min(100), 50)]);
    Reading::unsure(figure, "a weight is a whole percent from 0 to 100", choices)
}

#[cfg(test)]
mod tests {
    use super::{Reading, share};

    #[test]
    fn a_share_stands_at_either_end() {
        for text in [
            "Strategy35%",
            "Strategy 35 %",
            "Strategy (35%)",
            "35% Strategy",
            "Strategy: 35%",
            "Strategy — ~35%",
            "35% – Strategy",
            "Strategy (35% of questions)",
        ] {
            let (name, weight) = share(text).unwrap();
            assert_eq!((name.as_str(), weight), ("Strategy", Reading::Sure(35)), "{text}");
        }
        assert_eq!(share("35%").unwrap().0, "");
    }

    #[test]
    fn a_question_about_a_share_is_a_question() {
        for text in ["How would you raise retention by 10%?", "Raise it by 10% in a year", "Strategy", "From 5% to 10%"] {
            assert!(share(text).is_none(), "{text}");
        }
        assert!(matches!(share("Coding 12.5%").unwrap().1, Reading::Unsure(_)));
        assert!(matches!(share("Coding 30-40%").unwrap().1, Reading::Unsure(_)));
        assert!(matches!(share("Coding 140%").unwrap().1, Reading::Unsure(_)));
    }
}
