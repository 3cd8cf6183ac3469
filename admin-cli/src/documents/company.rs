//! Companies: the list as editors see it, and one with its guide. What is said of its states stands in `state`.

mod state;

use super::guide::Guide;
use super::plan::Stamp;
use super::{Date, DateTime, PageInfo, schema};

pub(crate) use state::{
    ByVariables, Checked, DiffQuery, DiffVariables, Finding, FindingLevel, HistoryQuery, HistoryVariables, ReadinessQuery,
};

/// How one company is named.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) enum CompanyBy {
    Slug(String),
    Id(cynic::Id),
}

impl From<&str> for CompanyBy {
    fn from(slug: &str) -> Self {
        Self::Slug(slug.to_owned())
    }
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CompanyState {
    Published,
    Changed,
    Draft,
    Archived,
}

impl CompanyState {
    /// The words that people read.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Changed => "published, draft",
            Self::Draft => "draft",
            Self::Archived => "archived",
        }
    }
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Publication {
    pub(crate) revision: i32,
    pub(crate) published_at: DateTime,
}

/// A company in a list.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Company")]
pub(crate) struct Listed {
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) tier: Option<String>,
    pub(crate) state: CompanyState,
    pub(crate) published: Option<Publication>,
    pub(crate) draft: Option<ListedDraft>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Draft")]
pub(crate) struct ListedDraft {
    pub(crate) updated_at: DateTime,
    pub(crate) updated_by: String,
    pub(crate) ready: bool,
}

/// A company with its whole guide.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Company", variables = "GuideVariables")]
pub(crate) struct Held {
    pub(crate) id: cynic::Id,
    pub(crate) slug: String,
    pub(crate) state: CompanyState,
    pub(crate) stamp: Stamp,
    pub(crate) published: Option<Publication>,
    pub(crate) draft: Option<ListedDraft>,
    #[arguments(at: $at)]
    pub(crate) guide: Option<Guide>,
}

/// A state of a guide.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) enum GuideAt {
    Draft(bool),
    Published(bool),
    Revision(i32),
    AsOf(DateTime),
}

#[derive(cynic::QueryVariables, Clone, Debug)]
pub(crate) struct GuideVariables {
    pub(crate) by: CompanyBy,
    pub(crate) at: Option<GuideAt>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "GuideVariables")]
pub(crate) struct GuideQuery {
    #[arguments(by: $by)]
    pub(crate) company: Option<Held>,
}

#[derive(cynic::InputObject, Clone, Debug, Default)]
pub(crate) struct CompanyFilter {
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<Vec<CompanyState>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) tier: Option<Vec<String>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) changed_since: Option<DateTime>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) changed_by: Option<String>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) verified_before: Option<Date>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) ready: Option<bool>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) job: Option<cynic::Id>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) operation: Option<cynic::Id>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) slugs: Option<Vec<String>>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct CompanyOrder {
    pub(crate) field: CompanyOrderField,
    pub(crate) direction: Option<OrderDirection>,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CompanyOrderField {
    Name,
    ChangedAt,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrderDirection {
    Asc,
    Desc,
}

#[derive(cynic::QueryVariables, Clone, Debug)]
pub(crate) struct ListVariables {
    pub(crate) first: i32,
    pub(crate) after: Option<String>,
    pub(crate) filter: Option<CompanyFilter>,
    pub(crate) order: Option<CompanyOrder>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "ListVariables")]
pub(crate) struct ListQuery {
    #[arguments(first: $first, after: $after, filter: $filter, orderBy: $order)]
    pub(crate) companies: ListedConnection,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "CompanyConnection")]
pub(crate) struct ListedConnection {
    pub(crate) nodes: Vec<Listed>,
    pub(crate) page_info: PageInfo,
    pub(crate) total_count: i32,
}

#[derive(cynic::QueryVariables, Clone, Debug)]
pub(crate) struct GuidesVariables {
    pub(crate) first: i32,
    pub(crate) after: Option<String>,
    pub(crate) filter: Option<CompanyFilter>,
    pub(crate) at: Option<GuideAt>,
}

/// A page of companies with their whole guides.
#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "GuidesVariables")]
pub(crate) struct GuidesQuery {
    #[arguments(first: $first, after: $after, filter: $filter)]
    pub(crate) companies: GuidesConnection,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "CompanyConnection", variables = "GuidesVariables")]
pub(crate) struct GuidesConnection {
    pub(crate) nodes: Vec<HeldInList>,
    pub(crate) page_info: PageInfo,
    pub(crate) total_count: i32,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Company", variables = "GuidesVariables")]
pub(crate) struct HeldInList {
    pub(crate) id: cynic::Id,
    pub(crate) slug: String,
    pub(crate) state: CompanyState,
    pub(crate) stamp: Stamp,
    pub(crate) published: Option<Publication>,
    pub(crate) draft: Option<ListedDraft>,
    #[arguments(at: $at)]
    pub(crate) guide: Option<Guide>,
}

/// A page of companies with how each stands, and without guides.
#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "ListVariables")]
pub(crate) struct StandingsQuery {
    #[arguments(first: $first, after: $after, filter: $filter, orderBy: $order)]
    pub(crate) companies: StandingConnection,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "CompanyConnection")]
pub(crate) struct StandingConnection {
    pub(crate) nodes: Vec<StandingInList>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Company")]
pub(crate) struct StandingInList {
    pub(crate) slug: String,
    pub(crate) state: CompanyState,
    pub(crate) stamp: Stamp,
    pub(crate) published: Option<Publication>,
    pub(crate) draft: Option<ListedDraft>,
}
