//! Partners and their API keys.

use super::{Date, DateTime, Long, schema};

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Partner {
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) contact: Option<String>,
    pub(crate) version: i32,
    pub(crate) created_at: DateTime,
    pub(crate) disabled_at: Option<DateTime>,
}

/// How one partner is named.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) enum PartnerBy {
    Slug(String),
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
pub(crate) struct PartnersQuery {
    pub(crate) partners: Vec<Partner>,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct PartnerVariables {
    pub(crate) by: PartnerBy,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "PartnerVariables")]
pub(crate) struct PartnerQuery {
    #[arguments(by: $by)]
    pub(crate) partner: Option<Partner>,
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::enum_variant_names, reason = "these are the names of the schema")]
pub(crate) enum Scope {
    CompaniesRead,
    QuestionsRead,
    SalariesRead,
}

impl Scope {
    /// The word that people write.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::CompaniesRead => "companies:read",
            Self::QuestionsRead => "questions:read",
            Self::SalariesRead => "salaries:read",
        }
    }
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ApiKeyMode {
    Live,
    Test,
}

impl ApiKeyMode {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Test => "test",
        }
    }
}

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ApiKeyState {
    Active,
    Rotating,
    Expired,
    Revoked,
    Disabled,
}

impl ApiKeyState {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Rotating => "rotating",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Disabled => "disabled",
        }
    }
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct ApiKey {
    pub(crate) name: String,
    pub(crate) partner: Partner,
    pub(crate) mode: ApiKeyMode,
    pub(crate) state: ApiKeyState,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) points_per_minute: i32,
    pub(crate) requests_per_day: Option<i32>,
    pub(crate) origins: Vec<String>,
    pub(crate) networks: Vec<String>,
    pub(crate) trusted_only: bool,
    pub(crate) version: i32,
    pub(crate) created_at: DateTime,
    pub(crate) expires_at: Option<DateTime>,
    pub(crate) revoked_at: Option<DateTime>,
    pub(crate) used_at: Option<DateTime>,
    pub(crate) secrets: Vec<ApiSecret>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct ApiSecret {
    pub(crate) shown: String,
    pub(crate) live: bool,
    pub(crate) created_at: DateTime,
    pub(crate) ends_at: Option<DateTime>,
    pub(crate) used_at: Option<DateTime>,
    pub(crate) requests_last_hour: Long,
    pub(crate) requests: Long,
}

/// How one key is named.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) enum ApiKeyBy {
    Name(String),
}

#[derive(cynic::InputObject, Clone, Debug, Default)]
pub(crate) struct ApiKeyFilter {
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) partner: Option<PartnerBy>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) expiring_before: Option<DateTime>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) unused_since: Option<DateTime>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<Vec<ApiKeyState>>,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct ApiKeysVariables {
    pub(crate) filter: Option<ApiKeyFilter>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "ApiKeysVariables")]
pub(crate) struct ApiKeysQuery {
    #[arguments(filter: $filter)]
    pub(crate) api_keys: Vec<ApiKey>,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct ApiKeyVariables {
    pub(crate) by: ApiKeyBy,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "ApiKeyVariables")]
pub(crate) struct ApiKeyQuery {
    #[arguments(by: $by)]
    pub(crate) api_key: Option<ApiKey>,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct ApiKeyUsageVariables {
    pub(crate) by: ApiKeyBy,
    pub(crate) days: i32,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "ApiKeyUsageVariables")]
pub(crate) struct ApiKeyUsageQuery {
    #[arguments(by: $by)]
    pub(crate) api_key: Option<ApiKeyUsage>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ApiKey", variables = "ApiKeyUsageVariables")]
pub(crate) struct ApiKeyUsage {
    pub(crate) name: String,
    #[arguments(days: $days)]
    pub(crate) usage: Vec<UsageDay>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct UsageDay {
    pub(crate) date: Date,
    pub(crate) requests: Long,
    pub(crate) points: Long,
    pub(crate) refused: Long,
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct OwnerVariables {
    pub(crate) fingerprint: String,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "OwnerVariables")]
pub(crate) struct OwnerQuery {
    #[arguments(fingerprint: $fingerprint)]
    pub(crate) api_key_of_secret: Option<ApiSecretOwner>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct ApiSecretOwner {
    pub(crate) api_key: ApiKey,
    pub(crate) secret: ApiSecret,
}
