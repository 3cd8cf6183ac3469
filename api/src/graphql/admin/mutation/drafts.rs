//! Changing drafts: whole, or one thing at a time.

use async_graphql::{Context, InputObject, Object, Result};
use content::changes::{Change, apply};
use content::edit::{Edit, each};
use content::finding::Findings;
use content::guide::keys::Taken;
use content::merge::Take;
use content::{CompanyId, OperationKind, draft};

use super::companies::CompanyEdit;
use super::patches::{DraftChange, into_content};
use super::publishing::{DraftSeen, drafts_seen};
use super::sought::Sought;
use crate::graphql::admin::draft::StampInput;
use crate::graphql::admin::input::GuideInput;
use crate::graphql::admin::order::{OrderInput, request};
use crate::graphql::admin::terms::OnConflict;
use crate::graphql::query::CompanyBy;

/// A whole guide to save as the draft.
#[derive(InputObject)]
pub(super) struct SaveDraft {
    /// Which company.
    company: CompanyBy,
    /// What the writer saw: its `stamp`. If somebody saved since, both changes are merged against that.
    expect: StampInput,
    /// The guide. It may be unfinished; what cannot be understood is refused.
    guide: GuideInput,
    /// What to do where both changed the same place differently.
    #[graphql(default)]
    on_conflict: OnConflict,
    #[graphql(flatten)]
    order: OrderInput,
}

/// Changes of the draft of one company.
#[derive(InputObject)]
pub(super) struct ChangesOf {
    /// Which company.
    company: CompanyBy,
    /// What the writer saw: its `stamp`. If somebody saved since, both changes are merged against that. Left out, the draft is taken as it is.
    expect: Option<StampInput>,
    /// The changes, in this order.
    changes: Vec<DraftChange>,
}

/// Changes of drafts, one thing at a time.
#[derive(InputObject)]
pub(super) struct ChangeDrafts {
    /// The changes by company, all or none.
    companies: Vec<ChangesOf>,
    /// What to do where somebody else changed the same place differently.
    #[graphql(default)]
    on_conflict: OnConflict,
    #[graphql(flatten)]
    order: OrderInput,
}

/// Drafts to throw away.
#[derive(InputObject)]
pub(super) struct DiscardDrafts {
    /// Which drafts, all or none.
    companies: Vec<DraftSeen>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// A draft to put on what is public now.
#[derive(InputObject)]
pub(super) struct RebaseDraft {
    /// Which company.
    company: CompanyBy,
    /// What the writer saw: its `stamp`.
    expect: StampInput,
    /// What to do where the draft and what was published since changed the same place differently.
    #[graphql(default)]
    on_conflict: OnConflict,
    #[graphql(flatten)]
    order: OrderInput,
}

/// Changing drafts.
#[derive(Default)]
pub(super) struct Drafts;

/// Changing drafts.
#[Object]
impl Drafts {
    /// Saves a whole guide as the draft. What somebody else saved since is merged with it; nothing is overwritten. Needs the role author.
    async fn save_draft(&self, context: &Context<'_>, #[graphql(desc = "What is saved.")] input: SaveDraft) -> Result<CompanyEdit> {
        let request = request("saveDraft", &input);
        let SaveDraft { company, expect, guide, on_conflict, order } = input;
        let sought = Sought::one(context, company).await?;
        let ids = sought.ids();
        let act = async |edit: &mut Edit| {
            let id = sought.it()?;
            let used = draft::used_keys(edit, id).await?;
            let guide = guide.into_content(edit, used).await?;
            draft::save_taking(edit, id, &guide, expect.into(), on_conflict.take()).await.map(drop)
        };
        let answer = order.perform(context, (OperationKind::Save, request), act).await?;
        CompanyEdit::of(context, answer, &ids).await
    }

    /// Changes drafts one thing at a time: of one company or of many, all or none. Needs the role author.
    async fn change_drafts(&self, context: &Context<'_>, #[graphql(desc = "What changes.")] input: ChangeDrafts) -> Result<CompanyEdit> {
        let request = request("changeDrafts", &input);
        let take = input.on_conflict.take();
        let mut malformed = Findings::default();
        let wanted = input.companies.into_iter().map(|ChangesOf { company, expect, changes }| {
            let changes = into_content(changes, &mut malformed);
            (company, Wanted { expect, changes, take })
        });
        let sought = Sought::each(context, wanted.collect::<Vec<_>>()).await?;
        let ids = sought.ids();
        let act = async |edit: &mut Edit| {
            if !malformed.0.is_empty() {
                return Err(content::Error::Findings(malformed));
            }
            each(edit, &sought.all()?, change).await
        };
        let answer = input.order.perform(context, (OperationKind::Save, request), act).await?;
        CompanyEdit::of(context, answer, &ids).await
    }

    /// Throws drafts away, all or none. An undo brings them back. Needs the role author.
    async fn discard_drafts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What is thrown away.")] input: DiscardDrafts,
    ) -> Result<CompanyEdit> {
        let request = request("discardDrafts", &input);
        let sought = drafts_seen(context, input.companies).await?;
        let ids = sought.ids();
        let act = async |edit: &mut Edit| {
            let discard = async |edit: &mut Edit, id, expect: &StampInput| draft::discard(edit, id, (*expect).into()).await;
            each(edit, &sought.all()?, discard).await
        };
        let answer = input.order.perform(context, (OperationKind::Discard, request), act).await?;
        CompanyEdit::of(context, answer, &ids).await
    }

    /// Puts the draft on what is public now: both changes are merged against what the draft began from. Needed before publishing a draft whose base is
    /// not what is public (CON-001). Needs the role author.
    async fn rebase_draft(&self, context: &Context<'_>, #[graphql(desc = "What is put there.")] input: RebaseDraft) -> Result<CompanyEdit> {
        let request = request("rebaseDraft", &input);
        let RebaseDraft { company, expect, on_conflict, order } = input;
        let sought = Sought::one(context, company).await?;
        let ids = sought.ids();
        let act = async |edit: &mut Edit| draft::rebase(edit, sought.it()?, expect.into(), on_conflict.take()).await.map(drop);
        let answer = order.perform(context, (OperationKind::Rebase, request), act).await?;
        CompanyEdit::of(context, answer, &ids).await
    }
}

/// The changes of one company as they are carried out.
struct Wanted {
    expect: Option<StampInput>,
    changes: Vec<Change>,
    take: Option<Take>,
}

async fn change(edit: &mut Edit, id: CompanyId, wanted: &Wanted) -> content::Result<()> {
    let (text, seen) = draft::as_seen(edit, id, wanted.expect.map(Into::into)).await?;
    let mut taken = Taken::new(draft::used_keys(edit, id).await?);
    let changed = apply(&text, &wanted.changes, &mut taken)?;
    edit.made(changed.made.into_iter().map(|made| made.key));
    draft::save_taking(edit, id, &changed.guide, seen, wanted.take).await.map(drop)
}
