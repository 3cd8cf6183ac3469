//! The root of the public schema.

use async_graphql::{Context, ID, Object, OneofObject, Result};
use content::code::Code;
use content::company::{self, By, Selection};
use content::view::View;
use content::{Kind, node, question, salary_range, tier};

use super::connection::{CompanyConnection, QuestionConnection, SalaryRangeConnection, window};
use super::fault::{fault, refused};
use super::filter::{CompanyFilter, QuestionFilter, SalaryRangeFilter, wire_id};
use super::here::{All, Here};
use super::node::Node;
use super::order::{CompanyOrder, QuestionOrder, SalaryRangeOrder};
use super::parts::Lasting;
use super::questions::Question;
use super::salaries::SalaryRange;
use super::service::Service;
use super::tiers::Tier;
use super::viewer::Viewer;
use crate::limits::Limits;

/// How one company is named.
#[derive(OneofObject)]
pub(super) enum CompanyBy {
    /// By its id.
    Id(ID),
    /// By its slug, or by one that it had before.
    Slug(String),
}

impl CompanyBy {
    /// The name in the words of `content`; nothing if it can be no company's.
    pub(super) fn into_content(self) -> Result<Option<By>> {
        Ok(match self {
            Self::Id(id) => match wire_id(&id)? {
                id if id.kind == Kind::Company => Some(By::Id(content::CompanyId(id.uuid))),
                _ => None,
            },
            Self::Slug(slug) => slug.parse().ok().map(By::Slug),
        })
    }
}

/// Everything that can be read.
pub struct Query;

/// Everything that can be read.
#[Object]
impl Query {
    /// A company, a round, a category, a question or a salary range by its id; nothing if no published guide has it.
    async fn node(&self, context: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Node>> {
        let found = node::find_many(context.data::<View>()?, &[wire_id(&id)?]).await.map_err(|error| fault(context, &error))?;
        Ok(found.into_iter().flatten().next().map(Node::from))
    }

    /// Several things by their ids, in that order; nothing in the place of an id that no published guide has. At most 100.
    async fn nodes(&self, context: &Context<'_>, #[graphql(desc = "Their ids.")] ids: Vec<ID>) -> Result<Vec<Option<Node>>> {
        let most = context.data::<Limits>()?.page as usize;
        if ids.len() > most {
            return Err(refused(Code::PageLarge, format!("{} ids are asked for; at most {most} are allowed.", ids.len())));
        }
        let ids = ids.iter().map(wire_id).collect::<Result<Vec<_>>>()?;
        let found = node::find_many(context.data::<View>()?, &ids).await.map_err(|error| fault(context, &error))?;
        Ok(found.into_iter().map(|node| node.map(Node::from)).collect())
    }

    /// One company by its id or slug; nothing if it is not published.
    async fn company(&self, context: &Context<'_>, #[graphql(desc = "How it is named.")] by: CompanyBy) -> Result<Option<Lasting>> {
        let Some(by) = by.into_content()? else { return Ok(None) };
        let found = company::find(context.data::<View>()?, &by).await.map_err(|error| fault(context, &error))?;
        Ok(found.map(Lasting::of))
    }

    /// Companies, by name if nothing else is asked for; with a search, the best matches first.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection, as the schema has them")]
    async fn companies(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "So many from the start of the list, at most 100. The default is 20.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "In front of this cursor.")] before: Option<String>,
        #[graphql(desc = "Which companies.")] filter: Option<CompanyFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<CompanyOrder>,
        #[graphql(
            desc = "Words that must all be found in the name, highlights or focus areas; the last one may be the beginning of a word."
        )]
        search: Option<String>,
    ) -> Result<CompanyConnection> {
        let window = window(context, first, after, last, before)?;
        let filter = filter.map(CompanyFilter::into_content).transpose()?.unwrap_or_default();
        let selection = Selection { filter, search, order: order_by.map(CompanyOrder::into_content) };
        let page = company::list(context.data::<View>()?, &selection, window).await;
        page.map(|page| CompanyConnection::new(page, Lasting::of)).map_err(|error| fault(context, &error))
    }

    /// Questions of all companies, by company if nothing else is asked for; with a search, the best matches first.
    #[graphql(visible = "super::scopes::questions")]
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection, as the schema has them")]
    async fn questions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "So many from the start of the list, at most 100. The default is 20.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "In front of this cursor.")] before: Option<String>,
        #[graphql(desc = "Which questions.")] filter: Option<QuestionFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<QuestionOrder>,
        #[graphql(desc = "Words that must all be found in the text, tags or guidance; the last one may be the beginning of a word.")]
        search: Option<String>,
    ) -> Result<QuestionConnection> {
        let window = window(context, first, after, last, before)?;
        let filter = filter.map(QuestionFilter::into_content).transpose()?.unwrap_or_default();
        let selection = Selection { filter, search, order: order_by.map(QuestionOrder::into_content) };
        let page = question::list(context.data::<View>()?, &selection, window).await;
        page.map(|page| QuestionConnection::new(page, |question| Here(Question(question)))).map_err(|error| fault(context, &error))
    }

    /// Salary ranges of all companies, by company if nothing else is asked for.
    #[graphql(visible = "super::scopes::salaries")]
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection, as the schema has them")]
    async fn salary_ranges(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "So many from the start of the list, at most 100. The default is 20.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "In front of this cursor.")] before: Option<String>,
        #[graphql(desc = "Which salary ranges.")] filter: Option<SalaryRangeFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<SalaryRangeOrder>,
    ) -> Result<SalaryRangeConnection> {
        let window = window(context, first, after, last, before)?;
        let filter = filter.map(SalaryRangeFilter::into_content).transpose()?.unwrap_or_default();
        let page = salary_range::list(context.data::<View>()?, &filter, order_by.map(SalaryRangeOrder::into_content), window).await;
        page.map(|page| SalaryRangeConnection::new(page, |range| Here(SalaryRange(range)))).map_err(|error| fault(context, &error))
    }

    /// The tiers that companies are sorted into, in their order.
    async fn tiers(&self, context: &Context<'_>) -> Result<All<Tier>> {
        let tiers = tier::list(context.data::<View>()?).await.map_err(|error| fault(context, &error))?;
        Ok(tiers.iter().map(Tier::from).collect())
    }

    /// The server that answers: its version and its limits.
    async fn service(&self) -> Service {
        Service
    }

    /// Who asks, and what they may see.
    async fn viewer(&self) -> Viewer {
        Viewer
    }
}
