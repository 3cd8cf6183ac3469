//! Slugs that companies had before: they keep working.

use sea_orm::entity::prelude::*;

use crate::{CompanyId, Slug};
/// A former slug.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "old_slug")]
pub struct Model {
    /// The former slug.
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: Slug,
    /// Whose it was.
    pub company_id: CompanyId,
}

impl ActiveModelBehavior for ActiveModel {}
