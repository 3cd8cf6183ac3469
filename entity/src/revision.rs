//! What was published, for good: no row is ever changed, and the database refuses to.

use sea_orm::entity::prelude::*;

use crate::{CompanyId, OperationId, RevisionNumber, Timestamp};
/// A revision of a guide.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revision")]
pub struct Model {
    /// Whose guide it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: CompanyId,
    /// Its number, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: RevisionNumber,
    /// The guide as JSON, byte for byte the same in every database.
    pub body: String,
    /// When it was published first.
    pub published_at: Timestamp,
    /// The operation that made it.
    pub operation_id: OperationId,
}

impl ActiveModelBehavior for ActiveModel {}
