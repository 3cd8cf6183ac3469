//! API keys, as administrators see them. A secret is never among it: it was shown when it was made, and is nowhere.

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result, SimpleObject};
use content::api_key::{self, KeyTest, Named, usage};
use content::code::Code;
use content::{ApiKeyId, Kind, Timestamp, WireId};
use time::OffsetDateTime;

use super::batches::{self, AtDesk, UsageOf};
use super::desk;
use super::partner::{Partner, PartnerBy};
use super::terms::ApiKeyState;
use crate::graphql::admin::Now;
use crate::graphql::fault::{fault, refused};
use crate::graphql::scalars::{Date, Long};
use crate::graphql::viewer::{ApiKeyMode, Scope, UsageDay};

/// What a partner asks with: an agreement, whatever its secret is just now.
pub(super) struct ApiKey(pub api_key::ApiKey);

/// What a partner asks with: an agreement, whatever its secret is just now.
#[Object]
impl ApiKey {
    /// Identifies the key.
    async fn id(&self) -> ID {
        ID(WireId::from(self.0.id).to_string())
    }

    /// Its name: `key_aldermere_web`.
    async fn name(&self) -> &str {
        &self.0.label
    }

    /// Whose it is.
    async fn partner(&self) -> Partner {
        Partner(self.0.partner.clone())
    }

    /// What it is for.
    async fn mode(&self) -> ApiKeyMode {
        self.0.mode.into()
    }

    /// Whether it works.
    async fn state(&self, context: &Context<'_>) -> Result<ApiKeyState> {
        Ok(self.0.state(context.data::<Now>()?.0).into())
    }

    /// What it may read.
    async fn scopes(&self) -> Vec<Scope> {
        self.0.terms.scopes.iter().map(|scope| Scope::from(*scope)).collect()
    }

    /// Points that it may spend in a minute.
    async fn points_per_minute(&self) -> i32 {
        self.0.terms.points_per_minute
    }

    /// Requests that it may make in a day of UTC; any number if there is no figure.
    async fn requests_per_day(&self) -> Option<i32> {
        self.0.terms.requests_per_day
    }

    /// The web origins that may use it; from anywhere if there are none.
    async fn origins(&self) -> &[String] {
        &self.0.terms.origins
    }

    /// The networks that it may be used from; from anywhere if there are none.
    async fn networks(&self) -> &[String] {
        &self.0.terms.networks
    }

    /// Whether it is for documents alone that are registered for its partner.
    async fn trusted_only(&self) -> bool {
        self.0.terms.trusted_only
    }

    /// What the next writer has to say to have seen.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made.
    async fn created_at(&self) -> OffsetDateTime {
        self.0.created_at.to_utc()
    }

    /// When it stops by itself, if it does.
    async fn expires_at(&self) -> Option<OffsetDateTime> {
        self.0.terms.expires_at.map(Timestamp::to_utc)
    }

    /// Since when it is revoked, if it is.
    async fn revoked_at(&self) -> Option<OffsetDateTime> {
        self.0.revoked_at.map(Timestamp::to_utc)
    }

    /// When it was used last, to some seconds; nothing if it never was.
    async fn used_at(&self) -> Option<OffsetDateTime> {
        self.0.used_at().map(Timestamp::to_utc)
    }

    /// Its secrets, the newest first, those included that ended.
    async fn secrets(&self, context: &Context<'_>) -> Result<Vec<ApiSecret>> {
        let now = context.data::<Now>()?.0;
        Ok(self.0.secrets.iter().map(|secret| ApiSecret::of(secret, now, self.0.revoked_at)).collect())
    }

    /// Its use by day, the latest first; days without any are left out.
    async fn usage(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "So many days back, today included: 1 to 366.", default = 30)] days: u32,
    ) -> Result<Vec<UsageDay>> {
        let found = batches::one::<AtDesk, _>(context, UsageOf { key: self.0.id, days: bounded(days)? }).await?.unwrap_or_default();
        Ok(found.into_iter().map(UsageDay::from).collect())
    }
}

/// The number of days of a list of use.
pub(crate) fn bounded(days: u32) -> Result<u32> {
    if (1..=usage::MOST_DAYS).contains(&days) {
        return Ok(days);
    }
    Err(refused(Code::PageLarge, format!("days is {days}; right would be 1 to {}.", usage::MOST_DAYS)))
}

/// A secret of a key, as far as it may be shown.
#[derive(SimpleObject)]
pub(super) struct ApiSecret {
    /// How it begins: `grk_live_7Q2MX4`.
    shown: String,
    /// Whether it works.
    live: bool,
    /// When it was made.
    created_at: OffsetDateTime,
    /// When it stops, or stopped; nothing while it is the one to use.
    ends_at: Option<OffsetDateTime>,
    /// When it was used last, to some seconds.
    used_at: Option<OffsetDateTime>,
    /// Requests of the last hour.
    requests_last_hour: Long,
    /// Requests since it was made.
    requests: Long,
}

impl ApiSecret {
    fn of(secret: &api_key::Secret, now: Timestamp, revoked_at: Option<Timestamp>) -> Self {
        let api_key::Secret { shown, created_at, ends_at, recent } = secret;
        Self {
            shown: shown.clone(),
            live: revoked_at.is_none() && ends_at.is_none_or(|at| at > now),
            created_at: created_at.to_utc(),
            ends_at: ends_at.map(Timestamp::to_utc),
            used_at: recent.used_at.map(Timestamp::to_utc),
            requests_last_hour: Long(recent.last_hour),
            requests: Long(recent.requests),
        }
    }
}

/// The key that a secret belongs to.
#[derive(SimpleObject)]
pub(super) struct ApiSecretOwner {
    /// The key.
    api_key: ApiKey,
    /// The secret.
    secret: ApiSecret,
}

impl ApiSecretOwner {
    pub(super) fn new((key, secret): (api_key::ApiKey, api_key::Secret), now: Timestamp) -> Self {
        let secret = ApiSecret::of(&secret, now, key.revoked_at);
        Self { api_key: ApiKey(key), secret }
    }
}

impl From<usage::Day> for UsageDay {
    fn from(day: usage::Day) -> Self {
        let usage::Day { date, requests, points, refused } = day;
        Self { date: Date(date), requests: Long(requests), points: Long(points), refused: Long(refused) }
    }
}

/// How one key is named.
#[derive(OneofObject)]
pub(super) enum ApiKeyBy {
    /// By id.
    Id(ID),
    /// By name: `key_aldermere_web`.
    Name(String),
}

impl ApiKeyBy {
    /// The name in the words of `content`; nothing if it can be no key's.
    pub(super) fn named(self) -> Option<Named> {
        match self {
            Self::Id(id) => id.parse::<WireId>().ok().filter(|id| id.kind == Kind::ApiKey).map(|id| Named::Id(ApiKeyId(id.uuid))),
            Self::Name(name) => Some(Named::Label(name)),
        }
    }

    /// The key.
    pub(super) async fn find(self, context: &Context<'_>) -> Result<Option<api_key::ApiKey>> {
        let Some(named) = self.named() else { return Ok(None) };
        api_key::find(desk(context)?, &named).await.map_err(|error| fault(context, &error))
    }
}

/// Which keys. All that is said must hold.
#[derive(InputObject, Default)]
pub(super) struct ApiKeyFilter {
    /// Of this partner.
    partner: Option<PartnerBy>,
    /// They stop by themselves before this instant, and have not yet.
    expiring_before: Option<OffsetDateTime>,
    /// They were not used since this instant, and were there then.
    unused_since: Option<OffsetDateTime>,
    /// They stand in one of these ways.
    state: Option<Vec<ApiKeyState>>,
}

impl ApiKeyFilter {
    /// The test in the words of `content`.
    pub(super) async fn test(self, context: &Context<'_>) -> Result<KeyTest> {
        let partner = match self.partner {
            None => None,
            Some(by) => Some(by.must(context).await?.id),
        };
        Ok(KeyTest {
            partner,
            expiring_before: self.expiring_before.map(Timestamp::from),
            unused_since: self.unused_since.map(Timestamp::from),
            states: self.state.map(|states| states.into_iter().map(Into::into).collect()),
        })
    }
}
