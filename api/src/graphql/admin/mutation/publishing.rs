//! Publishing, and taking it back.

use async_graphql::{Context, InputObject, Object, Result};
use content::draft::unmoved;
use content::edit::{Edit, each};
use content::{OperationKind, RevisionNumber, publishing};

use super::companies::{CompanyEdit, CompanySeen, seen};
use super::sought::Sought;
use crate::graphql::admin::draft::StampInput;
use crate::graphql::admin::order::{OrderInput, request};
use crate::graphql::query::CompanyBy;

/// A draft that somebody looked at.
#[derive(InputObject)]
pub(super) struct DraftSeen {
    /// Which company.
    company: CompanyBy,
    /// What the writer saw: its `stamp`. If it moved on since, nothing is done.
    expect: StampInput,
}

/// The drafts of a list, as far as their companies are there.
pub(super) async fn drafts_seen(context: &Context<'_>, drafts: Vec<DraftSeen>) -> Result<Sought<StampInput>> {
    Sought::each(context, drafts.into_iter().map(|DraftSeen { company, expect }| (company, expect))).await
}

/// Drafts to publish.
#[derive(InputObject)]
pub(super) struct Publish {
    /// Which drafts, all or none.
    companies: Vec<DraftSeen>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// Guides to take out of the public API.
#[derive(InputObject)]
pub(super) struct Unpublish {
    /// Which companies, all or none.
    companies: Vec<CompanySeen>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// A guide to roll back.
#[derive(InputObject)]
pub(super) struct RollBack {
    /// Which company.
    company: CompanyBy,
    /// The number of the revision whose content is published again, as a new revision.
    revision: i32,
    /// What the writer saw: its `stamp`.
    expect: Option<StampInput>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// Publishing, and taking it back.
#[derive(Default)]
pub(super) struct Publishing;

/// Publishing, and taking it back.
#[Object]
impl Publishing {
    /// Makes drafts public as new revisions, all or none; the drafts are closed. Needs the role publisher.
    async fn publish(&self, context: &Context<'_>, #[graphql(desc = "What is published.")] input: Publish) -> Result<CompanyEdit> {
        let request = request("publish", &input);
        let sought = drafts_seen(context, input.companies).await?;
        let ids = sought.ids();
        let act = async |edit: &mut Edit| {
            let publish = async |edit: &mut Edit, id, expect: &StampInput| publishing::publish(edit, id, (*expect).into()).await.map(drop);
            each(edit, &sought.all()?, publish).await
        };
        let answer = input.order.perform(context, (OperationKind::Publish, request), act).await?;
        CompanyEdit::of(context, answer, &ids).await
    }

    /// Takes guides out of the public API, all or none. Their revisions and drafts stay. Needs the role publisher.
    async fn unpublish(&self, context: &Context<'_>, #[graphql(desc = "What is taken out.")] input: Unpublish) -> Result<CompanyEdit> {
        let request = request("unpublish", &input);
        let sought = seen(context, input.companies).await?;
        let ids = sought.ids();
        let act = async |edit: &mut Edit| {
            let unpublish = async |edit: &mut Edit, id, expect: &Option<StampInput>| {
                unmoved(edit, id, expect.map(Into::into)).await?;
                publishing::unpublish(edit, id).await
            };
            each(edit, &sought.all()?, unpublish).await
        };
        let answer = input.order.perform(context, (OperationKind::Unpublish, request), act).await?;
        CompanyEdit::of(context, answer, &ids).await
    }

    /// Publishes the content of an old revision again, as a new one. An open draft stays as it is. Needs the role publisher.
    async fn roll_back(&self, context: &Context<'_>, #[graphql(desc = "What is rolled back.")] input: RollBack) -> Result<CompanyEdit> {
        let request = request("rollBack", &input);
        let sought = Sought::one(context, input.company).await?;
        let ids = sought.ids();
        let (expect, to) = (input.expect, RevisionNumber(input.revision));
        let act = async |edit: &mut Edit| {
            let id = sought.it()?;
            unmoved(edit, id, expect.map(Into::into)).await?;
            publishing::roll_back(edit, id, to).await.map(drop)
        };
        let answer = input.order.perform(context, (OperationKind::RollBack, request), act).await?;
        CompanyEdit::of(context, answer, &ids).await
    }
}
