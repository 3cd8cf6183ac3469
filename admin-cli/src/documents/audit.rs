//! The audit record.

use super::{DateTime, PageInfo, schema};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AuditOutcome {
    Done,
    Refused,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct AuditEntry {
    pub(crate) id: cynic::Id,
    pub(crate) at: DateTime,
    pub(crate) by: String,
    pub(crate) act: String,
    pub(crate) outcome: AuditOutcome,
    pub(crate) code: Option<String>,
    pub(crate) operation: Option<cynic::Id>,
    pub(crate) address: String,
    pub(crate) agent: String,
    pub(crate) request_id: String,
}

#[derive(cynic::InputObject, Clone, Debug, Default)]
pub(crate) struct AuditFilter {
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<String>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) since: Option<DateTime>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) act: Option<Vec<String>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) outcome: Option<AuditOutcome>,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct AuditVariables {
    pub(crate) first: i32,
    pub(crate) after: Option<String>,
    pub(crate) filter: Option<AuditFilter>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "AuditVariables")]
pub(crate) struct AuditQuery {
    #[arguments(first: $first, after: $after, filter: $filter)]
    pub(crate) audit: AuditConnection,
}

#[derive(cynic::QueryFragment, Debug)]
pub(crate) struct AuditConnection {
    pub(crate) nodes: Vec<AuditEntry>,
    pub(crate) page_info: PageInfo,
    pub(crate) total_count: i32,
}
