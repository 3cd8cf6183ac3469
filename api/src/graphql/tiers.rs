//! Tiers.

use async_graphql::SimpleObject;

/// A tier that companies are sorted into.
#[derive(SimpleObject)]
pub(super) struct Tier {
    /// Its name in filters.
    key: String,
    /// Its name for people.
    name: String,
}

impl From<&content::tier::Tier> for Tier {
    fn from(tier: &content::tier::Tier) -> Self {
        Self { key: tier.key.to_string(), name: tier.name.clone() }
    }
}
