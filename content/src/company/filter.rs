//! What companies can be filtered by, also by their parts.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait};

use entity::{
    CompanyId, Key, Scope, Slug, published_category, published_focus_area, published_guide, published_round, published_salary_range,
};

use super::Company;
use crate::calendar::Day;
use crate::error::Result;
use crate::filter::{Filter, NumberTest, TextTest};
use crate::view::View;

/// One test of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompanyTest {
    /// It is one of these.
    Id(Vec<CompanyId>),
    /// Its slug is one of these.
    Slug(Vec<Slug>),
    /// Its name.
    Name(TextTest),
    /// Its tier is one of these.
    Tier(Vec<Key>),
    /// Any of its focus areas.
    FocusArea(TextTest),
    /// The title of any round.
    Round(TextTest),
    /// The name of any question category.
    Category(TextTest),
    /// The level of any salary range.
    SalaryLevel(TextTest),
    /// The most minutes that its loop takes.
    TotalMinutes(NumberTest),
    /// When its revision was published, in microseconds since 1970.
    PublishedAt(NumberTest),
    /// It was checked on this day or later.
    VerifiedFrom(Day),
    /// It was checked on this day or earlier.
    VerifiedUntil(Day),
    /// Whether it is invented.
    Sample(bool),
}

/// Refuses a filter that asks about parts which this viewer may not read: what passes it would tell what they say.
pub(crate) fn allowed(view: &View, filter: &Filter<CompanyTest>) -> Result<()> {
    filter.each(&|test| match test {
        CompanyTest::FocusArea(_) | CompanyTest::Round(_) | CompanyTest::TotalMinutes(_) => view.require(Scope::Companies),
        CompanyTest::Category(_) => view.require(Scope::Questions),
        CompanyTest::SalaryLevel(_) => view.require(Scope::Salaries),
        CompanyTest::Id(_)
        | CompanyTest::Slug(_)
        | CompanyTest::Name(_)
        | CompanyTest::Tier(_)
        | CompanyTest::PublishedAt(_)
        | CompanyTest::VerifiedFrom(_)
        | CompanyTest::VerifiedUntil(_)
        | CompanyTest::Sample(_) => Ok(()),
    })
}

/// The companies that pass, as a condition on a column with their identity.
pub(crate) fn among(filter: &Filter<CompanyTest>, company: Expr) -> Expr {
    let passing =
        Query::select().column(published_guide::Column::CompanyId).from(published_guide::Entity).cond_where(condition(filter)).take();
    company.in_subquery(passing)
}

pub(crate) fn condition(filter: &Filter<CompanyTest>) -> Condition {
    filter.condition(&CompanyTest::expression)
}

impl CompanyTest {
    fn expression(&self) -> Expr {
        use published_guide::Column as Guide;
        match self {
            Self::Id(ids) => Guide::CompanyId.is_in(ids.iter().copied()),
            Self::Slug(slugs) => Guide::Slug.is_in(slugs.iter().cloned()),
            Self::Name(test) => test.of(Guide::NameFolded.into_expr()),
            Self::Tier(tiers) => Guide::Tier.is_in(tiers.iter().cloned()),
            Self::FocusArea(test) => having(
                published_focus_area::Entity,
                published_focus_area::Column::CompanyId,
                test.of(published_focus_area::Column::TextFolded.into_expr()),
            ),
            Self::Round(test) => having(
                published_round::Entity,
                published_round::Column::CompanyId,
                test.of(published_round::Column::TitleFolded.into_expr()),
            ),
            Self::Category(test) => having(
                published_category::Entity,
                published_category::Column::CompanyId,
                test.of(published_category::Column::NameFolded.into_expr()),
            ),
            Self::SalaryLevel(test) => {
                let level = published_salary_range::Column::LevelFolded.into_expr();
                having(published_salary_range::Entity, published_salary_range::Column::CompanyId, test.of(level))
            }
            Self::TotalMinutes(test) => test.of(Guide::TotalMinutesMax.into_expr()),
            Self::PublishedAt(test) => test.of(Guide::PublishedAt.into_expr()),
            // A guide without a day is on neither side of one; said so that "not" of it is true and not unknown.
            Self::VerifiedFrom(day) => Guide::VerifiedOn.is_not_null().and(Guide::VerifiedOn.gte(day.to_string())),
            Self::VerifiedUntil(day) => Guide::VerifiedOn.is_not_null().and(Guide::VerifiedOn.lte(day.to_string())),
            Self::Sample(sample) => Guide::Sample.eq(*sample),
        }
    }

    pub(crate) fn holds(&self, company: &Company) -> bool {
        let guide = &company.guide;
        match self {
            Self::Id(ids) => ids.contains(&company.id),
            Self::Slug(slugs) => slugs.contains(&company.slug),
            Self::Name(test) => test.holds(&guide.name),
            Self::Tier(tiers) => tiers.contains(&guide.tier),
            Self::FocusArea(test) => guide.focus_areas.iter().any(|line| test.holds(&line.text)),
            Self::Round(test) => guide.rounds.iter().any(|round| test.holds(&round.title)),
            Self::Category(test) => guide.categories.iter().any(|category| test.holds(&category.name)),
            Self::SalaryLevel(test) => guide.salary_ranges.iter().any(|range| test.holds(&range.level)),
            Self::TotalMinutes(test) => test.holds(i64::from(guide.total_minutes().max)),
            Self::PublishedAt(test) => test.holds(company.published_at.0),
            Self::VerifiedFrom(day) => guide.verified_on.is_some_and(|verified| verified >= *day),
            Self::VerifiedUntil(day) => guide.verified_on.is_some_and(|verified| verified <= *day),
            Self::Sample(sample) => guide.sample == *sample,
        }
    }
}

/// The company has a part that passes.
fn having(table: impl EntityTrait, company: impl ColumnTrait, test: Expr) -> Expr {
    let passing = Query::select().column(company).from(table).and_where(test).take();
    published_guide::Column::CompanyId.in_subquery(passing)
}
