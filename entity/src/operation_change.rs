//! What an operation touched, with the state before and after.

use sea_orm::entity::prelude::*;

use crate::{CompanyId, OperationId};
/// One company that an operation touched.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "operation_change")]
pub struct Model {
    /// The operation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub operation_id: OperationId,
    /// The company.
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: CompanyId,
    /// The state before, as JSON; `null` if there was no such company.
    pub before: String,
    /// The state after, as JSON; `null` if there is no such company any more.
    pub after: String,
    /// The number of the save that the draft after it comes from: so the text that a writer started from is found again.
    pub edits_after: Option<i32>,
    /// The operation, where it is asked for.
    #[sea_orm(belongs_to, from = "operation_id", to = "id")]
    pub operation: HasOne<super::operation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
