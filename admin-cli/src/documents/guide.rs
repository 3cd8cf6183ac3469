//! The whole guide as it comes over the wire; it becomes a guide of `content`. What is sent stands in `input`.

mod input;

use content::guide::{self, MinuteRange};
use content::money::Figures as Amounts;
use content::{Basis as ContentBasis, Difficulty as ContentDifficulty, Period};

use super::{CurrencyCode, Date, Long, YearMonth, schema};

pub(crate) use input::GuideInput;

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
