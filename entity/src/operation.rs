//! Every write, to one guide or to four hundred.

use sea_orm::entity::prelude::*;

use crate::{JobId, OperationId, OperationKind, Timestamp};
/// An operation.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "operation")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OperationId,
    /// What it did.
    pub kind: OperationKind,
    /// Who did it.
    pub actor: String,
    /// Why, in the writer's words; may be empty.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// The operation that it took back, if it is an undo.
    pub undoes: Option<OperationId>,
    /// SHA-256, in hexadecimal, of what the caller asked for: a retry is told apart from another request under the same id.
    pub request: Option<String>,
    /// What the answer said besides what the states before and after tell, as JSON.
    pub answer: Option<String>,
    /// The job that it is a part of, if the caller said so.
    pub job: Option<JobId>,
}

impl ActiveModelBehavior for ActiveModel {}
