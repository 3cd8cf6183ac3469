//! From a file to a guide: every text becomes what its field says it is, every item has a key afterwards, and nothing is skipped in silence.

use std::fmt::Display;
use std::str::FromStr;

use entity::{Key, Kind, Period, WireId};

use super::GuideFile;
use super::form::{
    Category, FORMAT, File, FullQuestion, KeyedLine, Level as LevelForm, Line as LineForm, Question as QuestionForm, Round, Salaries,
};
use crate::code::Code;
use crate::error::{Error, Result};
use crate::finding::{Findings, Level, Path, quoted};
use crate::fold::tidy;
use crate::guide::keys::Taken;
use crate::guide::{self, Guide};

/// Reads the text of a guide file.
///
/// # Errors
///
/// [`Error::Findings`] with everything that is not understood. A file that is not YAML of this form gives one finding, with line and column.
pub fn read(text: &str) -> Result<GuideFile> {
    let file: File = serde_saphyr::from_str(text).map_err(|error| unreadable(&error))?;
    let mut reader = Reader { findings: Findings::default(), taken: Taken::default() };
    let read = reader.file(file);
    if reader.findings.stop(Level::Saving) { Err(Error::Findings(reader.findings)) } else { read.ok_or(Error::Findings(reader.findings)) }
}

fn unreadable(error: &serde_saphyr::Error) -> Error {
    let mut findings = Findings::default();
    let code = if error.to_string().contains("unknown field") { Code::FieldUnknown } else { Code::FileUnreadable };
    findings.add(Level::Saving, code, Path::root(), (error.to_string(), "a guide file in plain YAML"));
    Error::Findings(findings)
}

struct Reader {
    findings: Findings,
    taken: Taken,
}

impl Reader {
    fn file(&mut self, file: File) -> Option<GuideFile> {
        let root = Path::root();
        if file.format != FORMAT {
            self.findings.add(Level::Saving, Code::FileUnreadable, root.at("format"), (quoted(&file.format), FORMAT));
        }
        let id = self.parse::<WireId>(Code::Id, &root.at("id"), file.id.as_deref());
        let id = id.filter(|id| id.kind == Kind::Company).map(|id| entity::CompanyId(id.uuid));
        let slug = self.parse(Code::NameMalformed, &root.at("slug"), Some(&file.slug));
        self.claim_given(&file);
        let guide = Guide {
            name: tidy(&file.name),
            sample: file.sample,
            tier: self.parse(Code::NameMalformed, &root.at("tier"), file.tier.as_deref()),
            highlights: file.highlights.iter().map(|text| tidy(text)).collect(),
            focus_areas: self.lines(&root.at("focus_areas"), file.focus_areas),
            interview_loop: file.interview_loop.into_iter().map(|round| self.round(&root.at("interview_loop"), round)).collect(),
            question_categories: file
                .question_categories
                .into_iter()
                .map(|each| self.category(&root.at("question_categories"), each))
                .collect(),
            insider_tips: self.lines(&root.at("insider_tips"), file.insider_tips),
            red_flags: self.lines(&root.at("red_flags"), file.red_flags),
            traits: self.lines(&root.at("traits"), file.traits),
            salary_ranges: self.salaries(&root.at("salary_ranges"), file.salary_ranges),
            prep_plan: file.prep_plan.iter().map(|week| guide::Week { week: week.week, text: tidy(&week.text) }).collect(),
            verified_on: self.parse(Code::Calendar, &root.at("verified_on"), file.verified_on.as_deref()),
            sources: self.lines(&root.at("sources"), file.sources),
        };
        Some(GuideFile { id, slug: slug?, guide })
    }

    /// Keys that the file gives are taken before any is made, wherever they stand. Two items with one key are found by the rules of saving.
    fn claim_given(&mut self, file: &File) {
        let lines = [&file.focus_areas, &file.insider_tips, &file.red_flags, &file.traits, &file.sources].into_iter().flatten();
        let tips = file.interview_loop.iter().flat_map(|round| &round.tips);
        let of_lines = lines.chain(tips).filter_map(|line| match line {
            LineForm::Plain(_) => None,
            LineForm::Keyed(line) => line.key.as_deref(),
        });
        let questions = file.question_categories.iter().flat_map(|category| &category.questions).filter_map(|question| match question {
            QuestionForm::Plain(_) => None,
            QuestionForm::Full(question) => question.key.as_deref(),
        });
        let rounds = file.interview_loop.iter().filter_map(|round| round.key.as_deref());
        let categories = file.question_categories.iter().filter_map(|category| category.key.as_deref());
        let levels = file.salary_ranges.levels.iter().filter_map(|level| level.key.as_deref());
        for key in of_lines.chain(questions).chain(rounds).chain(categories).chain(levels).filter_map(|text| text.parse().ok()) {
            self.taken.claim(key);
        }
    }

    fn parse<T: FromStr<Err: Display>>(&mut self, code: Code, path: &Path, text: Option<&str>) -> Option<T> {
        match text?.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.findings.add(Level::Saving, code, path.clone(), (quoted(text?), error.to_string()));
                None
            }
        }
    }

    fn key(&mut self, path: &Path, given: Option<&str>, make: impl FnOnce(&mut Taken) -> Key) -> Key {
        match self.parse(Code::NameMalformed, &path.at("key"), given) {
            Some(key) => key,
            None => make(&mut self.taken),
        }
    }

    fn lines(&mut self, path: &Path, lines: Vec<LineForm>) -> Vec<guide::Line> {
        lines.into_iter().map(|line| self.line(path, line)).collect()
    }

    fn line(&mut self, path: &Path, line: LineForm) -> guide::Line {
        let KeyedLine { text, key } = match line {
            LineForm::Plain(text) => KeyedLine { text, key: None },
            LineForm::Keyed(line) => line,
        };
        let text = tidy(&text);
        guide::Line { key: self.key(path, key.as_deref(), |taken| taken.from_text(&text)), text }
    }

    fn round(&mut self, path: &Path, round: Round) -> guide::Round {
        let title = tidy(&round.title);
        let key = self.key(path, round.key.as_deref(), |taken| taken.from_title(&title));
        let path = path.at(&key);
        guide::Round {
            duration: self.parse(Code::Duration, &path.at("duration"), round.duration.as_deref()),
            focus: round.focus.iter().map(|text| tidy(text)).collect(),
            tips: self.lines(&path.at("tips"), round.tips),
            key,
            title,
        }
    }

    fn category(&mut self, path: &Path, category: Category) -> guide::Category {
        let name = tidy(&category.name);
        let key = self.key(path, category.key.as_deref(), |taken| taken.from_title(&name));
        let path = path.at(&key);
        let weight = self.parse::<Percent>(Code::Weight, &path.at("weight"), category.weight.as_deref());
        let questions = category.questions.into_iter().map(|question| self.question(&path.at("questions"), question)).collect();
        guide::Category { weight_percent: weight.map(|weight| weight.0), questions, key, name }
    }

    fn question(&mut self, path: &Path, question: QuestionForm) -> guide::Question {
        let full = match question {
            QuestionForm::Plain(text) => FullQuestion { text, ..FullQuestion::default() },
            QuestionForm::Full(question) => question,
        };
        let text = tidy(&full.text);
        let key = self.key(path, full.key.as_deref(), |taken| taken.from_text(&text));
        guide::Question {
            difficulty: self.parse(Code::Term, &path.at(&key).at("difficulty"), full.difficulty.as_deref()),
            tags: full.tags.iter().map(|tag| tidy(tag)).collect(),
            guidance: full.guidance.map(|text| tidy(&text)),
            key,
            text,
        }
    }

    fn salaries(&mut self, path: &Path, salaries: Salaries) -> Vec<guide::SalaryRange> {
        let Salaries { currency, period, basis, as_of, source, levels } = salaries;
        let shared = LevelForm { key: None, level: String::new(), range: None, note: None, currency, period, basis, as_of, source };
        levels.into_iter().map(|level| self.salary_range(path, level, &shared)).collect()
    }

    fn salary_range(&mut self, path: &Path, own: LevelForm, shared: &LevelForm) -> guide::SalaryRange {
        let level = tidy(&own.level);
        let key = self.key(path, own.key.as_deref(), |taken| taken.from_title(&level));
        let path = path.at(&key);
        let either = |own: Option<String>, shared: &Option<String>| own.or_else(|| shared.clone());
        let period = either(own.period, &shared.period);
        guide::SalaryRange {
            figures: self.parse(Code::Figures, &path.at("range"), own.range.as_deref()),
            currency: self.parse(Code::Currency, &path.at("currency"), either(own.currency, &shared.currency).as_deref()),
            period: self.parse(Code::Term, &path.at("period"), period.as_deref()).unwrap_or(Period::Year),
            basis: self.parse(Code::Term, &path.at("basis"), either(own.basis, &shared.basis).as_deref()),
            note: own.note.map(|text| tidy(&text)),
            source: either(own.source, &shared.source).map(|text| tidy(&text)),
            as_of: self.parse(Code::Calendar, &path.at("as_of"), either(own.as_of, &shared.as_of).as_deref()),
            key,
            level,
        }
    }
}

/// A share as files write it: `35%`, or `35`.
struct Percent(i32);

impl FromStr for Percent {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.trim().trim_end_matches('%').trim_end();
        let plain = !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse().map(Self).ok()).flatten().filter(|weight| weight.0 <= 100).ok_or("a percent such as 35%")
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::code::Code;
    use crate::error::Error;

    const SMALL: &str = "format: greenroom/guide@1\nslug: acorn\nname: Acorn\nweights: 1\n";

    fn codes(text: &str) -> Vec<(Code, String)> {
        match read(text) {
            Err(Error::Findings(findings)) => findings.0.into_iter().map(|finding| (finding.code, finding.path.to_string())).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_unknown_field_is_named() {
        assert_eq!(codes(SMALL), [(Code::FieldUnknown, String::new())]);
    }

    #[test]
    fn all_that_is_not_understood_is_found_at_once() {
        let text = "format: greenroom/guide@1\nslug: Not A Slug\nname: Acorn\nverified_on: yesterday\n\
            interview_loop:\n  - title: Phone screen\n    duration: 1 hour 15\n\
            question_categories:\n  - name: Coding\n    weight: much\n\
            salary_ranges:\n  currency: dollars\n  levels:\n    - level: L5\n      range: lots\n";
        let found: Vec<Code> = codes(text).into_iter().map(|(code, _)| code).collect();
        assert_eq!(found, [Code::NameMalformed, Code::Duration, Code::Weight, Code::Figures, Code::Currency, Code::Calendar]);
    }

    #[test]
    fn a_text_is_what_its_field_says_whatever_it_looks_like() {
        let file = read("format: greenroom/guide@1\nslug: no\nname: NO\nhighlights: [1.10, true, 2026-10]\n").unwrap();
        assert_eq!(file.guide.name, "NO");
        assert_eq!(file.guide.highlights, ["1.10", "true", "2026-10"]);
    }

    #[test]
    fn two_equal_lines_get_two_keys() {
        let file = read("format: greenroom/guide@1\nslug: a\nname: A\ntraits: [Same, Same]\n").unwrap();
        assert_ne!(file.guide.traits[0].key, file.guide.traits[1].key);
    }
}
