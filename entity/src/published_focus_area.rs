//! Index row of a focus area of a public guide.

use sea_orm::entity::prelude::*;

use crate::{CompanyId, ItemId};
/// A focus area.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_focus_area")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ItemId,
    /// Whose guide it is in.
    pub company_id: CompanyId,
    /// Its text, folded.
    pub text_folded: String,
}

impl ActiveModelBehavior for ActiveModel {}
