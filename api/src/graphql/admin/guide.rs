//! The whole guide as editors hold it, in which parts may be missing. What can be read here can be sent back: the input has the same fields.

use ::content::guide::{
    self as content, Category as ContentCategory, MinuteRange as Minutes, Question as ContentQuestion, Round as ContentRound,
    SalaryRange as ContentRange,
};
use async_graphql::{InputObject, SimpleObject};

use crate::graphql::scalars::{CurrencyCode, Date, Long, YearMonthScalar};
use crate::graphql::terms::{Difficulty, SalaryBasis, SalaryPeriod};

/// The whole guide of a company, in the order in which readers see it.
#[derive(SimpleObject)]
pub(super) struct Guide {
    /// The company's name.
    name: String,
    /// Whether the company is invented, to show what guides look like.
    sample: bool,
    /// The key of its tier.
    tier: Option<String>,
    /// The line under the name.
    highlights: Vec<String>,
    /// What its AI teams work on.
    focus_areas: Vec<Line>,
    /// The rounds of the interview loop.
    interview_loop: Vec<Round>,
    /// The questions, by weighted category.
    question_categories: Vec<Category>,
    /// Advice that outsiders rarely have.
    insider_tips: Vec<Line>,
    /// What candidates should avoid.
    red_flags: Vec<Line>,
    /// What interviewers look for.
    traits: Vec<Line>,
    /// What is paid, by seniority.
    salary_ranges: Vec<SalaryRange>,
    /// What to do in each week before the interview.
    prep_plan: Vec<Week>,
    /// The day on which somebody last checked the guide.
    verified_on: Option<Date>,
    /// Where its content comes from.
    sources: Vec<Line>,
}

/// One line of text in a list.
#[derive(SimpleObject)]
pub(super) struct Line {
    /// Its name in the guide; stays when it is reworded or moved.
    key: String,
    /// What it says.
    text: String,
}

/// A round of the interview loop.
#[derive(SimpleObject)]
pub(super) struct Round {
    /// Its name in the guide.
    key: String,
    /// What it is called.
    title: String,
    /// How long it takes.
    duration: Option<Duration>,
    /// What it is about.
    focus: Vec<String>,
    /// Advice for it.
    tips: Vec<Line>,
}

/// How long something takes, in minutes; both figures are the same where there is one.
#[derive(SimpleObject, InputObject, Clone, Copy)]
#[graphql(input_name = "DurationInput")]
pub(super) struct Duration {
    /// The least minutes.
    min: i32,
    /// The most minutes.
    max: i32,
}

/// A category of questions.
#[derive(SimpleObject)]
pub(super) struct Category {
    /// Its name in the guide.
    key: String,
    /// What it is called.
    name: String,
    /// Its share of the interview, in percent.
    weight_percent: Option<i32>,
    /// Its questions.
    questions: Vec<Question>,
}

/// A question.
#[derive(SimpleObject)]
pub(super) struct Question {
    /// Its name in the guide.
    key: String,
    /// What is asked.
    text: String,
    /// How hard it is.
    difficulty: Option<Difficulty>,
    /// Words that it is found by.
    tags: Vec<String>,
    /// What a good answer shows.
    guidance: Option<String>,
}

/// What one level of seniority is paid.
#[derive(SimpleObject)]
pub(super) struct SalaryRange {
    /// Its name in the guide.
    key: String,
    /// The level.
    level: String,
    /// How much.
    figures: Option<Figures>,
    /// In which currency (ISO 4217).
    currency: Option<CurrencyCode>,
    /// For which time.
    period: SalaryPeriod,
    /// What is counted.
    basis: Option<SalaryBasis>,
    /// A remark.
    note: Option<String>,
    /// Who says so.
    source: Option<String>,
    /// Of when the figures are.
    as_of: Option<YearMonthScalar>,
}

/// The figures of a salary range, in whole units of its currency.
#[derive(SimpleObject)]
pub(super) struct Figures {
    /// The lower figure.
    min: Long,
    /// The upper figure, if one is known.
    max: Option<Long>,
    /// Whether more than the upper figure is paid: the "+" in "$600K-$900K+".
    open_ended: bool,
}

/// A week of the prep plan.
#[derive(SimpleObject)]
pub(super) struct Week {
    /// Which week, from 1.
    week: i32,
    /// What to do in it.
    text: String,
}

impl From<content::Guide> for Guide {
    fn from(guide: content::Guide) -> Self {
        let lines = |lines: Vec<content::Line>| lines.into_iter().map(Line::from).collect::<Vec<_>>();
        Self {
            name: guide.name,
            sample: guide.sample,
            tier: guide.tier.map(String::from),
            highlights: guide.highlights,
            focus_areas: lines(guide.focus_areas),
            interview_loop: guide.interview_loop.into_iter().map(Round::from).collect(),
            question_categories: guide.question_categories.into_iter().map(Category::from).collect(),
            insider_tips: lines(guide.insider_tips),
            red_flags: lines(guide.red_flags),
            traits: lines(guide.traits),
            salary_ranges: guide.salary_ranges.into_iter().map(SalaryRange::from).collect(),
            prep_plan: guide.prep_plan.into_iter().map(|content::Week { week, text }| Week { week, text }).collect(),
            verified_on: guide.verified_on.map(Date),
            sources: lines(guide.sources),
        }
    }
}

impl From<content::Line> for Line {
    fn from(line: content::Line) -> Self {
        Self { key: line.key.into(), text: line.text }
    }
}

impl From<Minutes> for Duration {
    fn from(Minutes { min, max }: Minutes) -> Self {
        Self { min, max }
    }
}

impl From<Duration> for Minutes {
    fn from(Duration { min, max }: Duration) -> Self {
        Self { min, max }
    }
}

impl From<ContentRound> for Round {
    fn from(round: ContentRound) -> Self {
        let ContentRound { key, title, duration, focus, tips } = round;
        Self { key: key.into(), title, duration: duration.map(Duration::from), focus, tips: tips.into_iter().map(Line::from).collect() }
    }
}

impl From<ContentCategory> for Category {
    fn from(category: ContentCategory) -> Self {
        let ContentCategory { key, name, weight_percent, questions } = category;
        Self { key: key.into(), name, weight_percent, questions: questions.into_iter().map(Question::from).collect() }
    }
}

impl From<ContentQuestion> for Question {
    fn from(question: ContentQuestion) -> Self {
        let ContentQuestion { key, text, difficulty, tags, guidance } = question;
        Self { key: key.into(), text, difficulty: difficulty.map(Difficulty::from), tags, guidance }
    }
}

impl From<ContentRange> for SalaryRange {
    fn from(range: ContentRange) -> Self {
        let ContentRange { key, level, figures, currency, period, basis, note, source, as_of } = range;
        let figures = figures.map(|figures| Figures { min: Long(figures.min), max: figures.max.map(Long), open_ended: figures.open_ended });
        Self {
            key: key.into(),
            level,
            figures,
            currency: currency.map(CurrencyCode),
            period: period.into(),
            basis: basis.map(SalaryBasis::from),
            note,
            source,
            as_of: as_of.map(YearMonthScalar),
        }
    }
}
