//! Where two writers changed the same place differently: what it was, what each made of it, and who the other one is.

use serde_json::Value as Json;

use entity::{CompanyId, OperationKind, Slug, Timestamp};

use super::{Expect, seen, seen_now};
use crate::edit::Edit;
use crate::error::Result;
use crate::finding::Path;
use crate::guide::Guide;
use crate::merge::Merged;
use crate::operation::{State, Touched};
use crate::plan::{CompanyPlan, Plan};

/// How far back the writer of a place is looked for.
const MOST_OPERATIONS: u64 = 50;

/// Two changes that cannot both stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// The company.
    pub slug: Slug,
    /// The places.
    pub places: Vec<Disputed>,
    /// Both changes merged, with the others' text in these places: decide there, and save it over `found`.
    pub merged: Guide,
    /// What is there now.
    pub found: Expect,
}

/// A place that both changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Disputed {
    /// Where.
    pub path: Path,
    /// What it was when the writer looked; nothing if there was no such item.
    pub base: Option<Json>,
    /// What somebody else made of it meanwhile; nothing if they removed it.
    pub theirs: Option<Json>,
    /// What the writer makes of it; nothing if they remove it.
    pub yours: Option<Json>,
    /// Who changed it meanwhile.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Clash {
    /// The places, for a message.
    #[must_use]
    pub fn paths(&self) -> String {
        self.places.iter().map(|place| format!("{} (by {})", place.path, place.by)).collect::<Vec<_>>().join(", ")
    }

    pub(super) async fn of(edit: &mut Edit, company: CompanyId, seen: Expect, merged: Merged) -> Result<Self> {
        let state = edit.held(company)?.state(company)?.clone();
        let since = since(edit, company, seen).await?;
        let last = since.first().map(|change| (change.by.clone(), change.at));
        let (by, at) = last
            .or_else(|| state.draft.as_ref().map(|draft| (draft.updated_by.clone(), draft.updated_at)))
            .unwrap_or_else(|| (edit.author(), edit.at()));
        let places = merged.conflicts.into_iter().map(|conflict| {
            let path = conflict.path.to_string();
            let writer = since.iter().find(|change| change.paths.iter().any(|other| near(other, &path)));
            let (by, at) = writer.map_or_else(|| (by.clone(), at), |change| (change.by.clone(), change.at));
            Disputed { path: conflict.path, base: conflict.base, theirs: conflict.theirs, yours: conflict.yours, by, at }
        });
        Ok(Self {
            slug: state.slug.clone(),
            places: places.collect(),
            merged: merged.guide,
            found: seen_now(state.draft.as_ref(), state.published),
        })
    }
}

/// What one operation since then changed, and who did it.
struct Change {
    by: String,
    at: Timestamp,
    paths: Vec<String>,
}

/// The changes since a writer looked, newest first.
async fn since(edit: &Edit, company: CompanyId, stamp: Expect) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    for (change, record) in seen::newest(edit, company, MOST_OPERATIONS).await? {
        if change.edits_after.is_some_and(|edits| edits <= stamp.edits && stamp.edits > 0) {
            break;
        }
        let touched = Touched { company, before: State::from_json(&change.before)?, after: State::from_json(&change.after)? };
        let plan = Plan::of_touched(&edit.transaction, &[touched]).await?;
        // A roll back says otherwise what is public and leaves an open draft as it is; a publishing only shows what somebody had saved.
        let rolled_back = record.kind == OperationKind::RollBack;
        let of = |company: CompanyPlan| company.changes.into_iter().chain(company.public_changes.into_iter().filter(move |_| rolled_back));
        let paths = plan.companies.into_iter().flat_map(of).map(|change| change.path.to_string());
        changes.push(Change { by: record.actor, at: record.at, paths: paths.collect() });
    }
    Ok(changes)
}

/// One path is the other, or lies inside of it.
fn near(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// An instant as people and programs read it (RFC 3339, UTC, whole seconds).
pub(super) fn instant(at: Timestamp) -> String {
    let at = at.to_utc();
    let (date, hour, minute, second) = (at.date(), at.hour(), at.minute(), at.second());
    format!("{date}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::{instant, near};
    use entity::Timestamp;

    #[test]
    fn a_change_of_an_item_is_near_its_fields() {
        assert!(near("traits.a", "traits.a") && near("traits.a", "traits.a.text") && near("traits.a.text", "traits.a"));
        assert!(!near("traits.a", "traits.ab"));
    }

    #[test]
    fn an_instant_has_whole_seconds() {
        assert_eq!(instant(Timestamp(1_795_000_000_123_456)), "2026-11-18T11:06:40Z");
    }
}
