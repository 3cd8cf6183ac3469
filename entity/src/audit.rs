//! Who did or tried what at the administrative door.

use sea_orm::entity::prelude::*;

use crate::{AuditId, AuditOutcome, OperationId, Timestamp};
/// An entry of the audit record.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who: an e-mail address, the name that an operator gave, or the address that somebody tried to log in with; empty for a stranger.
    pub actor: String,
    /// What: the field of the schema, or the kind of the operation.
    pub act: String,
    /// How it ended.
    pub outcome: AuditOutcome,
    /// The code of the refusal.
    pub code: Option<String>,
    /// The operation that it was, if it was one.
    pub operation_id: Option<OperationId>,
    /// The network address that it came from; empty in the same process.
    pub address: String,
    /// What the client called itself.
    pub agent: String,
    /// The id of the request.
    pub request_id: String,
}

impl ActiveModelBehavior for ActiveModel {}
