//! Filters of lists. All fields of one filter must hold; `and`, `or` and `not` put filters together.

mod gather;
mod inputs;

use async_graphql::Result;
use content::company::CompanyTest;
use content::filter::Filter;
use content::question::QuestionTest;
use content::salary_range::SalaryRangeTest;

use gather::Budget;

pub(super) use gather::wire_id;
pub(super) use inputs::{CompanyFilter, QuestionFilter, SalaryRangeFilter};

/// Tests that one filter may have, in all of its parts.
pub(crate) const MOST_TESTS: usize = 100;
/// Filters that may stand inside of each other.
pub(crate) const MOST_DEPTH: usize = 8;
/// Values that one list of a filter may have.
pub(crate) const MOST_VALUES: usize = 100;
/// Characters of one text of a filter.
pub(crate) const MOST_CHARS: usize = 200;

impl CompanyFilter {
    /// The filter in the words of `content`.
    pub(super) fn into_content(self) -> Result<Filter<CompanyTest>> {
        Budget::new().company(self)
    }
}

impl QuestionFilter {
    /// The filter in the words of `content`.
    pub(super) fn into_content(self) -> Result<Filter<QuestionTest>> {
        Budget::new().question(self)
    }
}

impl SalaryRangeFilter {
    /// The filter in the words of `content`.
    pub(super) fn into_content(self) -> Result<Filter<SalaryRangeTest>> {
        Budget::new().salary_range(self)
    }
}
