//! A login that goes on: one family of refresh tokens.

use sea_orm::entity::prelude::*;

use crate::{SessionEnd, SessionId, Timestamp, UserId};
/// A session.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// Whose it is.
    pub user_id: UserId,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last renewed.
    pub used_at: Timestamp,
    /// Until when it can be renewed.
    pub expires_at: Timestamp,
    /// When it ended before its time, if it did.
    pub ended_at: Option<Timestamp>,
    /// What ended it.
    pub ended_by: Option<SessionEnd>,
    /// The network address that it began from.
    pub address: String,
    /// What the client called itself.
    pub agent: String,
    /// The user whose it is, where it is asked for.
    #[sea_orm(belongs_to, from = "user_id", to = "id")]
    pub user: HasOne<super::user::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
