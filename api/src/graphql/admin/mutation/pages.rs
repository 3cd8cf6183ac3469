//! A pasted page that becomes a draft.

use async_graphql::{Context, InputObject, Object, OneofObject, Result, SimpleObject};
use content::draft::{Answers, Target, import, preview};
use content::edit::Edit;
use content::importing::{ImportPlan, Page, read};
use content::{CompanyId, OperationKind, company, operation, tier};

use super::companies::slug;
use super::sought::Sought;
use crate::graphql::admin::answer::Answer;
use crate::graphql::admin::company::Company;
use crate::graphql::admin::desk;
use crate::graphql::admin::draft::StampInput;
use crate::graphql::admin::importing::ImportReport;
use crate::graphql::admin::order::{OrderInput, request};
use crate::graphql::admin::terms::OnConflict;
use crate::graphql::budget::spend;
use crate::graphql::fault::fault;
use crate::graphql::query::CompanyBy;

/// A page to import.
#[derive(InputObject)]
pub(super) struct ImportPage {
    /// The text of the page, as it was copied.
    text: String,
    /// Where it goes.
    into: ImportInto,
    /// Answers to what was unsure, from an earlier dry run.
    #[graphql(default)]
    answers: Vec<ImportAnswer>,
    #[graphql(flatten)]
    order: OrderInput,
}

/// Where a page goes.
#[derive(OneofObject)]
pub(super) enum ImportInto {
    /// Into the draft of a company that there is.
    Company(ImportIntoCompany),
    /// Into a new company.
    New(ImportIntoNew),
}

/// The draft of a company that there is.
#[derive(InputObject)]
pub(super) struct ImportIntoCompany {
    /// Which company.
    company: CompanyBy,
    /// What the writer saw: its `stamp`. If somebody saved since, both changes are merged against that.
    expect: Option<StampInput>,
    /// What to do where somebody else changed the same place differently.
    #[graphql(default)]
    on_conflict: OnConflict,
}

/// A new company.
#[derive(InputObject)]
pub(super) struct ImportIntoNew {
    /// Its name, if it is not the one on the page.
    name: Option<String>,
    /// Its name in addresses; made from the name if it is not said.
    slug: Option<String>,
}

/// An answer to what was unsure.
#[derive(InputObject)]
pub(super) struct ImportAnswer {
    /// The `question` of the field.
    question: String,
    /// The id of one of its choices, or `leave`.
    choice: String,
}

/// What came of an import.
#[derive(SimpleObject)]
pub(super) struct ImportEdit {
    #[graphql(flatten)]
    answer: Answer,
    /// What became of the page.
    report: ImportReport,
    /// The company as it stands now, if there is one.
    company: Option<Company>,
}

/// Pasted pages.
#[derive(Default)]
pub(super) struct Pages;

/// Pasted pages.
#[Object]
impl Pages {
    /// Reads a page as editors paste it and saves what it says as a draft: never more than that. With `dryRun` it only tells what would become of every
    /// field and every line. Imported twice, a page changes nothing the second time. Needs the role author.
    async fn import_page(&self, context: &Context<'_>, #[graphql(desc = "The page.")] input: ImportPage) -> Result<ImportEdit> {
        let request = request("importPage", &input);
        let ImportPage { text, into, answers, order } = input;
        let page = read(&text);
        let answers: Answers = answers.into_iter().map(|answer| (answer.question, answer.choice)).collect();
        let (target_id, target) = match into {
            ImportInto::New(ImportIntoNew { name, slug }) => (None, Err((name, slug))),
            ImportInto::Company(ImportIntoCompany { company, expect, on_conflict }) => {
                let sought = Sought::one(context, company).await?;
                let (seen, take) = (expect.map(Into::into), on_conflict.take());
                (sought.ids().pop(), Ok(sought.it().map(|id| Target::Company { id, seen, take })))
            }
        };
        let mut planned = None;
        let act = async |edit: &mut Edit| {
            let target = match target {
                Ok(target) => target?,
                Err((name, given)) => {
                    let slug = given.map(|given| slug(Some(&given), "")).transpose()?;
                    Target::New { name, slug }
                }
            };
            planned = Some(import(edit, target, &page, answers.clone()).await?.1);
            Ok(())
        };
        let answer = order.perform(context, (OperationKind::Import, request), act).await?;
        let plan = match planned {
            Some(plan) => plan,
            None => report(context, &answer, (target_id, &page), answers).await.map_err(|error| fault(context, &error))?,
        };
        let report = ImportReport::from(plan);
        spend(context, report.entries())?;
        let id = target_id.or_else(|| answer.made().pop());
        let cards = company::card(desk(context)?, &id.into_iter().collect::<Vec<_>>()).await.map_err(|error| fault(context, &error))?;
        Ok(ImportEdit { answer, report, company: cards.into_iter().next().map(Company) })
    }
}

/// The report of an import that was refused, or that an earlier try did: against the guide as it was then.
async fn report(
    context: &Context<'_>,
    answer: &Answer,
    (id, page): (Option<CompanyId>, &Page),
    answers: Answers,
) -> content::Result<ImportPlan> {
    let Some(desk) = context.data_opt::<content::view::Desk>() else { return Ok(preview(page, None, &[], answers)) };
    let tiers = tier::list(&desk.view()).await?;
    let before = match answer.record() {
        Some(record) => operation::text_before(desk, record).await?,
        None => match id {
            Some(id) => content::history::guide(desk, id, content::history::At::Working).await?,
            None => None,
        },
    };
    Ok(preview(page, before.as_ref(), &tiers, answers))
}
