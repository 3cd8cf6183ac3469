//! The prep plan of a page: `Week 1` above its text or before it. Several lines of a week become one text.

use super::fate::{Aside, Sheet};
use super::mark::{Mark, Row};
use super::page::{Field, Said};
use crate::guide::limits;

const FIELD: Field = Field::PrepPlan;

/// The weeks of a section. A text for `Weeks 1-2` is the text of both: the page says so of both, and the plan keeps no gap.
pub(super) fn read(rows: &[Row<'_>], sheet: &mut Sheet) -> Vec<Said<(i32, String)>> {
    let numbered = !rows.iter().any(|row| week(row.text).is_some());
    let mut weeks: Vec<Said<(i32, String)>> = Vec::new();
    let mut running = 0;
    let mut titled = false;
    for row in rows {
        let begun = week(row.text).or_else(|| if numbered { number(row) } else { None });
        if let Some((first, last, text)) = begun {
            let text = text
                .trim_matches(|sign: char| sign.is_whitespace() || ":-–—|.)·".contains(sign) && sign != '.')
                .trim_start_matches('.')
                .trim();
            if text.is_empty() {
                sheet.aside(row.at, Aside::Number);
            } else {
                sheet.place(row.at, FIELD);
            }
            let at = if text.is_empty() { Vec::new() } else { vec![row.at] };
            running = weeks.len();
            titled = !text.is_empty();
            weeks.extend((first..=last).map(|week| Said { value: (week, text.to_owned()), at: at.clone() }));
        } else if row.text.is_empty() {
            sheet.aside(row.at, Aside::Decoration);
        } else {
            for said in weeks.get_mut(running..).unwrap_or_default() {
                sheet.place(row.at, FIELD);
                join(&mut said.value.1, row, titled && said.at.len() == 1);
                said.at.push(row.at);
            }
        }
    }
    weeks.retain(|said| !said.at.is_empty());
    weeks.retain(|said| sheet.fits(FIELD, &said.at, (&said.value.1, limits::TEXT)));
    weeks
}

/// Puts weeks to those that are there. A week stands once.
pub(super) fn keep(kept: &mut Vec<Said<(i32, String)>>, found: Vec<Said<(i32, String)>>, sheet: &mut Sheet) {
    for said in found {
        let (number, text) = &said.value;
        match kept.iter().find(|other| other.value.0 == *number) {
            Some(twin) if twin.value.1 == *text => said.at.iter().for_each(|at| sheet.aside(*at, Aside::Repeated)),
            Some(_) => sheet.leave_out(FIELD, &said.at, format!("week {number} stands on the page twice, differently")),
            None if kept.len() >= limits::WEEKS => sheet.leave_out(FIELD, &said.at, format!("a plan has at most {} weeks", limits::WEEKS)),
            None => kept.push(said),
        }
    }
}

/// Lines of one week become one text: blanks between sentences, a semicolon between entries of a list.
fn join(text: &mut String, row: &Row<'_>, titled: bool) {
    // Texts that are too long are refused as a whole later; they need not grow further.
    if text.len() > limits::TEXT * 8 {
        return;
    }
    if !text.is_empty() {
        let ended = text.ends_with(['.', '!', '?', ':', ';', ',']);
        let lower = !row.listed() && row.text.chars().next().is_some_and(char::is_lowercase);
        let heading = titled && !text.contains(['.', ';', ':']) && text.len() <= 60;
        text.push_str(if ended || lower {
            " "
        } else if heading {
            ": "
        } else {
            "; "
        });
    }
    text.push_str(row.text);
}

fn number<'a>(row: &Row<'a>) -> Option<(i32, i32, &'a str)> {
    let number = match row.mark {
        Mark::Number(number) => i32::try_from(number).ok()?,
        Mark::None if row.text.len() <= 2 => return row.text.parse().ok().filter(|week| usable(*week)).map(|week| (week, week, "")),
        Mark::None | Mark::Bullet | Mark::Depth(_) => return None,
    };
    usable(number).then_some((number, number, row.text))
}

/// The weeks that a line names, and what follows.
fn week(text: &str) -> Option<(i32, i32, &str)> {
    let head = text.split(|sign: char| !sign.is_ascii_alphabetic()).next()?;
    let rest = text.get(head.len()..)?;
    if !["week", "weeks", "wk", "wks", "w"].contains(&head.to_lowercase().as_str()) {
        return None;
    }
    let (first, rest) = figure(rest.trim_start().trim_start_matches('#'))?;
    let range = rest.trim_start();
    let after =
        ["-", "–", "—", "&", "and ", "to "].iter().find_map(|dash| range.strip_prefix(dash)).and_then(|rest| figure(rest.trim_start()));
    let (last, rest) = after.filter(|(last, rest)| *last > first && free(rest)).unwrap_or((first, rest));
    (free(rest) && usable(first) && usable(last)).then_some((first, last, rest))
}

fn free(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

fn usable(week: i32) -> bool {
    i32::try_from(limits::WEEKS).is_ok_and(|most| (1..=most).contains(&week))
}

fn figure(text: &str) -> Option<(i32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let (number, rest) = text.split_at_checked(digits)?;
        return (digits <= 2).then(|| number.parse().ok().map(|number| (number, rest))).flatten();
    }
    let word = text.split(|sign: char| !sign.is_ascii_alphabetic()).next()?;
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let (number, _) = (1..).zip(words).find(|(_, name)| *name == word.to_lowercase())?;
    text.get(word.len()..).map(|rest| (number, rest))
}

#[cfg(test)]
mod tests {
    use super::week;

    #[test]
    fn weeks_are_named_in_several_ways() {
        assert_eq!(week("Week 1"), Some((1, 1, "")));
        assert_eq!(week("Week Two: Read"), Some((2, 2, ": Read")));
        assert_eq!(week("W3 - Read"), Some((3, 3, " - Read")));
        assert_eq!(week("Weeks 1-2: Read"), Some((1, 2, ": Read")));
        assert_eq!(week("Weeks 3 and 4"), Some((3, 4, "")));
        for text in ["Weekly reading", "Week 99", "Week 0", "When 1", "Week 1st", "2 weeks"] {
            assert_eq!(week(text), None, "{text}");
        }
    }
}
