//! Partners: who builds on the API with keys of their own.

mod acts;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use entity::{PartnerId, Slug, partner};

use crate::error::{Doing, Result};
use crate::view::Desk;

pub use acts::{NewPartner, PartnerChange, change, create, set_disabled};
pub(crate) use acts::{held, of_subject, restore};
pub use entity::partner::Model as Partner;

/// How a partner is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// By the identity.
    Id(PartnerId),
    /// By the slug.
    Slug(Slug),
}

/// A partner, if there is one of this name.
///
/// # Errors
///
/// If the database fails.
pub async fn find(desk: &Desk, named: &Named) -> Result<Option<Partner>> {
    let condition = match named {
        Named::Id(id) => partner::Column::Id.eq(*id),
        Named::Slug(slug) => partner::Column::Slug.eq(slug.clone()),
    };
    partner::Entity::find().filter(condition).one(desk.store.reader()).await.doing("find a partner")
}

/// All partners, by slug. Somebody signed an agreement with each, so there are never many.
///
/// # Errors
///
/// If the database fails.
pub async fn list(desk: &Desk) -> Result<Vec<Partner>> {
    partner::Entity::find().order_by_asc(partner::Column::Slug).all(desk.store.reader()).await.doing("list partners")
}
