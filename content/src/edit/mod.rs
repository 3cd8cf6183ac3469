//! A write is a value with a reason. Every change goes through an `Edit`: one transaction, one record of who, when, why and what.
//!
//! An edit that is dropped without a commit leaves nothing behind. There is no other way to write content.

mod order;
mod perform;
mod record;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use serde::Serialize;
use serde_json::Value as Json;

use entity::{CatalogueVersion, CompanyId, Key, OperationId, OperationKind, RevisionNumber, Timestamp, company, draft, published_guide};

use crate::access::role;
use crate::code::Code;
use crate::error::{Doing, Error, Result};
use crate::index::Pending;
use crate::operation::{DraftState, Extra, Kept, State, Touched};
use crate::tier;
use crate::view::Desk;

pub use order::Order;
pub use perform::{Done, Mode, each, perform};

/// Who writes: the name that the record carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author(String);

impl Author {
    /// An author by name or e-mail address.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }
}

impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A write that is under way.
pub struct Edit {
    pub(crate) transaction: DatabaseTransaction,
    desk: Desk,
    id: OperationId,
    at: Timestamp,
    order: Order,
    undoes: Option<OperationId>,
    held: BTreeMap<CompanyId, Held>,
    pub(crate) subjects: BTreeMap<String, (Json, Json)>,
    tiers: Option<BTreeSet<Key>>,
    /// Tiers with another name than before: readers see it in every guide of theirs.
    pub(crate) retiered: BTreeSet<Key>,
    /// What the answer says besides what the states before and after tell.
    pub(crate) extra: Extra,
    pub(crate) index: Pending,
}

/// A company that this edit has locked: how it was found, and how it stands now.
pub(crate) struct Held {
    before: Option<State>,
    pub(crate) now: Option<State>,
    pub(crate) latest: RevisionNumber,
    pub(crate) latest_edit: i32,
    pub(crate) used: BTreeSet<Key>,
}

/// Refuses a writer who saw another version of a row than it has now.
pub(crate) fn require_seen(name: &str, seen: Option<i32>, version: i32) -> Result<()> {
    match seen.filter(|seen| *seen != version) {
        None => Ok(()),
        Some(seen) => Err(Error::refused(Code::Moved, format!("{name} was changed since: you saw version {seen}, it is now {version}."))),
    }
}

/// What a commit did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The operation, for its record and for taking it back. There is no record if nothing had to change.
    pub operation: OperationId,
    /// The version of the catalogue since then, if readers see a difference.
    pub version: Option<CatalogueVersion>,
}

impl Edit {
    /// Starts a write. On SQLite it waits for other writers here; on PostgreSQL for those of the same company, when that one is held.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn begin(desk: &Desk, kind: OperationKind, reason: impl Into<String>) -> Result<Self> {
        Self::of_order(desk, Order::new(kind, reason)).await
    }

    /// Starts the write of an order.
    ///
    /// # Errors
    ///
    /// If the reason or the author is no line, or if the database fails.
    pub async fn of_order(desk: &Desk, order: Order) -> Result<Self> {
        role::require(desk, role::needed(order.kind))?;
        order.check(desk)?;
        let transaction = desk.store.begin().await?;
        Ok(Self {
            transaction,
            id: order.operation.unwrap_or_else(|| desk.store.clock.operation_id()),
            at: desk.store.clock.now(),
            desk: desk.clone(),
            order,
            undoes: None,
            held: BTreeMap::new(),
            subjects: BTreeMap::new(),
            tiers: None,
            retiered: BTreeSet::new(),
            extra: Extra::default(),
            index: Pending::default(),
        })
    }

    /// Writes the record and makes everything last, or nothing. An edit that changes nothing leaves no record either.
    ///
    /// # Errors
    ///
    /// If the database fails; nothing has changed then.
    pub async fn commit(mut self) -> Result<Receipt> {
        let operation = self.id;
        self.settle_index().await?;
        if self.changes_nothing() {
            self.transaction.rollback().await.doing("let a write go")?;
            return Ok(Receipt { operation, version: None });
        }
        self.record().await?;
        let changes = self.visible_changes().await?;
        // The catalogue's row is locked last and let go by the commit: versions commit in their order, and writers of other guides wait shortly.
        let version =
            if changes.is_empty() && !self.subjects.contains_key(tier::SUBJECT) { None } else { Some(self.raise_version(changes).await?) };
        self.raise_access_version().await?;
        self.transaction.commit().await.doing("commit a write")?;
        // Whoever wrote reads what they wrote: other servers hear of it within a second, this one at once.
        self.desk.store.pulse.stir();
        if let Some(version) = version {
            self.desk.store.pulse.saw(version);
        }
        Ok(Receipt { operation, version })
    }

    /// When this write happens: after everything that was written to the companies that it holds so far.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// Notes keys that new items got, for the answer.
    pub fn made(&mut self, keys: impl IntoIterator<Item = Key>) {
        self.extra.made.extend(keys);
    }

    /// The operation that this write is.
    #[must_use]
    pub const fn operation(&self) -> OperationId {
        self.id
    }

    /// The companies that are not as they were found.
    pub(crate) fn touched(&self) -> Vec<Touched> {
        let changed = self.held.iter().filter(|(_, held)| held.before != held.now);
        changed.map(|(id, held)| Touched { company: *id, before: held.before.clone(), after: held.now.clone() }).collect()
    }

    /// Whether everything is as it was found.
    pub(crate) fn changes_nothing(&self) -> bool {
        self.held.values().all(|held| held.before == held.now) && self.subjects.values().all(|(before, now)| before == now)
    }

    pub(crate) fn desk(&self) -> &Desk {
        &self.desk
    }

    pub(crate) fn author(&self) -> String {
        self.desk.author().to_string()
    }

    pub(crate) fn mark_undo(&mut self, of: OperationId) {
        self.undoes = Some(of);
    }

    /// Writes the index rows that were only noted so far.
    pub(crate) async fn settle_index(&mut self) -> Result<()> {
        self.index.write(&self.transaction).await
    }

    /// Locks companies in an order that all writers share, so that two of them never wait for each other.
    ///
    /// An edit of several companies begins with this. One that holds them as it comes to them may meet another that holds them the other way
    /// round; PostgreSQL then ends one of the two with [`crate::code::Code::DatabaseBusy`].
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn hold_all(&mut self, companies: &BTreeSet<CompanyId>) -> Result<()> {
        for company in companies {
            self.hold(*company).await?;
        }
        Ok(())
    }

    /// Locks a company until the commit, and notes how it was found.
    pub(crate) async fn hold(&mut self, id: CompanyId) -> Result<&mut Held> {
        if !self.held.contains_key(&id) {
            let held = self.find(id).await?;
            self.held.insert(id, held);
            // Whoever wrote to this company before us has committed by now: our time is not before theirs.
            self.at = self.desk.store.clock.now();
        }
        self.held(id)
    }

    /// Notes a company that this edit makes.
    pub(crate) fn hold_new(&mut self, id: CompanyId, now: State, latest_edit: i32, used: BTreeSet<Key>) {
        // One that this edit has removed before keeps how it was found.
        let before = self.held.remove(&id).and_then(|held| held.before);
        self.held.insert(id, Held { before, now: Some(now), latest_edit, used, ..Held::absent() });
    }

    pub(crate) fn held(&mut self, id: CompanyId) -> Result<&mut Held> {
        self.held.get_mut(&id).ok_or_else(|| not_found(id))
    }

    /// The keys of the tiers, read once in an edit.
    pub(crate) async fn tiers(&mut self) -> Result<&BTreeSet<Key>> {
        let tiers = match self.tiers.take() {
            Some(tiers) => tiers,
            None => tier::keys(&self.transaction).await?,
        };
        Ok(self.tiers.insert(tiers))
    }

    /// Notes the change of something that is no company. Noted again, what it was at first stays.
    pub(crate) fn note(&mut self, subject: String, before: Option<&impl Serialize>, now: Option<&impl Serialize>) -> Result<()> {
        let json = |error: serde_json::Error| Error::Damaged { what: format!("the state of {subject}"), why: error.to_string() };
        let (before, now) = (serde_json::to_value(before).map_err(json)?, serde_json::to_value(now).map_err(json)?);
        self.tiers = None;
        self.subjects.entry(subject).or_insert((before, Json::Null)).1 = now;
        Ok(())
    }

    async fn find(&self, id: CompanyId) -> Result<Held> {
        let row = company::Entity::find_by_id(id).lock_exclusive().one(&self.transaction).await.doing("lock a company")?;
        let Some(row) = row else {
            return Ok(Held::absent());
        };
        let draft = draft::Entity::find_by_id(id).one(&self.transaction).await.doing("read a draft")?;
        let pointer = published_guide::Entity::find()
            .filter(published_guide::Column::CompanyId.eq(id))
            .one(&self.transaction)
            .await
            .doing("read what is published")?;
        let used = serde_json::from_str(&row.used_keys)
            .map_err(|error| Error::Damaged { what: format!("the used keys of {}", row.slug), why: error.to_string() })?;
        let state = State {
            slug: row.slug,
            created_at: row.created_at,
            archived_at: row.archived_at,
            published: pointer.map(|pointer| pointer.revision),
            draft: draft.map(DraftState::from),
            kept: None,
        };
        let (latest, latest_edit) = (row.latest_revision, row.latest_edit);
        Ok(Held { before: Some(state.clone()), now: Some(state), latest, latest_edit, used })
    }
}

impl Held {
    /// A company that there is not.
    fn absent() -> Self {
        Self { before: None, now: None, latest: RevisionNumber::NONE, latest_edit: 0, used: BTreeSet::new() }
    }

    /// Notes that the company is gone, with what went along.
    pub(crate) fn gone(&mut self, kept: Kept) {
        if let Some(before) = &mut self.before {
            before.kept = Some(kept);
        }
        self.now = None;
    }

    /// The company as it stands now in this edit.
    pub(crate) fn state(&mut self, id: CompanyId) -> Result<&mut State> {
        self.now.as_mut().ok_or_else(|| not_found(id))
    }
}

fn not_found(id: CompanyId) -> Error {
    Error::refused(Code::NotFound, format!("There is no company with the id {}.", entity::WireId::from(id)))
}
