//! One row that counts what readers can see change.

use sea_orm::entity::prelude::*;

use crate::{CatalogueVersion, Timestamp};
/// The catalogue.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Rises by one with every transaction that changes what a reader sees.
    pub version: CatalogueVersion,
    /// When it last rose.
    pub changed_at: Timestamp,
    /// Rises by one with every transaction that changes a partner, its documents or a key: what servers keep of keys is good for one of these.
    pub access_version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
