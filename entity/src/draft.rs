//! The one open working copy of a guide.

use sea_orm::entity::prelude::*;

use crate::{CompanyId, Key, RevisionNumber, Timestamp};
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
    /// The company's name, folded: what editors' lists are sorted and searched by.
    pub name_folded: String,
    /// The tier, if one is chosen.
    pub tier: Option<Key>,
    /// Whether the rules had nothing against publishing it when it was saved.
    pub ready: bool,
}

impl ActiveModelBehavior for ActiveModel {}
