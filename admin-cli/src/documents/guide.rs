//! The whole guide on the wire, both ways: what comes is a guide of `content`, and a guide of `content` is what is sent.

use std::collections::BTreeSet;

use content::Key;
use content::guide::keys::Taken;
use content::guide::{self, MinuteRange};
use content::money::Figures as Amounts;
use content::{Basis as ContentBasis, Difficulty as ContentDifficulty, Period};

use super::{CurrencyCode, Date, Long, YearMonth, schema};

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Guide {
    pub(crate) name: String,
    pub(crate) sample: bool,
    pub(crate) tier: Option<String>,
    pub(crate) highlights: Vec<String>,
    pub(crate) focus_areas: Vec<Line>,
    pub(crate) interview_loop: Vec<Round>,
    pub(crate) question_categories: Vec<Category>,
    pub(crate) insider_tips: Vec<Line>,
    pub(crate) red_flags: Vec<Line>,
    pub(crate) traits: Vec<Line>,
    pub(crate) salary_ranges: Vec<SalaryRange>,
    pub(crate) prep_plan: Vec<Week>,
    pub(crate) verified_on: Option<Date>,
    pub(crate) sources: Vec<Line>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Line {
    pub(crate) key: String,
    pub(crate) text: String,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Round {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) duration: Option<Duration>,
    pub(crate) focus: Vec<String>,
    pub(crate) tips: Vec<Line>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Duration {
    pub(crate) min: i32,
    pub(crate) max: i32,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Category {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) weight_percent: Option<i32>,
    pub(crate) questions: Vec<Question>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Question {
    pub(crate) key: String,
    pub(crate) text: String,
    pub(crate) difficulty: Option<Difficulty>,
    pub(crate) tags: Vec<String>,
    pub(crate) guidance: Option<String>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct SalaryRange {
    pub(crate) key: String,
    pub(crate) level: String,
    pub(crate) figures: Option<Figures>,
    pub(crate) currency: Option<CurrencyCode>,
    pub(crate) period: SalaryPeriod,
    pub(crate) basis: Option<SalaryBasis>,
    pub(crate) note: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) as_of: Option<YearMonth>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Figures {
    pub(crate) min: Long,
    pub(crate) max: Option<Long>,
    pub(crate) open_ended: bool,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Week {
    pub(crate) week: i32,
    pub(crate) text: String,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Difficulty {
    Easy,
    Medium,
    Hard,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SalaryPeriod {
    Year,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SalaryBasis {
    TotalCompensation,
    Base,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct GuideInput {
    name: String,
    sample: bool,
    tier: Option<String>,
    highlights: Vec<String>,
    focus_areas: Vec<LineInput>,
    interview_loop: Vec<RoundInput>,
    question_categories: Vec<CategoryInput>,
    insider_tips: Vec<LineInput>,
    red_flags: Vec<LineInput>,
    traits: Vec<LineInput>,
    salary_ranges: Vec<SalaryRangeInput>,
    prep_plan: Vec<WeekInput>,
    verified_on: Option<Date>,
    sources: Vec<LineInput>,
}

#[derive(cynic::InputObject, Clone, Debug)]
struct LineInput {
    key: Option<String>,
    text: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
struct RoundInput {
    key: Option<String>,
    title: String,
    duration: Option<DurationInput>,
    focus: Vec<String>,
    tips: Vec<LineInput>,
}

#[derive(cynic::InputObject, Clone, Debug)]
struct DurationInput {
    min: i32,
    max: i32,
}

#[derive(cynic::InputObject, Clone, Debug)]
struct CategoryInput {
    key: Option<String>,
    name: String,
    weight_percent: Option<i32>,
    questions: Vec<QuestionInput>,
}

#[derive(cynic::InputObject, Clone, Debug)]
struct QuestionInput {
    key: Option<String>,
    text: String,
    difficulty: Option<Difficulty>,
    tags: Vec<String>,
    guidance: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
struct SalaryRangeInput {
    key: Option<String>,
    level: String,
    figures: Option<FiguresInput>,
    currency: Option<CurrencyCode>,
    period: Option<SalaryPeriod>,
    basis: Option<SalaryBasis>,
    note: Option<String>,
    source: Option<String>,
    as_of: Option<YearMonth>,
}

#[derive(cynic::InputObject, Clone, Debug)]
struct FiguresInput {
    min: Long,
    max: Option<Long>,
    open_ended: bool,
}

#[derive(cynic::InputObject, Clone, Debug)]
struct WeekInput {
    week: i32,
    text: String,
}

/// A text of the wire that is not what its field says: the other side is of another version.
#[derive(Debug, thiserror::Error)]
#[error("{field} is {text:?}")]
pub(crate) struct Strange {
    field: &'static str,
    text: String,
}

fn read<T: std::str::FromStr>(field: &'static str, text: String) -> Result<T, Strange> {
    text.parse().map_err(|_| Strange { field, text })
}

fn lines(lines: Vec<Line>) -> Result<Vec<guide::Line>, Strange> {
    lines.into_iter().map(|line| Ok(guide::Line { key: read("key", line.key)?, text: line.text })).collect()
}

fn all<A, B: TryFrom<A, Error = Strange>>(items: Vec<A>) -> Result<Vec<B>, Strange> {
    items.into_iter().map(B::try_from).collect()
}

impl TryFrom<Guide> for guide::Guide {
    type Error = Strange;

    fn try_from(guide: Guide) -> Result<Self, Strange> {
        Ok(Self {
            name: guide.name,
            sample: guide.sample,
            tier: guide.tier.map(|tier| read("tier", tier)).transpose()?,
            highlights: guide.highlights,
            focus_areas: lines(guide.focus_areas)?,
            interview_loop: all(guide.interview_loop)?,
            question_categories: all(guide.question_categories)?,
            insider_tips: lines(guide.insider_tips)?,
            red_flags: lines(guide.red_flags)?,
            traits: lines(guide.traits)?,
            salary_ranges: all(guide.salary_ranges)?,
            prep_plan: guide.prep_plan.into_iter().map(|Week { week, text }| guide::Week { week, text }).collect(),
            verified_on: guide.verified_on.map(|day| read("verifiedOn", day.0)).transpose()?,
            sources: lines(guide.sources)?,
        })
    }
}

impl TryFrom<Round> for guide::Round {
    type Error = Strange;

    fn try_from(Round { key, title, duration, focus, tips }: Round) -> Result<Self, Strange> {
        let duration = duration.map(|Duration { min, max }| MinuteRange { min, max });
        Ok(Self { key: read("key", key)?, title, duration, focus, tips: lines(tips)? })
    }
}

impl TryFrom<Category> for guide::Category {
    type Error = Strange;

    fn try_from(Category { key, name, weight_percent, questions }: Category) -> Result<Self, Strange> {
        Ok(Self { key: read("key", key)?, name, weight_percent, questions: all(questions)? })
    }
}

impl TryFrom<Question> for guide::Question {
    type Error = Strange;

    fn try_from(Question { key, text, difficulty, tags, guidance }: Question) -> Result<Self, Strange> {
        let difficulty = difficulty.map(|word| match word {
            Difficulty::Easy => ContentDifficulty::Easy,
            Difficulty::Medium => ContentDifficulty::Medium,
            Difficulty::Hard => ContentDifficulty::Hard,
        });
        Ok(Self { key: read("key", key)?, text, difficulty, tags, guidance })
    }
}

impl TryFrom<SalaryRange> for guide::SalaryRange {
    type Error = Strange;

    fn try_from(range: SalaryRange) -> Result<Self, Strange> {
        Ok(Self {
            key: read("key", range.key)?,
            level: range.level,
            figures: range.figures.map(|figures| Amounts {
                min: figures.min.0,
                max: figures.max.map(|max| max.0),
                open_ended: figures.open_ended,
            }),
            currency: range.currency.map(|code| read("currency", code.0)).transpose()?,
            period: match range.period {
                SalaryPeriod::Year => Period::Year,
            },
            basis: range.basis.map(|basis| match basis {
                SalaryBasis::TotalCompensation => ContentBasis::TotalCompensation,
                SalaryBasis::Base => ContentBasis::Base,
            }),
            note: range.note,
            source: range.source,
            as_of: range.as_of.map(|month| read("asOf", month.0)).transpose()?,
        })
    }
}

fn inputs<'a, A: 'a, B: From<&'a A>>(items: &'a [A]) -> Vec<B> {
    items.iter().map(B::from).collect()
}

impl GuideInput {
    /// The guide as it is sent over one with these keys. A new item whose key only follows from its words goes without it: the server knows which
    /// keys were used before, and makes one that is free.
    pub(crate) fn over(guide: &guide::Guide, known: &BTreeSet<Key>) -> Self {
        let mut input = Self::from(guide);
        let free = |key: &mut Option<String>, made: fn(&mut Taken, &str) -> Key, words: &str| {
            let follows = key.as_ref().is_some_and(|key| {
                let plain = made(&mut Taken::default(), words);
                let numbered = |rest: &str| rest.strip_prefix('-').is_some_and(|number| number.parse::<u32>().is_ok());
                key.strip_prefix(plain.as_str()).is_some_and(|rest| rest.is_empty() || numbered(rest))
            });
            if follows && key.as_deref().and_then(|key| key.parse().ok()).is_some_and(|key: Key| !known.contains(&key)) {
                *key = None;
            }
        };
        let lines = [&mut input.focus_areas, &mut input.insider_tips, &mut input.red_flags, &mut input.traits, &mut input.sources];
        for line in lines.into_iter().flatten().chain(input.interview_loop.iter_mut().flat_map(|round| &mut round.tips)) {
            free(&mut line.key, Taken::from_text, &line.text);
        }
        for round in &mut input.interview_loop {
            free(&mut round.key, Taken::from_title, &round.title);
        }
        for category in &mut input.question_categories {
            free(&mut category.key, Taken::from_title, &category.name);
            for question in &mut category.questions {
                free(&mut question.key, Taken::from_text, &question.text);
            }
        }
        for range in &mut input.salary_ranges {
            free(&mut range.key, Taken::from_title, &range.level);
        }
        input
    }
}

impl From<&guide::Guide> for GuideInput {
    fn from(guide: &guide::Guide) -> Self {
        Self {
            name: guide.name.clone(),
            sample: guide.sample,
            tier: guide.tier.as_ref().map(ToString::to_string),
            highlights: guide.highlights.clone(),
            focus_areas: inputs(&guide.focus_areas),
            interview_loop: inputs(&guide.interview_loop),
            question_categories: inputs(&guide.question_categories),
            insider_tips: inputs(&guide.insider_tips),
            red_flags: inputs(&guide.red_flags),
            traits: inputs(&guide.traits),
            salary_ranges: inputs(&guide.salary_ranges),
            prep_plan: guide.prep_plan.iter().map(|week| WeekInput { week: week.week, text: week.text.clone() }).collect(),
            verified_on: guide.verified_on.map(|day| Date(day.to_string())),
            sources: inputs(&guide.sources),
        }
    }
}

impl From<&guide::Line> for LineInput {
    fn from(line: &guide::Line) -> Self {
        Self { key: Some(line.key.to_string()), text: line.text.clone() }
    }
}

impl From<&guide::Round> for RoundInput {
    fn from(round: &guide::Round) -> Self {
        Self {
            key: Some(round.key.to_string()),
            title: round.title.clone(),
            duration: round.duration.map(|MinuteRange { min, max }| DurationInput { min, max }),
            focus: round.focus.clone(),
            tips: inputs(&round.tips),
        }
    }
}

impl From<&guide::Category> for CategoryInput {
    fn from(category: &guide::Category) -> Self {
        Self {
            key: Some(category.key.to_string()),
            name: category.name.clone(),
            weight_percent: category.weight_percent,
            questions: inputs(&category.questions),
        }
    }
}

impl From<&guide::Question> for QuestionInput {
    fn from(question: &guide::Question) -> Self {
        Self {
            key: Some(question.key.to_string()),
            text: question.text.clone(),
            difficulty: question.difficulty.map(|word| match word {
                ContentDifficulty::Easy => Difficulty::Easy,
                ContentDifficulty::Medium => Difficulty::Medium,
                ContentDifficulty::Hard => Difficulty::Hard,
            }),
            tags: question.tags.clone(),
            guidance: question.guidance.clone(),
        }
    }
}

impl From<&guide::SalaryRange> for SalaryRangeInput {
    fn from(range: &guide::SalaryRange) -> Self {
        let figures =
            |figures: Amounts| FiguresInput { min: Long(figures.min), max: figures.max.map(Long), open_ended: figures.open_ended };
        Self {
            key: Some(range.key.to_string()),
            level: range.level.clone(),
            figures: range.figures.map(figures),
            currency: range.currency.map(|currency| CurrencyCode(currency.code().to_owned())),
            period: Some(match range.period {
                Period::Year => SalaryPeriod::Year,
            }),
            basis: range.basis.map(|basis| match basis {
                ContentBasis::TotalCompensation => SalaryBasis::TotalCompensation,
                ContentBasis::Base => SalaryBasis::Base,
            }),
            note: range.note.clone(),
            source: range.source.clone(),
            as_of: range.as_of.map(|month| YearMonth(month.to_string())),
        }
    }
}
