//! Tiers: the small editable list of terms that guides are sorted into.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::{Deserialize, Serialize};

use entity::{Key, draft, published_guide, tier};

use crate::access::secret::fingerprint;
use crate::code::Code;
use crate::edit::Edit;
use crate::error::{Doing, Error, Result};
use crate::finding::quoted;
use crate::guide::rules;
use crate::view::View;

pub use entity::tier::Model as Tier;

/// The name of the list's subject in a record.
pub(crate) const SUBJECT: &str = "tiers";
/// The most tiers of the list.
pub const MOST: usize = 100;

/// A tier in a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TierState {
    key: Key,
    name: String,
    position: i32,
}

impl From<&Tier> for TierState {
    fn from(tier: &Tier) -> Self {
        Self { key: tier.key.clone(), name: tier.name.clone(), position: tier.position }
    }
}

impl From<TierState> for Tier {
    fn from(state: TierState) -> Self {
        Self { key: state.key, name: state.name, position: state.position }
    }
}

/// All tiers in their order.
///
/// # Errors
///
/// If the database fails.
pub async fn list(view: &View) -> Result<Vec<Tier>> {
    view.shows_catalogue();
    read(view.store.reader()).await
}

async fn read(database: &impl ConnectionTrait) -> Result<Vec<Tier>> {
    let ordered = tier::Entity::find().order_by_asc(tier::Column::Position).order_by_asc(tier::Column::Key);
    ordered.all(database).await.doing("list tiers")
}

/// The list as it is, locked until the commit: who saw the same one waits here, and finds then that it was changed.
async fn held(edit: &Edit) -> Result<Vec<Tier>> {
    let ordered = tier::Entity::find().order_by_asc(tier::Column::Key).lock_exclusive();
    ordered.all(&edit.transaction).await.doing("lock the tiers")?;
    // Read again: a tier that was added while this waited is not among those that were locked.
    read(&edit.transaction).await
}

/// What stands for a list: whoever changes it says which one they saw.
#[must_use]
pub fn stamp(tiers: &[Tier]) -> String {
    let text: Vec<String> = tiers.iter().map(|tier| format!("{}\t{}\t{}", tier.position, tier.key, tier.name)).collect();
    fingerprint(text.join("\n").as_bytes())[..16].to_owned()
}

/// Refuses to go on if the list is not the one that was seen.
///
/// # Errors
///
/// [`Code::Moved`], or if the database fails.
pub async fn expect(edit: &Edit, seen: Option<&str>) -> Result<()> {
    let now = stamp(&held(edit).await?);
    match seen {
        Some(seen) if seen != now => {
            let message = format!("The list of tiers was changed since: you saw {}, it is now {now}.", quoted(seen));
            Err(Error::refused(Code::Moved, message))
        }
        Some(_) | None => Ok(()),
    }
}

/// Puts a tier into the list, or gives it another name and place.
///
/// # Errors
///
/// If the name is none, or the database fails.
pub async fn put(edit: &mut Edit, tier: Tier) -> Result<()> {
    let before = held(edit).await?;
    rules::name(&tier.name)?;
    if before.len() >= MOST && before.iter().all(|other| other.key != tier.key) {
        return Err(Error::refused(Code::ListLong, format!("There are {} tiers; at most {MOST} are kept.", before.len())));
    }
    write(edit, tier).await?;
    note(edit, &before).await
}

/// The place of a tier that is put into the list: the one that is said, the one that it has, or behind all others.
///
/// # Errors
///
/// If the database fails.
pub async fn place(edit: &Edit, key: &str, said: Option<i32>) -> Result<i32> {
    if let Some(position) = said {
        return Ok(position);
    }
    let tiers = read(&edit.transaction).await?;
    let own = tiers.iter().find(|tier| tier.key.as_str() == key).map(|tier| tier.position);
    Ok(own.unwrap_or_else(|| tiers.last().map_or(1, |tier| tier.position.saturating_add(1))))
}

/// Puts the tiers into this order. Those that are not named follow in the order that they have.
///
/// # Errors
///
/// [`Code::NotFound`] for a key that is none of them, or if the database fails.
pub async fn arrange(edit: &mut Edit, order: &[Key]) -> Result<()> {
    let before = held(edit).await?;
    if let Some(key) = order.iter().find(|key| before.iter().all(|tier| tier.key != **key)) {
        return Err(missing(key));
    }
    let mut after = before.clone();
    after.sort_by_key(|tier| order.iter().position(|key| *key == tier.key).unwrap_or(usize::MAX));
    for (tier, position) in after.into_iter().zip(1..) {
        if tier.position != position {
            write(edit, Tier { position, ..tier }).await?;
        }
    }
    note(edit, &before).await
}

/// Takes a tier off the list.
///
/// # Errors
///
/// [`Code::NotFound`], [`Code::InUse`] while a guide or a draft names it, or if the database fails.
pub async fn remove(edit: &mut Edit, key: &Key) -> Result<()> {
    let before = held(edit).await?;
    if before.iter().all(|tier| tier.key != *key) {
        return Err(missing(key));
    }
    let guides = published_guide::Entity::find().filter(published_guide::Column::Tier.eq(key.clone()));
    let guides = guides.count(&edit.transaction).await.doing("count the guides of a tier")?;
    // Inside of a text every quotation mark is escaped, so this is found only where it is the field.
    let drafts = draft::Entity::find().filter(draft::Column::Body.contains(format!("\"tier\":\"{key}\"")));
    let drafts = drafts.count(&edit.transaction).await.doing("count the drafts of a tier")?;
    if guides + drafts > 0 {
        let message = format!("{guides} published guides and {drafts} drafts are in the tier {key}; sort them into others first.");
        return Err(Error::refused(Code::InUse, message));
    }
    tier::Entity::delete_by_id(key.clone()).exec(&edit.transaction).await.doing("remove a tier")?;
    note(edit, &before).await
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

/// Brings the list back from a recorded state: tier by tier, and only where it still is as it was left. Gives the keys of the others.
pub(crate) async fn restore(edit: &mut Edit, before: Vec<TierState>, after: Vec<TierState>) -> Result<Vec<String>> {
    let found = held(edit).await?;
    let by_key = |states: Vec<TierState>| states.into_iter().map(|state| (state.key.clone(), state)).collect::<BTreeMap<_, _>>();
    let (before, after) = (by_key(before), by_key(after));
    let now = by_key(found.iter().map(TierState::from).collect());
    let mut left = Vec::new();
    for key in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
        let (was, became, is) = (before.get(key), after.get(key), now.get(key));
        if was == became || is == was {
            continue;
        }
        match was {
            _ if is != became => left.push(key.to_string()),
            Some(state) => write(edit, state.clone().into()).await?,
            None => match remove(edit, key).await {
                Err(Error::Refused { code: Code::InUse, .. }) => left.push(key.to_string()),
                removed => removed?,
            },
        }
    }
    note(edit, &found).await?;
    Ok(left)
}

async fn write(edit: &Edit, tier: Tier) -> Result<()> {
    let row = tier::ActiveModel { key: Set(tier.key), name: Set(tier.name), position: Set(tier.position) };
    let replace = OnConflict::column(tier::Column::Key).update_columns([tier::Column::Name, tier::Column::Position]).to_owned();
    tier::Entity::insert(row).on_conflict(replace).exec_without_returning(&edit.transaction).await.doing("write a tier").map(drop)
}

async fn note(edit: &mut Edit, before: &[Tier]) -> Result<()> {
    let states = |tiers: &[Tier]| tiers.iter().map(TierState::from).collect::<Vec<_>>();
    let after = read(&edit.transaction).await?;
    let renamed = before.iter().filter(|old| after.iter().any(|new| new.key == old.key && new.name != old.name));
    edit.retiered.extend(renamed.map(|tier| tier.key.clone()));
    edit.note(SUBJECT.to_owned(), Some(&states(before)), Some(&states(&after)))
}

fn missing(key: &Key) -> Error {
    Error::refused(Code::NotFound, format!("There is no tier with the key {key}."))
}
