//! Taking an operation back. What still is as the operation left it returns to what it was before; what was changed again since in the same place
//! is left alone and told.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use entity::{CompanyId, OperationId, OperationKind, RevisionNumber, Role, company, operation};

use crate::access::role;
use crate::code::Code;
use crate::edit::Edit;
use crate::error::{Doing, Error, Result};
use crate::guide::Guide;
use crate::merge::merge;
use crate::operation::{self as record, Left, State, Touched};
use crate::view::Desk;
use crate::{api_key, company as companies, draft, partner, publishing, revision, tier, trusted_document, user};

/// Takes the fields of a row back that still are as the operation left them; the names of the others are told as left alone.
macro_rules! take_fields_back {
    (($before:expr, $after:expr, $now:expr) => $to:ident, $left:ident: $($name:ident),*) => {$(
        if $before.$name != $after.$name {
            if $now.$name == $after.$name {
                $to.$name = $before.$name.clone();
            } else {
                $left.push(stringify!($name).to_owned());
            }
        }
    )*};
}
pub(crate) use take_fields_back;

/// Begins an edit that takes an operation back. The caller commits it.
///
/// # Errors
///
/// As [`take_back`].
pub async fn undo(desk: &Desk, id: OperationId, reason: impl Into<String>) -> Result<Edit> {
    let mut edit = Edit::begin(desk, OperationKind::Undo, reason).await?;
    take_back(&mut edit, id).await?;
    Ok(edit)
}

/// Takes an operation back.
///
/// A company that was made by the operation is removed again if it was never published; a published one is archived, because its revisions stay.
///
/// # Errors
///
/// [`Code::NotFound`], [`Code::RoleMissing`] for somebody else's operation, [`Code::WrongState`] if it was taken back already, [`Code::ChangedSince`]
/// if nothing of it is left to take back, [`Code::SlugTaken`] if a company that would come back finds its slug with another one, or if the database fails.
pub async fn take_back(edit: &mut Edit, id: OperationId) -> Result<()> {
    let desk = edit.desk().clone();
    let Some(operation) = record::find(&desk, id).await? else {
        return Err(Error::refused(Code::NotFound, "There is no such operation."));
    };
    allowed(&desk, &operation)?;
    let touched = record::touched(&desk, id).await?;
    let earlier =
        operation::Entity::find().filter(operation::Column::Undoes.eq(id)).one(&edit.transaction).await.doing("look for an undo")?;
    if earlier.is_some() {
        return Err(Error::refused(Code::WrongState, "The operation was taken back already."));
    }
    edit.mark_undo(id);
    edit.hold_all(&touched.iter().map(|each| each.company).collect::<BTreeSet<_>>()).await?;
    for each in &touched {
        restore(edit, each).await?;
    }
    for each in record::subjects(&desk, id).await? {
        restore_subject(edit, each).await?;
    }
    let left = &edit.extra.left;
    if edit.changes_nothing() {
        let places: Vec<String> = left.iter().map(|left| format!("{} ({})", left.subject, left.path)).collect();
        let message = format!("Everything that it changed was changed again since, so nothing was taken back: {}.", places.join(", "));
        return Err(Error::refused(Code::ChangedSince, message));
    }
    Ok(())
}

/// What others did is taken back by those who could have forbidden it; what oneself did, by whoever may still do it.
fn allowed(desk: &Desk, operation: &operation::Model) -> Result<()> {
    let own = operation.actor == desk.author().to_string();
    let needed = Ord::max(role::needed(operation.kind), if own { Role::Author } else { Role::Publisher });
    role::require(desk, needed)
}

async fn restore_subject(edit: &mut Edit, subject: record::Subject) -> Result<()> {
    let record::Subject { name: subject, before, after } = subject;
    let damaged = |error: serde_json::Error| Error::Damaged { what: "the record of an operation".to_owned(), why: error.to_string() };
    let (name, left) = if subject == tier::SUBJECT {
        let states = |json| serde_json::from_value(json).map_err(damaged);
        (subject, tier::restore(edit, states(before)?, states(after)?).await?)
    } else if let Some(id) = user::of_subject(&subject) {
        let states = |json| serde_json::from_value(json).map_err(damaged);
        ("user".to_owned(), user::restore(edit, id, (states(before)?, states(after)?)).await?)
    } else if let Some(id) = partner::of_subject(&subject) {
        let states = |json| serde_json::from_value(json).map_err(damaged);
        ("partner".to_owned(), partner::restore(edit, id, (states(before)?, states(after)?)).await?)
    } else if let Some(id) = api_key::of_subject(&subject) {
        let states = |json| serde_json::from_value(json).map_err(damaged);
        ("key".to_owned(), api_key::restore(edit, id, (states(before)?, states(after)?)).await?)
    } else if let Some(id) = trusted_document::of_subject(&subject) {
        let states = |json| serde_json::from_value(json).map_err(damaged);
        ("document".to_owned(), trusted_document::restore(edit, id, (states(before)?, states(after)?)).await?)
    } else {
        return Err(Error::Damaged { what: "the record of an operation".to_owned(), why: format!("{subject} is nothing we know") });
    };
    edit.extra.left.extend(left.into_iter().map(|path| Left { subject: name.clone(), path }));
    Ok(())
}

async fn restore(edit: &mut Edit, each: &Touched) -> Result<()> {
    let Touched { company: id, before, after } = each;
    let now = edit.held(*id)?.now.clone();
    match (&now, before) {
        (Some(_), Some(state)) if now == *after => set(edit, *id, state).await,
        (Some(_), None) if now == *after => remove(edit, *id).await,
        (None, Some(state)) if after.is_none() => bring_back(edit, *id, state).await,
        (None, None) => Ok(()),
        (Some(now), Some(before)) if after.is_some() => {
            let after = after.clone().unwrap_or_else(|| before.clone());
            part(edit, *id, (before, &after, now)).await
        }
        (Some(_) | None, Some(_) | None) => {
            leave(edit, now.as_ref().or(after.as_ref()).or(before.as_ref()), "company");
            Ok(())
        }
    }
}

fn leave(edit: &mut Edit, state: Option<&State>, path: &str) {
    let subject = state.map_or_else(String::new, |state| state.slug.to_string());
    edit.extra.left.push(Left { subject, path: path.to_owned() });
}

/// Takes back what still is as it was left: the slug, the archive, the pointer, and of the text every field and item.
async fn part(edit: &mut Edit, id: CompanyId, (before, after, now): (&State, &State, &State)) -> Result<()> {
    let merged = text(edit, id, (before, after, now)).await?;
    if before.slug != after.slug {
        if now.slug == after.slug {
            companies::free_slug(edit, id, &before.slug).await?;
            companies::set_slug(edit, id, before.slug.clone()).await?;
        } else {
            leave(edit, Some(now), "slug");
        }
    }
    if before.archived_at != after.archived_at {
        if now.archived_at == after.archived_at {
            companies::set_archived(edit, id, before.archived_at).await?;
        } else {
            leave(edit, Some(now), "archived");
        }
    }
    if before.published != after.published {
        match before.published {
            _ if now.published != after.published => leave(edit, Some(now), "published"),
            None => publishing::withdraw(edit, id).await?,
            Some(number) => publishing::point_at(edit, id, number).await?,
        }
    }
    put_text(edit, id, now, merged).await
}

/// The text with the operation's changes taken out again. Where somebody changed the same place since, theirs stays.
async fn text(edit: &mut Edit, id: CompanyId, (before, after, now): (&State, &State, &State)) -> Result<Guide> {
    let (base, yours) = (draft::working(edit, id, after).await?, draft::working(edit, id, before).await?);
    let theirs = draft::working(edit, id, now).await?;
    let merged = merge(&base, &theirs, &yours);
    for conflict in &merged.conflicts {
        leave(edit, Some(now), &conflict.path.to_string());
    }
    if merged.guide != theirs && draft::sound(edit, &merged.guide).await.is_err() {
        // Taken apart and put together it would break a rule that both texts keep, such as a limit.
        leave(edit, Some(now), "guide");
        return Ok(theirs);
    }
    Ok(merged.guide)
}

/// Writes the text as a draft, unless it is what is public now.
async fn put_text(edit: &mut Edit, id: CompanyId, was: &State, guide: Guide) -> Result<()> {
    let state = edit.held(id)?.state(id)?.clone();
    let public = match state.published {
        Some(number) => Some(draft::parse(id, &revision::read(&edit.transaction, id, number).await?.body)?),
        None => None,
    };
    if public.as_ref() == Some(&guide) {
        return if state.draft.is_some() { draft::put(edit, id, None).await } else { Ok(()) };
    }
    let base = state.published.or(was.draft.as_ref().map(|draft| draft.base)).unwrap_or(RevisionNumber::NONE);
    let same = match &state.draft {
        Some(draft) => draft.base == base && draft::parse(id, &draft.body)? == guide,
        None => false,
    };
    if same {
        return Ok(());
    }
    let body = draft::sound(edit, &guide).await?;
    draft::write_next(edit, id, base, body).await.map(drop)
}

async fn bring_back(edit: &mut Edit, id: CompanyId, to: &State) -> Result<()> {
    // While the company was gone, its slug may have been given to another one.
    companies::free_slug(edit, id, &to.slug).await?;
    companies::insert(edit, id, State { published: None, kept: None, ..to.clone() }).await?;
    if let Some(kept) = &to.kept {
        companies::give_back(edit, id, kept).await?;
    }
    set(edit, id, to).await
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
    if held.latest == RevisionNumber::NONE {
        held.now = None;
        return company::Entity::delete_by_id(id).exec(&edit.transaction).await.doing("remove a company").map(drop);
    }
    if held.state(id)?.archived_at.is_some() {
        // It came back by the undo of a deletion, and goes as it went.
        return companies::delete(edit, id).await;
    }
    if held.state(id)?.published.is_some() {
        publishing::unpublish(edit, id).await?;
    }
    companies::set_archived(edit, id, Some(at)).await
}
