//! The one open working copy of a guide.

use sea_orm::entity::prelude::*;

use crate::{CompanyId, RevisionNumber, Timestamp};
/// A draft. There is none while a published guide has no open change.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft")]
pub struct Model {
    /// Whose guide it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: CompanyId,
    /// The revision that it was started from; 0 before the first one.
    pub base_revision: RevisionNumber,
    /// The number of the save that it comes from, counted over all saves of the guide, from 1.
    pub edits: i32,
    /// The guide as JSON.
    pub body: String,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// Who saved it last.
    pub updated_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
