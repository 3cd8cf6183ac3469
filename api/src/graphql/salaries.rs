//! Salary ranges.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};
use content::Kind;

use super::here::Here;
use super::letters::{Id, Term, Text};
use super::lines::position;
use super::parts::Lasting;
use super::scalars::{CurrencyCode, Long, YearMonthScalar};
use super::terms::{SalaryBasis, SalaryPeriod};

/// An amount of money.
#[derive(SimpleObject)]
pub(super) struct Money {
    /// How much, in whole units of the currency (dollars, not cents).
    amount: Long,
    /// In which currency.
    currency: CurrencyCode,
}

/// What one level of seniority is paid.
pub(super) struct SalaryRange(pub content::salary_range::SalaryRange);

impl SalaryRange {
    fn money(&self, amount: i64) -> Money {
        Money { amount: Long(amount), currency: CurrencyCode(self.0.range().currency) }
    }
}

/// What one level of seniority is paid.
#[Object(visible = "super::scopes::salaries")]
impl SalaryRange {
    /// Identifies it; stays when it is reworded or moved.
    pub(crate) async fn id(&self) -> Id {
        Id(self.0.range().id.wire(Kind::SalaryRange))
    }

    /// Its place in the guide, from 1: the most junior level first.
    async fn position(&self) -> i32 {
        position(self.0.place())
    }

    /// The level, in the company's words.
    async fn level(&self) -> Text<&str> {
        Text(&self.0.range().level)
    }

    /// The lower figure.
    async fn min(&self) -> Here<Money> {
        Here(self.money(self.0.range().figures.min))
    }

    /// The upper figure, if one is known.
    async fn max(&self) -> Option<Here<Money>> {
        self.0.range().figures.max.map(|amount| Here(self.money(amount)))
    }

    /// Whether more than the upper figure is paid: the "+" in "$600K-$900K+".
    async fn open_ended(&self) -> bool {
        self.0.range().figures.open_ended
    }

    /// The time that is paid for.
    async fn period(&self) -> Term<SalaryPeriod> {
        Term(self.0.range().period.into())
    }

    /// What is counted.
    async fn basis(&self) -> Term<SalaryBasis> {
        Term(self.0.range().basis.into())
    }

    /// A remark of the editors, such as "cash-heavy".
    async fn note(&self) -> Option<Text<&str>> {
        self.0.range().note.as_deref().map(Text)
    }

    /// Who says so, if it is known.
    async fn source(&self) -> Option<Text<&str>> {
        self.0.range().source.as_deref().map(Text)
    }

    /// Of which month the figures are, if it is known.
    async fn as_of(&self) -> Option<YearMonthScalar> {
        self.0.range().as_of.map(YearMonthScalar)
    }

    /// The whole range as people read it: "$600K-$900K+".
    async fn display(&self) -> Text<String> {
        Text(self.0.range().figures.display(self.0.range().currency))
    }

    /// Whose guide it is in.
    async fn company(&self) -> Lasting {
        Lasting::of(Arc::clone(&self.0.company))
    }
}
