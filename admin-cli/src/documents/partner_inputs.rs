//! The inputs of the edits of partners and of their keys.

use super::DateTime;
use super::inputs::orders;
use super::partner::{ApiKeyBy, ApiKeyMode, PartnerBy, Scope};
use super::schema;

/// A partner to be made.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct CreatePartner {
    slug: String,
    name: String,
    contact: Option<String>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A partner to be changed: what it is afterwards, whole.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct ChangePartner {
    partner: PartnerBy,
    name: Option<String>,
    contact: Option<String>,
    expect: Option<i32>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A partner whose keys are stopped, or let work again.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct PartnerSeen {
    partner: PartnerBy,
    expect: Option<i32>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A key that gets another secret.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct RotateApiKey {
    api_key: ApiKeyBy,
    overlap_seconds: i32,
    expect: Option<i32>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A key that is meant.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct ApiKeySeen {
    api_key: ApiKeyBy,
    expect: Option<i32>,
    operation_id: Option<cynic::Id>,
    dry_run: bool,
    reason: String,
    job: Option<cynic::Id>,
}

/// A key to be made.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct CreateApiKey {
    pub(crate) partner: PartnerBy,
    pub(crate) name: String,
    pub(crate) mode: ApiKeyMode,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) points_per_minute: i32,
    pub(crate) requests_per_day: Option<i32>,
    pub(crate) origins: Vec<String>,
    pub(crate) networks: Vec<String>,
    pub(crate) trusted_only: bool,
    pub(crate) expires_at: Option<DateTime>,
    pub(crate) operation_id: Option<cynic::Id>,
    pub(crate) dry_run: bool,
    pub(crate) reason: String,
    pub(crate) job: Option<cynic::Id>,
}

/// A key to be changed: what is agreed for it afterwards, whole. What is not there is taken away.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) struct ChangeApiKey {
    pub(crate) api_key: ApiKeyBy,
    pub(crate) scopes: Option<Vec<Scope>>,
    pub(crate) points_per_minute: Option<i32>,
    pub(crate) requests_per_day: Option<i32>,
    pub(crate) origins: Option<Vec<String>>,
    pub(crate) networks: Option<Vec<String>>,
    pub(crate) trusted_only: Option<bool>,
    pub(crate) expires_at: Option<DateTime>,
    pub(crate) expect: Option<i32>,
    pub(crate) operation_id: Option<cynic::Id>,
    pub(crate) dry_run: bool,
    pub(crate) reason: String,
    pub(crate) job: Option<cynic::Id>,
}

orders! {
    CreatePartner { slug: String, name: String, contact: Option<String> }
    ChangePartner { partner: PartnerBy, name: Option<String>, contact: Option<String>, expect: Option<i32> }
    PartnerSeen { partner: PartnerBy, expect: Option<i32> }
    RotateApiKey { api_key: ApiKeyBy, overlap_seconds: i32, expect: Option<i32> }
    ApiKeySeen { api_key: ApiKeyBy, expect: Option<i32> }
}

orders!(CreateApiKey, ChangeApiKey);
