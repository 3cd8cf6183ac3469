//! Who there is a guide of, published or not. Readers never come here: what they may see is in the `published_` tables.

use sea_orm::entity::prelude::*;

use crate::{CompanyId, RevisionNumber, Slug, Timestamp};
/// A company.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "company")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CompanyId,
    /// Its name in addresses.
    #[sea_orm(unique)]
    pub slug: Slug,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was put away, if it was.
    pub archived_at: Option<Timestamp>,
    /// The highest revision that was ever made, published now or not.
    pub latest_revision: RevisionNumber,
    /// The highest number that a save of its draft was given. It never falls, so a number never stands for two texts.
    pub latest_edit: i32,
    /// Every key that an item of the guide ever had, as a JSON list: a new item never gets one of them.
    pub used_keys: String,
}

impl ActiveModelBehavior for ActiveModel {}
