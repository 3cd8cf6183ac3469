//! States of public companies: what is the same as long as nothing of what readers see of a company changes.

use std::hash::{DefaultHasher, Hash, Hasher};

use entity::{CompanyId, RevisionNumber, Slug, Timestamp};

use super::read::By;
use crate::tier::Tier;
use crate::view::View;

/// One state of a public company: its guide, which never changes once it is published, under a slug and in a tier, which may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct State {
    company: CompanyId,
    revision: RevisionNumber,
    /// Where a database was put back to an earlier point, the same number can come to stand for another text; never at the same instant.
    published_at: Timestamp,
    /// A fingerprint of the slug and the tier: of the few that one revision of a company is shown with.
    around: u64,
}

impl State {
    pub(super) fn of((company, revision, published_at): (CompanyId, RevisionNumber, Timestamp), slug: &Slug, tier: &Tier) -> Self {
        let mut hasher = DefaultHasher::new();
        (slug, &tier.key, &tier.name, tier.position).hash(&mut hasher);
        Self { company, revision, published_at, around: hasher.finish() }
    }
}

/// The state of a company, if it is in memory and this view sees it: no statement. Counts as shown.
pub async fn known(view: &View, by: &By) -> Option<State> {
    if !view.may_remember() {
        return None;
    }
    let pointer = view.store.pointers.find(&view.store.beat().await.ok()?, by)?;
    if !view.sees(pointer.sample) {
        return None;
    }
    view.shows([pointer.company]);
    Some(pointer.state())
}
