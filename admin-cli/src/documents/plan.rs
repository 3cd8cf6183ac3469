//! What an edit changes, as the server tells it: the same of a dry run and of the real one.

use super::schema;

#[derive(cynic::QueryFragment, Clone, Debug, Default)]
pub(crate) struct Plan {
    pub(crate) companies: Vec<CompanyPlan>,
    pub(crate) subjects: Vec<SubjectPlan>,
    pub(crate) left: Vec<Left>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct CompanyPlan {
    pub(crate) name: String,
    pub(crate) before: Option<Standing>,
    pub(crate) after: Option<Standing>,
    pub(crate) changes: Vec<Change>,
    pub(crate) public_changes: Vec<Change>,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) slug: String,
    pub(crate) revision: Option<i32>,
    pub(crate) archived: bool,
    pub(crate) has_draft: bool,
    pub(crate) stamp: Stamp,
}

#[derive(cynic::QueryFragment, Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Stamp {
    pub(crate) base: i32,
    pub(crate) edits: i32,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct SubjectPlan {
    pub(crate) subject: String,
    pub(crate) changes: Vec<Change>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Left {
    pub(crate) subject: String,
    pub(crate) path: String,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) path: String,
    pub(crate) kind: ChangeKind,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) words: Vec<Word>,
    pub(crate) place_from: Option<Spot>,
    pub(crate) place_to: Option<Spot>,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangeKind {
    Added,
    Removed,
    Changed,
    Reworded,
    Moved,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) kind: WordKind,
    pub(crate) text: String,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordKind {
    Same,
    Added,
    Removed,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) list: String,
    pub(crate) number: i32,
}
