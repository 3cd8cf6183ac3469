//! A write is a value with a reason. Every change goes through an `Edit`: one transaction, one record of who, when, why and what.
//!
//! An edit that is dropped without a commit leaves nothing behind. There is no other way to write.

mod record;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use entity::{CatalogueVersion, CompanyId, Key, OperationId, OperationKind, RevisionNumber, Timestamp, company, draft, published_guide};

use crate::code::Code;
use crate::error::{Doing, Error, Result};
use crate::guide::limits;
use crate::index::Pending;
use crate::operation::{DraftState, State};
use crate::tier;
use crate::view::Desk;

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
    kind: OperationKind,
    reason: String,
    undoes: Option<OperationId>,
    held: BTreeMap<CompanyId, Held>,
    tiers: Option<BTreeSet<Key>>,
    tiers_changed: bool,
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

/// What a commit did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The operation, for its record and for taking it back.
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
        let reason = reason.into();
        line(&reason)?;
        line(&desk.author().to_string())?;
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
        let transaction = desk.store.writer().begin_with_options(options).await.doing("begin a write")?;
        Ok(Self {
            transaction,
            id: desk.store.clock.operation_id(),
            at: desk.store.clock.now(),
            desk: desk.clone(),
            kind,
            reason,
            undoes: None,
            held: BTreeMap::new(),
            tiers: None,
            tiers_changed: false,
            index: Pending::default(),
        })
    }

    /// Writes the record and makes everything last, or nothing.
    ///
    /// # Errors
    ///
    /// If the database fails; nothing has changed then.
    pub async fn commit(mut self) -> Result<Receipt> {
        let operation = self.id;
        self.settle_index().await?;
        self.record().await?;
        let changes = self.visible_changes();
        // The catalogue's row is locked last and let go by the commit: versions commit in their order, and writers of other guides wait shortly.
        let version = if changes.is_empty() && !self.tiers_changed { None } else { Some(self.raise_version(changes).await?) };
        self.transaction.commit().await.doing("commit a write")?;
        Ok(Receipt { operation, version })
    }

    /// When this write happens: after everything that was written to the companies that it holds so far.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// The operation that this write is.
    #[must_use]
    pub const fn operation(&self) -> OperationId {
        self.id
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

    pub(crate) fn tiers_changed(&mut self) {
        self.tiers = None;
        self.tiers_changed = true;
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

    /// The company as it stands now in this edit.
    pub(crate) fn state(&mut self, id: CompanyId) -> Result<&mut State> {
        self.now.as_mut().ok_or_else(|| not_found(id))
    }
}

/// Who and why are one line each, as every text of a guide is.
fn line(text: &str) -> Result<()> {
    let chars = text.chars().count();
    if chars > limits::TEXT {
        return Err(Error::refused(
            Code::TextLong,
            format!("The reason or the author has {chars} characters; at most {} are kept.", limits::TEXT),
        ));
    }
    if text.chars().any(char::is_control) {
        return Err(Error::refused(Code::TextControl, "The reason or the author has a line break or a sign that cannot be seen."));
    }
    Ok(())
}

fn not_found(id: CompanyId) -> Error {
    Error::refused(Code::NotFound, format!("There is no company with the id {}.", entity::WireId::from(id)))
}
