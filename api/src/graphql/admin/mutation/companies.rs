//! Making, renaming, putting away and deleting companies, and taking operations back.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use content::code::Code;
use content::company::{self, NewCompany};
use content::draft::unmoved;
use content::edit::{Edit, each};
use content::finding::{Findings, quoted};
use content::guide::keys::slugged;
use content::{CompanyId, OperationKind, Slug, undo};

use crate::graphql::admin::answer::Answer;
use crate::graphql::admin::company::Company;
use crate::graphql::admin::desk;
use crate::graphql::admin::draft::StampInput;
use crate::graphql::admin::input::GuideInput;
use crate::graphql::admin::order::{OrderInput, operation_id, request};
use crate::graphql::fault::fault;
use crate::graphql::query::CompanyBy;

use super::sought::Sought;

/// What came of an edit of companies.
#[derive(SimpleObject)]
pub(super) struct CompanyEdit {
    #[graphql(flatten)]
    answer: Answer,
    /// The companies as they stand now, those that are there.
    companies: Vec<Company>,
}

/// What came of taking an operation back.
#[derive(SimpleObject)]
pub(super) struct UndoEdit {
    #[graphql(flatten)]
    answer: Answer,
}

impl CompanyEdit {
    /// The answer with the companies that it is about.
    pub(super) async fn of(context: &Context<'_>, answer: Answer, ids: &[CompanyId]) -> Result<Self> {
        let cards = company::card(desk(context)?, ids).await.map_err(|error| fault(context, &error))?;
        let companies = ids.iter().filter_map(|id| cards.iter().find(|card| card.id == *id).cloned()).map(Company).collect();
        Ok(Self { answer, companies })
    }
}

/// A company, with what the writer saw of it.
#[derive(InputObject)]
pub(super) struct CompanySeen {
    /// Which company.
    company: CompanyBy,
    /// What the writer saw: its `stamp`. If it moved on since, nothing is done. Left out, it is taken as it is.
    expect: Option<StampInput>,
}

/// The companies of a list, as far as they are there.
pub(super) async fn seen(context: &Context<'_>, companies: Vec<CompanySeen>) -> Result<Sought<Option<StampInput>>> {
    Sought::each(context, companies.into_iter().map(|CompanySeen { company, expect }| (company, expect))).await
}

/// A company to be made.
#[derive(InputObject)]
pub(super) struct CreateCompany {
    /// Its name in addresses; made from the name of the guide if it is not said.
    slug: Option<String>,
    /// Its guide, which may be unfinished: the name is enough.
    guide: GuideInput,
    #[graphql(flatten)]
    order: OrderInput,
}

/// A company that gets another slug.
#[derive(InputObject)]
pub(super) struct RenameCompany {
    /// Which company.
    company: CompanyBy,
    /// Its name in addresses from now on. The old one keeps finding it.
    slug: String,
    /// What the writer saw: its `stamp`.
    expect: Option<StampInput>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// Companies to put away, or to take out again.
#[derive(InputObject)]
pub(super) struct CompaniesSeen {
    /// Which companies, all or none.
    companies: Vec<CompanySeen>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// A company to delete.
#[derive(InputObject)]
pub(super) struct DeleteCompany {
    /// Which company. It must be archived.
    company: CompanyBy,
    /// What the writer saw: its `stamp`.
    expect: Option<StampInput>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// An operation to take back.
#[derive(InputObject)]
pub(super) struct Undo {
    /// Which operation.
    operation: ID,
    #[graphql(flatten)]
    order: OrderInput,
}

/// A slug, as it was given or made from a name.
pub(super) fn slug(given: Option<&str>, name: &str) -> content::Result<Slug> {
    let text = given.map_or_else(|| slugged(name, Slug::MAX), str::to_owned);
    text.parse::<Slug>().map_err(|error| Findings::one(Code::NameMalformed, "slug", (quoted(&text), error.to_string())).into())
}

/// What can be done with companies besides changing their guides.
#[derive(Default)]
pub(super) struct Companies;

/// What can be done with companies besides changing their guides.
#[Object]
impl Companies {
    /// Makes a company with a draft. Readers see nothing of it before it is published. Needs the role author.
    async fn create_company(&self, context: &Context<'_>, #[graphql(desc = "What is made.")] input: CreateCompany) -> Result<CompanyEdit> {
        let request = request("createCompany", &input);
        let CreateCompany { slug: given, guide, order } = input;
        let act = async |edit: &mut Edit| {
            let slug = slug(given.as_deref(), guide.name())?;
            let guide = guide.into_content(edit, std::collections::BTreeSet::new()).await?;
            company::create(edit, NewCompany { id: None, slug, guide }).await.map(drop)
        };
        let answer = order.perform(context, (OperationKind::Create, request), act).await?;
        let made = answer.made();
        CompanyEdit::of(context, answer, &made).await
    }

    /// Gives a company another slug, at once. The old one keeps finding it. Needs the role publisher.
    async fn rename_company(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What is renamed.")] input: RenameCompany,
    ) -> Result<CompanyEdit> {
        let request = request("renameCompany", &input);
        let sought = Sought::one(context, input.company).await?;
        let ids = sought.ids();
        let (expect, to) = (input.expect, input.slug);
        let act = async |edit: &mut Edit| {
            let id = sought.it()?;
            unmoved(edit, id, expect.map(Into::into)).await?;
            company::rename(edit, id, slug(Some(&to), "")?).await
        };
        let answer = input.order.perform(context, (OperationKind::Rename, request), act).await?;
        CompanyEdit::of(context, answer, &ids).await
    }

    /// Puts companies away: out of the public API, out of the editors' lists. Nothing of them is lost. Needs the role publisher.
    async fn archive(&self, context: &Context<'_>, #[graphql(desc = "What is put away.")] input: CompaniesSeen) -> Result<CompanyEdit> {
        let request = request("archive", &input);
        let sought = seen(context, input.companies).await?;
        let ids = sought.ids();
        let act = async |edit: &mut Edit| {
            let archive = async |edit: &mut Edit, id, expect: &Option<StampInput>| {
                unmoved(edit, id, expect.map(Into::into)).await?;
                company::archive(edit, id).await
            };
            each(edit, &sought.all()?, archive).await
        };
        let answer = input.order.perform(context, (OperationKind::Archive, request), act).await?;
        CompanyEdit::of(context, answer, &ids).await
    }

    /// Takes archived companies out again, unpublished. Needs the role publisher.
    async fn restore(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What is taken out again.")] input: CompaniesSeen,
    ) -> Result<CompanyEdit> {
        let request = request("restore", &input);
        let sought = seen(context, input.companies).await?;
        let ids = sought.ids();
        let act = async |edit: &mut Edit| {
            let restore = async |edit: &mut Edit, id, expect: &Option<StampInput>| {
                unmoved(edit, id, expect.map(Into::into)).await?;
                company::restore(edit, id).await
            };
            each(edit, &sought.all()?, restore).await
        };
        let answer = input.order.perform(context, (OperationKind::Archive, request), act).await?;
        CompanyEdit::of(context, answer, &ids).await
    }

    /// Deletes an archived company with its draft, its revisions and its old slugs. The record keeps them, so an undo brings it back. Needs the role
    /// admin.
    async fn delete_company(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What is deleted.")] input: DeleteCompany,
    ) -> Result<CompanyEdit> {
        let request = request("deleteCompany", &input);
        let sought = Sought::one(context, input.company).await?;
        let ids = sought.ids();
        let expect = input.expect;
        let act = async |edit: &mut Edit| {
            let id = sought.it()?;
            unmoved(edit, id, expect.map(Into::into)).await?;
            company::delete(edit, id).await
        };
        let answer = input.order.perform(context, (OperationKind::Delete, request), act).await?;
        CompanyEdit::of(context, answer, &ids).await
    }

    /// Takes an operation back. What was changed again since in the same place is left alone and listed in `plan.left`. One's own needs the role that
    /// the operation needed; somebody else's the role publisher at least.
    async fn undo(&self, context: &Context<'_>, #[graphql(desc = "What is taken back.")] input: Undo) -> Result<UndoEdit> {
        let request = request("undo", &input);
        let id = operation_id(&input.operation)?;
        let act = async |edit: &mut Edit| undo::take_back(edit, id).await;
        Ok(UndoEdit { answer: input.order.perform(context, (OperationKind::Undo, request), act).await? })
    }
}
