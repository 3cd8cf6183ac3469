//! What administrators do with API keys.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use content::access::secret::Secret;
use content::api_key::{self as keys, KeyChange, Named, NewKey, Overlap, Terms};
use content::code::Code;
use content::edit::Edit;
use content::finding::{Findings, quoted};
use content::{ApiKeyId, NameError, OperationKind, Slug, Timestamp};
use time::OffsetDateTime;

use super::partners::there as partner_there;
use crate::graphql::admin::answer::Answer;
use crate::graphql::admin::api_key::{ApiKey, ApiKeyBy};
use crate::graphql::admin::desk;
use crate::graphql::admin::order::{OrderInput, request};
use crate::graphql::admin::partner::PartnerBy;
use crate::graphql::fault::fault;
use crate::graphql::viewer::{ApiKeyMode, Scope};

/// What came of an edit of a key.
#[derive(SimpleObject)]
pub(super) struct ApiKeyEdit {
    #[graphql(flatten)]
    answer: Answer,
    /// The key as it is now, if there is one.
    api_key: Option<ApiKey>,
    /// The secret that was made, this one time: it is kept nowhere. A retry under the same `operationId` does not get it; rotate the key then.
    secret: Option<String>,
}

impl ApiKeyEdit {
    async fn of(context: &Context<'_>, answer: Answer, named: Option<Named>, secret: Option<Secret>) -> Result<Self> {
        // A rehearsal makes a secret too, and lets it go with the rest.
        let secret = secret.filter(|_| answer.record().is_some() && !answer.is_repeated()).map(|secret| secret.reveal().to_owned());
        let Some(named) = named else { return Ok(Self { answer, api_key: None, secret }) };
        let key = keys::find(desk(context)?, &named).await.map_err(|error| fault(context, &error))?;
        Ok(Self { answer, api_key: key.map(ApiKey), secret })
    }
}

/// A key to be made.
#[derive(InputObject)]
pub(super) struct CreateApiKey {
    /// Whose it is.
    partner: PartnerBy,
    /// Its name among the partner's keys: a-z, 0-9 and "-". `web` of `aldermere` becomes `key_aldermere_web`.
    name: String,
    /// What it is for.
    #[graphql(default_with = "ApiKeyMode::Live")]
    mode: ApiKeyMode,
    /// What it may read.
    scopes: Vec<Scope>,
    /// Points that it may spend in a minute.
    #[graphql(default = 1000)]
    points_per_minute: i32,
    /// Requests that it may make in a day of UTC; any number if there is no figure.
    requests_per_day: Option<i32>,
    /// The web origins that may use it, such as `https://prep.example`; from anywhere if there are none.
    #[graphql(default)]
    origins: Vec<String>,
    /// The networks that it may be used from, such as 192.0.2.0/24; from anywhere if there are none.
    #[graphql(default)]
    networks: Vec<String>,
    /// Whether it is for documents alone that are registered for its partner.
    #[graphql(default)]
    trusted_only: bool,
    /// When it stops by itself.
    expires_at: Option<OffsetDateTime>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// A key to be changed.
#[derive(InputObject)]
pub(super) struct ChangeApiKey {
    /// Which key.
    api_key: ApiKeyBy,
    /// What it may read from now on.
    scopes: Option<Vec<Scope>>,
    /// Points that it may spend in a minute.
    points_per_minute: Option<i32>,
    /// Requests that it may make in a day of UTC; null for any number.
    requests_per_day: MaybeUndefined<i32>,
    /// The web origins that may use it.
    origins: Option<Vec<String>>,
    /// The networks that it may be used from.
    networks: Option<Vec<String>>,
    /// Whether it is for documents alone that are registered for its partner.
    trusted_only: Option<bool>,
    /// When it stops by itself; null for never.
    expires_at: MaybeUndefined<OffsetDateTime>,
    /// What the writer saw: its `version`.
    expect: Option<i32>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// A key that gets another secret.
#[derive(InputObject)]
pub(super) struct RotateApiKey {
    /// Which key.
    api_key: ApiKeyBy,
    /// Seconds for which the old secret works beside the new one, at most 90 days; 0 stops it at once.
    overlap_seconds: i32,
    /// What the writer saw: its `version`.
    expect: Option<i32>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// A key that is meant.
#[derive(InputObject)]
pub(super) struct ApiKeySeen {
    /// Which key.
    api_key: ApiKeyBy,
    /// What the writer saw: its `version`.
    expect: Option<i32>,
    #[graphql(flatten)]
    order: OrderInput,
}

fn there(id: Option<ApiKeyId>) -> content::Result<ApiKeyId> {
    id.ok_or_else(|| Findings::one(Code::NotFound, "apiKey", ("none", "the id or the name of a key")).into())
}

async fn found(context: &Context<'_>, by: ApiKeyBy) -> Result<Option<ApiKeyId>> {
    Ok(by.find(context).await?.map(|key| key.id))
}

/// What administrators do with API keys.
#[derive(Default)]
pub(super) struct ApiKeys;

/// What administrators do with API keys.
#[Object]
impl ApiKeys {
    /// Makes a key. Its secret is in the answer, and nowhere else. Needs the role admin.
    async fn create_api_key(&self, context: &Context<'_>, #[graphql(desc = "The key.")] input: CreateApiKey) -> Result<ApiKeyEdit> {
        let request = request("createApiKey", &input);
        let CreateApiKey {
            partner,
            name,
            mode,
            scopes,
            points_per_minute,
            requests_per_day,
            origins,
            networks,
            trusted_only,
            expires_at,
            order,
        } = input;
        let partner = partner.find(context).await?;
        let label = partner.as_ref().and_then(|partner| Some(Named::Label(keys::label(&partner.slug, &name.parse().ok()?))));
        let terms = Terms {
            scopes: scopes.into_iter().map(Into::into).collect(),
            points_per_minute,
            requests_per_day,
            origins,
            networks,
            trusted_only,
            expires_at: expires_at.map(Timestamp::from),
        };
        let mut secret = None;
        let act = async |edit: &mut Edit| {
            let malformed = |error: NameError| Findings::one(Code::NameMalformed, "name", (quoted(&name), error.to_string()));
            let name: Slug = name.parse().map_err(malformed)?;
            let partner = partner_there(partner.map(|partner| partner.id))?;
            secret = Some(keys::create(edit, NewKey { partner, name, mode: mode.into(), terms }).await?.secret);
            Ok(())
        };
        let answer = order.perform(context, (OperationKind::Keys, request), act).await?;
        let label = label.filter(|_| answer.is_done());
        ApiKeyEdit::of(context, answer, label, secret).await
    }

    /// Changes what is agreed for a key. Needs the role admin.
    async fn change_api_key(&self, context: &Context<'_>, #[graphql(desc = "What changes.")] input: ChangeApiKey) -> Result<ApiKeyEdit> {
        let request = request("changeApiKey", &input);
        let ChangeApiKey {
            api_key,
            scopes,
            points_per_minute,
            requests_per_day,
            origins,
            networks,
            trusted_only,
            expires_at,
            expect,
            order,
        } = input;
        let id = found(context, api_key).await?;
        let change = KeyChange {
            scopes: scopes.map(|scopes| scopes.into_iter().map(Into::into).collect()),
            points_per_minute,
            requests_per_day: said(requests_per_day),
            origins,
            networks,
            trusted_only,
            expires_at: said(expires_at).map(|at| at.map(Timestamp::from)),
        };
        let act = async |edit: &mut Edit| keys::change(edit, there(id)?, change, expect).await;
        let answer = order.perform(context, (OperationKind::Keys, request), act).await?;
        ApiKeyEdit::of(context, answer, id.map(Named::Id), None).await
    }

    /// Gives a key another secret, which is in the answer and nowhere else. The old one works on for the overlap. Needs the role admin.
    async fn rotate_api_key(&self, context: &Context<'_>, #[graphql(desc = "Which key.")] input: RotateApiKey) -> Result<ApiKeyEdit> {
        let request = request("rotateApiKey", &input);
        let RotateApiKey { api_key, overlap_seconds, expect, order } = input;
        let id = found(context, api_key).await?;
        let overlap = if overlap_seconds == 0 { Overlap::None } else { Overlap::Seconds(i64::from(overlap_seconds)) };
        let mut secret = None;
        let act = async |edit: &mut Edit| {
            secret = Some(keys::rotate(edit, there(id)?, overlap, expect).await?.secret);
            Ok(())
        };
        let answer = order.perform(context, (OperationKind::Keys, request), act).await?;
        ApiKeyEdit::of(context, answer, id.map(Named::Id), secret).await
    }

    /// Ends a rotation early: the old secret stops at once. Needs the role admin.
    async fn finish_rotation(&self, context: &Context<'_>, #[graphql(desc = "Which key.")] input: ApiKeySeen) -> Result<ApiKeyEdit> {
        let request = request("finishRotation", &input);
        let id = found(context, input.api_key).await?;
        let act = async |edit: &mut Edit| keys::finish(edit, there(id)?, input.expect).await;
        let answer = input.order.perform(context, (OperationKind::Keys, request), act).await?;
        ApiKeyEdit::of(context, answer, id.map(Named::Id), None).await
    }

    /// Stops a key for good, with all of its secrets, within a second on every server. That is not taken back by an undo. Needs the role admin.
    async fn revoke_api_key(&self, context: &Context<'_>, #[graphql(desc = "Which key.")] input: ApiKeySeen) -> Result<ApiKeyEdit> {
        let request = request("revokeApiKey", &input);
        let id = found(context, input.api_key).await?;
        let act = async |edit: &mut Edit| keys::revoke(edit, there(id)?, input.expect).await;
        let answer = input.order.perform(context, (OperationKind::Keys, request), act).await?;
        ApiKeyEdit::of(context, answer, id.map(Named::Id), None).await
    }
}

/// What was said: nothing, null, or a value.
#[expect(clippy::option_option, reason = "not said, taken away, and another value are three things")]
fn said<T>(value: MaybeUndefined<T>) -> Option<Option<T>> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}
