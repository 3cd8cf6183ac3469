//! What an operation touched: the state of a company before and after it, and the list of operations.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use entity::{
    CompanyId, Key, OperationId, RevisionNumber, Slug, Timestamp, draft as draft_row, operation, operation_change, operation_subject,
};

use crate::error::{Doing, Error, Result};
use crate::guide::Guide;
use crate::view::Desk;
use crate::{draft, history};

/// Everything about a company that an operation can change. What was published is named by its revision, which never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Its slug.
    pub slug: Slug,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was put away, if it is.
    pub archived_at: Option<Timestamp>,
    /// The revision that is public, if one is.
    pub published: Option<RevisionNumber>,
    /// Its open draft, if there is one.
    pub draft: Option<DraftState>,
    /// What a deletion takes along besides: for bringing it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Kept>,
}

/// What is deleted with a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Its revisions, from the first.
    pub revisions: Vec<KeptRevision>,
    /// The slugs that led to it.
    pub old_slugs: Vec<Slug>,
    /// The highest number that a save was given.
    pub latest_edit: i32,
    /// Every key that an item ever had.
    pub used_keys: BTreeSet<Key>,
}

/// A revision that is deleted with its company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRevision {
    /// Its number.
    pub number: RevisionNumber,
    /// The guide as JSON.
    pub body: String,
    /// When it was published.
    pub published_at: Timestamp,
    /// By which operation.
    pub operation_id: OperationId,
}

/// An open draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftState {
    /// The revision that it was started from; 0 before the first one.
    pub base: RevisionNumber,
    /// The number of the save that it comes from.
    pub edits: i32,
    /// The guide as JSON.
    pub body: String,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// Who saved it last.
    pub updated_by: String,
}

impl From<draft_row::Model> for DraftState {
    fn from(row: draft_row::Model) -> Self {
        Self { base: row.base_revision, edits: row.edits, body: row.body, updated_at: row.updated_at, updated_by: row.updated_by }
    }
}

impl State {
    pub(crate) fn to_json(state: Option<&Self>) -> Result<String> {
        serde_json::to_string(&state).map_err(|error| damaged(&error))
    }

    pub(crate) fn from_json(text: &str) -> Result<Option<Self>> {
        serde_json::from_str(text).map_err(|error| damaged(&error))
    }
}

fn damaged(error: &serde_json::Error) -> Error {
    Error::Damaged { what: "the record of an operation".to_owned(), why: error.to_string() }
}

/// What an answer says besides what the states before and after tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Extra {
    /// What an undo left alone, because it was changed again since.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Left>,
    /// The keys that new items got.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub made: Vec<Key>,
}

/// A place that an undo left alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The slug of the company, `tiers`, `user`, `partner`, `key` or `document`.
    pub subject: String,
    /// The place: in the guide, or `slug`, `published`, `archived`.
    pub path: String,
}

impl Extra {
    pub(crate) fn to_json(&self) -> Result<Option<String>> {
        if *self == Self::default() {
            return Ok(None);
        }
        serde_json::to_string(self).map(Some).map_err(|error| damaged(&error))
    }

    pub(crate) fn from_json(text: Option<&str>) -> Result<Self> {
        text.map_or_else(|| Ok(Self::default()), |text| serde_json::from_str(text).map_err(|error| damaged(&error)))
    }
}

/// What one operation did to something that is no company.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Subject {
    pub(crate) name: String,
    pub(crate) before: Json,
    pub(crate) after: Json,
}

/// What one operation did to one company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// Which company.
    pub company: CompanyId,
    /// Its state before; nothing if the operation made it.
    pub before: Option<State>,
    /// Its state after; nothing if the operation deleted it.
    pub after: Option<State>,
}

/// An operation, if there is one with this id.
///
/// # Errors
///
/// If the database fails.
pub async fn find(desk: &Desk, id: OperationId) -> Result<Option<operation::Model>> {
    operation::Entity::find_by_id(id).one(desk.store.reader()).await.doing("read an operation")
}

/// Those of these operations that there are, in no order. One statement.
///
/// # Errors
///
/// If the database fails.
pub async fn find_many(desk: &Desk, ids: &[OperationId]) -> Result<Vec<operation::Model>> {
    let wanted = operation::Column::Id.is_in(ids.iter().copied());
    operation::Entity::find().filter(wanted).all(desk.store.reader()).await.doing("read operations")
}

/// The newest operations, newest first.
///
/// # Errors
///
/// If the database fails.
pub async fn newest(desk: &Desk, count: u64) -> Result<Vec<operation::Model>> {
    operation::Entity::find().order_by_desc(operation::Column::Id).limit(count).all(desk.store.reader()).await.doing("list operations")
}

/// What an operation touched.
///
/// # Errors
///
/// If the database fails.
pub async fn touched(desk: &Desk, id: OperationId) -> Result<Vec<Touched>> {
    let rows = operation_change::Entity::find()
        .filter(operation_change::Column::OperationId.eq(id))
        .order_by_asc(operation_change::Column::CompanyId)
        .all(desk.store.reader())
        .await
        .doing("read what an operation touched")?;
    rows.into_iter()
        .map(|row| Ok(Touched { company: row.company_id, before: State::from_json(&row.before)?, after: State::from_json(&row.after)? }))
        .collect()
}

/// What an operation did to what is no company.
pub(crate) async fn subjects(desk: &Desk, id: OperationId) -> Result<Vec<Subject>> {
    let rows = operation_subject::Entity::find()
        .filter(operation_subject::Column::OperationId.eq(id))
        .order_by_asc(operation_subject::Column::Subject)
        .all(desk.store.reader())
        .await
        .doing("read what an operation touched")?;
    let json = |text: &str| serde_json::from_str(text).map_err(|error| damaged(&error));
    rows.into_iter().map(|row| Ok(Subject { before: json(&row.before)?, after: json(&row.after)?, name: row.subject })).collect()
}

/// What the guide of the one company that an operation touched said before it; nothing if it touched several, or made it.
///
/// # Errors
///
/// If the record cannot be read.
pub async fn text_before(desk: &Desk, id: OperationId) -> Result<Option<Guide>> {
    let touched = touched(desk, id).await?;
    let [Touched { company, before: Some(State { draft, published, .. }), .. }] = &touched[..] else { return Ok(None) };
    match (draft, published) {
        (Some(draft), _) => draft::parse(*company, &draft.body).map(Some),
        (None, Some(number)) => history::guide(desk, *company, history::At::Revision(*number)).await,
        (None, None) => Ok(None),
    }
}
