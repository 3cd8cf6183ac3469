//! A company as editors see it: published or not, with its draft, its history and what is different between two of its states.

use async_graphql::{Context, ID, Object, OneofObject, Result, SimpleObject};
use content::company::{Card, CardDraft};
use content::finding::Level;
use content::guide::rules;
use content::history::{self, At};
use content::{CompanyId, RevisionNumber, Timestamp, WireId, diff, tier};
use time::OffsetDateTime;

use super::batches::{self, AtDesk};
use super::change::Change;
use super::desk;
use super::draft::{Finding, Stamp, StampOutput};
use super::guide::Guide;
use super::operation::{Operation, OperationConnection, OperationFilter};
use super::terms::CompanyState;
use crate::graphql::connection::window;
use crate::graphql::fault::fault;

/// A company with its guide, published or not.
#[derive(Clone)]
pub(super) struct Company(pub Card);

/// Which text of a guide.
#[derive(OneofObject)]
pub(super) enum GuideAt {
    /// The open draft: always true.
    Draft(bool),
    /// What is public: always true.
    Published(bool),
    /// This revision.
    Revision(i32),
    /// What was public at this instant.
    AsOf(OffsetDateTime),
}

impl From<GuideAt> for At {
    fn from(at: GuideAt) -> Self {
        match at {
            GuideAt::Draft(_) => Self::Draft,
            GuideAt::Published(_) => Self::Published,
            GuideAt::Revision(number) => Self::Revision(RevisionNumber(number)),
            GuideAt::AsOf(at) => Self::Instant(Timestamp::from(at)),
        }
    }
}

/// What is public of a company.
#[derive(SimpleObject)]
pub(super) struct Publication {
    /// The revision.
    revision: i32,
    /// Since when.
    published_at: OffsetDateTime,
}

/// The open draft of a company.
pub(super) struct Draft {
    company: CompanyId,
    card: CardDraft,
}

/// What the rules say of a guide.
#[derive(SimpleObject)]
pub(super) struct Readiness {
    /// Whether it can be published.
    ready: bool,
    /// All that the rules found: what stops the publishing, and advice that stops nothing.
    findings: Vec<Finding>,
}

async fn text(context: &Context<'_>, company: CompanyId, at: At) -> Result<Option<content::guide::Guide>> {
    history::guide(desk(context)?, company, at).await.map_err(|error| fault(context, &error))
}

/// A company with its guide, published or not.
#[Object(name = "Company")]
impl Company {
    /// Identifies it, the same in every environment.
    pub(crate) async fn id(&self) -> ID {
        ID(WireId::from(self.0.id).to_string())
    }

    /// Its name in addresses.
    async fn slug(&self) -> &str {
        self.0.slug.as_str()
    }

    /// Its name for people, as the draft has it if there is one.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The key of its tier, as the draft has it if there is one.
    async fn tier(&self) -> Option<&str> {
        self.0.tier.as_ref().map(content::Key::as_str)
    }

    /// How it stands.
    async fn state(&self) -> CompanyState {
        self.0.state().into()
    }

    /// What the next writer has to say to have seen.
    async fn stamp(&self) -> StampOutput {
        Stamp(self.0.stamp()).into()
    }

    /// When it was made.
    async fn created_at(&self) -> OffsetDateTime {
        self.0.created_at.to_utc()
    }

    /// Since when it is put away, if it is.
    async fn archived_at(&self) -> Option<OffsetDateTime> {
        self.0.archived_at.map(Timestamp::to_utc)
    }

    /// What is public, if anything is.
    async fn published(&self) -> Option<Publication> {
        let publication = |(number, at): (RevisionNumber, Timestamp)| Publication { revision: number.0, published_at: at.to_utc() };
        self.0.published.map(publication)
    }

    /// The open draft, if there is one.
    async fn draft(&self) -> Option<Draft> {
        self.0.draft.clone().map(|card| Draft { company: self.0.id, card })
    }

    /// The guide: what editors work on, or another state of it. Nothing if there was none.
    async fn guide(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which state; the draft if it is not said, or what is public while there is none.")] at: Option<GuideAt>,
    ) -> Result<Option<Guide>> {
        Ok(text(context, self.0.id, at.map_or(At::Working, At::from)).await?.map(Guide::from))
    }

    /// Whether what editors work on can be published, and all that the rules say of it.
    async fn readiness(&self, context: &Context<'_>) -> Result<Readiness> {
        let guide = text(context, self.0.id, At::Working).await?.unwrap_or_default();
        let tiers = tier::list(&desk(context)?.view()).await.map_err(|error| fault(context, &error))?;
        let findings = rules::check(&guide, &tiers.into_iter().map(|tier| tier.key).collect());
        let ready = !findings.stop(Level::Publishing);
        Ok(Readiness { ready, findings: findings.0.iter().map(Finding::from).collect() })
    }

    /// What is different between two states. Nothing of a state that there is not.
    async fn diff(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The old state; what is public if it is not said.")] from: Option<GuideAt>,
        #[graphql(desc = "The new state; what editors work on if it is not said.")] to: Option<GuideAt>,
    ) -> Result<Vec<Change>> {
        let from = text(context, self.0.id, from.map_or(At::Published, At::from)).await?.unwrap_or_default();
        let to = text(context, self.0.id, to.map_or(At::Working, At::from)).await?.unwrap_or_default();
        Ok(diff::between(&from, &to).into_iter().map(Change::from).collect())
    }

    /// Its revisions, newest first.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection, as the schema has them")]
    async fn revisions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "So many from the start of the list, at most 100. The default is 20.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "In front of this cursor.")] before: Option<String>,
    ) -> Result<RevisionConnection> {
        let window = window(context, first, after, last, before)?;
        let page = history::revisions(desk(context)?, self.0.id, window).await;
        page.map(|page| RevisionConnection::new(page, Revision)).map_err(|error| fault(context, &error))
    }

    /// What was done with it, newest first.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection, as the schema has them")]
    async fn operations(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "So many from the start of the list, at most 100. The default is 20.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "In front of this cursor.")] before: Option<String>,
    ) -> Result<OperationConnection> {
        let window = window(context, first, after, last, before)?;
        let test = OperationFilter::default().of_company(self.0.id)?;
        let page = history::operations(desk(context)?, &test, window).await;
        page.map(|page| OperationConnection::new(page, Operation)).map_err(|error| fault(context, &error))
    }
}

/// The open draft of a company.
#[Object]
impl Draft {
    /// What the next writer has to say to have seen.
    async fn stamp(&self) -> StampOutput {
        Stamp(self.card.stamp).into()
    }

    /// When it was last saved.
    async fn updated_at(&self) -> OffsetDateTime {
        self.card.updated_at.to_utc()
    }

    /// Who saved it last.
    async fn updated_by(&self) -> &str {
        &self.card.updated_by
    }

    /// Whether the rules had nothing against publishing it when it was saved.
    async fn ready(&self) -> bool {
        self.card.ready
    }

    /// What it says.
    async fn guide(&self, context: &Context<'_>) -> Result<Option<Guide>> {
        Ok(text(context, self.company, At::Draft).await?.map(Guide::from))
    }
}

/// A published state of a guide. It never changes.
#[derive(Clone)]
pub(super) struct Revision(pub history::Revision);

/// A published state of a guide. It never changes.
#[Object]
impl Revision {
    /// Its number: r1, r2, ...
    async fn number(&self) -> i32 {
        self.0.number.0
    }

    /// When it was published.
    async fn published_at(&self) -> OffsetDateTime {
        self.0.published_at.to_utc()
    }

    /// The operation that published it.
    async fn operation(&self, context: &Context<'_>) -> Result<Option<Operation>> {
        Ok(batches::one::<AtDesk, _>(context, self.0.operation).await?.map(Operation))
    }
}

crate::graphql::connection::connection! {
    /// A list of revisions.
    RevisionConnection,
    /// A revision in a list.
    RevisionEdge, Revision, content::history::Revision, Vec, Vec<Revision>
}
crate::graphql::connection::connection! {
    /// A list of companies.
    CompanyConnection,
    /// A company in a list.
    CompanyEdge, Company, content::company::Card, Vec, Vec<Company>
}
