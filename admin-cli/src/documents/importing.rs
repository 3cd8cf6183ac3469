//! The report of a pasted page.

use super::schema;

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct ImportReport {
    pub(crate) fields: Vec<ImportField>,
    pub(crate) lines: Vec<ImportLine>,
    pub(crate) counts: ImportCounts,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct ImportField {
    pub(crate) path: String,
    pub(crate) outcome: ImportOutcome,
    pub(crate) lines: Vec<i32>,
    pub(crate) value: String,
    pub(crate) choices: Vec<ImportChoice>,
    pub(crate) why: Option<String>,
    pub(crate) question: Option<String>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct ImportChoice {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) likelihood_percent: i32,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ImportOutcome {
    Same,
    WouldSet,
    WouldAdd,
    Unsure,
    Untouched,
    Missing,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct ImportLine {
    pub(crate) number: i32,
    pub(crate) text: String,
    pub(crate) fate: LineFate,
    pub(crate) place: Option<String>,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineFate {
    Field,
    SetAside,
    NotPlaced,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct ImportCounts {
    pub(crate) lines: i32,
    pub(crate) placed: i32,
    pub(crate) set_aside: i32,
    pub(crate) not_placed: i32,
}
