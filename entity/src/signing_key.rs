//! The public halves of the keys that sign access tokens. The private halves are in files of the servers.

use sea_orm::entity::prelude::*;

use crate::Timestamp;
/// A key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_key")]
pub struct Model {
    /// Its name in the header of a token (`kid`).
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The public key (Ed25519, 32 bytes) in base64url.
    pub public_key: String,
    /// When a server first used it.
    pub created_at: Timestamp,
    /// Since when nothing is signed with it any more, if so.
    pub retired_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
