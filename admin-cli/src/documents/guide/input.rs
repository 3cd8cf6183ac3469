//! The whole guide as it is sent: made from a guide of `content`, without the keys that the server is to make.

use std::collections::BTreeSet;

use content::guide::keys::Taken;
use content::guide::{self, MinuteRange};
use content::money::Figures as Amounts;
use content::{Basis as ContentBasis, Difficulty as ContentDifficulty, Key, Period};

use super::super::{CurrencyCode, Date, Long, YearMonth, schema};
use super::{Difficulty, SalaryBasis, SalaryPeriod};

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
