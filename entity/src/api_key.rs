//! What a partner asks with: the key as an agreement, whatever its secret is just now.

use sea_orm::entity::prelude::*;

use crate::{ApiKeyId, KeyMode, PartnerId, Slug, Timestamp};
/// An API key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApiKeyId,
    /// Whose it is.
    pub partner_id: PartnerId,
    /// Its name, unique for the partner.
    pub name: Slug,
    /// What it is for.
    pub mode: KeyMode,
    /// The scopes, as a JSON list of their words.
    pub scopes: String,
    /// Points that it may spend in a minute.
    pub points_per_minute: i32,
    /// Requests that it may make in a day of UTC; any number if it is not said.
    pub requests_per_day: Option<i32>,
    /// The web origins that may use it, as a JSON list; any if the list is empty.
    pub origins: String,
    /// The networks that it may be used from (CIDR), as a JSON list; any if the list is empty.
    pub networks: String,
    /// Whether it is for documents alone that are registered for its partner.
    pub trusted_only: bool,
    /// Rises with every change of the row or of its secrets.
    pub version: i32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops by itself, if it does.
    pub expires_at: Option<Timestamp>,
    /// Since when it is revoked, if it is. That cannot be taken back.
    pub revoked_at: Option<Timestamp>,
    /// The partner, where it is asked for.
    #[sea_orm(belongs_to, from = "partner_id", to = "id")]
    pub partner: HasOne<super::partner::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
