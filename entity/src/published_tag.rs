//! Index row of a tag on a question of a public guide.

use sea_orm::entity::prelude::*;

use crate::{CompanyId, ItemId};
/// A tag on a question.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_tag")]
pub struct Model {
    /// The question.
    #[sea_orm(primary_key, auto_increment = false)]
    pub question_id: ItemId,
    /// The tag, folded.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tag: String,
    /// Whose guide the question is in.
    pub company_id: CompanyId,
}

impl ActiveModelBehavior for ActiveModel {}
