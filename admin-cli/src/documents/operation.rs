//! What was done: the record of operations.

use super::company::CompanyBy;
use super::plan::Plan;
use super::{DateTime, PageInfo, schema};

/// An operation without its plan: enough for a line.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) id: cynic::Id,
    pub(crate) kind: OperationKind,
    pub(crate) by: String,
    pub(crate) reason: String,
    pub(crate) at: DateTime,
    pub(crate) undoes: Option<cynic::Id>,
    pub(crate) job: Option<cynic::Id>,
}

/// An operation with all that it did.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Operation")]
pub(crate) struct WholeOperation {
    pub(crate) id: cynic::Id,
    pub(crate) kind: OperationKind,
    pub(crate) by: String,
    pub(crate) reason: String,
    pub(crate) at: DateTime,
    pub(crate) undoes: Option<cynic::Id>,
    pub(crate) job: Option<cynic::Id>,
    pub(crate) plan: Plan,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OperationKind {
    Create,
    Save,
    Discard,
    Publish,
    Unpublish,
    RollBack,
    Rename,
    Archive,
    Tiers,
    Undo,
    Import,
    Rebase,
    Delete,
    Users,
    Partners,
    Keys,
}

impl OperationKind {
    /// The word that people read.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Create => "new",
            Self::Save => "save",
            Self::Discard => "discard",
            Self::Publish => "publish",
            Self::Unpublish => "unpublish",
            Self::RollBack => "rollback",
            Self::Rename => "rename",
            Self::Archive => "archive",
            Self::Tiers => "tiers",
            Self::Undo => "undo",
            Self::Import => "import",
            Self::Rebase => "rebase",
            Self::Delete => "delete",
            Self::Users => "users",
            Self::Partners => "partners",
            Self::Keys => "keys",
        }
    }
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct OperationVariables {
    pub(crate) id: cynic::Id,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "OperationVariables")]
pub(crate) struct OperationQuery {
    #[arguments(id: $id)]
    pub(crate) operation: Option<WholeOperation>,
}

#[derive(cynic::InputObject, Clone, Debug, Default)]
pub(crate) struct OperationFilter {
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<String>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) since: Option<DateTime>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<Vec<OperationKind>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) job: Option<cynic::Id>,
}

#[derive(cynic::QueryVariables, Clone, Debug)]
pub(crate) struct OperationsVariables {
    pub(crate) first: i32,
    pub(crate) after: Option<String>,
    pub(crate) filter: Option<OperationFilter>,
    pub(crate) company: Option<CompanyBy>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "OperationsVariables")]
pub(crate) struct OperationsQuery {
    #[arguments(first: $first, after: $after, filter: $filter, company: $company)]
    pub(crate) operations: OperationConnection,
}

#[derive(cynic::QueryFragment, Debug)]
pub(crate) struct OperationConnection {
    pub(crate) nodes: Vec<Operation>,
    pub(crate) page_info: PageInfo,
    pub(crate) total_count: i32,
}
