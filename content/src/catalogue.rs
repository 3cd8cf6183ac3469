//! The catalogue's version: one number that rises with every change that a reader can see. It is part of the key of every answer that is kept.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use entity::{CatalogueVersion, catalogue, change};

use crate::error::{Doing, Error, Result};
use crate::view::View;

pub use entity::change::Model as Change;

/// The version now.
///
/// # Errors
///
/// If the database fails.
pub async fn version(view: &View) -> Result<CatalogueVersion> {
    let row = catalogue::Entity::find_by_id(1).one(view.store.reader()).await.doing("read the catalogue's version")?;
    row.map(|row| row.version).ok_or_else(|| Error::Damaged { what: "the catalogue".to_owned(), why: "its row is gone".to_owned() })
}

/// What changed after a version, oldest first.
///
/// # Errors
///
/// If the database fails.
pub async fn changes_since(view: &View, version: CatalogueVersion, count: u64) -> Result<Vec<Change>> {
    change::Entity::find()
        .filter(change::Column::Version.gt(version))
        .order_by_asc(change::Column::Version)
        .order_by_asc(change::Column::CompanyId)
        .limit(count)
        .all(view.store.reader())
        .await
        .doing("read the feed of changes")
}
