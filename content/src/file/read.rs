//! From the form of a file to a guide: every text becomes what its field says it is, and nothing is skipped in silence.

use std::fmt::Display;
use std::str::FromStr;

use entity::{Basis, CompanyId, Key, Kind, Period, WireId};

use super::GuideFile;
use super::form::{
    Category, FORMAT, File, FullQuestion, KeyedLine, Level as LevelForm, Line as LineForm, Question as QuestionForm, Round, Salaries, Week,
};
use crate::calendar::YearMonth;
use crate::code::Code;
use crate::finding::{Findings, Level, Path, quoted};
use crate::guide::{self, Guide};
use crate::money::Currency;

/// Reads a form in which every item has its key.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) findings: Findings,
}

impl Reader {
    pub(super) fn file(&mut self, file: File) -> Option<GuideFile> {
        let root = Path::root();
        if file.format != FORMAT {
            self.findings.add(Level::Saving, Code::FileUnreadable, root.at("format"), (quoted(&file.format), FORMAT));
        }
        let id = self.parse::<Company>(Code::Id, &root.at("id"), file.id.as_deref());
        let slug = self.parse(Code::NameMalformed, &root.at("slug"), Some(&file.slug));
        let guide = Guide {
            sample: self.parse::<Switch>(Code::FileUnreadable, &root.at("sample"), file.sample.as_deref()).is_some_and(|sample| sample.0),
            tier: self.parse(Code::NameMalformed, &root.at("tier"), file.tier.as_deref()),
            highlights: file.highlights,
            focus_areas: self.lines(&root.at("focus_areas"), file.focus_areas),
            interview_loop: self.all(file.interview_loop, |reader, round| reader.round(&root.at("interview_loop"), round)),
            question_categories: self.all(file.question_categories, |reader, each| reader.category(&root.at("question_categories"), each)),
            insider_tips: self.lines(&root.at("insider_tips"), file.insider_tips),
            red_flags: self.lines(&root.at("red_flags"), file.red_flags),
            traits: self.lines(&root.at("traits"), file.traits),
            salary_ranges: self.salaries(&root.at("salary_ranges"), file.salary_ranges),
            prep_plan: self.all(file.prep_plan, |reader, week| reader.week(&root.at("prep_plan"), week)),
            verified_on: self.parse(Code::Calendar, &root.at("verified_on"), file.verified_on.as_deref()),
            sources: self.lines(&root.at("sources"), file.sources),
            name: file.name,
        };
        Some(GuideFile { id: id.map(|company| company.0), slug: slug?, guide })
    }

    fn all<F, T>(&mut self, forms: Vec<F>, read: impl Fn(&mut Self, F) -> Option<T>) -> Vec<T> {
        forms.into_iter().filter_map(|form| read(self, form)).collect()
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

    /// Every item has a key that can be read by now; without one it would not be one.
    fn key(&mut self, path: &Path, key: Option<&str>) -> Option<Key> {
        self.parse(Code::NameMalformed, &path.at("key"), Some(key.unwrap_or_default()))
    }

    fn lines(&mut self, path: &Path, lines: Vec<LineForm>) -> Vec<guide::Line> {
        self.all(lines, |reader, line| {
            let KeyedLine { text, key } = match line {
                LineForm::Plain(text) => KeyedLine { text, key: None },
                LineForm::Keyed(line) => line,
            };
            Some(guide::Line { key: reader.key(path, key.as_deref())?, text })
        })
    }

    fn round(&mut self, path: &Path, round: Round) -> Option<guide::Round> {
        let key = self.key(path, round.key.as_deref())?;
        let path = path.at(&key);
        Some(guide::Round {
            duration: self.parse(Code::Duration, &path.at("duration"), round.duration.as_deref()),
            focus: round.focus,
            tips: self.lines(&path.at("tips"), round.tips),
            title: round.title,
            key,
        })
    }

    fn category(&mut self, path: &Path, category: Category) -> Option<guide::Category> {
        let key = self.key(path, category.key.as_deref())?;
        let path = path.at(&key);
        let weight = self.parse::<Percent>(Code::Weight, &path.at("weight"), category.weight.as_deref());
        let questions = self.all(category.questions, |reader, question| reader.question(&path.at("questions"), question));
        Some(guide::Category { weight_percent: weight.map(|weight| weight.0), questions, name: category.name, key })
    }

    fn question(&mut self, path: &Path, question: QuestionForm) -> Option<guide::Question> {
        let full = match question {
            QuestionForm::Plain(text) => FullQuestion { text, ..FullQuestion::default() },
            QuestionForm::Full(question) => question,
        };
        let key = self.key(path, full.key.as_deref())?;
        Some(guide::Question {
            difficulty: self.parse(Code::Term, &path.at(&key).at("difficulty"), full.difficulty.as_deref()),
            tags: full.tags,
            guidance: full.guidance,
            text: full.text,
            key,
        })
    }

    fn salaries(&mut self, path: &Path, salaries: Salaries) -> Vec<guide::SalaryRange> {
        let Salaries { currency, period, basis, as_of, source, levels } = salaries;
        let form = LevelForm { key: None, level: String::new(), range: None, note: None, currency, period, basis, as_of, source };
        let shared = self.terms(path, &form);
        self.all(levels, |reader, level| reader.salary_range(path, level, &shared))
    }

    fn salary_range(&mut self, path: &Path, own: LevelForm, shared: &Terms) -> Option<guide::SalaryRange> {
        let key = self.key(path, own.key.as_deref())?;
        let path = path.at(&key);
        let figures = self.parse(Code::Figures, &path.at("range"), own.range.as_deref());
        let terms = self.terms(&path, &own);
        Some(guide::SalaryRange {
            figures,
            currency: terms.currency.or(shared.currency),
            period: terms.period.or(shared.period).unwrap_or(Period::Year),
            basis: terms.basis.or(shared.basis),
            source: terms.source.or_else(|| shared.source.clone()),
            as_of: terms.as_of.or(shared.as_of),
            note: own.note,
            level: own.level,
            key,
        })
    }

    fn terms(&mut self, path: &Path, form: &LevelForm) -> Terms {
        Terms {
            currency: self.parse(Code::Currency, &path.at("currency"), form.currency.as_deref()),
            period: self.parse(Code::Term, &path.at("period"), form.period.as_deref()),
            basis: self.parse(Code::Term, &path.at("basis"), form.basis.as_deref()),
            as_of: self.parse(Code::Calendar, &path.at("as_of"), form.as_of.as_deref()),
            source: form.source.clone(),
        }
    }

    fn week(&mut self, path: &Path, week: Week) -> Option<guide::Week> {
        let number = self.parse::<Number>(Code::FileUnreadable, &path.at(&week.week).at("week"), Some(&week.week))?;
        Some(guide::Week { week: number.0, text: week.text })
    }
}

/// What a level may say itself and all may share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Terms {
    pub(super) currency: Option<Currency>,
    pub(super) period: Option<Period>,
    pub(super) basis: Option<Basis>,
    pub(super) as_of: Option<YearMonth>,
    pub(super) source: Option<String>,
}

/// The id of a company, and of nothing else.
struct Company(CompanyId);

impl FromStr for Company {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let id: Option<WireId> = text.parse().ok().filter(|id: &WireId| id.kind == Kind::Company);
        id.map(|id| Self(CompanyId(id.uuid))).ok_or("the id of a company, such as company_01k9v0m4x2e8gtd3w6yq7r5zns")
    }
}

/// A switch as files write it.
struct Switch(bool);

impl FromStr for Switch {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| "true or false")
    }
}

/// The number of a week as files write it.
struct Number(i32);

impl FromStr for Number {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| "the number of a week, from 1")
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
