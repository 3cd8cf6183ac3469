//! What an operation touched that is no company: the list of tiers, or a user.

use sea_orm::entity::prelude::*;

use crate::OperationId;
/// A subject that an operation touched.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "operation_subject")]
pub struct Model {
    /// The operation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub operation_id: OperationId,
    /// Which subject: `tiers`, or `user:` and an id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    /// The state before, as JSON; `null` if there was none.
    pub before: String,
    /// The state after, as JSON; `null` if there is none any more.
    pub after: String,
}

impl ActiveModelBehavior for ActiveModel {}
