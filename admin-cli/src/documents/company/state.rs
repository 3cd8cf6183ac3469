//! What is said of the states of one guide: what the rules find in it, what is different between two of them, and which were public.

use super::super::operation::Operation;
use super::super::plan::{Change, Stamp};
use super::super::{DateTime, PageInfo, schema};
use super::{CompanyBy, GuideAt, Publication};

#[derive(cynic::QueryVariables, Clone, Debug)]
pub(crate) struct ByVariables {
    pub(crate) by: CompanyBy,
}

/// Whether a guide can be published, and what the rules say of it.
#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "ByVariables")]
pub(crate) struct ReadinessQuery {
    #[arguments(by: $by)]
    pub(crate) company: Option<Checked>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Company")]
pub(crate) struct Checked {
    pub(crate) slug: String,
    pub(crate) readiness: Readiness,
}

#[derive(cynic::QueryFragment, Debug)]
pub(crate) struct Readiness {
    pub(crate) ready: bool,
    pub(crate) findings: Vec<Finding>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) code: String,
    pub(crate) level: FindingLevel,
    pub(crate) path: String,
    pub(crate) found: String,
    pub(crate) expected: String,
    pub(crate) message: String,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FindingLevel {
    Saving,
    Publishing,
    Advice,
}

#[derive(cynic::QueryVariables, Clone, Debug)]
pub(crate) struct DiffVariables {
    pub(crate) by: CompanyBy,
    pub(crate) from: Option<GuideAt>,
    pub(crate) to: Option<GuideAt>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "DiffVariables")]
pub(crate) struct DiffQuery {
    #[arguments(by: $by)]
    pub(crate) company: Option<Compared>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Company", variables = "DiffVariables")]
pub(crate) struct Compared {
    pub(crate) slug: String,
    pub(crate) stamp: Stamp,
    pub(crate) published: Option<Publication>,
    pub(crate) readiness: Readiness,
    #[arguments(from: $from, to: $to)]
    pub(crate) diff: Vec<Change>,
}

#[derive(cynic::QueryVariables, Clone, Debug)]
pub(crate) struct HistoryVariables {
    pub(crate) by: CompanyBy,
    pub(crate) first: i32,
    pub(crate) after: Option<String>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "HistoryVariables")]
pub(crate) struct HistoryQuery {
    #[arguments(by: $by)]
    pub(crate) company: Option<Remembered>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Company", variables = "HistoryVariables")]
pub(crate) struct Remembered {
    #[arguments(first: $first, after: $after)]
    pub(crate) revisions: RevisionConnection,
}

#[derive(cynic::QueryFragment, Debug)]
pub(crate) struct RevisionConnection {
    pub(crate) nodes: Vec<Revision>,
    pub(crate) page_info: PageInfo,
    pub(crate) total_count: i32,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Revision {
    pub(crate) number: i32,
    pub(crate) published_at: DateTime,
    pub(crate) operation: Option<Operation>,
}
