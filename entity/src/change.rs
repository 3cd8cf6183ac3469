//! The feed of what readers saw change, in the order of the commits.

use sea_orm::entity::prelude::*;

use crate::{CatalogueVersion, ChangeKind, CompanyId, RevisionNumber, Timestamp};
/// One guide that changed with one version of the catalogue.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "change")]
pub struct Model {
    /// The version that brought it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: CatalogueVersion,
    /// Whose guide it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: CompanyId,
    /// What happened.
    pub kind: ChangeKind,
    /// The revision that is public since then, if one is.
    pub revision: Option<RevisionNumber>,
    /// When.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
