//! A key in a record, and what of it can be taken back: what was agreed, but nothing that was done with its secrets.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use entity::{ApiKeyId, KeyMode, Timestamp, api_key, api_secret, partner};

use super::acts::Terms;
use super::{SUBJECT, acts, list, rules};
use crate::code::Code;
use crate::edit::Edit;
use crate::error::{Doing, Error, Result};
use crate::undo::take_fields_back;

/// A key in a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyState {
    label: String,
    mode: KeyMode,
    scopes: Vec<String>,
    points_per_minute: i32,
    requests_per_day: Option<i32>,
    origins: Vec<String>,
    networks: Vec<String>,
    /// Told where it is so: records of before there was such a thing do not say.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    trusted_only: bool,
    /// As people read it (RFC 3339): of an instant by itself a plan says only that it is there.
    expires: Option<String>,
    revoked_at: Option<Timestamp>,
    /// Secrets that were ever made: a rotation makes one more.
    secrets: u64,
    created_at: Timestamp,
    version: i32,
}

impl KeyState {
    /// How a key stands in this edit.
    pub(super) async fn read(edit: &Edit, id: ApiKeyId) -> Result<Self> {
        let found = api_key::Entity::find_by_id(id).find_also_related(partner::Entity).one(&edit.transaction).await.doing("read a key")?;
        let Some((row, Some(partner))) = found else {
            return Err(Error::refused(Code::NotFound, "There is no such key."));
        };
        let secrets = api_secret::Entity::find().filter(api_secret::Column::KeyId.eq(id));
        let secrets = secrets.count(&edit.transaction).await.doing("count secrets")?;
        let label = list::label(&partner.slug, &row.name);
        let Terms { scopes, points_per_minute, requests_per_day, origins, networks, trusted_only, expires_at } = rules::terms(&row)?;
        let scopes = scopes.iter().map(ToString::to_string).collect();
        let mode = row.mode;
        let (revoked_at, created_at, version) = (row.revoked_at, row.created_at, row.version);
        let expires = expires_at.and_then(|at| at.to_utc().format(&Rfc3339).ok());
        Ok(Self {
            label,
            mode,
            scopes,
            points_per_minute,
            requests_per_day,
            origins,
            networks,
            trusted_only,
            expires,
            revoked_at,
            secrets,
            created_at,
            version,
        })
    }
}

impl KeyState {
    /// What was agreed then. A word that is no scope any more opens nothing.
    fn terms(&self) -> Terms {
        let instant = |text: &String| OffsetDateTime::parse(text, &Rfc3339).ok().map(Timestamp::from);
        Terms {
            scopes: self.scopes.iter().filter_map(|word| word.parse().ok()).collect(),
            points_per_minute: self.points_per_minute,
            requests_per_day: self.requests_per_day,
            origins: self.origins.clone(),
            networks: self.networks.clone(),
            trusted_only: self.trusted_only,
            expires_at: self.expires.as_ref().and_then(instant),
        }
    }
}

/// Brings what was agreed for a key back to a recorded state: what an undo does.
///
/// A key that was made, rotated or revoked stays so: a partner has the secret, or somebody must not have it any more.
pub(crate) async fn restore(edit: &mut Edit, id: ApiKeyId, (before, after): (Option<KeyState>, Option<KeyState>)) -> Result<Vec<String>> {
    let (Some(before), Some(after)) = (before, after) else { return Err(stays()) };
    if before.secrets != after.secrets || before.revoked_at != after.revoked_at {
        return Err(stays());
    }
    let (before, after) = (before.terms(), after.terms());
    if before == after {
        return Err(stays());
    }
    let row = acts::held(edit, id, None).await?;
    let now = rules::terms(&row)?;
    let (mut to, mut left) = (now.clone(), Vec::new());
    take_fields_back!((before, after, now) => to, left: scopes, points_per_minute, requests_per_day, origins, networks, trusted_only, expires_at);
    if to != now {
        acts::write(edit, &row, rules::columns(&to)).await?;
    }
    Ok(left)
}

fn stays() -> Error {
    let message = "What was done with the secrets of a key is not taken back. Revoke the key, or rotate it.";
    Error::refused(Code::WrongState, message)
}

pub(super) fn subject(id: ApiKeyId) -> String {
    format!("{SUBJECT}{}", id.0)
}

/// The key of a subject's name.
pub(crate) fn of_subject(subject: &str) -> Option<ApiKeyId> {
    Uuid::parse_str(subject.strip_prefix(SUBJECT)?).ok().map(ApiKeyId)
}
