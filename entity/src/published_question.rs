//! Index row of a question of a public guide.

use sea_orm::entity::prelude::*;

use crate::{CompanyId, ItemId};
/// A question.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_question")]
pub struct Model {
    /// The number of the row. Full-text search on SQLite refers to it.
    #[sea_orm(primary_key)]
    pub row: i64,
    /// Its identity.
    #[sea_orm(unique)]
    pub id: ItemId,
    /// Whose guide it is in.
    pub company_id: CompanyId,
    /// The company's name, folded: lists sort by it without a join.
    pub company_folded: String,
    /// Its place among all questions of the guide, from 1.
    pub position: i32,
    /// The category that it is in.
    pub category_id: ItemId,
    /// 1 easy, 2 medium, 3 hard, 0 where the editors gave none.
    pub difficulty: i32,
    /// Its text, folded.
    pub text_folded: String,
    /// What else full-text search finds it by (tags and guidance), folded.
    pub words: String,
}

impl ActiveModelBehavior for ActiveModel {}
