//! What can be done with a company besides changing its guide.

use std::collections::BTreeSet;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, QueryFilter, Set, SqlErr};

use entity::{CompanyId, Key, RevisionNumber, Slug, Timestamp, company, old_slug};

use crate::code::Code;
use crate::draft;
use crate::edit::Edit;
use crate::error::{Doing, Error, Result};
use crate::guide::Guide;
use crate::operation::{DraftState, State};
use crate::publishing;

/// A company to be made, with the first draft of its guide.
#[derive(Clone, Debug)]
pub struct NewCompany {
    /// Its identity, if it has one from another environment.
    pub id: Option<CompanyId>,
    /// Its name in addresses.
    pub slug: Slug,
    /// Its guide, which may be unfinished.
    pub guide: Guide,
}

/// Makes a company with a draft. Readers see nothing of it before it is published.
///
/// # Errors
///
/// [`Error::Findings`] for a guide that cannot be saved, [`Code::SlugTaken`], or if the database fails.
pub async fn create(edit: &mut Edit, new: NewCompany) -> Result<CompanyId> {
    let body = draft::sound(edit, &new.guide).await?;
    let id = new.id.unwrap_or_else(|| edit.desk().store.clock.company_id());
    free_slug(edit, id, &new.slug).await?;
    if company::Entity::find_by_id(id).one(&edit.transaction).await.doing("look for the id")?.is_some() {
        return Err(Error::refused(Code::WrongState, format!("There is already a company with the id {}.", entity::WireId::from(id))));
    }
    let draft = DraftState { base: RevisionNumber::NONE, edits: 1, body, updated_at: edit.at(), updated_by: edit.author() };
    let state = State { slug: new.slug, created_at: edit.at(), archived_at: None, published: None, draft: Some(draft), kept: None };
    insert(edit, id, state).await?;
    Ok(id)
}

/// Gives a company another slug, at once. The old one keeps finding it.
///
/// # Errors
///
/// [`Code::SlugTaken`], [`Code::NotFound`], or if the database fails.
pub async fn rename(edit: &mut Edit, id: CompanyId, slug: Slug) -> Result<()> {
    if edit.hold(id).await?.state(id)?.slug == slug {
        return Err(Error::refused(Code::WrongState, format!("{slug} is its slug already.")));
    }
    free_slug(edit, id, &slug).await?;
    set_slug(edit, id, slug).await
}

/// Puts a company away: out of the public API, out of the editors' lists. Nothing of it is lost.
///
/// # Errors
///
/// [`Code::WrongState`] if it is archived already, [`Code::NotFound`], or if the database fails.
pub async fn archive(edit: &mut Edit, id: CompanyId) -> Result<()> {
    let at = edit.at();
    let state = edit.hold(id).await?.state(id)?;
    if state.archived_at.is_some() {
        return Err(Error::refused(Code::WrongState, format!("{} is archived already.", state.slug)));
    }
    if state.published.is_some() {
        publishing::unpublish(edit, id).await?;
    }
    set_archived(edit, id, Some(at)).await
}

/// Takes an archived company out again, unpublished.
///
/// # Errors
///
/// [`Code::WrongState`] if it is not archived, [`Code::NotFound`], or if the database fails.
pub async fn restore(edit: &mut Edit, id: CompanyId) -> Result<()> {
    let state = edit.hold(id).await?.state(id)?;
    if state.archived_at.is_none() {
        return Err(Error::refused(Code::WrongState, format!("{} is not archived.", state.slug)));
    }
    set_archived(edit, id, None).await
}

/// Writes a company that is not there, with its draft. One that is brought back has had the saves and the keys of that draft at least.
pub(crate) async fn insert(edit: &mut Edit, id: CompanyId, mut state: State) -> Result<()> {
    let draft = state.draft.take();
    let used: BTreeSet<Key> = match &draft {
        Some(draft) => draft::parse(id, &draft.body)?.keys().cloned().collect(),
        None => BTreeSet::new(),
    };
    let latest_edit = draft.as_ref().map_or(0, |draft| draft.edits);
    let row = company::ActiveModel {
        id: Set(id),
        slug: Set(state.slug.clone()),
        created_at: Set(state.created_at),
        archived_at: Set(state.archived_at),
        latest_revision: Set(RevisionNumber::NONE),
        latest_edit: Set(latest_edit),
        used_keys: Set(draft::keys_to_json(&used)?),
    };
    let written = company::Entity::insert(row).exec_without_returning(&edit.transaction).await;
    written.map(drop).map_err(|error| not_written("write a company", &state.slug, error))?;
    edit.hold_new(id, state, latest_edit, used);
    draft::put(edit, id, draft).await
}

pub(crate) async fn set_archived(edit: &mut Edit, id: CompanyId, at: Option<Timestamp>) -> Result<()> {
    let row = company::ActiveModel { id: Set(id), archived_at: Set(at), ..Default::default() };
    row.update(&edit.transaction).await.doing("archive a company")?;
    edit.held(id)?.state(id)?.archived_at = at;
    Ok(())
}

/// Moves a company to another slug and leaves the old one as a way to it.
pub(crate) async fn set_slug(edit: &mut Edit, id: CompanyId, slug: Slug) -> Result<()> {
    let state = edit.held(id)?.state(id)?;
    let old = std::mem::replace(&mut state.slug, slug.clone());
    let published = state.published;
    old_slug::Entity::delete_by_id(slug.clone()).exec(&edit.transaction).await.doing("take an old slug back")?;
    let left = old_slug::ActiveModel { slug: Set(old), company_id: Set(id) };
    let again = OnConflict::column(old_slug::Column::Slug).update_column(old_slug::Column::CompanyId).to_owned();
    old_slug::Entity::insert(left).on_conflict(again).exec_without_returning(&edit.transaction).await.doing("keep the old slug")?;
    let row = company::ActiveModel { id: Set(id), slug: Set(slug.clone()), ..Default::default() };
    row.update(&edit.transaction).await.map_err(|error| not_written("rename a company", &slug, error))?;
    // The slug is among the words that a search finds the company by, so its index rows are written anew.
    match published {
        None => Ok(()),
        Some(number) => publishing::point_at(edit, id, number).await,
    }
}

/// Refuses a slug that belongs or belonged to another company: links to that one must not lead here.
pub(crate) async fn free_slug(edit: &Edit, id: CompanyId, slug: &Slug) -> Result<()> {
    let now =
        company::Entity::find().filter(company::Column::Slug.eq(slug.clone())).one(&edit.transaction).await.doing("look for the slug")?;
    let before = old_slug::Entity::find_by_id(slug.clone()).one(&edit.transaction).await.doing("look for the old slug")?;
    if now.is_some_and(|row| row.id != id) {
        return Err(Error::refused(Code::SlugTaken, format!("The slug {slug} belongs to another company.")));
    }
    if before.is_some_and(|row| row.company_id != id) {
        return Err(Error::refused(Code::SlugTaken, format!("The slug {slug} still leads to a company that was renamed.")));
    }
    Ok(())
}

/// On PostgreSQL another writer may have taken the slug since it was found free; then the database refuses it.
fn not_written(doing: &'static str, slug: &Slug, source: DbErr) -> Error {
    if matches!(source.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) {
        return Error::refused(Code::SlugTaken, format!("The slug {slug} was given to another company just now."));
    }
    Error::Database { doing, source }
}
