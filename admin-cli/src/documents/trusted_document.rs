//! Documents that are registered for a partner.

use super::edit::{Answer, Edit, Order};
use super::inputs::orders;
use super::mutations::edits;
use super::partner::PartnerBy;
use super::payloads::PartnerEdit;
use super::{DateTime, PageInfo, schema};

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct TrustedDocument {
    pub(crate) hash: String,
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) created_at: DateTime,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct TrustedDocumentsVariables {
    pub(crate) partner: PartnerBy,
    pub(crate) first: i32,
    pub(crate) after: Option<String>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "TrustedDocumentsVariables")]
pub(crate) struct TrustedDocumentsQuery {
    #[arguments(partner: $partner, first: $first, after: $after)]
    pub(crate) trusted_documents: TrustedDocumentConnection,
}

#[derive(cynic::QueryFragment, Debug)]
pub(crate) struct TrustedDocumentConnection {
    pub(crate) nodes: Vec<TrustedDocument>,
    pub(crate) page_info: PageInfo,
}

/// Documents to be registered, by their texts.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct RegisterDocuments {
    partner: PartnerBy,
    documents: Vec<String>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// Documents to be taken off, by their hashes.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct UnregisterDocuments {
    partner: PartnerBy,
    documents: Vec<String>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

orders! {
    RegisterDocuments { partner: PartnerBy, documents: Vec<String> }
    UnregisterDocuments { partner: PartnerBy, documents: Vec<String> }
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct RegisterDocumentsVariables {
    input: RegisterDocuments,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "RegisterDocumentsVariables")]
pub(crate) struct RegisterDocumentsMutation {
    #[arguments(input: $input)]
    register_documents: PartnerEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct UnregisterDocumentsVariables {
    input: UnregisterDocuments,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "UnregisterDocumentsVariables")]
pub(crate) struct UnregisterDocumentsMutation {
    #[arguments(input: $input)]
    unregister_documents: PartnerEdit,
}

edits! {
    RegisterDocuments: RegisterDocuments RegisterDocumentsVariables RegisterDocumentsMutation register_documents, |input| input;
    UnregisterDocuments: UnregisterDocuments UnregisterDocumentsVariables UnregisterDocumentsMutation unregister_documents, |input| input;
}
