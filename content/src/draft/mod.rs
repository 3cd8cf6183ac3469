//! The draft: the one open working copy of a guide, shared by all editors. Who saves over what somebody else saved meanwhile is merged with them.

mod clash;
mod page;
mod saving;
mod seen;

use std::collections::BTreeSet;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde::{Deserialize, Serialize};

use entity::{CompanyId, Key, RevisionNumber, company, draft};

use crate::code::Code;
use crate::edit::Edit;
use crate::error::{Doing, Error, Result};
use crate::finding::{Findings, Level};
use crate::fold::fold;
use crate::guide::{Guide, rules};
use crate::operation::{DraftState, State};
use crate::revision;
use crate::view::Desk;

pub use clash::{Clash, Disputed};
pub use page::{Answers, Target, import, preview};
pub use saving::{as_seen, current, rebase, save, save_taking, used_keys};
pub use seen::unmoved;

/// What a writer saw before writing. If the draft moved on since, the two changes are merged; nothing is overwritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

pub(crate) async fn working(edit: &Edit, company: CompanyId, state: &State) -> Result<Guide> {
    match (&state.draft, state.published) {
        (Some(draft), _) => parse(company, &draft.body),
        (None, Some(number)) => parse(company, &revision::read(&edit.transaction, company, number).await?.body),
        (None, None) => Ok(Guide::default()),
    }
}

/// Throws the draft away. Undoing the operation brings it back.
///
/// # Errors
///
/// If there is no draft, if it moved on, if the guide is not public, or if the database fails.
pub async fn discard(edit: &mut Edit, company: CompanyId, expect: Expect) -> Result<()> {
    let state = edit.hold(company).await?.state(company)?;
    if state.draft.is_none() {
        return Err(Error::refused(Code::WrongState, format!("{} has no open changes.", state.slug)));
    }
    seen::unmoved(edit, company, Some(expect)).await?;
    let state = edit.held(company)?.state(company)?;
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

/// What stands against saving a guide.
///
/// # Errors
///
/// If the database fails.
pub async fn faults(edit: &mut Edit, guide: &Guide) -> Result<Findings> {
    let found = rules::check(guide, edit.tiers().await?).0;
    Ok(Findings(found.into_iter().filter(|finding| finding.level == Level::Saving).collect()))
}

/// What a writer who looks now would see.
pub(crate) fn seen_now(draft: Option<&DraftState>, published: Option<RevisionNumber>) -> Expect {
    draft.map_or_else(
        || Expect { base: published.unwrap_or(RevisionNumber::NONE), edits: 0 },
        |draft| Expect { base: draft.base, edits: draft.edits },
    )
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

async fn write(edit: &mut Edit, company: CompanyId, draft: &DraftState) -> Result<()> {
    use draft::Column::{BaseRevision, Body, CompanyId, Edits, NameFolded, Ready, Tier, UpdatedAt, UpdatedBy};
    let guide = parse(company, &draft.body)?;
    let ready = !rules::check(&guide, edit.tiers().await?).stop(Level::Publishing);
    let row = draft::ActiveModel {
        company_id: Set(company),
        base_revision: Set(draft.base),
        edits: Set(draft.edits),
        body: Set(draft.body.clone()),
        updated_at: Set(draft.updated_at),
        updated_by: Set(draft.updated_by.clone()),
        name_folded: Set(fold(&guide.name)),
        tier: Set(guide.tier),
        ready: Set(ready),
    };
    let replace =
        OnConflict::column(CompanyId).update_columns([BaseRevision, Edits, Body, UpdatedAt, UpdatedBy, NameFolded, Tier, Ready]).to_owned();
    draft::Entity::insert(row).on_conflict(replace).exec_without_returning(&edit.transaction).await.doing("write a draft").map(drop)
}

/// Keys as the column of a company holds them.
pub(crate) fn keys_to_json(keys: &BTreeSet<Key>) -> Result<String> {
    serde_json::to_string(keys).map_err(|error| Error::Damaged { what: "keys".to_owned(), why: error.to_string() })
}
