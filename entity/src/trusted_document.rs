//! Documents that are registered ahead for a partner.

use sea_orm::entity::prelude::*;

use crate::{PartnerId, Timestamp};
/// A registered document.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trusted_document")]
pub struct Model {
    /// For whom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: PartnerId,
    /// The SHA-256 of the text, in hexadecimal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// The names of its operations; empty if they have none.
    pub name: String,
    /// The text.
    pub body: String,
    /// When it was registered.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
