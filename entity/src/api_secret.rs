//! What a key is proved with. The secret itself was shown once and is nowhere; this is its fingerprint.

use sea_orm::entity::prelude::*;

use crate::{ApiKeyId, Timestamp};
/// A secret of a key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_secret")]
pub struct Model {
    /// The fingerprint of the secret (SHA-256, in hexadecimal).
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// Which key it proves.
    pub key_id: ApiKeyId,
    /// How it begins: for telling one from another, and no help in guessing it.
    pub shown: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops: it makes room for another one then.
    pub ends_at: Option<Timestamp>,
    /// The key, where it is asked for.
    #[sea_orm(belongs_to, from = "key_id", to = "id")]
    pub key: HasOne<super::api_key::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
