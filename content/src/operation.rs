//! What an operation touched: the state of a company before and after it, and the list of operations.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use entity::{CompanyId, OperationId, RevisionNumber, Slug, Timestamp, draft, operation, operation_change};

use crate::error::{Doing, Error, Result};
use crate::view::Desk;

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

impl From<draft::Model> for DraftState {
    fn from(row: draft::Model) -> Self {
        Self { base: row.base_revision, edits: row.edits, body: row.body, updated_at: row.updated_at, updated_by: row.updated_by }
    }
}

impl State {
    pub(crate) fn to_json(state: Option<&Self>) -> Result<String> {
        serde_json::to_string(&state).map_err(|error| damaged(&error))
    }

    fn from_json(text: &str) -> Result<Option<Self>> {
        serde_json::from_str(text).map_err(|error| damaged(&error))
    }
}

fn damaged(error: &serde_json::Error) -> Error {
    Error::Damaged { what: "the record of an operation".to_owned(), why: error.to_string() }
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
