//! Who asks, and what they may see.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use content::api_key::{Pass, usage};
use content::view::{View, Viewer as Content};
use content::{KeyMode, Scope as ContentScope, Timestamp};
use time::OffsetDateTime;

use super::admin::bounded;
use super::fault::fault;
use super::scalars::{Date, Long};
use crate::limiter::{Account, Standing};

/// Who asks.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub enum ViewerKind {
    /// Somebody who proved nothing.
    Anonymous,
    /// Somebody who proved an API key.
    Partner,
}

/// A part of the content that a viewer may see.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "content::Scope")]
pub enum Scope {
    /// Companies, their loops, tips and plans: `companies:read`.
    #[graphql(name = "COMPANIES_READ")]
    Companies,
    /// Questions and their categories: `questions:read`.
    #[graphql(name = "QUESTIONS_READ")]
    Questions,
    /// Salary ranges: `salaries:read`.
    #[graphql(name = "SALARIES_READ")]
    Salaries,
}

/// What a key is for.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "content::KeyMode")]
pub enum ApiKeyMode {
    /// All published guides.
    Live,
    /// Guides of invented companies alone: for trying things out.
    Test,
}

/// Who asks, and what they may see.
pub(super) struct Viewer;

/// Who asks, and what they may see.
#[Object]
impl Viewer {
    /// Who asks.
    async fn kind(&self, context: &Context<'_>) -> Result<ViewerKind> {
        // The operator is never a caller of this schema: through it, everybody is a reader.
        Ok(if pass(context)?.is_some() { ViewerKind::Partner } else { ViewerKind::Anonymous })
    }

    /// What they may see.
    async fn scopes(&self, context: &Context<'_>) -> Result<Vec<Scope>> {
        let view = context.data::<View>()?;
        Ok(ContentScope::ALL.iter().copied().filter(|scope| view.has(*scope)).map(Scope::from).collect())
    }

    /// The key that was sent; nothing for somebody without one.
    async fn key(&self, context: &Context<'_>) -> Result<Option<ViewerKey>> {
        Ok(pass(context)?.map(ViewerKey::from))
    }

    /// What the caller may spend, and what is left of it.
    async fn quota(&self, context: &Context<'_>) -> Result<Option<Quota>> {
        Ok(context.data_opt::<Allowance>().map(Quota::from))
    }

    /// The use of the key by day, some seconds late, the latest first; days without any are left out. Empty without a key.
    async fn usage(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "So many days back, today included: 1 to 366.", default = 30)] days: u32,
    ) -> Result<Vec<UsageDay>> {
        let found = usage::own(context.data::<View>()?, bounded(days)?).await.map_err(|error| fault(context, &error))?;
        Ok(found.into_iter().map(UsageDay::from).collect())
    }
}

fn pass<'a>(context: &Context<'a>) -> Result<Option<&'a Pass>> {
    Ok(match context.data::<View>()?.viewer() {
        Content::Partner(pass) => Some(pass),
        Content::Anonymous | Content::Operator => None,
    })
}

/// The key that was sent.
#[derive(SimpleObject)]
pub(super) struct ViewerKey {
    /// Its name.
    name: String,
    /// Whose it is.
    partner: String,
    /// What it is for.
    mode: ApiKeyMode,
    /// Whether it is answered registered documents alone.
    trusted_only: bool,
    /// How the secret begins that was sent.
    secret: String,
    /// When that secret stops because another one has taken its place.
    secret_ends_at: Option<OffsetDateTime>,
    /// When the key stops by itself, if it does.
    expires_at: Option<OffsetDateTime>,
}

impl From<&Pass> for ViewerKey {
    fn from(pass: &Pass) -> Self {
        let Pass { label, partner, mode, trusted_only, shown, ends_at, expires_at, .. } = pass;
        Self {
            name: label.clone(),
            partner: partner.clone(),
            mode: KeyMode::into(*mode),
            trusted_only: *trusted_only,
            secret: shown.clone(),
            secret_ends_at: ends_at.map(Timestamp::to_utc),
            expires_at: expires_at.map(Timestamp::to_utc),
        }
    }
}

/// What a caller may spend and what is left, once the request that asks has been paid for.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// The account that is counted on.
    pub account: Arc<Account>,
    /// What is left of it.
    pub standing: Standing,
}

/// What a caller may spend, and what is left of it. The same is in the headers `RateLimit-Policy` and `RateLimit` of every answer.
#[derive(SimpleObject)]
pub(super) struct Quota {
    /// Points in a minute.
    points_per_minute: i32,
    /// Points that are left, this request paid for.
    points_left: i32,
    /// Seconds until all points are there again, if nothing is spent.
    points_reset_seconds: i32,
    /// Requests in a day of UTC; any number if there is no figure.
    requests_per_day: Option<i32>,
    /// Requests that are left of the day.
    requests_left: Option<i32>,
    /// Seconds until the day is over.
    requests_reset_seconds: Option<i32>,
    /// Whether all servers count together; without a Redis, or while it does not answer, each counts alone.
    shared: bool,
}

impl From<&Allowance> for Quota {
    fn from(Allowance { account, standing }: &Allowance) -> Self {
        fn figure(number: impl TryInto<i32>) -> i32 {
            number.try_into().unwrap_or(i32::MAX)
        }
        Self {
            points_per_minute: figure(account.points_per_minute),
            points_left: figure(standing.points_left),
            points_reset_seconds: figure(standing.points_reset_s),
            requests_per_day: account.requests_per_day.map(figure),
            requests_left: standing.day.map(|day| figure(day.left)),
            requests_reset_seconds: standing.day.map(|day| figure(day.reset_s)),
            shared: standing.shared,
        }
    }
}

/// The use of a key on one day of UTC.
#[derive(SimpleObject)]
pub(crate) struct UsageDay {
    /// The day.
    pub(crate) date: Date,
    /// Requests, those included that were refused.
    pub(crate) requests: Long,
    /// Points spent.
    pub(crate) points: Long,
    /// Requests that were refused for a quota.
    pub(crate) refused: Long,
}
