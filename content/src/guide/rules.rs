//! The rules of a guide at their levels: what cannot be saved, what cannot be published, and advice. All findings at once.

use std::collections::{BTreeMap, BTreeSet};

use entity::Key;

use super::{Category, Guide, Line, Round, SalaryRange, limits};
use crate::code::Code;
use crate::error::{Error, Result};
use crate::finding::{Findings, Level, Path, quoted};
use crate::money::Figures;

/// What all the rules find in a guide, given the keys of the tiers that there are.
#[must_use]
pub fn check(guide: &Guide, tiers: &BTreeSet<Key>) -> Findings {
    let mut rules = Rules { findings: Findings::default() };
    rules.identity(guide, tiers);
    rules.lists(guide);
    rules.rounds(&guide.interview_loop);
    rules.categories(&guide.question_categories);
    rules.salaries(&guide.salary_ranges);
    rules.weeks(guide);
    rules.keys(guide);
    rules.size(guide);
    rules.findings
}

/// Refuses what is no name for a tier or a user: one line that can be seen, as every name in a guide is.
///
/// # Errors
///
/// What is found against it.
pub fn name(text: &str) -> Result<()> {
    let mut rules = Rules { findings: Findings::default() };
    rules.text(&Path::root().at("name"), text, limits::NAME);
    if rules.findings.0.is_empty() { Ok(()) } else { Err(Error::Findings(rules.findings)) }
}

struct Rules {
    findings: Findings,
}

impl Rules {
    fn identity(&mut self, guide: &Guide, tiers: &BTreeSet<Key>) {
        self.text(&Path::root().at("name"), &guide.name, limits::NAME);
        let path = Path::root().at("tier");
        let known = || match tiers.len() {
            0 => "a tier, of which there are none yet: an administrator makes them".to_owned(),
            _ => format!("one of: {}", tiers.iter().map(Key::as_str).collect::<Vec<_>>().join(", ")),
        };
        match &guide.tier {
            None => self.missing(path, "a tier", &known()),
            Some(tier) if !tiers.contains(tier) => {
                self.unsaved(Code::TierUnknown, path, quoted(tier.as_str()), known());
            }
            Some(_) => {}
        }
        let path = Path::root().at("highlights");
        self.words(&path, &guide.highlights);
        if guide.highlights.is_empty() {
            self.missing(path, "a highlight", "at least one");
        }
    }

    fn lists(&mut self, guide: &Guide) {
        let lists = [
            ("focus_areas", &guide.focus_areas),
            ("insider_tips", &guide.insider_tips),
            ("red_flags", &guide.red_flags),
            ("traits", &guide.traits),
            ("sources", &guide.sources),
        ];
        for (name, lines) in lists {
            self.lines(&Path::root().at(name), lines);
        }
    }

    fn rounds(&mut self, rounds: &[Round]) {
        let path = Path::root().at("interview_loop");
        self.count(&path, rounds.len(), limits::ROUNDS);
        if rounds.is_empty() {
            self.missing(path.clone(), "a round", "at least one");
        }
        for round in rounds {
            let path = path.at(&round.key);
            self.text(&path.at("title"), &round.title, limits::NAME);
            self.words(&path.at("focus"), &round.focus);
            self.lines(&path.at("tips"), &round.tips);
            match round.duration {
                None => self.missing(path.at("duration"), "a duration", "minutes such as 45m or 45m-60m"),
                Some(range) if range.min < 1 || range.max < range.min || range.max > limits::MINUTES => {
                    let expected = format!("1 to {} minutes, the lower figure first", limits::MINUTES);
                    self.unsaved(Code::Duration, path.at("duration"), range.to_string(), expected);
                }
                Some(_) => {}
            }
        }
    }

    fn categories(&mut self, categories: &[Category]) {
        let path = Path::root().at("question_categories");
        self.count(&path, categories.len(), limits::CATEGORIES);
        for category in categories {
            self.category(&path.at(&category.key), category);
        }
        let sum: i64 = categories.iter().filter_map(|category| category.weight_percent).map(i64::from).sum();
        if categories.is_empty() {
            self.missing(path, "a question category", "at least one");
        } else if sum != 100 && categories.iter().all(|category| category.weight_percent.is_some()) {
            self.unpublished(Code::WeightsSum, path, format!("{sum} %"), "weights that add up to 100 %");
        }
    }

    fn category(&mut self, path: &Path, category: &Category) {
        self.text(&path.at("name"), &category.name, limits::NAME);
        self.count(&path.at("questions"), category.questions.len(), limits::QUESTIONS);
        match category.weight_percent {
            None => self.missing(path.at("weight"), "a weight", "a percent such as 35%"),
            Some(weight) if !(0..=100).contains(&weight) => {
                self.unsaved(Code::Weight, path.at("weight"), weight.to_string(), "a percent from 0 to 100");
            }
            Some(_) => {}
        }
        if category.questions.is_empty() {
            self.unpublished(Code::CategoryEmpty, path.at("questions"), "no question", "at least one");
        }
        for question in &category.questions {
            let path = path.at("questions").at(&question.key);
            self.text(&path.at("text"), &question.text, limits::TEXT);
            self.words(&path.at("tags"), &question.tags);
            if let Some(guidance) = &question.guidance {
                self.text(&path.at("guidance"), guidance, limits::TEXT);
            }
        }
    }

    fn salaries(&mut self, ranges: &[SalaryRange]) {
        let path = Path::root().at("salary_ranges");
        self.count(&path, ranges.len(), limits::SALARY_RANGES);
        for range in ranges {
            let path = path.at(&range.key);
            self.text(&path.at("level"), &range.level, limits::NAME);
            for (name, text) in [("note", &range.note), ("source", &range.source)] {
                if let Some(text) = text {
                    self.text(&path.at(name), text, limits::TEXT);
                }
            }
            self.figures(&path.at("range"), range.figures);
            if range.currency.is_none() {
                self.missing(path.at("currency"), "a currency", "a code of ISO 4217 such as USD");
            }
            if range.basis.is_none() {
                self.missing(path.at("basis"), "a basis", "total-compensation or base");
            }
            if range.source.is_none() || range.as_of.is_none() {
                let found = if range.source.is_none() { "no source" } else { "no month" };
                self.findings.add(Level::Advice, Code::SalaryUnsourced, path, (found, "source and as_of"));
            }
        }
    }

    fn figures(&mut self, path: &Path, figures: Option<Figures>) {
        let Some(figures) = figures else {
            return self.missing(path.clone(), "a range", "figures such as 250k-330k or 480k+");
        };
        let Figures { min, max, open_ended } = figures;
        let allowed = 0..=Figures::MAX;
        if !allowed.contains(&min) || max.is_some_and(|max| !allowed.contains(&max) || max < min) {
            self.unsaved(Code::Figures, path.clone(), figures.to_string(), "figures from 0, the lower one first");
        } else if max.is_none() && !open_ended {
            self.unsaved(Code::Figures, path.clone(), figures.to_string(), "an upper figure, or \"+\" after the lower one");
        }
    }

    fn weeks(&mut self, guide: &Guide) {
        let path = Path::root().at("prep_plan");
        self.count(&path, guide.prep_plan.len(), limits::WEEKS);
        let mut seen = BTreeSet::new();
        for week in &guide.prep_plan {
            let path = path.at(week.week);
            self.text(&path.at("text"), &week.text, limits::TEXT);
            if !seen.insert(week.week) {
                self.unsaved(Code::WeekDouble, path, format!("week {} twice", week.week), "each week once");
            }
        }
        let gap = guide.prep_plan.iter().zip(1..).find(|(week, number)| week.week != *number);
        if let Some((week, number)) = gap {
            self.unpublished(
                Code::WeekGap,
                path,
                format!("week {} in place {number}", week.week),
                "weeks from 1 without a gap, in their order",
            );
        }
    }

    fn keys(&mut self, guide: &Guide) {
        let mut seen: BTreeMap<&Key, usize> = BTreeMap::new();
        for key in guide.keys() {
            *seen.entry(key).or_default() += 1;
        }
        for (key, times) in seen.into_iter().filter(|(_, times)| *times > 1) {
            self.unsaved(Code::KeyDouble, Path::root().at(key), format!("{times} items with this key"), "a key for each item");
        }
    }

    fn size(&mut self, guide: &Guide) {
        let bytes = guide.to_json().map_or(usize::MAX, |json| json.len());
        if bytes > limits::GUIDE_BYTES {
            self.unsaved(Code::GuideLarge, Path::root(), format!("{bytes} bytes"), format!("at most {} bytes", limits::GUIDE_BYTES));
        }
    }

    fn lines(&mut self, path: &Path, lines: &[Line]) {
        self.count(path, lines.len(), limits::LINES);
        for line in lines {
            self.text(&path.at(&line.key), &line.text, limits::TEXT);
        }
    }

    fn words(&mut self, path: &Path, words: &[String]) {
        self.count(path, words.len(), limits::LINES);
        for (word, number) in words.iter().zip(1..) {
            self.text(&path.at(number), word, limits::TAG);
        }
    }

    fn count(&mut self, path: &Path, found: usize, most: usize) {
        if found > most {
            self.unsaved(Code::ListLong, path.clone(), format!("{found} entries"), format!("at most {most}"));
        }
    }

    fn text(&mut self, path: &Path, text: &str, most: usize) {
        let length = text.chars().count();
        if text.chars().all(|sign| sign.is_whitespace() || unseen(sign)) {
            self.unsaved(Code::TextEmpty, path.clone(), quoted(text), format!("1 to {most} characters"));
        } else if length > most {
            self.unsaved(Code::TextLong, path.clone(), format!("{length} of {most} characters"), format!("at most {most} characters"));
        }
        if text.chars().any(|sign| sign.is_control() || misleading(sign)) {
            self.unsaved(Code::TextControl, path.clone(), quoted(text), "one line of characters that can be seen");
        }
    }

    fn missing(&mut self, path: Path, what: &str, expected: &str) {
        self.unpublished(Code::Missing, path, format!("no {}", what.trim_start_matches("a ")), expected);
    }

    fn unsaved(&mut self, code: Code, path: Path, found: impl Into<String>, expected: impl Into<String>) {
        self.findings.add(Level::Saving, code, path, (found, expected));
    }

    fn unpublished(&mut self, code: Code, path: Path, found: impl Into<String>, expected: impl Into<String>) {
        self.findings.add(Level::Publishing, code, path, (found, expected));
    }
}

/// Signs of no width: joiners are part of some scripts and of emoji, but a text of them alone is empty.
pub(crate) const fn unseen(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{00ad}' | '\u{fe0e}' | '\u{fe0f}')
}

/// Line breaks by other names, byte-order marks, and signs that turn the direction of what follows, so that a text reads otherwise than it is.
pub(crate) const fn misleading(sign: char) -> bool {
    matches!(sign, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
