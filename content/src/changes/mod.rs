//! Granular changes of a guide, named as editors speak, so that a script need not send a whole guide. It touches no database.

mod apply;
mod form;
#[cfg(test)]
mod tests;

use entity::{Basis, Difficulty, Key, Period};

use crate::calendar::{Day, YearMonth};
use crate::guide::parts::{Label, Name, Place, Sort};
use crate::guide::{Guide, MinuteRange};
use crate::money::{Currency, Figures};

pub use apply::apply;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Sets a field of the guide itself.
    Set(Field),
    /// Adds an item.
    Add {
        /// What it says and which list it joins.
        item: New,
        /// Its key; without one, one is made from its title or text. A week has none.
        key: Option<Key>,
        /// Where it stands.
        at: At,
    },
    /// Changes fields of an item.
    Change(Revised),
    /// Moves an item, with all inside of it.
    Move {
        /// Which one.
        item: Label,
        /// The list that it moves to; without one, it stays in its own.
        list: Option<List>,
        /// Where it stands there.
        at: At,
    },
    /// Removes an item, with all inside of it.
    Remove(Label),
}

/// A field of the guide itself, with its new value; nothing clears it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// The company's name.
    Name(String),
    /// Whether the company is invented.
    Sample(bool),
    /// The key of its tier.
    Tier(Option<Key>),
    /// The line under the name.
    Highlights(Vec<String>),
    /// The day on which somebody last checked the guide.
    VerifiedOn(Option<Day>),
}

/// A new item without its key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the items of a guide, and are told there")]
pub enum New {
    /// A round.
    Round { title: String, duration: Option<MinuteRange>, focus: Vec<String> },
    /// A category.
    Category { name: String, weight_percent: Option<i32> },
    /// A question of a category.
    Question { category: Key, text: String, difficulty: Option<Difficulty>, tags: Vec<String>, guidance: Option<String> },
    /// A salary range.
    SalaryRange(Pay),
    /// A line of a list.
    Line { list: List, text: String },
    /// A week of the plan.
    Week { week: i32, text: String },
}

/// A new salary range.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of a salary range, and are told there")]
pub struct Pay {
    pub level: String,
    pub figures: Option<Figures>,
    pub currency: Option<Currency>,
    pub period: Period,
    pub basis: Option<Basis>,
    pub note: Option<String>,
    pub source: Option<String>,
    pub as_of: Option<YearMonth>,
}

/// New values for fields of an item. What must be there cannot be cleared: nothing leaves it as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the items of a guide, and are told there")]
pub enum Revised {
    /// A round.
    Round { key: Key, title: Option<String>, duration: Patch<MinuteRange>, focus: Patch<Vec<String>> },
    /// A category.
    Category { key: Key, name: Option<String>, weight_percent: Patch<i32> },
    /// A question.
    Question { key: Key, text: Option<String>, difficulty: Patch<Difficulty>, tags: Patch<Vec<String>>, guidance: Patch<String> },
    /// A salary range.
    SalaryRange { key: Key, pay: RevisedPay },
    /// A line of any list.
    Line { key: Key, text: String },
    /// A week of the plan.
    Week { week: i32, text: String },
}

/// New values for fields of a salary range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of a salary range, and are told there")]
pub struct RevisedPay {
    pub level: Option<String>,
    pub figures: Patch<Figures>,
    pub currency: Patch<Currency>,
    pub period: Option<Period>,
    pub basis: Patch<Basis>,
    pub note: Patch<String>,
    pub source: Patch<String>,
    pub as_of: Patch<YearMonth>,
}

/// What happens to a field that may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is empty afterwards.
    Clear,
    /// It has this value afterwards.
    Set(T),
}

/// A list in which items of one sort may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    /// The focus areas.
    FocusAreas,
    /// The insider tips.
    InsiderTips,
    /// The red flags.
    RedFlags,
    /// The traits.
    Traits,
    /// The sources.
    Sources,
    /// The tips of this round.
    Tips(Key),
    /// The questions of this category.
    Questions(Key),
}

/// A place in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum At {
    /// Before all others.
    First,
    /// Behind all others.
    #[default]
    Last,
    /// Right before this item.
    Before(Label),
    /// Right behind this item.
    After(Label),
}

/// A guide after changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The guide.
    pub guide: Guide,
    /// The keys that were made for items which came without one.
    pub made: Vec<Made>,
}

/// A key that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// For which change of the list, from 0.
    pub change: usize,
    /// The key.
    pub key: Key,
}

impl From<&List> for Place {
    fn from(list: &List) -> Self {
        let holder = |key: &Key, sort| Name { label: Label::Key(key.clone()), sort, nth: 0 };
        match list {
            List::FocusAreas => Self::FocusAreas,
            List::InsiderTips => Self::InsiderTips,
            List::RedFlags => Self::RedFlags,
            List::Traits => Self::Traits,
            List::Sources => Self::Sources,
            List::Tips(round) => Self::Tips(holder(round, Sort::Round)),
            List::Questions(category) => Self::Questions(holder(category, Sort::Category)),
        }
    }
}
