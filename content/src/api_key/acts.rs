//! What administrators do with keys. Each is an edit, so it is recorded; of a secret the record knows only that there is another one.

use std::collections::BTreeSet;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set, SqlErr};

use entity::{ApiKeyId, KeyMode, PartnerId, Scope, Slug, Timestamp, api_key, api_secret};

use super::secret;
use super::state::{KeyState, subject};
use super::{list, rules};
use crate::access::secret::Secret;
use crate::code::Code;
use crate::edit::{Edit, require_seen};
use crate::error::{Doing, Error, Result};
use crate::partner;

/// The most days for which an old secret may go on beside a new one.
pub const OLD_SECRETS_DAYS: i64 = 90;

/// What is agreed for a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What it may read.
    pub scopes: BTreeSet<Scope>,
    /// Points that it may spend in a minute.
    pub points_per_minute: i32,
    /// Requests that it may make in a day of UTC; any number if it is not said.
    pub requests_per_day: Option<i32>,
    /// The web origins that may use it; any, and none at all, if there is none here.
    pub origins: Vec<String>,
    /// The networks that it may be used from; any if there is none here.
    pub networks: Vec<String>,
    /// Whether it is for documents alone that are registered for its partner.
    pub trusted_only: bool,
    /// When it stops by itself.
    pub expires_at: Option<Timestamp>,
}

/// A key to be made.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// Whose it is.
    pub partner: PartnerId,
    /// Its name, unique for the partner.
    pub name: Slug,
    /// What it is for.
    pub mode: KeyMode,
    /// What is agreed for it.
    pub terms: Terms,
}

/// What changes of a key; the rest stays.
#[derive(Clone, Debug, Default)]
pub struct KeyChange {
    /// What it may read from now on.
    pub scopes: Option<BTreeSet<Scope>>,
    /// Points in a minute.
    pub points_per_minute: Option<i32>,
    /// Requests in a day; any number, if it is said so.
    pub requests_per_day: Option<Option<i32>>,
    /// The origins.
    pub origins: Option<Vec<String>>,
    /// The networks.
    pub networks: Option<Vec<String>>,
    /// Whether it is for registered documents alone.
    pub trusted_only: Option<bool>,
    /// When it stops by itself; never, if it is said so.
    pub expires_at: Option<Option<Timestamp>>,
}

/// How long the old secret goes on beside the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// Not at all: somebody else may have it.
    None,
    /// So many seconds, within which the partner puts the new one in.
    Seconds(i64),
}

/// A key with the secret that was made for it. Nobody can be shown it again.
#[derive(Clone, Debug)]
pub struct Made {
    /// Which key.
    pub key: ApiKeyId,
    /// The secret.
    pub secret: Secret,
}

/// Makes a key with its first secret.
///
/// # Errors
///
/// [`Code::NotFound`] for the partner, [`Code::NameTaken`], codes for the terms, or if the database fails.
pub async fn create(edit: &mut Edit, new: NewKey) -> Result<Made> {
    let NewKey { partner, name, mode, terms } = new;
    let partner = partner::held(edit, partner, None).await?;
    rules::check(&terms, edit.at())?;
    let label = list::label(&partner.slug, &name);
    let named = api_key::Entity::find().filter(api_key::Column::PartnerId.eq(partner.id)).filter(api_key::Column::Name.eq(name.clone()));
    if named.count(&edit.transaction).await.doing("look for a key")? > 0 {
        return Err(taken(&label));
    }
    let id = edit.desk().store.clock.api_key_id();
    let row = api_key::ActiveModel {
        id: Set(id),
        partner_id: Set(partner.id),
        name: Set(name),
        mode: Set(mode),
        version: Set(1),
        created_at: Set(edit.at()),
        revoked_at: Set(None),
        ..rules::columns(&terms)
    };
    api_key::Entity::insert(row).exec_without_returning(&edit.transaction).await.map_err(|source| match source.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => taken(&label),
        _ => Error::Database { doing: "write a key", source },
    })?;
    let secret = add_secret(edit, id, mode).await?;
    let after = KeyState::read(edit, id).await?;
    edit.note(subject(id), None::<&KeyState>, Some(&after))?;
    Ok(Made { key: id, secret })
}

fn taken(label: &str) -> Error {
    Error::refused(Code::NameTaken, format!("There is a key {label} already, perhaps a revoked one; names of keys are not used twice."))
}

async fn add_secret(edit: &Edit, key: ApiKeyId, mode: KeyMode) -> Result<Secret> {
    let (secret, shown) = secret::make(mode)?;
    let row = api_secret::ActiveModel {
        hash: Set(secret.fingerprint()),
        key_id: Set(key),
        shown: Set(shown),
        created_at: Set(edit.at()),
        ends_at: Set(None),
    };
    api_secret::Entity::insert(row).exec_without_returning(&edit.transaction).await.doing("keep a secret")?;
    Ok(secret)
}

/// Changes what is agreed for a key.
///
/// # Errors
///
/// [`Code::NotFound`], [`Code::Moved`], [`Code::KeyRevoked`], codes for the terms, or if the database fails.
pub async fn change(edit: &mut Edit, id: ApiKeyId, change: KeyChange, seen: Option<i32>) -> Result<()> {
    let row = held(edit, id, seen).await?;
    let was = rules::terms(&row)?;
    let KeyChange { scopes, points_per_minute, requests_per_day, origins, networks, trusted_only, expires_at } = change;
    let terms = Terms {
        scopes: scopes.unwrap_or_else(|| was.scopes.clone()),
        points_per_minute: points_per_minute.unwrap_or(was.points_per_minute),
        requests_per_day: requests_per_day.unwrap_or(was.requests_per_day),
        origins: origins.unwrap_or_else(|| was.origins.clone()),
        networks: networks.unwrap_or_else(|| was.networks.clone()),
        trusted_only: trusted_only.unwrap_or(was.trusted_only),
        expires_at: expires_at.unwrap_or(was.expires_at),
    };
    if terms == was {
        return Ok(());
    }
    // A key that expired can be changed without being brought back to life.
    let now = if terms.expires_at == was.expires_at { Timestamp(i64::MIN) } else { edit.at() };
    rules::check(&terms, now)?;
    write(edit, &row, rules::columns(&terms)).await
}

/// Gives a key another secret. The old one goes on for as long as the overlap is; two live secrets are the most.
///
/// # Errors
///
/// [`Code::NotFound`], [`Code::Moved`], [`Code::KeyRevoked`], [`Code::RotationOpen`] while an earlier rotation goes on, [`Code::Overlap`],
/// or if the database fails.
pub async fn rotate(edit: &mut Edit, id: ApiKeyId, overlap: Overlap, seen: Option<i32>) -> Result<Made> {
    let row = held(edit, id, seen).await?;
    let now = edit.at();
    let ends = match overlap {
        Overlap::None => now,
        Overlap::Seconds(seconds) if (1..=OLD_SECRETS_DAYS * 86_400).contains(&seconds) => Timestamp(now.0 + seconds * 1_000_000),
        Overlap::Seconds(seconds) => {
            let message = format!("The overlap is {seconds} seconds; right would be 1 second to {OLD_SECRETS_DAYS} days.");
            return Err(Error::refused(Code::Overlap, message));
        }
    };
    let retiring = api_secret::Entity::find().filter(live_and_ending(id, now)).one(&edit.transaction).await.doing("look for secrets")?;
    if let Some(old) = retiring.filter(|_| overlap != Overlap::None) {
        let until = minute(old.ends_at.unwrap_or(now));
        let message =
            format!("An earlier rotation goes on: {} works until {until}. Finish it first, or rotate without an overlap.", old.shown);
        return Err(Error::refused(Code::RotationOpen, message));
    }
    end_secrets(edit, live(id, now), ends).await?;
    let before = KeyState::read(edit, id).await?;
    let secret = add_secret(edit, id, row.mode).await?;
    store(edit, &row, (api_key::ActiveModel::default(), before)).await?;
    Ok(Made { key: id, secret })
}

/// An instant for people: `2026-12-04 00:57 UTC`.
fn minute(at: Timestamp) -> String {
    let at = at.to_utc();
    format!("{} {:02}:{:02} UTC", at.date(), at.hour(), at.minute())
}

/// Ends a rotation early: the old secret stops at once.
///
/// # Errors
///
/// [`Code::NotFound`], [`Code::Moved`], [`Code::KeyRevoked`], [`Code::WrongState`] if no rotation goes on, or if the database fails.
pub async fn finish(edit: &mut Edit, id: ApiKeyId, seen: Option<i32>) -> Result<()> {
    let row = held(edit, id, seen).await?;
    let now = edit.at();
    let before = KeyState::read(edit, id).await?;
    if end_secrets(edit, live_and_ending(id, now), now).await? == 0 {
        return Err(Error::refused(Code::WrongState, "No rotation goes on: the key has one secret."));
    }
    store(edit, &row, (api_key::ActiveModel::default(), before)).await
}

/// Stops a key for good, with all of its secrets. That cannot be taken back.
///
/// # Errors
///
/// [`Code::NotFound`], [`Code::Moved`], or if the database fails.
pub async fn revoke(edit: &mut Edit, id: ApiKeyId, seen: Option<i32>) -> Result<()> {
    let row = match held(edit, id, seen).await {
        Err(error) if error.code() == Code::KeyRevoked => return Ok(()),
        row => row?,
    };
    let now = edit.at();
    write(edit, &row, api_key::ActiveModel { revoked_at: Set(Some(now)), ..Default::default() }).await?;
    end_secrets(edit, live(id, now), now).await.map(drop)
}

/// The secrets that work now.
fn live(id: ApiKeyId, now: Timestamp) -> sea_orm::Condition {
    let ends = api_secret::Column::EndsAt;
    sea_orm::Condition::all().add(api_secret::Column::KeyId.eq(id)).add(sea_orm::Condition::any().add(ends.is_null()).add(ends.gt(now)))
}

fn live_and_ending(id: ApiKeyId, now: Timestamp) -> sea_orm::Condition {
    live(id, now).add(api_secret::Column::EndsAt.is_not_null())
}

/// Gives secrets an end, or an earlier one. Gives how many.
async fn end_secrets(edit: &Edit, which: sea_orm::Condition, ends: Timestamp) -> Result<u64> {
    let later = sea_orm::Condition::any().add(api_secret::Column::EndsAt.is_null()).add(api_secret::Column::EndsAt.gt(ends));
    let these = api_secret::Entity::update_many().col_expr(api_secret::Column::EndsAt, Expr::value(ends)).filter(which).filter(later);
    Ok(these.exec(&edit.transaction).await.doing("end secrets")?.rows_affected)
}

/// A key that can be changed, locked until the commit.
pub(super) async fn held(edit: &Edit, id: ApiKeyId, seen: Option<i32>) -> Result<api_key::Model> {
    let row = api_key::Entity::find_by_id(id).lock_exclusive().one(&edit.transaction).await.doing("lock a key")?;
    let Some(row) = row else {
        return Err(Error::refused(Code::NotFound, "There is no such key."));
    };
    require_seen(row.name.as_str(), seen, row.version)?;
    if row.revoked_at.is_some() {
        return Err(Error::refused(Code::KeyRevoked, format!("The key {} is revoked; make another one.", row.name)));
    }
    Ok(row)
}

/// Writes columns of a key.
pub(super) async fn write(edit: &mut Edit, row: &api_key::Model, columns: api_key::ActiveModel) -> Result<()> {
    let before = KeyState::read(edit, row.id).await?;
    store(edit, row, (columns, before)).await
}

/// Writes columns of a key with its next version, and notes what became of it since it stood like that.
async fn store(edit: &mut Edit, row: &api_key::Model, (columns, before): (api_key::ActiveModel, KeyState)) -> Result<()> {
    let columns = api_key::ActiveModel { version: Set(row.version + 1), ..columns };
    let this = api_key::Entity::update_many().set(columns).filter(api_key::Column::Id.eq(row.id));
    this.exec(&edit.transaction).await.doing("change a key")?;
    let after = KeyState::read(edit, row.id).await?;
    edit.note(subject(row.id), Some(&before), Some(&after))
}
