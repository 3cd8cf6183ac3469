//! How much a secret was used, by slots of time.

use sea_orm::entity::prelude::*;

use crate::Timestamp;
/// The use of a secret in a slot.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_use")]
pub struct Model {
    /// The fingerprint of the secret.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// When the slot begins: a minute, or a day of UTC once it is some days old.
    #[sea_orm(primary_key, auto_increment = false)]
    pub slot: Timestamp,
    /// Requests, those included that were refused.
    pub requests: i64,
    /// Points spent.
    pub points: i64,
    /// Requests that were refused for a quota.
    pub refused: i64,
    /// When the last one was made.
    pub last_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
