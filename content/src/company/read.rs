//! Reading public companies by name: the pointer is asked for, the guide is usually in memory.

use std::collections::HashMap;
use std::sync::Arc;

use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

use entity::{CompanyId, RevisionNumber, Slug, Timestamp, WireId, company, old_slug, published_guide};

use crate::edit::Edit;
use crate::error::{Doing, Result};
use crate::published::Guide;
use crate::view::{Desk, View};

/// A company whose guide is public.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its identity.
    pub id: CompanyId,
    /// Its slug now.
    pub slug: Slug,
    /// The revision that is public.
    pub revision: RevisionNumber,
    /// When that revision was published.
    pub published_at: Timestamp,
    /// What it says.
    pub guide: Arc<Guide>,
}

impl Company {
    /// Its id on the wire.
    #[must_use]
    pub fn wire_id(&self) -> WireId {
        WireId::from(self.id)
    }
}

/// How a company is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// By its identity.
    Id(CompanyId),
    /// By its slug, or one that it had before.
    Slug(Slug),
}

/// A public company, if there is one of this name. One statement, and one more if its guide is not in memory.
///
/// # Errors
///
/// If the database fails.
pub async fn find(view: &View, by: &By) -> Result<Option<Arc<Company>>> {
    let condition = match by {
        By::Id(id) => Condition::all().add(published_guide::Column::CompanyId.eq(*id)),
        By::Slug(slug) => {
            let old = Query::select().column(old_slug::Column::CompanyId).from(old_slug::Entity).and_where(old_slug::Column::Slug.eq(slug.clone())).take();
            Condition::any().add(published_guide::Column::Slug.eq(slug.clone())).add(published_guide::Column::CompanyId.in_subquery(old))
        }
    };
    let pointers = published_guide::Entity::find().filter(condition).limit(1).all(view.store.reader()).await.doing("find a company")?;
    Ok(gather(view, pointers).await?.into_iter().next())
}

/// The public ones of these companies. Two statements at most, however many they are.
///
/// # Errors
///
/// If the database fails.
pub async fn of_ids(view: &View, ids: &[CompanyId]) -> Result<HashMap<CompanyId, Arc<Company>>> {
    let wanted = published_guide::Column::CompanyId.is_in(ids.iter().copied());
    let pointers = published_guide::Entity::find().filter(wanted).all(view.store.reader()).await.doing("find companies")?;
    Ok(gather(view, pointers).await?.into_iter().map(|company| (company.id, company)).collect())
}

/// Adds the guides to pointers, in their order.
pub(crate) async fn gather(view: &View, pointers: Vec<published_guide::Model>) -> Result<Vec<Arc<Company>>> {
    let places: Vec<_> = pointers.iter().map(|pointer| (pointer.company_id, pointer.revision)).collect();
    let guides = view.store.shelf.take(view.store.reader(), &places).await?;
    let company = |pointer: published_guide::Model| {
        let guide = guides.get(&(pointer.company_id, pointer.revision))?;
        Some(Arc::new(Company {
            id: pointer.company_id,
            slug: pointer.slug,
            revision: pointer.revision,
            published_at: pointer.published_at,
            guide: Arc::clone(guide),
        }))
    };
    Ok(pointers.into_iter().filter_map(company).collect())
}

/// The identity of any company, public or not, by its slug.
///
/// # Errors
///
/// If the database fails.
pub async fn id_of(desk: &Desk, slug: &Slug) -> Result<Option<CompanyId>> {
    let row = company::Entity::find().filter(company::Column::Slug.eq(slug.clone())).one(desk.store.reader()).await.doing("find a company")?;
    Ok(row.map(|row| row.id))
}

/// Whether there is any company at all.
///
/// # Errors
///
/// If the database fails.
pub async fn any(edit: &Edit) -> Result<bool> {
    Ok(company::Entity::find().limit(1).one(&edit.transaction).await.doing("look for companies")?.is_some())
}
