//! Which companies editors list, and in which order.

use async_graphql::{ID, InputObject, Result};
use content::Timestamp;
use content::company::{self, CardTest};
use content::filter::{Filter, TextTest};
use time::OffsetDateTime;

use super::order::{job_id, operation_id};
use super::terms::{CompanyOrderField, CompanyState};
use crate::graphql::order::OrderDirection;
use crate::graphql::scalars::Date;

/// Which companies. All that is said must hold.
#[derive(InputObject, Default)]
#[graphql(name = "CompanyFilter")]
pub(super) struct CompanyFilter {
    /// They stand in one of these ways.
    state: Option<Vec<CompanyState>>,
    /// Their tier, in the draft if there is one, is one of these.
    tier: Option<Vec<String>>,
    /// Their name has this in it; case and accents do not count.
    name: Option<String>,
    /// They were changed after this instant.
    changed_since: Option<OffsetDateTime>,
    /// Their open draft was saved last by this user: an e-mail address.
    changed_by: Option<String>,
    /// What is public was last checked before this day, or never.
    verified_before: Option<Date>,
    /// Their open draft could be published when it was saved, or not.
    ready: Option<bool>,
    /// Their slugs now are among these.
    slugs: Option<Vec<String>>,
    /// They were touched by this operation.
    operation: Option<ID>,
    /// They were touched by an operation of this job.
    job: Option<ID>,
}

impl CompanyFilter {
    pub(super) fn into_content(self) -> Result<Filter<CardTest>> {
        // A text that can be no key is the key of nothing.
        let keys = |texts: Vec<String>| CardTest::Tier(texts.iter().filter_map(|text| text.parse().ok()).collect());
        let slugs = |texts: Vec<String>| CardTest::Slug(texts.iter().filter_map(|text| text.parse().ok()).collect());
        let tests = [
            self.state.map(|states| CardTest::State(states.into_iter().map(Into::into).collect())),
            self.tier.map(keys),
            self.name.map(|name| CardTest::Name(TextTest::contains(&name))),
            self.changed_since.map(|at| CardTest::ChangedSince(Timestamp::from(at))),
            self.changed_by.map(|user| CardTest::ChangedBy(user.to_lowercase())),
            self.verified_before.map(|day| CardTest::VerifiedBefore(day.0.to_string())),
            self.ready.map(CardTest::Ready),
            self.slugs.map(slugs),
            self.operation.as_ref().map(operation_id).transpose()?.map(CardTest::Operation),
            self.job.as_ref().map(job_id).transpose()?.map(CardTest::Job),
        ];
        Ok(Filter::All(tests.into_iter().flatten().map(Filter::Is).collect()))
    }
}

/// The order of a list of companies.
#[derive(InputObject)]
#[graphql(name = "CompanyOrder")]
pub(super) struct CompanyOrder {
    /// What the list is sorted by.
    field: CompanyOrderField,
    /// Which way round; the smallest first if it is not said.
    direction: Option<OrderDirection>,
}

impl CompanyOrder {
    pub(super) fn into_content(self) -> (company::CardOrder, bool) {
        (self.field.into(), self.direction == Some(OrderDirection::Desc))
    }
}
