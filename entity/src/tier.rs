//! The small editable list of tiers.

use sea_orm::entity::prelude::*;

use crate::Key;
/// A tier: Big Tech, AI Lab, ...
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tier")]
pub struct Model {
    /// Its name in files and filters.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: Key,
    /// Its name for people.
    pub name: String,
    /// Its place in the list.
    pub position: i32,
}

impl ActiveModelBehavior for ActiveModel {}
