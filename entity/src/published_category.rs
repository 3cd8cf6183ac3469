//! Index row of a question category of a public guide.

use sea_orm::entity::prelude::*;

use crate::{CompanyId, ItemId};
/// A question category.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_category")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ItemId,
    /// Whose guide it is in.
    pub company_id: CompanyId,
    /// Its name, folded.
    pub name_folded: String,
    /// Its share of the interview, in percent.
    pub weight_percent: i32,
}

impl ActiveModelBehavior for ActiveModel {}
