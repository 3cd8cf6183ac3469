//! The documents of the edits of partners and of their keys.

use super::edit::{Answer, Edit, Order};
use super::mutations::edits;
use super::partner::{ApiKeyBy, PartnerBy};
use super::partner_inputs::{ApiKeySeen, ChangeApiKey, ChangePartner, CreateApiKey, CreatePartner, PartnerSeen, RotateApiKey};
use super::payloads::{ApiKeyEdit, PartnerEdit};
use super::schema;

/// A partner whose keys are stopped.
#[derive(Clone, Debug)]
pub(crate) struct DisablePartner(pub(crate) PartnerBy, pub(crate) Option<i32>);

/// A partner whose keys work again.
#[derive(Clone, Debug)]
pub(crate) struct EnablePartner(pub(crate) PartnerBy, pub(crate) Option<i32>);

/// A key whose rotation is over.
#[derive(Clone, Debug)]
pub(crate) struct FinishRotation(pub(crate) ApiKeyBy, pub(crate) Option<i32>);

/// A key that is stopped for good.
#[derive(Clone, Debug)]
pub(crate) struct RevokeApiKey(pub(crate) ApiKeyBy, pub(crate) Option<i32>);

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct CreatePartnerVariables {
    input: CreatePartner,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "CreatePartnerVariables")]
pub(crate) struct CreatePartnerMutation {
    #[arguments(input: $input)]
    create_partner: PartnerEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct ChangePartnerVariables {
    input: ChangePartner,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "ChangePartnerVariables")]
pub(crate) struct ChangePartnerMutation {
    #[arguments(input: $input)]
    change_partner: PartnerEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct PartnerSeenVariables {
    input: PartnerSeen,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "PartnerSeenVariables")]
pub(crate) struct DisablePartnerMutation {
    #[arguments(input: $input)]
    disable_partner: PartnerEdit,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "PartnerSeenVariables")]
pub(crate) struct EnablePartnerMutation {
    #[arguments(input: $input)]
    enable_partner: PartnerEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct CreateApiKeyVariables {
    input: CreateApiKey,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "CreateApiKeyVariables")]
pub(crate) struct CreateApiKeyMutation {
    #[arguments(input: $input)]
    create_api_key: ApiKeyEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct ChangeApiKeyVariables {
    input: ChangeApiKey,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "ChangeApiKeyVariables")]
pub(crate) struct ChangeApiKeyMutation {
    #[arguments(input: $input)]
    change_api_key: ApiKeyEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct RotateApiKeyVariables {
    input: RotateApiKey,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "RotateApiKeyVariables")]
pub(crate) struct RotateApiKeyMutation {
    #[arguments(input: $input)]
    rotate_api_key: ApiKeyEdit,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct ApiKeySeenVariables {
    input: ApiKeySeen,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "ApiKeySeenVariables")]
pub(crate) struct FinishRotationMutation {
    #[arguments(input: $input)]
    finish_rotation: ApiKeyEdit,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "ApiKeySeenVariables")]
pub(crate) struct RevokeApiKeyMutation {
    #[arguments(input: $input)]
    revoke_api_key: ApiKeyEdit,
}

edits! {
    CreatePartner: CreatePartner CreatePartnerVariables CreatePartnerMutation create_partner, |input| input;
    ChangePartner: ChangePartner ChangePartnerVariables ChangePartnerMutation change_partner, |input| input;
    DisablePartner: PartnerSeen PartnerSeenVariables DisablePartnerMutation disable_partner, |DisablePartner(by, seen)| PartnerSeen::new(by, seen);
    EnablePartner: PartnerSeen PartnerSeenVariables EnablePartnerMutation enable_partner, |EnablePartner(by, seen)| PartnerSeen::new(by, seen);
    CreateApiKey: CreateApiKey CreateApiKeyVariables CreateApiKeyMutation create_api_key, |input| input;
    ChangeApiKey: ChangeApiKey ChangeApiKeyVariables ChangeApiKeyMutation change_api_key, |input| input;
    RotateApiKey: RotateApiKey RotateApiKeyVariables RotateApiKeyMutation rotate_api_key, |input| input;
    FinishRotation: ApiKeySeen ApiKeySeenVariables FinishRotationMutation finish_rotation, |FinishRotation(by, seen)| ApiKeySeen::new(by, seen);
    RevokeApiKey: ApiKeySeen ApiKeySeenVariables RevokeApiKeyMutation revoke_api_key, |RevokeApiKey(by, seen)| ApiKeySeen::new(by, seen);
}
