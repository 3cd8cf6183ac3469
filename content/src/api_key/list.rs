//! Keys as administrators look at them: what was agreed, the secrets, and when each was used last.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

use entity::{ApiKeyId, KeyMode, PartnerId, Slug, Timestamp, api_key, api_secret, partner};

use super::acts::Terms;
use super::rules;
use super::usage::{self, Recent};
use crate::error::{Doing, Error, Result};
use crate::filter::storable;
use crate::partner::Partner;
use crate::view::Desk;

/// What the names of all keys begin with.
const PREFIX: &str = "key_";

/// A key.
#[derive(Clone, Debug)]
pub struct ApiKey {
    /// Its identity.
    pub id: ApiKeyId,
    /// Its name for people: `key_aldermere_web`.
    pub label: String,
    /// Whose it is.
    pub partner: Partner,
    /// What it is for.
    pub mode: KeyMode,
    /// What is agreed for it.
    pub terms: Terms,
    /// Rises with every change.
    pub version: i32,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it is revoked, if it is.
    pub revoked_at: Option<Timestamp>,
    /// Its secrets, the newest first; those that ended too.
    pub secrets: Vec<Secret>,
}

/// A secret of a key, as far as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// How it begins.
    pub shown: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops, or stopped.
    pub ends_at: Option<Timestamp>,
    /// How it was used lately.
    pub recent: Recent,
}

/// Whether a key works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// It works.
    Active,
    /// It works with two secrets for a while.
    Rotating,
    /// It stopped by itself.
    Expired,
    /// It was stopped for good.
    Revoked,
    /// None of its partner's keys works.
    Disabled,
}

impl ApiKey {
    /// Whether it works at an instant.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> KeyState {
        let ends = |secret: &Secret| secret.ends_at.is_some_and(|at| at > now);
        match self {
            _ if self.revoked_at.is_some() => KeyState::Revoked,
            _ if self.terms.expires_at.is_some_and(|at| at <= now) => KeyState::Expired,
            _ if self.partner.disabled_at.is_some() => KeyState::Disabled,
            _ if self.secrets.iter().any(ends) => KeyState::Rotating,
            _ => KeyState::Active,
        }
    }

    /// When any of its secrets was used last.
    #[must_use]
    pub fn used_at(&self) -> Option<Timestamp> {
        self.secrets.iter().filter_map(|secret| secret.recent.used_at).max()
    }
}

/// How a key is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// By the identity.
    Id(ApiKeyId),
    /// By its name for people.
    Label(String),
}

/// Which keys. All that is said must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyTest {
    /// Of this partner.
    pub partner: Option<PartnerId>,
    /// They stop by themselves before this instant, and have not yet.
    pub expiring_before: Option<Timestamp>,
    /// They were not used since this instant.
    pub unused_since: Option<Timestamp>,
    /// They stand in one of these ways.
    pub states: Option<Vec<KeyState>>,
}

impl KeyTest {
    fn holds(&self, key: &ApiKey, now: Timestamp) -> bool {
        let expiring = self.expiring_before.is_none_or(|before| key.terms.expires_at.is_some_and(|at| at > now && at <= before));
        // One that was made later than that had no time to be used.
        let unused = self.unused_since.is_none_or(|since| key.used_at().unwrap_or(key.created_at) < since);
        let state = self.states.as_ref().is_none_or(|states| states.contains(&key.state(now)));
        // Of a key that is gone for good it is of no interest that it will expire, or that nobody uses it.
        let matters = key.revoked_at.is_none() || (self.expiring_before.is_none() && self.unused_since.is_none());
        expiring && unused && state && matters
    }
}

/// The name of a key for people.
#[must_use]
pub fn label(partner: &Slug, name: &Slug) -> String {
    format!("{PREFIX}{partner}_{name}")
}

/// The partner and the name in a key's name for people.
fn parts(label: &str) -> Option<(Slug, Slug)> {
    let (partner, name) = label.strip_prefix(PREFIX)?.split_once('_')?;
    Some((partner.parse().ok()?, name.parse().ok()?))
}

/// A key, if there is one of this name.
///
/// # Errors
///
/// If the database fails.
pub async fn find(desk: &Desk, named: &Named) -> Result<Option<ApiKey>> {
    let condition = match named {
        Named::Id(id) => api_key::Column::Id.eq(*id).into(),
        Named::Label(label) => {
            let Some((partner, name)) = parts(label) else { return Ok(None) };
            Condition::all().add(partner::Column::Slug.eq(partner)).add(api_key::Column::Name.eq(name))
        }
    };
    Ok(read(desk, condition).await?.pop())
}

/// The key that a fingerprint of a secret belongs to, and how that secret begins.
///
/// # Errors
///
/// If the database fails.
pub async fn of_fingerprint(desk: &Desk, hash: &str) -> Result<Option<(ApiKey, Secret)>> {
    let this = api_secret::Entity::find().filter(api_secret::Column::Hash.is_in(storable([hash])));
    let row = this.one(desk.store.reader()).await.doing("find a secret")?;
    let Some(row) = row else { return Ok(None) };
    let key = find(desk, &Named::Id(row.key_id)).await?;
    Ok(key.and_then(|key| {
        let secret = key.secrets.iter().find(|secret| secret.shown == row.shown && secret.created_at == row.created_at)?.clone();
        Some((key, secret))
    }))
}

/// Keys, by their names. Each is an agreement that somebody made, so there are never so many that a page of them would be needed.
///
/// # Errors
///
/// If the database fails.
pub async fn list(desk: &Desk, test: &KeyTest) -> Result<Vec<ApiKey>> {
    let condition = Condition::all().add_option(test.partner.map(|id| api_key::Column::PartnerId.eq(id)));
    let now = desk.store.clock.now();
    let mut keys = read(desk, condition).await?;
    keys.retain(|key| test.holds(key, now));
    Ok(keys)
}

/// Three statements, however many keys they are.
async fn read(desk: &Desk, condition: Condition) -> Result<Vec<ApiKey>> {
    let database = desk.store.reader();
    let rows = api_key::Entity::find().find_also_related(partner::Entity).filter(condition);
    let rows = rows.order_by_asc(partner::Column::Slug).order_by_asc(api_key::Column::Name).all(database).await.doing("list keys")?;
    let ids: Vec<ApiKeyId> = rows.iter().map(|(key, _)| key.id).collect();
    let secrets = api_secret::Entity::find().filter(api_secret::Column::KeyId.is_in(ids)).order_by_desc(api_secret::Column::CreatedAt);
    let secrets = secrets.all(database).await.doing("list secrets")?;
    let hashes: Vec<String> = secrets.iter().map(|secret| secret.hash.clone()).collect();
    let recent = usage::recent(desk, &hashes).await?;
    let mut of_keys: HashMap<ApiKeyId, Vec<Secret>> = HashMap::new();
    for row in secrets {
        let recent = recent.get(&row.hash).copied().unwrap_or_default();
        let secret = Secret { shown: row.shown, created_at: row.created_at, ends_at: row.ends_at, recent };
        of_keys.entry(row.key_id).or_default().push(secret);
    }
    let keys = rows.into_iter().map(|(row, partner)| {
        let what = || Error::Damaged { what: format!("the key {}", row.name), why: "it has no partner".to_owned() };
        let partner = partner.ok_or_else(what)?;
        let secrets = of_keys.remove(&row.id).unwrap_or_default();
        let label = label(&partner.slug, &row.name);
        let terms = rules::terms(&row)?;
        let api_key::Model { id, mode, version, created_at, revoked_at, .. } = row;
        Ok(ApiKey { id, label, partner, mode, terms, version, created_at, revoked_at, secrets })
    });
    keys.collect()
}

#[cfg(test)]
mod tests {
    use super::{label, parts};

    #[test]
    fn a_label_leads_back_to_its_parts() {
        let (partner, name) = ("alder-mere".parse().unwrap(), "web".parse().unwrap());
        assert_eq!(label(&partner, &name), "key_alder-mere_web");
        assert_eq!(parts("key_alder-mere_web"), Some((partner, name)));
        for text in ["", "key_", "key_a", "alder-mere_web", "key_A_b", "key_a_b_c"] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
