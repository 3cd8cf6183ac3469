//! What salary ranges can be filtered by.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition};

use entity::{Basis, ItemId, published_salary_range};

use crate::company::{self, CompanyTest};
use crate::error::Result;
use crate::filter::{Filter, NumberTest, TextTest};
use crate::money::Currency;
use crate::view::View;

/// One test of a salary range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SalaryRangeTest {
    /// It is one of these.
    Id(Vec<ItemId>),
    /// The company whose guide it is in.
    Company(Filter<CompanyTest>),
    /// Its level.
    Level(TextTest),
    /// Its currency is one of these.
    Currency(Vec<Currency>),
    /// What it counts is one of these.
    Basis(Vec<Basis>),
    /// Its lower figure.
    Min(NumberTest),
    /// Its upper figure, or the lower one where there is no upper one.
    Max(NumberTest),
    /// Whether more than the upper figure is paid.
    OpenEnded(bool),
}

impl SalaryRangeTest {
    fn expression(&self) -> Expr {
        use published_salary_range::Column as Row;
        match self {
            Self::Id(ids) => Row::Id.is_in(ids.iter().copied()),
            Self::Company(filter) => company::among(filter, Row::CompanyId.into_expr()),
            Self::Level(test) => test.of(Row::LevelFolded.into_expr()),
            Self::Currency(wanted) => Row::Currency.is_in(wanted.iter().map(|currency| currency.code())),
            Self::Basis(wanted) => Row::Basis.is_in(wanted.iter().copied()),
            Self::Min(test) => test.of(Row::MinAmount.into_expr()),
            Self::Max(test) => test.of(Row::MaxAmount.into_expr()),
            Self::OpenEnded(open) => Row::OpenEnded.eq(*open),
        }
    }
}

/// Refuses a filter that asks about parts which this viewer may not read.
pub(crate) fn allowed(view: &View, filter: &Filter<SalaryRangeTest>) -> Result<()> {
    filter.each(&|test| match test {
        SalaryRangeTest::Company(filter) => company::allowed(view, filter),
        SalaryRangeTest::Id(_)
        | SalaryRangeTest::Level(_)
        | SalaryRangeTest::Currency(_)
        | SalaryRangeTest::Basis(_)
        | SalaryRangeTest::Min(_)
        | SalaryRangeTest::Max(_)
        | SalaryRangeTest::OpenEnded(_) => Ok(()),
    })
}

pub(crate) fn condition(filter: &Filter<SalaryRangeTest>) -> Condition {
    filter.condition(&SalaryRangeTest::expression)
}
