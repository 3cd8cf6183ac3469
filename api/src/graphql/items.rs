//! The parts of a guide. Each names its place in the shared guide and copies out only what is asked for.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use content::company::Company as Content;
use content::{Kind, published};

use super::budget::spend;
use super::company::Company;
use super::scalars::{CurrencyCode, Long, YearMonthScalar};
use super::terms::{Difficulty, SalaryBasis, SalaryPeriod};

/// A place in a list, from 1.
fn position(place: usize) -> i32 {
    i32::try_from(place + 1).unwrap_or(i32::MAX)
}

macro_rules! line {
    ($(#[$doc:meta])* $name:ident, $kind:ident) => {
        $(#[$doc])*
        #[derive(SimpleObject)]
        pub(crate) struct $name {
            /// Identifies it; stays when it is reworded or moved.
            id: ID,
            /// What it says, in one line.
            text: String,
        }

        impl $name {
            /// Those of a list, in its order.
            pub(crate) fn all(context: &Context<'_>, lines: &[published::Line]) -> Result<Vec<Self>> {
                spend(context, lines.len())?;
                Ok(lines.iter().map(|line| Self { id: ID(line.id.wire(Kind::$kind).to_string()), text: line.text.clone() }).collect())
            }
        }
    };
}

line! {
    /// Something that the company's AI teams work on.
    FocusArea, FocusArea
}
line! {
    /// A piece of advice.
    Tip, Tip
}
line! {
    /// Something that candidates should avoid.
    RedFlag, RedFlag
}
line! {
    /// Something that interviewers look for.
    Trait, Trait
}
line! {
    /// Where content of the guide comes from.
    Source, Source
}

/// From so many to so many minutes; both figures are the same where there is only one.
#[derive(SimpleObject)]
pub(super) struct MinuteRange {
    /// The least minutes.
    min: i32,
    /// The most minutes.
    max: i32,
}

impl From<content::guide::MinuteRange> for MinuteRange {
    fn from(range: content::guide::MinuteRange) -> Self {
        Self { min: range.min, max: range.max }
    }
}

/// An amount of money.
#[derive(SimpleObject)]
pub(super) struct Money {
    /// How much, in whole units of the currency (dollars, not cents).
    amount: Long,
    /// In which currency.
    currency: CurrencyCode,
}

/// A tier that companies are sorted into.
#[derive(SimpleObject)]
pub(super) struct Tier {
    /// Its name in filters.
    key: String,
    /// Its name for people.
    name: String,
}

impl From<&content::tier::Tier> for Tier {
    fn from(tier: &content::tier::Tier) -> Self {
        Self { key: tier.key.to_string(), name: tier.name.clone() }
    }
}

/// The interview from the first talk to the last.
pub(super) struct InterviewLoop(pub Arc<Content>);

/// The interview from the first talk to the last.
#[Object]
impl InterviewLoop {
    /// The rounds, in the order in which candidates meet them.
    async fn rounds(&self, context: &Context<'_>) -> Result<Vec<InterviewRound>> {
        spend(context, self.0.guide.rounds.len())?;
        Ok((0..self.0.guide.rounds.len()).map(|place| InterviewRound { company: Arc::clone(&self.0), place }).collect())
    }

    /// How long all rounds take together.
    async fn total_minutes(&self) -> MinuteRange {
        self.0.guide.total_minutes().into()
    }
}

/// One round of the interview.
pub(super) struct InterviewRound {
    /// Whose it is.
    pub company: Arc<Content>,
    /// Its place in the guide, from 0.
    pub place: usize,
}

impl InterviewRound {
    fn part(&self) -> &published::Round {
        &self.company.guide.rounds[self.place]
    }
}

/// One round of the interview.
#[Object]
impl InterviewRound {
    /// Identifies it; stays when it is reworded or moved.
    pub(crate) async fn id(&self) -> ID {
        ID(self.part().id.wire(Kind::Round).to_string())
    }

    /// Its place in the loop, from 1.
    async fn position(&self) -> i32 {
        position(self.place)
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.part().title
    }

    /// How long it takes.
    async fn duration(&self) -> MinuteRange {
        self.part().duration.into()
    }

    /// What it is about.
    async fn focus(&self) -> &[String] {
        &self.part().focus
    }

    /// Advice for it.
    async fn tips(&self, context: &Context<'_>) -> Result<Vec<Tip>> {
        Tip::all(context, &self.part().tips)
    }

    /// Whose interview it is part of.
    async fn company(&self) -> Company {
        Company(Arc::clone(&self.company))
    }
}

/// A category of questions with its share of the interview.
pub(super) struct QuestionCategory {
    /// Whose it is.
    pub company: Arc<Content>,
    /// Its place in the guide, from 0.
    pub place: usize,
}

impl QuestionCategory {
    fn part(&self) -> &published::Category {
        &self.company.guide.categories[self.place]
    }
}

/// A category of questions with its share of the interview.
#[Object]
impl QuestionCategory {
    /// Identifies it; stays when it is reworded or moved.
    pub(crate) async fn id(&self) -> ID {
        ID(self.part().id.wire(Kind::Category).to_string())
    }

    /// Its place in the guide, from 1.
    async fn position(&self) -> i32 {
        position(self.place)
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.part().name
    }

    /// Its share of the interview in percent; the shares of all categories of a guide add up to 100.
    async fn weight_percent(&self) -> i32 {
        self.part().weight_percent
    }

    /// Its questions, in the order of the guide.
    async fn questions(&self, context: &Context<'_>) -> Result<Vec<Question>> {
        let places = 0..self.part().questions.len();
        spend(context, places.len())?;
        Ok(places.filter_map(|place| content::question::Question::at(&self.company, self.place, place).map(Question)).collect())
    }

    /// Whose guide it is in.
    async fn company(&self) -> Company {
        Company(Arc::clone(&self.company))
    }
}

/// A question that candidates are asked.
pub(super) struct Question(pub content::question::Question);

/// A question that candidates are asked.
#[Object]
impl Question {
    /// Identifies it; stays when it is reworded or moved.
    pub(crate) async fn id(&self) -> ID {
        ID(self.0.question().id.wire(Kind::Question).to_string())
    }

    /// Its place in its category, from 1.
    async fn position(&self) -> i32 {
        position(self.0.place())
    }

    /// What is asked.
    async fn text(&self) -> &str {
        &self.0.question().text
    }

    /// How hard it is, if the editors said.
    async fn difficulty(&self) -> Option<Difficulty> {
        self.0.question().difficulty.map(Difficulty::from)
    }

    /// Words that it is found by.
    async fn tags(&self) -> &[String] {
        &self.0.question().tags
    }

    /// What a good answer shows, if the editors said.
    async fn guidance(&self) -> Option<&str> {
        self.0.question().guidance.as_deref()
    }

    /// The category that it is in.
    async fn category(&self) -> QuestionCategory {
        QuestionCategory { company: Arc::clone(&self.0.company), place: self.0.category_place() }
    }

    /// Whose guide it is in.
    async fn company(&self) -> Company {
        Company(Arc::clone(&self.0.company))
    }
}

/// What one level of seniority is paid.
pub(super) struct SalaryRange(pub content::salary_range::SalaryRange);

impl SalaryRange {
    fn money(&self, amount: i64) -> Money {
        Money { amount: Long(amount), currency: CurrencyCode(self.0.range().currency) }
    }
}

/// What one level of seniority is paid.
#[Object]
impl SalaryRange {
    /// Identifies it; stays when it is reworded or moved.
    pub(crate) async fn id(&self) -> ID {
        ID(self.0.range().id.wire(Kind::SalaryRange).to_string())
    }

    /// Its place in the guide, from 1: the most junior level first.
    async fn position(&self) -> i32 {
        position(self.0.place())
    }

    /// The level, in the company's words.
    async fn level(&self) -> &str {
        &self.0.range().level
    }

    /// The lower figure.
    async fn min(&self) -> Money {
        self.money(self.0.range().figures.min)
    }

    /// The upper figure, if one is known.
    async fn max(&self) -> Option<Money> {
        self.0.range().figures.max.map(|amount| self.money(amount))
    }

    /// Whether more than the upper figure is paid: the "+" in "$600K-$900K+".
    async fn open_ended(&self) -> bool {
        self.0.range().figures.open_ended
    }

    /// The time that is paid for.
    async fn period(&self) -> SalaryPeriod {
        self.0.range().period.into()
    }

    /// What is counted.
    async fn basis(&self) -> SalaryBasis {
        self.0.range().basis.into()
    }

    /// A remark of the editors, such as "cash-heavy".
    async fn note(&self) -> Option<&str> {
        self.0.range().note.as_deref()
    }

    /// Who says so, if it is known.
    async fn source(&self) -> Option<&str> {
        self.0.range().source.as_deref()
    }

    /// Of which month the figures are, if it is known.
    async fn as_of(&self) -> Option<YearMonthScalar> {
        self.0.range().as_of.map(YearMonthScalar)
    }

    /// The whole range as people read it: "$600K-$900K+".
    async fn display(&self) -> String {
        self.0.range().figures.display(self.0.range().currency)
    }

    /// Whose guide it is in.
    async fn company(&self) -> Company {
        Company(Arc::clone(&self.0.company))
    }
}

/// What to do in the weeks before the interview.
#[derive(SimpleObject)]
pub(super) struct PrepPlan {
    /// The weeks, from the first.
    weeks: Vec<PrepWeek>,
}

/// A week of the prep plan.
#[derive(SimpleObject)]
pub(super) struct PrepWeek {
    /// Which week, from 1.
    week: i32,
    /// What to do in it.
    text: String,
}

impl From<&[content::guide::Week]> for PrepPlan {
    fn from(weeks: &[content::guide::Week]) -> Self {
        Self { weeks: weeks.iter().map(|week| PrepWeek { week: week.week, text: week.text.clone() }).collect() }
    }
}
