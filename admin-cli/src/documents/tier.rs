//! The list of tiers.

use super::schema;

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Tier {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) position: i32,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct TierList {
    pub(crate) tiers: Vec<Tier>,
    pub(crate) stamp: String,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
pub(crate) struct TiersQuery {
    pub(crate) tiers: TierList,
}
