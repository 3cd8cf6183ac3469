//! Saving over what somebody else saved meanwhile: both changes are merged against what the writer saw, or the writer is told where they meet.

use std::collections::BTreeSet;

use sea_orm::{ActiveModelTrait, Set};

use entity::{CompanyId, Key, RevisionNumber, company};

use super::{Clash, Expect, keys_to_json, parse, seen, seen_now, sound, working, write_next};
use crate::code::Code;
use crate::edit::Edit;
use crate::error::{Doing, Error, Result};
use crate::finding::{Findings, Level, Path, quoted};
use crate::guide::Guide;
use crate::merge::{Take, merge, merge_taking};
use crate::operation::State;
use crate::revision;

/// Saves a whole guide as the draft. What is only unfinished is saved; what is wrong is refused with all findings.
///
/// If somebody saved since this writer looked, both changes are merged against what the writer saw. Saving what is there already changes nothing.
///
/// # Errors
///
/// [`Error::Findings`] for content that cannot be saved, [`Error::Clash`] if both changed the same place differently, [`Code::Moved`] if what the
/// writer claims to have seen never was, or if the database fails.
pub async fn save(edit: &mut Edit, company: CompanyId, guide: &Guide, seen: Expect) -> Result<Expect> {
    save_taking(edit, company, guide, seen, None).await
}

/// Saves as [`save`] does; where both changed the same place, this side's text is taken.
///
/// # Errors
///
/// As [`save`]; never a clash if a side is given.
pub async fn save_taking(edit: &mut Edit, company: CompanyId, guide: &Guide, seen: Expect, take: Option<Take>) -> Result<Expect> {
    let now = open(edit, company).await?;
    let found = seen_now(now.draft.as_ref(), now.published);
    let theirs = working(edit, company, &now).await?;
    if found == seen {
        return put_text(edit, company, found.base, (&theirs, guide)).await;
    }
    let Some(base) = seen::text(edit, company, seen).await? else {
        return Err(seen::moved(edit, company, seen, found).await?);
    };
    let merged = settle(edit, company, (&base, &theirs, guide), (seen, take)).await?;
    put_text(edit, company, found.base, (&theirs, &merged)).await
}

/// Puts the draft on what is public now: the changes of the draft and what was published in between are merged against what the draft began from.
///
/// # Errors
///
/// If there is no draft, if it moved on, if the guide is not public, [`Error::Clash`] if both changed the same place differently and no side is
/// given, or if the database fails.
pub async fn rebase(edit: &mut Edit, company: CompanyId, seen: Expect, take: Option<Take>) -> Result<Expect> {
    let now = open(edit, company).await?;
    let (Some(draft), Some(public)) = (&now.draft, now.published) else {
        return Err(Error::refused(Code::WrongState, format!("{} has no draft beside a published guide.", now.slug)));
    };
    seen::unmoved(edit, company, Some(seen)).await?;
    if draft.base == public {
        return Ok(seen);
    }
    let base = match draft.base {
        RevisionNumber::NONE => Guide::default(),
        number => parse(company, &revision::read(&edit.transaction, company, number).await?.body)?,
    };
    let theirs = parse(company, &revision::read(&edit.transaction, company, public).await?.body)?;
    let yours = parse(company, &draft.body)?;
    let before = Expect { base: draft.base, edits: 0 };
    let merged = settle(edit, company, (&base, &theirs, &yours), (before, take)).await?;
    let body = sound(edit, &merged).await?;
    write_next(edit, company, public, body).await
}

/// A company that can be worked on, locked.
async fn open(edit: &mut Edit, company: CompanyId) -> Result<State> {
    let state = edit.hold(company).await?.state(company)?;
    if state.archived_at.is_some() {
        return Err(Error::refused(Code::WrongState, format!("{} is archived; restore it first.", state.slug)));
    }
    Ok(state.clone())
}

/// What editors work on: the draft, or what is public while there is none.
///
/// # Errors
///
/// If there is no such company, or if the database fails.
pub async fn current(edit: &mut Edit, company: CompanyId) -> Result<(Guide, Expect)> {
    let state = edit.hold(company).await?.state(company)?.clone();
    Ok((working(edit, company, &state).await?, seen_now(state.draft.as_ref(), state.published)))
}

/// The text as somebody saw it; the present one if they do not say.
///
/// # Errors
///
/// [`Code::Moved`] if what they claim to have seen never was, or if the database fails.
pub async fn as_seen(edit: &mut Edit, company: CompanyId, seen: Option<Expect>) -> Result<(Guide, Expect)> {
    let (now, found) = current(edit, company).await?;
    match seen {
        None => Ok((now, found)),
        Some(seen) if seen == found => Ok((now, found)),
        Some(seen) => match seen::text(edit, company, seen).await? {
            Some(text) => Ok((text, seen)),
            None => Err(seen::moved(edit, company, seen, found).await?),
        },
    }
}

/// Every key that an item of this guide ever had.
///
/// # Errors
///
/// If there is no such company, or if the database fails.
pub async fn used_keys(edit: &mut Edit, company: CompanyId) -> Result<BTreeSet<Key>> {
    let (now, _) = current(edit, company).await?;
    let held = edit.held(company)?;
    Ok(held.used.iter().cloned().chain(now.keys().cloned()).collect())
}

async fn settle(
    edit: &mut Edit,
    company: CompanyId,
    (base, theirs, yours): (&Guide, &Guide, &Guide),
    (seen, take): (Expect, Option<Take>),
) -> Result<Guide> {
    if let Some(take) = take {
        return Ok(merge_taking(base, theirs, yours, take));
    }
    let merged = merge(base, theirs, yours);
    if merged.conflicts.is_empty() {
        return Ok(merged.guide);
    }
    Err(Error::Clash(Box::new(Clash::of(edit, company, seen, merged).await?)))
}

/// Writes the text of a draft, if it is another one.
async fn put_text(edit: &mut Edit, company: CompanyId, base: RevisionNumber, (now, to): (&Guide, &Guide)) -> Result<Expect> {
    let body = sound(edit, to).await?;
    if now == to {
        let state = edit.held(company)?.state(company)?;
        return Ok(seen_now(state.draft.as_ref(), state.published));
    }
    claim_keys(edit, company, now, to).await?;
    write_next(edit, company, base, body).await
}

/// Refuses a new item under a key that an item of this guide had before, and remembers the keys of this save.
///
/// An item that undo, discard or rollback brings back is that item again; they do not pass here.
async fn claim_keys(edit: &mut Edit, company: CompanyId, before: &Guide, guide: &Guide) -> Result<()> {
    let before: BTreeSet<Key> = before.keys().cloned().collect();
    let now: BTreeSet<Key> = guide.keys().cloned().collect();
    let held = edit.held(company)?;
    let mut findings = Findings::default();
    for key in now.difference(&before).filter(|key| held.used.contains(key)) {
        findings.add(Level::Saving, Code::KeyRetired, Path::root().at(key), (quoted(key.as_str()), "a key that this guide never had"));
    }
    if findings.stop(Level::Saving) {
        return Err(Error::Findings(findings));
    }
    let known = held.used.len();
    held.used.extend(now);
    if held.used.len() == known {
        return Ok(());
    }
    let used = keys_to_json(&held.used)?;
    let row = company::ActiveModel { id: Set(company), used_keys: Set(used), ..Default::default() };
    row.update(&edit.transaction).await.doing("remember keys").map(drop)
}
