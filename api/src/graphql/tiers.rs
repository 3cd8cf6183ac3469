//! Tiers.

use async_graphql::SimpleObject;

use super::letters::Text;

/// A tier that companies are sorted into.
#[derive(SimpleObject)]
pub(super) struct Tier {
    /// Its name in filters.
    key: Text<String>,
    /// Its name for people.
    name: Text<String>,
}

impl From<&content::tier::Tier> for Tier {
    fn from(tier: &content::tier::Tier) -> Self {
        Self { key: Text(tier.key.to_string()), name: Text(tier.name.clone()) }
    }
}
