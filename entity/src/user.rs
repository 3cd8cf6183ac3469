//! Who may come in to edit.

use sea_orm::entity::prelude::*;

use crate::{Role, Timestamp, UserId};
/// A user.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    /// The e-mail address, in lower case: what they log in with, and the name in every record.
    #[sea_orm(unique)]
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The password, hashed (argon2id, PHC string); never sent anywhere.
    pub password_hash: String,
    /// Rises with every change of the row that an administrator can see.
    pub version: i32,
    /// When the user was made.
    pub created_at: Timestamp,
    /// Since when the user is shut out, if so.
    pub disabled_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
