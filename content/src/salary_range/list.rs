//! The list of salary ranges over all public guides.

use std::sync::Arc;

use sea_orm::ColumnTrait;
use sea_orm::sea_query::Query;

use uuid::Uuid;

use entity::{Scope, published_salary_range};

use super::filter::{SalaryRangeTest, allowed, condition};
use crate::company::Company;
use crate::cursor::SortKind;
use crate::error::Result;
use crate::filter::Filter;
use crate::page::{Listing, Page, Sorting, Window};
use crate::published;
use crate::view::View;

/// A salary range where it stands: in a company's guide.
#[derive(Clone, Debug)]
pub struct SalaryRange {
    /// The company.
    pub company: Arc<Company>,
    place: usize,
}

impl SalaryRange {
    /// The salary range at this place of a guide, if there is one.
    #[must_use]
    pub fn at(company: &Arc<Company>, place: usize) -> Option<Self> {
        company.guide.salary_ranges.get(place)?;
        Some(Self { company: Arc::clone(company), place })
    }

    /// What it says.
    #[must_use]
    pub fn range(&self) -> &published::SalaryRange {
        // The place was looked up when the value was made, and a published guide never changes.
        &self.company.guide.salary_ranges[self.place]
    }

    /// Its place in the guide, from 0.
    #[must_use]
    pub const fn place(&self) -> usize {
        self.place
    }
}

/// What lists of salary ranges are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SalaryRangeOrder {
    /// By the company's name, and in a guide by seniority.
    Company,
    /// By the lower figure as a number, whatever the currency.
    Min,
    /// By the upper figure as a number, or the lower one where there is no upper one.
    Max,
}

/// A page of the salary ranges of all public guides. Two statements at most, however many entries it has.
///
/// # Errors
///
/// If a cursor is refused or the database fails.
pub async fn list(
    view: &View,
    filter: &Filter<SalaryRangeTest>,
    order: Option<(SalaryRangeOrder, bool)>,
    window: Window,
) -> Result<Page<SalaryRange>> {
    use published_salary_range::Column as Row;
    view.require(Scope::Salaries)?;
    allowed(view, filter)?;
    let mut statement = Query::select().from(published_salary_range::Entity).cond_where(condition(filter)).take();
    view.narrow(&mut statement, Row::CompanyId.into_expr());
    let id = (Row::Id.into_expr(), SortKind::Id);
    let sorting = match order.unwrap_or((SalaryRangeOrder::Company, false)) {
        (SalaryRangeOrder::Company, descending) => {
            let company = (Row::CompanyFolded.into_expr(), SortKind::Text);
            let guide = (Row::CompanyId.into_expr(), SortKind::Id);
            Sorting::new("salary.company", descending, [company, guide, (Row::Position.into_expr(), SortKind::Number)])
        }
        (SalaryRangeOrder::Min, descending) => Sorting::new("salary.min", descending, [(Row::MinAmount.into_expr(), SortKind::Number), id]),
        (SalaryRangeOrder::Max, descending) => Sorting::new("salary.max", descending, [(Row::MaxAmount.into_expr(), SortKind::Number), id]),
    };
    let listing = Listing { statement, company: Row::CompanyId.into_expr(), item: Row::Id.into_expr(), sorting };
    let entry = |company: &Arc<Company>, item: Uuid| {
        let place = company.guide.salary_ranges.iter().position(|range| range.id.0 == item)?;
        SalaryRange::at(company, place)
    };
    listing.entries(view, window, entry).await
}
