//! Headings as people write them: synonyms for each part of a guide, small slips of the pen, counts and remarks around them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fate::{Aside, Sheet};
use super::mark::{Mark, Row};
use super::matching::alike;
use crate::fold::fold;

/// A part of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Section {
    Highlights,
    FocusAreas,
    Loop,
    Questions,
    Tips,
    RedFlags,
    Traits,
    Salaries,
    Prep,
    Sources,
    /// What stands beside the guide on a page: other companies, a newsletter.
    Beside,
}

/// A heading that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading<'a> {
    pub(super) section: Section,
    /// What stands around the name of the part: `Total Comp` in `Salary Ranges (Total Comp)`.
    pub(super) remark: &'a str,
    /// What follows on the same line after a colon.
    pub(super) inline: &'a str,
}

/// Longer lines are no headings; it also bounds the comparing.
const LONGEST: usize = 70;
/// Shorter names are only taken as they are: too many other words are near.
const SHORTEST_SLIP: usize = 6;
/// How much alike a name with a slip must be.
const SLIP: f32 = 0.87;

/// The names of the parts, in words that count: small words are left out on both sides.
const NAMES: &[(Section, &str)] = &[
    (Section::Highlights, "highlights|key highlights|at a glance|known for|specialties"),
    (
        Section::FocusAreas,
        "ai teams focus areas|focus areas|ai focus areas|teams focus areas|ai teams|key focus areas|areas focus|what they work on|\
         what teams work on|product areas|focus area|areas they work on|team focus areas|ai areas|ai focus|what they build|main focus areas",
    ),
    (
        Section::Loop,
        "interview loop|interview process|interview rounds|interview stages|hiring process|interview steps|loop|process|rounds|stages|\
         interview format|interview structure|recruiting process|interview pipeline|selection process|how hiring works",
    ),
    (
        Section::Questions,
        "question types weighting|question types|question categories|interview questions|questions|question types weights|sample questions|\
         question mix|question breakdown|typical questions|question weighting|questions weighting|what they ask|practice questions|\
         questions by category|question categories weights|example questions",
    ),
    (
        Section::Tips,
        "insider tips|tips|insider advice|pro tips|interview tips|insider knowledge|tips from insiders|advice|tips tricks|insider notes|\
         what insiders say|inside tips",
    ),
    (
        Section::RedFlags,
        "red flags avoid|red flags|things avoid|what avoid|common mistakes|pitfalls|mistakes avoid|deal breakers|dealbreakers|\
         common pitfalls|warning signs|donts",
    ),
    (
        Section::Traits,
        "what they look for|traits|what interviewers look for|what we look for|key traits|ideal candidate|candidate profile|\
         what they value|qualities|what they are looking for|what they re looking for|traits they look for|who they hire|what counts|\
         desired traits|success traits|attributes",
    ),
    (
        Section::Salaries,
        "salary ranges|salary|salaries|compensation|salary range|compensation ranges|pay|pay ranges|total compensation|salary bands|\
         pay bands|comp ranges|what they pay|salary compensation|compensation bands|salary data|compensation range",
    ),
    (
        Section::Prep,
        "prep plan|preparation plan|study plan|prep schedule|week prep plan|week plan|prep timeline|preparation|preparation schedule|\
         how prepare|week by week plan|interview prep plan|weekly plan|preparation timeline|study schedule|week week plan",
    ),
    (Section::Sources, "sources|source|references|where this comes from|based on|data sources"),
    (
        Section::Beside,
        "related companies|similar companies|other companies|you might also like|you may also like|related guides|more guides|\
         other guides|newsletter|share this guide|share this page|contents|table contents|on this page|in this guide|popular guides",
    ),
];

const SMALL: &[&str] = &["and", "the", "a", "an", "of", "to", "for", "their", "your", "our"];

struct Names {
    exact: HashMap<String, Section>,
    /// By the first letter, for comparing with few.
    near: HashMap<u8, Vec<(String, Section)>>,
}

static TABLE: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names { exact: HashMap::new(), near: HashMap::new() };
    for (section, texts) in NAMES {
        for text in texts.split('|') {
            let name = reduced(&fold(text));
            names.near.entry(name.bytes().next().unwrap_or_default()).or_default().push((name.clone(), *section));
            names.exact.insert(name, *section);
        }
    }
    names
});

/// What may stand inside of a round as the name of a part of it.
const LABELS: &[&str] =
    &["tips", "tip", "advice", "focus", "focus areas", "focus area", "what they look for", "preparation", "questions", "interview tips"];

/// Every heading of the page with its place among the rows. A list of contents is set aside.
pub(super) fn all<'a>(rows: &[Row<'a>], companies: &[String], sheet: &mut Sheet) -> Vec<(usize, Heading<'a>)> {
    let open = rows.iter().enumerate().filter(|(_, row)| sheet.open(row.at));
    let found: Vec<(usize, Heading<'a>)> = open.filter_map(|(place, row)| find(row, companies).map(|heading| (place, heading))).collect();
    let mut times: HashMap<Section, usize> = HashMap::new();
    for (_, heading) in &found {
        *times.entry(heading.section).or_default() += 1;
    }
    let mut left = times.clone();
    let mut kept: Vec<(usize, Heading<'a>)> = Vec::new();
    let mut run = 0_usize;
    for (number, (place, heading)) in found.iter().enumerate() {
        let left = left.entry(heading.section).or_default();
        *left = left.saturating_sub(1);
        let before =
            number.checked_sub(1).and_then(|before| found.get(before)).is_some_and(|(before, _)| empty(rows, *before, *place, sheet));
        let after = found.get(number + 1).is_some_and(|(after, _)| empty(rows, *place, *after, sheet));
        run = if before { run + 1 } else { 0 };
        let Some(row) = rows.get(*place) else { continue };
        if (run >= 2 || (after && run + ahead(&found, number, (rows, sheet)) >= 2)) && *left > 0 {
            sheet.aside(row.at, Aside::Menu);
            continue;
        }
        let inside = kept.last().is_some_and(|(_, last)| last.section == Section::Loop);
        let repeated = times.get(&heading.section).is_some_and(|times| *times > 1);
        let label = inside && LABELS.contains(&fold(row.text.split(':').next().unwrap_or_default()).as_str());
        if !(label && (repeated || !heading.inline.is_empty())) {
            kept.push((*place, heading.clone()));
        }
    }
    kept
}

/// How many headings follow without anything between, up to two.
fn ahead(found: &[(usize, Heading<'_>)], number: usize, (rows, sheet): (&[Row<'_>], &Sheet)) -> usize {
    let pairs = found.iter().skip(number).zip(found.iter().skip(number + 1)).take(2);
    pairs.take_while(|((one, _), (other, _))| empty(rows, *one, *other, sheet)).count()
}

/// Whether there is nothing between two places.
fn empty(rows: &[Row<'_>], one: usize, other: usize, sheet: &Sheet) -> bool {
    other - one <= 4 && rows.get(one + 1..other).unwrap_or_default().iter().all(|row| !sheet.open(row.at))
}

/// The heading that a row is, if it is one. `companies` are folded names that may stand around the name of a part.
pub(super) fn find<'a>(row: &Row<'a>, companies: &[String]) -> Option<Heading<'a>> {
    let text = row.text.trim_start_matches(|sign: char| !sign.is_alphanumeric() && sign != '(');
    if row.mark == Mark::Bullet || text.is_empty() {
        return None;
    }
    if let Some((before, inline)) = text.split_once(':').filter(|(before, inline)| before.len() <= LONGEST && !inline.trim().is_empty()) {
        let (name, remark) = bare(before);
        return exact(name).map(|section| Heading { section, remark, inline: inline.trim() });
    }
    if text.len() > LONGEST || text.ends_with(['.', '?', '!', ',', ';']) {
        return None;
    }
    let (name, remark) = bare(text.trim_end_matches([':', ' ']));
    named(name, companies).map(|section| Heading { section, remark, inline: "" })
}

/// The name of the part alone, and the remark that stood in parentheses or after a dash.
fn bare(text: &str) -> (&str, &str) {
    let end = [text.find('('), text.find('['), text.find(" – "), text.find(" — "), text.find(" - "), text.find(" | "), text.find(" · ")];
    let end = end.into_iter().flatten().min().filter(|end| *end > 0).unwrap_or(text.len());
    let (name, remark) = text.split_at_checked(end).unwrap_or((text, ""));
    (name.trim(), remark.trim_matches(|sign: char| sign.is_whitespace() || "()[]–—-|·".contains(sign)))
}

fn named(name: &str, companies: &[String]) -> Option<Section> {
    let folded = fold(name);
    let words = reduced(&folded);
    if let Some(section) = TABLE.exact.get(&words) {
        return Some(*section);
    }
    let uncounted = words.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == ' ');
    let near = near(uncounted);
    if near.is_some() {
        return near;
    }
    companies.iter().find_map(|company| {
        let behind = words.strip_prefix(company.as_str()).and_then(|rest| rest.strip_prefix(" s ").or_else(|| rest.strip_prefix(' ')));
        let before =
            || words.strip_suffix(company.as_str())?.strip_suffix(' ').map(|rest| rest.trim_end_matches(" at").trim_end_matches(" in"));
        TABLE.exact.get(behind.or_else(before)?).copied()
    })
}

fn exact(name: &str) -> Option<Section> {
    TABLE.exact.get(&reduced(&fold(name))).copied()
}

fn near(words: &str) -> Option<Section> {
    if let Some(section) = TABLE.exact.get(words) {
        return Some(*section);
    }
    if words.len() < SHORTEST_SLIP {
        return None;
    }
    let candidates = TABLE.near.get(&words.bytes().next()?)?;
    let close = candidates.iter().filter(|(name, _)| name.len() >= SHORTEST_SLIP && name.len().abs_diff(words.len()) <= 2);
    close
        .map(|(name, section)| (alike(name, words), *section))
        .filter(|(alike, _)| *alike >= SLIP)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|best| best.1)
}

/// A folded text without its small words.
fn reduced(folded: &str) -> String {
    folded.split(' ').filter(|word| !SMALL.contains(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Section, find};
    use crate::importing::mark::row;

    fn section(line: &str) -> Option<Section> {
        find(&row(0, line, false), &["netflix".to_owned()]).map(|heading| heading.section)
    }

    #[test]
    fn headings_are_known_however_they_are_written() {
        assert_eq!(section("AI Teams & Focus Areas"), Some(Section::FocusAreas));
        assert_eq!(section("Interview Loop (5 Rounds)"), Some(Section::Loop));
        assert_eq!(section("4-Week Prep Plan"), Some(Section::Prep));
        assert_eq!(section("## 3. THE HIRING PROCESS:"), Some(Section::Loop));
        assert_eq!(section("Interveiw Lop"), Some(Section::Loop));
        assert_eq!(section("Red Flgas to Avoid"), Some(Section::RedFlags));
        assert_eq!(section("🚩 Red flags"), Some(Section::RedFlags));
        assert_eq!(section("Netflix's Salary Ranges"), Some(Section::Salaries));
        assert_eq!(section("Interview process at Netflix"), Some(Section::Loop));
    }

    #[test]
    fn sentences_and_items_are_no_headings() {
        for line in
            ["- Interview loop", "They screen for red flags.", "Know the interview process", "Strategy", "Insert tips here", "Week 1"]
        {
            assert_eq!(section(line), None, "{line}");
        }
    }

    #[test]
    fn remarks_and_inline_content_are_kept() {
        let row = row(0, "Salary Ranges (Total Comp)", false);
        assert_eq!(find(&row, &[]).map(|heading| heading.remark), Some("Total Comp"));
        let row = super::super::mark::row(0, "Focus areas: Maps, Routes", false);
        assert_eq!(find(&row, &[]).map(|heading| heading.inline), Some("Maps, Routes"));
    }
}
