//! Index row of a round of a public guide.

use sea_orm::entity::prelude::*;

use crate::{CompanyId, ItemId};
/// A round.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_round")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ItemId,
    /// Whose guide it is in.
    pub company_id: CompanyId,
    /// Its title, folded.
    pub title_folded: String,
}

impl ActiveModelBehavior for ActiveModel {}
