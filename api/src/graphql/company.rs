//! A company and its guide.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use content::company::Company as Content;
use content::view::View;
use time::OffsetDateTime;

use super::budget::spend;
use super::connection::{QuestionConnection, window};
use super::fault::fault;
use super::filter::QuestionFilter;
use super::here::{All, Here};
use super::letters::{Id, Text, Texts};
use super::lines::{FocusArea, PrepPlan, RedFlag, Source, Tip, Trait};
use super::order::QuestionOrder;
use super::questions::{Question, QuestionCategory};
use super::rounds::InterviewLoop;
use super::salaries::SalaryRange;
use super::scalars::Date;
use super::tiers::Tier;

/// A company with its published interview guide.
#[derive(Clone)]
pub(super) struct Company(pub Arc<Content>);

/// A company with its published interview guide.
#[Object]
impl Company {
    /// Identifies it, the same in every environment.
    pub(crate) async fn id(&self) -> Id {
        Id(self.0.wire_id())
    }

    /// Its name in addresses. It may change; the old one keeps finding the company.
    async fn slug(&self) -> Text<&str> {
        Text(self.0.slug.as_str())
    }

    /// Its name for people.
    async fn name(&self) -> Text<&str> {
        Text(&self.0.guide.name)
    }

    /// Whether it is invented, to show what guides look like.
    async fn sample(&self) -> bool {
        self.0.guide.sample
    }

    /// The tier that it is sorted into.
    async fn tier(&self) -> Here<Tier> {
        Here(Tier::from(&self.0.tier))
    }

    /// What it stands for, in a few words each: the line under its name.
    #[graphql(visible = "super::scopes::companies")]
    async fn highlights(&self) -> Texts<'_> {
        Texts(&self.0.guide.highlights)
    }

    /// What its AI teams work on.
    #[graphql(visible = "super::scopes::companies")]
    async fn focus_areas(&self, context: &Context<'_>) -> Result<All<FocusArea<'_>>> {
        FocusArea::all(context, &self.0.guide.focus_areas)
    }

    /// The interview from the first talk to the last.
    #[graphql(visible = "super::scopes::companies")]
    async fn interview_loop(&self) -> Here<InterviewLoop> {
        Here(InterviewLoop(Arc::clone(&self.0)))
    }

    /// The categories of questions with their shares of the interview.
    #[graphql(visible = "super::scopes::questions")]
    async fn question_categories(&self, context: &Context<'_>) -> Result<All<QuestionCategory>> {
        spend(context, self.0.guide.categories.len())?;
        Ok((0..self.0.guide.categories.len()).map(|place| QuestionCategory { company: Arc::clone(&self.0), place }).collect())
    }

    /// The questions of the guide, of all categories, page by page.
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
        #[graphql(desc = "In which order. The default is that of the guide.")] order_by: Option<QuestionOrder>,
    ) -> Result<Here<QuestionConnection>> {
        let window = window(context, first, after, last, before)?;
        let filter = filter.map(QuestionFilter::into_content).transpose()?.unwrap_or_default();
        let page = content::question::list_of(context.data::<View>()?, &self.0, &filter, order_by.map(QuestionOrder::into_content), window);
        page.map(|page| Here(QuestionConnection::new(page, |question| Here(Question(question))))).map_err(|error| fault(context, &error))
    }

    /// Advice that outsiders rarely have.
    #[graphql(visible = "super::scopes::companies")]
    async fn insider_tips(&self, context: &Context<'_>) -> Result<All<Tip<'_>>> {
        Tip::all(context, &self.0.guide.insider_tips)
    }

    /// What candidates should avoid.
    #[graphql(visible = "super::scopes::companies")]
    async fn red_flags(&self, context: &Context<'_>) -> Result<All<RedFlag<'_>>> {
        RedFlag::all(context, &self.0.guide.red_flags)
    }

    /// What interviewers look for.
    #[graphql(visible = "super::scopes::companies")]
    async fn traits(&self, context: &Context<'_>) -> Result<All<Trait<'_>>> {
        Trait::all(context, &self.0.guide.traits)
    }

    /// What is paid, the most junior level first.
    #[graphql(visible = "super::scopes::salaries")]
    async fn salary_ranges(&self, context: &Context<'_>) -> Result<All<SalaryRange>> {
        let places = 0..self.0.guide.salary_ranges.len();
        spend(context, places.len())?;
        Ok(places.filter_map(|place| content::salary_range::SalaryRange::at(&self.0, place).map(SalaryRange)).collect())
    }

    /// What to do in the weeks before the interview.
    #[graphql(visible = "super::scopes::companies")]
    async fn prep_plan(&self) -> Here<PrepPlan> {
        Here(PrepPlan::from(self.0.guide.prep_plan.as_slice()))
    }

    /// The number of the published revision, from 1. It rises with every publish.
    async fn revision(&self) -> i32 {
        self.0.revision.0
    }

    /// When this revision was published.
    async fn published_at(&self) -> OffsetDateTime {
        self.0.published_at.to_utc()
    }

    /// The day on which somebody last checked the guide, if it is known.
    async fn verified_on(&self) -> Option<Date> {
        self.0.guide.verified_on.map(Date)
    }

    /// Where the content comes from.
    #[graphql(visible = "super::scopes::companies")]
    async fn sources(&self, context: &Context<'_>) -> Result<All<Source<'_>>> {
        Source::all(context, &self.0.guide.sources)
    }
}
