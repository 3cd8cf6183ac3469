//! Granular changes as the schema has them: one thing each.

use async_graphql::{InputObject, MaybeUndefined, OneofObject};

use crate::graphql::admin::guide::Duration;
use crate::graphql::admin::input::FiguresInput;
use crate::graphql::scalars::{CurrencyCode, Date, YearMonthScalar};
use crate::graphql::terms::{Difficulty, SalaryBasis, SalaryPeriod};

/// One change of a guide. Exactly one of these.
#[derive(OneofObject)]
pub(crate) enum DraftChange {
    /// Sets fields of the guide itself.
    Set(SetFields),
    /// Adds a round.
    AddRound(AddRound),
    /// Adds a question category.
    AddCategory(AddCategory),
    /// Adds a question.
    AddQuestion(AddQuestion),
    /// Adds a salary range.
    AddSalaryRange(AddSalaryRange),
    /// Adds a line to a list.
    AddLine(AddLine),
    /// Adds a week to the plan.
    AddWeek(WeekText),
    /// Changes a round.
    ChangeRound(ChangeRound),
    /// Changes a question category.
    ChangeCategory(ChangeCategory),
    /// Changes a question.
    ChangeQuestion(ChangeQuestion),
    /// Changes a salary range.
    ChangeSalaryRange(ChangeSalaryRange),
    /// Rewords a line of any list.
    ChangeLine(ChangeLine),
    /// Rewords a week of the plan.
    ChangeWeek(WeekText),
    /// Moves an item, with all inside of it.
    Move(MoveItem),
    /// Removes an item, with all inside of it.
    Remove(ItemRef),
}

/// An item of a guide.
#[derive(OneofObject)]
pub(crate) enum ItemRef {
    /// By its key.
    Key(String),
    /// A week of the plan, by its number.
    Week(i32),
}

/// A place in a list.
#[derive(OneofObject)]
pub(crate) enum PlaceInput {
    /// Before all others: always true.
    First(bool),
    /// Behind all others: always true.
    Last(bool),
    /// Right before this item.
    Before(ItemRef),
    /// Right behind this item.
    After(ItemRef),
}

/// A list of lines.
#[derive(OneofObject)]
pub(crate) enum ListRef {
    /// The focus areas: always true.
    FocusAreas(bool),
    /// The insider tips: always true.
    InsiderTips(bool),
    /// The red flags: always true.
    RedFlags(bool),
    /// The traits: always true.
    Traits(bool),
    /// The sources: always true.
    Sources(bool),
    /// The tips of the round with this key.
    TipsOf(String),
    /// The questions of the category with this key.
    QuestionsOf(String),
}

/// Fields of the guide itself. What is left out stays; null empties.
#[derive(InputObject)]
pub(crate) struct SetFields {
    /// The company's name.
    pub(super) name: Option<String>,
    /// Whether the company is invented.
    pub(super) sample: Option<bool>,
    /// The key of its tier.
    pub(super) tier: MaybeUndefined<String>,
    /// The line under the name.
    pub(super) highlights: Option<Vec<String>>,
    /// The day on which somebody last checked the guide.
    pub(super) verified_on: MaybeUndefined<Date>,
}

/// A new round.
#[derive(InputObject)]
pub(crate) struct AddRound {
    /// Its key; made from the title if it is not said.
    pub(super) key: Option<String>,
    /// What it is called.
    pub(super) title: String,
    /// How long it takes.
    pub(super) duration: Option<Duration>,
    /// What it is about.
    #[graphql(default)]
    pub(super) focus: Vec<String>,
    /// Where it stands; last if it is not said.
    pub(super) at: Option<PlaceInput>,
}

/// A new question category.
#[derive(InputObject)]
pub(crate) struct AddCategory {
    /// Its key; made from the name if it is not said.
    pub(super) key: Option<String>,
    /// What it is called.
    pub(super) name: String,
    /// Its share of the interview, in percent.
    pub(super) weight_percent: Option<i32>,
    /// Where it stands; last if it is not said.
    pub(super) at: Option<PlaceInput>,
}

/// A new question.
#[derive(InputObject)]
pub(crate) struct AddQuestion {
    /// The key of its category.
    pub(super) category: String,
    /// Its key; made from the text if it is not said.
    pub(super) key: Option<String>,
    /// What is asked.
    pub(super) text: String,
    /// How hard it is.
    pub(super) difficulty: Option<Difficulty>,
    /// Words that it is found by.
    #[graphql(default)]
    pub(super) tags: Vec<String>,
    /// What a good answer shows.
    pub(super) guidance: Option<String>,
    /// Where it stands; last if it is not said.
    pub(super) at: Option<PlaceInput>,
}

/// A new salary range.
#[derive(InputObject)]
pub(crate) struct AddSalaryRange {
    /// Its key; made from the level if it is not said.
    pub(super) key: Option<String>,
    /// The level.
    pub(super) level: String,
    /// How much.
    pub(super) figures: Option<FiguresInput>,
    /// In which currency (ISO 4217).
    pub(super) currency: Option<CurrencyCode>,
    /// For which time; a year if it is not said.
    pub(super) period: Option<SalaryPeriod>,
    /// What is counted.
    pub(super) basis: Option<SalaryBasis>,
    /// A remark.
    pub(super) note: Option<String>,
    /// Who says so.
    pub(super) source: Option<String>,
    /// Of when the figures are.
    pub(super) as_of: Option<YearMonthScalar>,
    /// Where it stands; last if it is not said.
    pub(super) at: Option<PlaceInput>,
}

/// A new line.
#[derive(InputObject)]
pub(crate) struct AddLine {
    /// The list that it joins.
    pub(super) list: ListRef,
    /// Its key; made from the text if it is not said.
    pub(super) key: Option<String>,
    /// What it says.
    pub(super) text: String,
    /// Where it stands; last if it is not said.
    pub(super) at: Option<PlaceInput>,
}

/// A week with what to do in it.
#[derive(InputObject)]
pub(crate) struct WeekText {
    /// Which week, from 1.
    pub(super) week: i32,
    /// What to do in it.
    pub(super) text: String,
}

/// A round. What is left out stays; null empties.
#[derive(InputObject)]
pub(crate) struct ChangeRound {
    /// Which round.
    pub(super) key: String,
    /// What it is called.
    pub(super) title: Option<String>,
    /// How long it takes.
    pub(super) duration: MaybeUndefined<Duration>,
    /// What it is about.
    pub(super) focus: MaybeUndefined<Vec<String>>,
}

/// A question category. What is left out stays; null empties.
#[derive(InputObject)]
pub(crate) struct ChangeCategory {
    /// Which category.
    pub(super) key: String,
    /// What it is called.
    pub(super) name: Option<String>,
    /// Its share of the interview, in percent.
    pub(super) weight_percent: MaybeUndefined<i32>,
}

/// A question. What is left out stays; null empties.
#[derive(InputObject)]
pub(crate) struct ChangeQuestion {
    /// Which question.
    pub(super) key: String,
    /// What is asked.
    pub(super) text: Option<String>,
    /// How hard it is.
    pub(super) difficulty: MaybeUndefined<Difficulty>,
    /// Words that it is found by.
    pub(super) tags: MaybeUndefined<Vec<String>>,
    /// What a good answer shows.
    pub(super) guidance: MaybeUndefined<String>,
}

/// A salary range. What is left out stays; null empties.
#[derive(InputObject)]
pub(crate) struct ChangeSalaryRange {
    /// Which salary range.
    pub(super) key: String,
    /// The level.
    pub(super) level: Option<String>,
    /// How much.
    pub(super) figures: MaybeUndefined<FiguresInput>,
    /// In which currency (ISO 4217).
    pub(super) currency: MaybeUndefined<CurrencyCode>,
    /// For which time.
    pub(super) period: Option<SalaryPeriod>,
    /// What is counted.
    pub(super) basis: MaybeUndefined<SalaryBasis>,
    /// A remark.
    pub(super) note: MaybeUndefined<String>,
    /// Who says so.
    pub(super) source: MaybeUndefined<String>,
    /// Of when the figures are.
    pub(super) as_of: MaybeUndefined<YearMonthScalar>,
}

/// A line in other words.
#[derive(InputObject)]
pub(crate) struct ChangeLine {
    /// Which line.
    pub(super) key: String,
    /// What it says.
    pub(super) text: String,
}

/// An item that moves.
#[derive(InputObject)]
pub(crate) struct MoveItem {
    /// Which item.
    pub(super) item: ItemRef,
    /// The list that it moves to; it stays in its own if it is not said.
    pub(super) list: Option<ListRef>,
    /// Where it stands there.
    pub(super) at: PlaceInput,
}
