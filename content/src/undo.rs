//! Taking an operation back: every company that it touched returns to its state before, all or none of them.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use entity::{CompanyId, OperationId, OperationKind, company, operation};

use crate::code::Code;
use crate::edit::Edit;
use crate::error::{Doing, Error, Result};
use crate::operation::{self as record, State, Touched};
use crate::view::Desk;
use crate::{company as companies, draft, publishing};

/// Begins an edit that takes an operation back. The caller commits it.
///
/// A company that was made by the operation is removed again if it was never published; a published one is archived, because its revisions stay.
///
/// # Errors
///
/// [`Code::NotFound`], [`Code::WrongState`] if it was taken back already, [`Code::ChangedSince`] if a company it touched was changed again,
/// [`Code::SlugTaken`] if a company that would come back finds its slug with another one, or if the database fails.
pub async fn undo(desk: &Desk, id: OperationId, reason: impl Into<String>) -> Result<Edit> {
    let Some(operation) = record::find(desk, id).await? else {
        return Err(Error::refused(Code::NotFound, "There is no such operation."));
    };
    if operation.kind == OperationKind::Tiers {
        return Err(Error::refused(Code::WrongState, "A change of the list of tiers is taken back by changing the list again."));
    }
    let touched = record::touched(desk, id).await?;
    let mut edit = Edit::begin(desk, OperationKind::Undo, reason).await?;
    let earlier =
        operation::Entity::find().filter(operation::Column::Undoes.eq(id)).one(&edit.transaction).await.doing("look for an undo")?;
    if earlier.is_some() {
        return Err(Error::refused(Code::WrongState, "The operation was taken back already."));
    }
    edit.mark_undo(id);
    edit.hold_all(&touched.iter().map(|each| each.company).collect::<BTreeSet<_>>()).await?;
    unchanged(&mut edit, &touched)?;
    for each in &touched {
        restore(&mut edit, each.company, each.before.as_ref()).await?;
    }
    Ok(edit)
}

fn unchanged(edit: &mut Edit, touched: &[Touched]) -> Result<()> {
    let mut changed = Vec::new();
    for each in touched {
        let now = &edit.held(each.company)?.now;
        if *now != each.after {
            changed.push(now.as_ref().or(each.after.as_ref()).map_or_else(|| each.company.0.to_string(), |state| state.slug.to_string()));
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    Err(Error::refused(Code::ChangedSince, format!("Changed again since, so nothing was taken back: {}.", changed.join(", "))))
}

async fn restore(edit: &mut Edit, id: CompanyId, to: Option<&State>) -> Result<()> {
    match (edit.held(id)?.now.is_some(), to) {
        (true, Some(state)) => set(edit, id, state).await,
        (true, None) => remove(edit, id).await,
        (false, Some(state)) => {
            // While the company was gone, its slug may have been given to another one.
            companies::free_slug(edit, id, &state.slug).await?;
            companies::insert(edit, id, State { published: None, ..state.clone() }).await?;
            set(edit, id, state).await
        }
        (false, None) => Ok(()),
    }
}

async fn set(edit: &mut Edit, id: CompanyId, to: &State) -> Result<()> {
    let now = edit.held(id)?.state(id)?.clone();
    if now.slug != to.slug {
        companies::set_slug(edit, id, to.slug.clone()).await?;
    }
    if now.archived_at != to.archived_at {
        companies::set_archived(edit, id, to.archived_at).await?;
    }
    if now.published != to.published {
        match to.published {
            None => publishing::withdraw(edit, id).await?,
            Some(number) => publishing::point_at(edit, id, number).await?,
        }
    }
    if now.draft != to.draft {
        draft::put(edit, id, to.draft.clone()).await?;
    }
    Ok(())
}

async fn remove(edit: &mut Edit, id: CompanyId) -> Result<()> {
    let at = edit.at();
    let held = edit.held(id)?;
    if held.latest == entity::RevisionNumber::NONE {
        held.now = None;
        return company::Entity::delete_by_id(id).exec(&edit.transaction).await.doing("remove a company").map(drop);
    }
    if held.state(id)?.published.is_some() {
        publishing::unpublish(edit, id).await?;
    }
    companies::set_archived(edit, id, Some(at)).await
}
