//! Publishing, and taking it back: each is one transaction that moves the pointer to a revision and rewrites the index rows with it.

use sea_orm::{ActiveModelTrait, EntityTrait, Set};

use entity::{CompanyId, RevisionNumber, company, revision as row};

use crate::code::Code;
use crate::draft::{self, Expect};
use crate::edit::Edit;
use crate::error::{Doing, Error, Result};
use crate::finding::Level;
use crate::guide::{Guide, rules};
use crate::published;
use crate::{index, revision};

/// Makes the draft public as a new revision; the draft is closed.
///
/// # Errors
///
/// [`Error::Findings`] for a guide that is not ready, [`Code::Moved`] if the draft is not as the publisher saw it or is not based on what is public now,
/// [`Code::WrongState`] if there is nothing to publish, or if the database fails.
pub async fn publish(edit: &mut Edit, id: CompanyId, expect: Expect) -> Result<RevisionNumber> {
    let state = edit.hold(id).await?.state(id)?;
    let Some(open) = state.draft.clone() else {
        return Err(Error::refused(Code::WrongState, format!("{} has no open changes to publish.", state.slug)));
    };
    if state.archived_at.is_some() {
        return Err(Error::refused(Code::WrongState, format!("{} is archived; restore it first.", state.slug)));
    }
    draft::unmoved(edit, id, Some(expect)).await?;
    let state = edit.held(id)?.state(id)?;
    if let Some(public) = state.published.filter(|public| *public != open.base) {
        let message = format!(
            "The draft of {} is based on {}, but {public} is public now. Put it on that first (rebaseDraft).",
            state.slug, open.base
        );
        return Err(Error::refused(Code::Moved, message));
    }
    let guide = draft::parse(id, &open.body)?;
    let number = publish_body(edit, id, guide, open.body).await?;
    draft::put(edit, id, None).await?;
    Ok(number)
}

/// Takes a guide out of the public API. Its revisions and its draft stay.
///
/// # Errors
///
/// [`Code::WrongState`] if it is not public, or if the database fails.
pub async fn unpublish(edit: &mut Edit, id: CompanyId) -> Result<()> {
    let state = edit.hold(id).await?.state(id)?;
    let Some(public) = state.published else {
        return Err(Error::refused(Code::WrongState, format!("{} is not published.", state.slug)));
    };
    // A guide that is in nobody's sight must still be in the editors': without a draft there would be nothing to edit or publish again.
    if state.draft.is_none() {
        let body = revision::read(&edit.transaction, id, public).await?.body;
        draft::write_next(edit, id, public, body).await?;
    }
    withdraw(edit, id).await
}

/// Publishes the content of an old revision again, as a new one. An open draft stays as it is.
///
/// # Errors
///
/// [`Code::NotFound`] if there is no such revision, [`Code::WrongState`] if the guide is archived or this is what is public, [`Error::Findings`] if today's rules
/// refuse the old content, or if the database fails.
pub async fn roll_back(edit: &mut Edit, id: CompanyId, to: RevisionNumber) -> Result<RevisionNumber> {
    let state = edit.hold(id).await?.state(id)?;
    if state.archived_at.is_some() {
        return Err(Error::refused(Code::WrongState, format!("{} is archived; restore it first.", state.slug)));
    }
    let old = revision::read(&edit.transaction, id, to).await?;
    let guide = draft::parse(id, &old.body)?;
    publish_body(edit, id, guide, old.body).await
}

async fn publish_body(edit: &mut Edit, id: CompanyId, guide: Guide, body: String) -> Result<RevisionNumber> {
    let findings = rules::check(&guide, edit.tiers().await?);
    if findings.stop(Level::Publishing) {
        return Err(Error::Findings(findings));
    }
    let held = edit.held(id)?;
    let number = held.latest.next();
    if let Some(public) = held.state(id)?.published {
        let current = revision::read(&edit.transaction, id, public).await?;
        if current.body == body {
            return Err(Error::refused(Code::WrongState, format!("{public} is public already and says the same.")));
        }
    }
    let (published_at, operation) = (edit.at(), edit.operation());
    let new = row::ActiveModel {
        company_id: Set(id),
        number: Set(number),
        body: Set(body),
        published_at: Set(published_at),
        operation_id: Set(operation),
    };
    row::Entity::insert(new).exec_without_returning(&edit.transaction).await.doing("write a revision")?;
    let counted = company::ActiveModel { id: Set(id), latest_revision: Set(number), ..Default::default() };
    counted.update(&edit.transaction).await.doing("count the revision")?;
    edit.held(id)?.latest = number;
    point(edit, id, number, published_at, &published::Guide::new(id, guide)?).await?;
    Ok(number)
}

/// Moves the pointer to a revision that is already stored.
pub(crate) async fn point_at(edit: &mut Edit, id: CompanyId, number: RevisionNumber) -> Result<()> {
    let old = revision::read(&edit.transaction, id, number).await?;
    let guide = published::Guide::new(id, draft::parse(id, &old.body)?)?;
    point(edit, id, number, old.published_at, &guide).await
}

async fn point(edit: &mut Edit, id: CompanyId, number: RevisionNumber, at: entity::Timestamp, guide: &published::Guide) -> Result<()> {
    let state = edit.held(id)?.state(id)?;
    let slug = state.slug.clone();
    let replaced = state.published.replace(number).is_some();
    if replaced {
        edit.settle_index().await?;
        index::remove(&edit.transaction, id).await?;
    }
    edit.index.add(&index::Pointer { company: id, slug, revision: number, published_at: at }, guide);
    Ok(())
}

/// Removes the pointer and the index rows: the guide is absent for readers.
pub(crate) async fn withdraw(edit: &mut Edit, id: CompanyId) -> Result<()> {
    edit.held(id)?.state(id)?.published = None;
    edit.settle_index().await?;
    index::remove(&edit.transaction, id).await
}
