//! Tiers: the small editable list of terms that guides are sorted into.

use std::collections::BTreeSet;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, QuerySelect, Set};

use entity::{Key, tier};

use crate::edit::Edit;
use crate::error::{Doing, Result};
use crate::view::View;

pub use entity::tier::Model as Tier;

/// All tiers in their order.
///
/// # Errors
///
/// If the database fails.
pub async fn list(view: &View) -> Result<Vec<Tier>> {
    tier::Entity::find()
        .order_by_asc(tier::Column::Position)
        .order_by_asc(tier::Column::Key)
        .all(view.store.reader())
        .await
        .doing("list tiers")
}

/// Puts a tier into the list, or gives it another name and place.
///
/// # Errors
///
/// If the database fails.
pub async fn put(edit: &mut Edit, tier: Tier) -> Result<()> {
    let row = tier::ActiveModel { key: Set(tier.key), name: Set(tier.name), position: Set(tier.position) };
    let replace = OnConflict::column(tier::Column::Key).update_columns([tier::Column::Name, tier::Column::Position]).to_owned();
    tier::Entity::insert(row).on_conflict(replace).exec_without_returning(&edit.transaction).await.doing("write a tier")?;
    edit.tiers_changed();
    Ok(())
}

/// Whether there is a tier of this key.
///
/// # Errors
///
/// If the database fails.
pub async fn exists(edit: &mut Edit, key: &Key) -> Result<bool> {
    Ok(edit.tiers().await?.contains(key))
}

pub(crate) async fn keys(database: &impl ConnectionTrait) -> Result<BTreeSet<Key>> {
    let keys: Vec<Key> =
        tier::Entity::find().select_only().column(tier::Column::Key).into_tuple().all(database).await.doing("read the tiers")?;
    Ok(keys.into_iter().collect())
}
