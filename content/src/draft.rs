//! The draft: the one open working copy of a guide, shared by all editors.

use std::collections::BTreeSet;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, Set};

use entity::{CompanyId, Key, RevisionNumber, company, draft};

use crate::code::Code;
use crate::edit::Edit;
use crate::error::{Doing, Error, Result};
use crate::finding::{Findings, Level, Path, quoted};
use crate::guide::{Guide, rules};
use crate::operation::DraftState;
use crate::revision;
use crate::view::Desk;

/// What a writer saw before writing. If the draft moved on since, the write is refused and nothing is overwritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expect {
    /// The revision that the draft is based on; for a guide without open changes, the published one; 0 before the first.
    pub base: RevisionNumber,
    /// The number of the save that the draft comes from; 0 where there was no draft. No two saves of a guide have the same one.
    pub edits: i32,
}

/// An open draft with what the rules say of it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The guide.
    pub guide: Guide,
    /// What the next writer must say to have seen.
    pub stamp: Expect,
    /// Who saved it last.
    pub updated_by: String,
    /// What the rules found.
    pub findings: Findings,
}

/// The open draft of a company, if there is one.
///
/// # Errors
///
/// If the database fails.
pub async fn find(desk: &Desk, company: CompanyId) -> Result<Option<Draft>> {
    let Some(row) = draft::Entity::find_by_id(company).one(desk.store.reader()).await.doing("read a draft")? else {
        return Ok(None);
    };
    let guide = parse(company, &row.body)?;
    let findings = rules::check(&guide, &crate::tier::keys(desk.store.reader()).await?);
    let stamp = Expect { base: row.base_revision, edits: row.edits };
    Ok(Some(Draft { guide, stamp, updated_by: row.updated_by, findings }))
}

/// Saves a whole guide as the draft. What is only unfinished is saved; what is wrong is refused with all findings.
///
/// # Errors
///
/// [`Error::Findings`] for content that cannot be saved, [`Code::Moved`] if somebody saved in between, or if the database fails.
pub async fn save(edit: &mut Edit, company: CompanyId, guide: &Guide, expect: Expect) -> Result<Expect> {
    let body = sound(edit, guide).await?;
    let held = edit.hold(company).await?;
    let state = held.state(company)?;
    if state.archived_at.is_some() {
        return Err(Error::refused(Code::WrongState, format!("{} is archived; restore it first.", state.slug)));
    }
    let found = seen_now(state.draft.as_ref(), state.published);
    if found != expect {
        return Err(moved(expect, found));
    }
    claim_keys(edit, company, guide).await?;
    write_next(edit, company, found.base, body).await
}

/// Bases the draft on what is public now, its text as it is: whoever does so has looked at what was published in between and keeps the draft.
///
/// # Errors
///
/// If there is no draft, if it moved on, if the guide is not public, or if the database fails.
pub async fn rebase(edit: &mut Edit, company: CompanyId, expect: Expect) -> Result<Expect> {
    let state = edit.hold(company).await?.state(company)?;
    let (Some(draft), Some(public)) = (&state.draft, state.published) else {
        return Err(Error::refused(Code::WrongState, format!("{} has no draft beside a published guide.", state.slug)));
    };
    let found = Expect { base: draft.base, edits: draft.edits };
    if found != expect {
        return Err(moved(expect, found));
    }
    let body = draft.body.clone();
    write_next(edit, company, public, body).await
}

/// Throws the draft away. Undoing the operation brings it back.
///
/// # Errors
///
/// If there is no draft, if it moved on, if the guide is not public, or if the database fails.
pub async fn discard(edit: &mut Edit, company: CompanyId, expect: Expect) -> Result<()> {
    let state = edit.hold(company).await?.state(company)?;
    let Some(draft) = &state.draft else {
        return Err(Error::refused(Code::WrongState, format!("{} has no open changes.", state.slug)));
    };
    let found = Expect { base: draft.base, edits: draft.edits };
    if found != expect {
        return Err(moved(expect, found));
    }
    if state.published.is_none() {
        return Err(Error::refused(
            Code::WrongState,
            format!("{} is not public: its draft is all there is. Archive it instead.", state.slug),
        ));
    }
    put(edit, company, None).await
}

/// Checks a guide for saving and gives the text that is stored.
pub(crate) async fn sound(edit: &mut Edit, guide: &Guide) -> Result<String> {
    let findings = rules::check(guide, edit.tiers().await?);
    if findings.stop(Level::Saving) {
        return Err(Error::Findings(findings));
    }
    guide.to_json().map_err(|error| Error::Damaged { what: "a guide".to_owned(), why: error.to_string() })
}

/// What a writer who looks now would see.
pub(crate) fn seen_now(draft: Option<&DraftState>, published: Option<RevisionNumber>) -> Expect {
    draft.map_or_else(
        || Expect { base: published.unwrap_or(RevisionNumber::NONE), edits: 0 },
        |draft| Expect { base: draft.base, edits: draft.edits },
    )
}

pub(crate) fn moved(expect: Expect, found: Expect) -> Error {
    let words = |seen: Expect| format!("{}, edit {}", seen.base, seen.edits);
    let message = format!("The draft moved on: you saw {}, it is now {}. Read it again; nothing was written.", words(expect), words(found));
    Error::refused(Code::Moved, message)
}

pub(crate) fn parse(company: CompanyId, body: &str) -> Result<Guide> {
    Guide::from_json(body).map_err(|error| Error::Damaged { what: format!("the draft of company {}", company.0), why: error.to_string() })
}

/// Writes a draft under the next number.
pub(crate) async fn write_next(edit: &mut Edit, company: CompanyId, base: RevisionNumber, body: String) -> Result<Expect> {
    let held = edit.held(company)?;
    held.latest_edit += 1;
    let edits = held.latest_edit;
    let counted = company::ActiveModel { id: Set(company), latest_edit: Set(edits), ..Default::default() };
    counted.update(&edit.transaction).await.doing("count a save")?;
    let draft = DraftState { base, edits, body, updated_at: edit.at(), updated_by: edit.author() };
    put(edit, company, Some(draft)).await?;
    Ok(Expect { base, edits })
}

/// Writes or removes the row of a draft.
pub(crate) async fn put(edit: &mut Edit, company: CompanyId, draft: Option<DraftState>) -> Result<()> {
    match &draft {
        None => draft::Entity::delete_by_id(company).exec(&edit.transaction).await.doing("remove a draft").map(|_| ())?,
        Some(draft) => write(edit, company, draft).await?,
    }
    edit.held(company)?.state(company)?.draft = draft;
    Ok(())
}

async fn write(edit: &Edit, company: CompanyId, draft: &DraftState) -> Result<()> {
    use draft::Column::{BaseRevision, Body, CompanyId, Edits, UpdatedAt, UpdatedBy};
    let row = draft::ActiveModel {
        company_id: Set(company),
        base_revision: Set(draft.base),
        edits: Set(draft.edits),
        body: Set(draft.body.clone()),
        updated_at: Set(draft.updated_at),
        updated_by: Set(draft.updated_by.clone()),
    };
    let replace = OnConflict::column(CompanyId).update_columns([BaseRevision, Edits, Body, UpdatedAt, UpdatedBy]).to_owned();
    draft::Entity::insert(row).on_conflict(replace).exec_without_returning(&edit.transaction).await.doing("write a draft").map(drop)
}

/// Refuses a new item under a key that an item of this guide had before, and remembers the keys of this save.
///
/// An item that undo, discard or rollback brings back is that item again; they do not pass here.
async fn claim_keys(edit: &mut Edit, company: CompanyId, guide: &Guide) -> Result<()> {
    let before = current_keys(edit, company).await?;
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

/// Keys as the column of a company holds them.
pub(crate) fn keys_to_json(keys: &BTreeSet<Key>) -> Result<String> {
    serde_json::to_string(keys).map_err(|error| Error::Damaged { what: "keys".to_owned(), why: error.to_string() })
}

async fn current_keys(edit: &mut Edit, company: CompanyId) -> Result<BTreeSet<Key>> {
    let state = edit.held(company)?.state(company)?;
    let body = match (&state.draft, state.published) {
        (Some(draft), _) => draft.body.clone(),
        (None, Some(number)) => revision::read(&edit.transaction, company, number).await?.body,
        (None, None) => return Ok(BTreeSet::new()),
    };
    Ok(parse(company, &body)?.keys().cloned().collect())
}
