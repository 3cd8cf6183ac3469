//! The input objects of filters, as the schema has them.

use async_graphql::{ID, InputObject};
use time::OffsetDateTime;

use crate::graphql::scalars::{CurrencyCode, Date, Long};
use crate::graphql::terms::{Difficulty, SalaryBasis};

/// A test of a text. Case, accents and punctuation do not count.
#[derive(InputObject)]
pub(crate) struct TextFilter {
    /// It is this.
    pub(super) eq: Option<String>,
    /// It is one of these.
    pub(super) r#in: Option<Vec<String>>,
    /// It has this in it.
    pub(super) contains: Option<String>,
}

/// A test of an id.
#[derive(InputObject)]
pub(crate) struct IdFilter {
    /// It is this.
    pub(super) eq: Option<ID>,
    /// It is one of these.
    pub(super) r#in: Option<Vec<ID>>,
}

/// A test of a word from a list, such as a slug, a tier or a tag.
#[derive(InputObject)]
pub(crate) struct WordFilter {
    /// It is this.
    pub(super) eq: Option<String>,
    /// It is one of these.
    pub(super) r#in: Option<Vec<String>>,
}

/// A test of a number.
#[derive(InputObject)]
pub(crate) struct IntFilter {
    /// It is this.
    pub(super) eq: Option<i32>,
    /// It is one of these.
    pub(super) r#in: Option<Vec<i32>>,
    /// It is this or more.
    pub(super) gte: Option<i32>,
    /// It is this or less.
    pub(super) lte: Option<i32>,
}

/// A test of a large number.
#[derive(InputObject)]
pub(crate) struct LongFilter {
    /// It is this.
    pub(super) eq: Option<Long>,
    /// It is one of these.
    pub(super) r#in: Option<Vec<Long>>,
    /// It is this or more.
    pub(super) gte: Option<Long>,
    /// It is this or less.
    pub(super) lte: Option<Long>,
}

/// A test of an instant.
#[derive(InputObject)]
pub(crate) struct DateTimeFilter {
    /// It is this or later.
    pub(super) gte: Option<OffsetDateTime>,
    /// It is this or earlier.
    pub(super) lte: Option<OffsetDateTime>,
}

/// A test of a day. What has no day passes neither.
#[derive(InputObject)]
pub(crate) struct DateFilter {
    /// It is this day or later.
    pub(super) gte: Option<Date>,
    /// It is this day or earlier.
    pub(super) lte: Option<Date>,
}

/// A test of a difficulty. A question without one passes none.
#[derive(InputObject)]
pub(crate) struct DifficultyFilter {
    /// It is this.
    pub(super) eq: Option<Difficulty>,
    /// It is one of these.
    pub(super) r#in: Option<Vec<Difficulty>>,
}

/// A test of what a salary figure counts.
#[derive(InputObject)]
pub(crate) struct SalaryBasisFilter {
    /// It is this.
    pub(super) eq: Option<SalaryBasis>,
    /// It is one of these.
    pub(super) r#in: Option<Vec<SalaryBasis>>,
}

/// A test of a currency.
#[derive(InputObject)]
pub(crate) struct CurrencyFilter {
    /// It is this.
    pub(super) eq: Option<CurrencyCode>,
    /// It is one of these.
    pub(super) r#in: Option<Vec<CurrencyCode>>,
}

/// Which companies. All fields that are given must hold.
#[derive(InputObject, Default)]
pub(crate) struct CompanyFilter {
    /// All of these hold as well.
    pub(super) and: Option<Vec<CompanyFilter>>,
    /// At least one of these holds as well.
    pub(super) or: Option<Vec<CompanyFilter>>,
    /// This does not hold.
    pub(super) not: Option<Box<CompanyFilter>>,
    /// By id.
    pub(super) id: Option<IdFilter>,
    /// By slug; old slugs are not found here.
    pub(super) slug: Option<WordFilter>,
    /// By name.
    pub(super) name: Option<TextFilter>,
    /// By the key of the tier.
    pub(super) tier: Option<WordFilter>,
    /// Any focus area.
    pub(super) focus_area: Option<TextFilter>,
    /// The title of any round.
    pub(super) round: Option<TextFilter>,
    /// The name of any question category.
    pub(super) category: Option<TextFilter>,
    /// The level of any salary range.
    pub(super) salary_level: Option<TextFilter>,
    /// The most minutes that the whole loop takes.
    pub(super) total_minutes: Option<IntFilter>,
    /// When the revision was published.
    pub(super) published_at: Option<DateTimeFilter>,
    /// The day on which the guide was last checked.
    pub(super) verified_on: Option<DateFilter>,
    /// Whether the company is invented.
    pub(super) sample: Option<bool>,
}

/// Which questions. All fields that are given must hold.
#[derive(InputObject, Default)]
pub(crate) struct QuestionFilter {
    /// All of these hold as well.
    pub(super) and: Option<Vec<QuestionFilter>>,
    /// At least one of these holds as well.
    pub(super) or: Option<Vec<QuestionFilter>>,
    /// This does not hold.
    pub(super) not: Option<Box<QuestionFilter>>,
    /// By id.
    pub(super) id: Option<IdFilter>,
    /// The company whose guide it is in.
    pub(super) company: Option<CompanyFilter>,
    /// The name of its category.
    pub(super) category: Option<TextFilter>,
    /// Its text.
    pub(super) text: Option<TextFilter>,
    /// Any of its tags.
    pub(super) tag: Option<WordFilter>,
    /// Its difficulty.
    pub(super) difficulty: Option<DifficultyFilter>,
}

/// Which salary ranges. All fields that are given must hold.
#[derive(InputObject, Default)]
pub(crate) struct SalaryRangeFilter {
    /// All of these hold as well.
    pub(super) and: Option<Vec<SalaryRangeFilter>>,
    /// At least one of these holds as well.
    pub(super) or: Option<Vec<SalaryRangeFilter>>,
    /// This does not hold.
    pub(super) not: Option<Box<SalaryRangeFilter>>,
    /// By id.
    pub(super) id: Option<IdFilter>,
    /// The company whose guide it is in.
    pub(super) company: Option<CompanyFilter>,
    /// Its level.
    pub(super) level: Option<TextFilter>,
    /// Its currency.
    pub(super) currency: Option<CurrencyFilter>,
    /// What it counts.
    pub(super) basis: Option<SalaryBasisFilter>,
    /// Its lower figure, in whole units of whatever currency it is in.
    pub(super) min: Option<LongFilter>,
    /// Its upper figure, or the lower one where there is no upper one.
    pub(super) max: Option<LongFilter>,
    /// Whether more than the upper figure is paid.
    pub(super) open_ended: Option<bool>,
}
