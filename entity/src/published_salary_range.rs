//! Index row of a salary range of a public guide.

use sea_orm::entity::prelude::*;

use crate::{Basis, CompanyId, ItemId, Period};
/// A salary range.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_salary_range")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ItemId,
    /// Whose guide it is in.
    pub company_id: CompanyId,
    /// The company's name, folded: lists sort by it without a join.
    pub company_folded: String,
    /// Its place in the guide, from 1.
    pub position: i32,
    /// The level, folded.
    pub level_folded: String,
    /// The currency's code (ISO 4217).
    pub currency: String,
    /// The time that is paid for.
    pub period: Period,
    /// What is counted.
    pub basis: Basis,
    /// The lower figure, in whole units of the currency.
    pub min_amount: i64,
    /// The upper figure, or the lower one where there is no upper one.
    pub max_amount: i64,
    /// Whether more than the upper figure is paid.
    pub open_ended: bool,
}

impl ActiveModelBehavior for ActiveModel {}
