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
    view.shows_catalogue();
    let row = catalogue::Entity::find_by_id(1).one(view.store.reader()).await.doing("read the catalogue's version")?;
    row.map(|row| row.version).ok_or_else(|| Error::Damaged { what: "the catalogue".to_owned(), why: "its row is gone".to_owned() })
}

/// What changed after a version, oldest first: about so many changes. A version is given whole, even if that makes them more,
/// so that the last version of an answer is where the next question goes on.
///
/// # Errors
///
/// If the database fails.
pub async fn changes_since(view: &View, version: CatalogueVersion, count: u64) -> Result<Vec<Change>> {
    let database = view.store.reader();
    let ordered = || change::Entity::find().order_by_asc(change::Column::Version).order_by_asc(change::Column::CompanyId);
    let newer = ordered().filter(change::Column::Version.gt(version)).limit(count);
    let mut changes = newer.all(database).await.doing("read the feed of changes")?;
    if let Some(last) = changes.last() {
        let of_last = ordered().filter(change::Column::Version.eq(last.version)).filter(change::Column::CompanyId.gt(last.company_id));
        let rest = of_last.all(database).await.doing("read the rest of a version")?;
        changes.extend(rest);
    }
    Ok(changes)
}
