//! The list of tiers, with what a writer has to say to have seen.

use async_graphql::SimpleObject;
use content::tier::{Tier as Content, stamp};

/// The list of tiers.
#[derive(SimpleObject)]
pub(super) struct TierList {
    /// The tiers in their order.
    tiers: Vec<Tier>,
    /// What the next writer has to say to have seen.
    stamp: String,
}

/// A tier that companies are sorted into.
#[derive(SimpleObject)]
pub(super) struct Tier {
    /// Its name in guides and filters.
    key: String,
    /// Its name for people.
    name: String,
    /// Its place in the list.
    position: i32,
}

impl From<Vec<Content>> for TierList {
    fn from(tiers: Vec<Content>) -> Self {
        let stamp = stamp(&tiers);
        let tier = |tier: Content| Tier { key: tier.key.into(), name: tier.name, position: tier.position };
        Self { tiers: tiers.into_iter().map(tier).collect(), stamp }
    }
}
