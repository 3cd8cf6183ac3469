//! Reading public companies by name: the pointer is asked for, the guide is usually in memory.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use sea_orm::sea_query::{Query, UnionType};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

use entity::{CompanyId, RevisionNumber, Slug, Timestamp, WireId, company, old_slug, published_guide};

use super::pointer::Pointer;
use super::state::State;
use crate::edit::Edit;
use crate::error::{Doing, Result};
use crate::published::Guide;
use crate::tier::Tier;
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
    /// Its tier, with the name that it has now.
    pub tier: Tier,
    /// What it says.
    pub guide: Arc<Guide>,
    pub(super) state: State,
}

impl Company {
    /// Its id on the wire.
    #[must_use]
    pub fn wire_id(&self) -> WireId {
        WireId::from(self.id)
    }

    /// What is the same as long as all of this is.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }
}

/// How a company is named.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// By its identity.
    Id(CompanyId),
    /// By its slug, or one that it had before.
    Slug(Slug),
}

/// A public company, if there is one of this name. No statement if its pointer and its guide are in memory; at most two otherwise.
///
/// # Errors
///
/// If the database fails.
pub async fn find(view: &View, by: &By) -> Result<Option<Arc<Company>>> {
    let epoch = view.store.pulse.epoch();
    let known = if view.may_remember() { view.store.pointers.find(&view.store.beat().await?, by) } else { None };
    let pointer = if known.is_some() {
        known
    } else {
        pointers(view, condition(by)).await?.into_iter().next().map(|pointer| view.store.pointers.keep(epoch, by, pointer))
    };
    let Some(pointer) = pointer else {
        view.shows_catalogue();
        return Ok(None);
    };
    if !view.sees(pointer.sample) {
        view.shows_catalogue();
        return Ok(None);
    }
    view.shows([pointer.company]);
    let place = (epoch, pointer.company, pointer.revision);
    let guide = match view.store.shelf.get(&place) {
        Some(guide) => Some(guide),
        None => view.guides(&[place]).await?.remove(&place),
    };
    Ok(guide.map(|guide| Arc::new(pointer.company(guide))))
}

fn condition(by: &By) -> Condition {
    match by {
        By::Id(id) => Condition::all().add(published_guide::Column::CompanyId.eq(*id)),
        By::Slug(slug) => {
            // One list of identities from two indexes: an OR over both tables would make PostgreSQL look at every row.
            let old = Query::select()
                .column(old_slug::Column::CompanyId)
                .from(old_slug::Entity)
                .and_where(old_slug::Column::Slug.eq(slug.clone()))
                .take();
            let mut named = Query::select();
            named
                .column(published_guide::Column::CompanyId)
                .from(published_guide::Entity)
                .and_where(published_guide::Column::Slug.eq(slug.clone()));
            named.union(UnionType::All, old);
            Condition::all().add(published_guide::Column::CompanyId.in_subquery(named))
        }
    }
}

/// The public ones of these companies. Two statements at most, however many they are.
///
/// # Errors
///
/// If the database fails.
pub async fn of_ids(view: &View, ids: &[CompanyId]) -> Result<HashMap<CompanyId, Arc<Company>>> {
    let wanted = Condition::all().add(published_guide::Column::CompanyId.is_in(ids.iter().copied()));
    let pointers = pointers(view, wanted).await?;
    Ok(gather(view, pointers).await?.into_iter().map(|company| (company.id, company)).collect())
}

/// The pointers that meet a condition, in one statement.
pub(crate) async fn pointers(view: &View, condition: Condition) -> Result<Vec<Pointer>> {
    let mut statement = Query::select().from(published_guide::Entity).cond_where(condition).take();
    view.narrow(&mut statement, published_guide::Column::CompanyId.into_expr());
    Pointer::select_from(&mut statement);
    let rows = view.rows(&statement, "find companies").await?;
    rows.iter().map(|row| Pointer::read(row, &view.store)).collect()
}

/// Adds the guides to pointers, in their order.
pub(crate) async fn gather(view: &View, pointers: Vec<Pointer>) -> Result<Vec<Arc<Company>>> {
    view.shows(pointers.iter().map(|pointer| pointer.company));
    let epoch = view.store.pulse.epoch();
    let places: Vec<_> = pointers.iter().map(|pointer| (epoch, pointer.company, pointer.revision)).collect();
    let guides = view.guides(&places).await?;
    let company = |pointer: Pointer| {
        let guide = Arc::clone(guides.get(&(epoch, pointer.company, pointer.revision))?);
        Some(Arc::new(pointer.company(guide)))
    };
    Ok(pointers.into_iter().filter_map(company).collect())
}

/// The identity of any company, public or not, by its slug.
///
/// # Errors
///
/// If the database fails.
pub async fn id_of(desk: &Desk, slug: &Slug) -> Result<Option<CompanyId>> {
    locate(desk, &By::Slug(slug.clone())).await
}

/// The identity of any company, public or not, by its id, its slug, or one that it had before.
///
/// # Errors
///
/// If the database fails.
pub async fn locate(desk: &Desk, by: &By) -> Result<Option<CompanyId>> {
    let database = desk.store.reader();
    let condition = match by {
        By::Id(id) => company::Column::Id.eq(*id),
        By::Slug(slug) => company::Column::Slug.eq(slug.clone()),
    };
    let row = company::Entity::find().filter(condition).one(database).await.doing("find a company")?;
    match (row, by) {
        (Some(row), _) => Ok(Some(row.id)),
        (None, By::Id(_)) => Ok(None),
        (None, By::Slug(slug)) => {
            let old = old_slug::Entity::find_by_id(slug.clone()).one(database).await.doing("find a company by an old slug")?;
            Ok(old.map(|row| row.company_id))
        }
    }
}

/// Which of these companies there are, public or not. One statement.
///
/// # Errors
///
/// If the database fails.
pub async fn existing(desk: &Desk, ids: &[CompanyId]) -> Result<BTreeSet<CompanyId>> {
    let known = company::Entity::find().select_only().column(company::Column::Id).filter(company::Column::Id.is_in(ids.iter().copied()));
    let ids: Vec<CompanyId> = known.into_tuple().all(desk.store.reader()).await.doing("look for companies")?;
    Ok(ids.into_iter().collect())
}

/// Whether there is any company at all.
///
/// # Errors
///
/// If the database fails.
pub async fn any(edit: &Edit) -> Result<bool> {
    Ok(company::Entity::find().limit(1).one(&edit.transaction).await.doing("look for companies")?.is_some())
}
