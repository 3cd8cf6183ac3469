//! Who builds on the API.

use sea_orm::entity::prelude::*;

use crate::{PartnerId, Slug, Timestamp};
/// A partner.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partner")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PartnerId,
    /// Its short name, which is in the names of its keys.
    #[sea_orm(unique)]
    pub slug: Slug,
    /// What it is called.
    pub name: String,
    /// The e-mail address of whoever looks after its keys.
    pub contact: Option<String>,
    /// Rises with every change of the row.
    pub version: i32,
    /// When the partner was made.
    pub created_at: Timestamp,
    /// Since when none of its keys works, if so.
    pub disabled_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
