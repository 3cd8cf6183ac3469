//! What a writer saw: whether it is still so, which text it was, and who changed it since.

use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait};

use entity::{CompanyId, RevisionNumber, operation, operation_change, revision as row};

use super::{Expect, parse, seen_now};
use crate::code::Code;
use crate::edit::Edit;
use crate::error::{Doing, Error, Result};
use crate::guide::Guide;
use crate::operation::State;

/// Refuses to go on if the company is not as the writer saw it; who says nothing has seen it as it is.
///
/// # Errors
///
/// [`Code::Moved`] with who changed it and when, [`Code::NotFound`], or if the database fails.
pub async fn unmoved(edit: &mut Edit, company: CompanyId, seen: Option<Expect>) -> Result<()> {
    let state = edit.hold(company).await?.state(company)?;
    let found = seen_now(state.draft.as_ref(), state.published);
    match seen {
        Some(seen) if seen != found => Err(moved(edit, company, seen, found).await?),
        Some(_) | None => Ok(()),
    }
}

/// The refusal, with the last change.
pub(super) async fn moved(edit: &mut Edit, company: CompanyId, seen: Expect, found: Expect) -> Result<Error> {
    let words = |seen: Expect| format!("{}, edit {}", seen.base, seen.edits);
    let slug = edit.held(company)?.state(company)?.slug.clone();
    let last = newest(edit, company, 1).await?.into_iter().next();
    let who = last.map_or_else(String::new, |(_, record)| {
        format!(" The last change is by {}, {}: {}.", record.actor, record.kind, super::clash::instant(record.at))
    });
    let message = format!("{slug} moved on: you saw {}, it is now {}.{who} Read it again; nothing was written.", words(seen), words(found));
    Ok(Error::refused(Code::Moved, message))
}

/// The text that somebody saw under this stamp; nothing if there never was such a stamp.
pub(super) async fn text(edit: &mut Edit, company: CompanyId, seen: Expect) -> Result<Option<Guide>> {
    if seen.edits == 0 {
        if seen.base == RevisionNumber::NONE {
            return Ok(None);
        }
        let found = row::Entity::find_by_id((company, seen.base)).one(&edit.transaction).await.doing("read a revision")?;
        return found.map(|revision| parse(company, &revision.body)).transpose();
    }
    let record = operation_change::Entity::find()
        .filter(operation_change::Column::CompanyId.eq(company))
        .filter(operation_change::Column::EditsAfter.eq(seen.edits))
        .limit(1)
        .one(&edit.transaction)
        .await
        .doing("look for an earlier draft")?;
    let state = record.map(|record| State::from_json(&record.after)).transpose()?.flatten();
    state.and_then(|state| state.draft).map(|draft| parse(company, &draft.body)).transpose()
}

/// The newest operations that touched a company, newest first, each with what it did to it.
pub(super) async fn newest(edit: &Edit, company: CompanyId, most: u64) -> Result<Vec<(operation_change::Model, operation::Model)>> {
    let found = operation_change::Entity::find()
        .filter(operation_change::Column::CompanyId.eq(company))
        .join(JoinType::InnerJoin, operation_change::Relation::Operation.def())
        .select_also(operation::Entity)
        .order_by_desc(operation::Column::At)
        .order_by_desc(operation::Column::Id)
        .limit(most)
        .all(&edit.transaction)
        .await
        .doing("look for the last changes")?;
    Ok(found.into_iter().filter_map(|(change, operation)| Some((change, operation?))).collect())
}
