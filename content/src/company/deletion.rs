//! Deleting a company, and bringing it back from the record of the deletion with all that it had.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use entity::{CompanyId, company, old_slug, revision};

use crate::code::Code;
use crate::edit::Edit;
use crate::error::{Doing, Error, Result};
use crate::operation::{Kept, KeptRevision};

/// Deletes an archived company: its draft, its revisions, its old slugs. Everything stays in the record of the operation, so an undo brings it back.
///
/// # Errors
///
/// [`Code::WrongState`] if it is not archived, [`Code::NotFound`], or if the database fails.
pub async fn delete(edit: &mut Edit, id: CompanyId) -> Result<()> {
    let state = edit.hold(id).await?.state(id)?;
    if state.archived_at.is_none() {
        return Err(Error::refused(Code::WrongState, format!("{} is not archived; only what was put away before is deleted.", state.slug)));
    }
    let revisions = revision::Entity::find().filter(revision::Column::CompanyId.eq(id)).order_by_asc(revision::Column::Number);
    let revisions = revisions.all(&edit.transaction).await.doing("read revisions")?;
    let old_slugs = old_slug::Entity::find().filter(old_slug::Column::CompanyId.eq(id)).order_by_asc(old_slug::Column::Slug);
    let old_slugs = old_slugs.all(&edit.transaction).await.doing("read old slugs")?;
    company::Entity::delete_by_id(id).exec(&edit.transaction).await.doing("delete a company")?;
    let held = edit.held(id)?;
    let kept = Kept {
        revisions: revisions.into_iter().map(KeptRevision::from).collect(),
        old_slugs: old_slugs.into_iter().map(|row| row.slug).collect(),
        latest_edit: held.latest_edit,
        used_keys: held.used.clone(),
    };
    held.gone(kept);
    Ok(())
}

impl From<revision::Model> for KeptRevision {
    fn from(row: revision::Model) -> Self {
        let revision::Model { company_id: _, number, body, published_at, operation_id } = row;
        Self { number, body, published_at, operation_id }
    }
}

/// Gives a company that was brought back what went along with it.
pub(crate) async fn give_back(edit: &mut Edit, id: CompanyId, kept: &Kept) -> Result<()> {
    let rows: Vec<_> = kept
        .revisions
        .iter()
        .map(|revision| revision::ActiveModel {
            company_id: Set(id),
            number: Set(revision.number),
            body: Set(revision.body.clone()),
            published_at: Set(revision.published_at),
            operation_id: Set(revision.operation_id),
        })
        .collect();
    for chunk in rows.chunks(50) {
        revision::Entity::insert_many(chunk.to_vec()).exec_without_returning(&edit.transaction).await.doing("write revisions")?;
    }
    // An old slug that another company took meanwhile is theirs.
    let theirs = OnConflict::column(old_slug::Column::Slug).do_nothing().to_owned();
    for slug in &kept.old_slugs {
        let row = old_slug::ActiveModel { slug: Set(slug.clone()), company_id: Set(id) };
        let written = old_slug::Entity::insert(row).on_conflict(theirs.clone()).exec_without_returning(&edit.transaction).await;
        match written {
            Ok(_) | Err(sea_orm::DbErr::RecordNotInserted) => {}
            Err(error) => return Err(error).doing("keep an old slug"),
        }
    }
    let held = edit.held(id)?;
    if let Some(last) = kept.revisions.last() {
        held.latest = last.number;
    }
    held.latest_edit = Ord::max(held.latest_edit, kept.latest_edit);
    held.used.extend(kept.used_keys.iter().cloned());
    let row = company::ActiveModel {
        id: Set(id),
        latest_revision: Set(held.latest),
        latest_edit: Set(held.latest_edit),
        used_keys: Set(crate::draft::keys_to_json(&held.used)?),
        ..Default::default()
    };
    row.update(&edit.transaction).await.doing("count what came back").map(drop)
}
