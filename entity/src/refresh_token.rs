//! The tokens that renew sessions, by their hashes. One that is used stays, so that its second use is seen.

use sea_orm::entity::prelude::*;

use crate::{SessionId, Timestamp};
/// A refresh token.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_token")]
pub struct Model {
    /// SHA-256 of the token, in hexadecimal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// The session that it renews.
    pub session_id: SessionId,
    /// When it was given.
    pub issued_at: Timestamp,
    /// When it was used, if it was.
    pub used_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
