//! What is sent to change something: every edit with the order that all of them carry, and what all of them answer.

use content::access::secret::Secret;

use super::company::CompanyBy;
use super::guide::Guide;
pub(crate) use super::inputs::*;
pub(crate) use super::mutations::{Archive, DisableUser, EnableUser, Restore};
use super::operation::Operation;
pub(crate) use super::partner_edits::{DisablePartner, EnablePartner, FinishRotation, RevokeApiKey};
pub(crate) use super::partner_inputs::*;
use super::plan::{Plan, Stamp};
pub(crate) use super::trusted_document::{RegisterDocuments, UnregisterDocuments};
use super::{DateTime, Json, schema};
use crate::documents::importing::ImportReport;

/// What all edits carry besides what they are about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Order {
    /// The id under which a retry is recognised.
    pub(crate) operation: Option<String>,
    /// Whether it is a rehearsal.
    pub(crate) dry_run: bool,
    /// Why.
    pub(crate) reason: String,
    /// The job that it is a part of.
    pub(crate) job: Option<String>,
}

/// What all edits answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) operation: Option<Operation>,
    pub(crate) plan: Plan,
    pub(crate) user_errors: Vec<UserError>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) report: Option<ImportReport>,
    /// The secret that was made, this one time.
    pub(crate) secret: Option<Secret>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct UserError {
    pub(crate) code: String,
    pub(crate) path: String,
    pub(crate) message: String,
    pub(crate) company: Option<String>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Conflict {
    pub(crate) company: String,
    pub(crate) places: Vec<ConflictPlace>,
    pub(crate) merged: Guide,
    pub(crate) stamp: Stamp,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct ConflictPlace {
    pub(crate) path: String,
    pub(crate) base: Option<Json>,
    pub(crate) theirs: Option<Json>,
    pub(crate) yours: Option<Json>,
    pub(crate) by: String,
    pub(crate) at: DateTime,
}

#[derive(cynic::InputObject, Clone, Copy, Debug)]
pub(crate) struct StampInput {
    pub(crate) base: i32,
    pub(crate) edits: i32,
}

impl From<Stamp> for StampInput {
    fn from(Stamp { base, edits }: Stamp) -> Self {
        Self { base, edits }
    }
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnConflict {
    Refuse,
    TakeTheirs,
    TakeYours,
}

/// A company whose draft the writer saw.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct DraftSeen {
    pub(crate) company: CompanyBy,
    pub(crate) expect: StampInput,
}

/// A company that the writer saw.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct CompanySeen {
    pub(crate) company: CompanyBy,
    pub(crate) expect: Option<StampInput>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) enum ImportInto {
    Company(ImportIntoCompany),
    New(ImportIntoNew),
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct ImportIntoCompany {
    pub(crate) company: CompanyBy,
    pub(crate) expect: Option<StampInput>,
    pub(crate) on_conflict: OnConflict,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct ImportIntoNew {
    pub(crate) name: Option<String>,
    pub(crate) slug: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct ImportAnswer {
    pub(crate) question: String,
    pub(crate) choice: String,
}

/// An edit: its input takes an order, and its answer is an answer.
pub(crate) trait Edit {
    /// The variables of its document.
    type Variables: cynic::QueryVariables + serde::Serialize;
    /// What the document gives.
    type Mutation: cynic::QueryFragment<SchemaType = schema::Mutation>
        + cynic::MutationBuilder<Self::Variables>
        + serde::de::DeserializeOwned;

    /// The variables, with the order in them.
    fn variables(self, order: Order) -> Self::Variables;

    /// The answer in what the document gave.
    fn answer(mutation: Self::Mutation) -> Answer;
}
