//! The order of one list: whose order holds for what both sides have, and where the additions of each stand.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Conflict, Sides};
use crate::guide::parts::{Name, Place};

/// The members in their order, and a conflict if both sides ordered what they share differently.
///
/// What one side added stands behind what stands before it there. Two additions behind one item: the one with the lesser key first, by the
/// first that is not loose, because loose ones are there or not as a conflict is decided.
pub(super) fn of(sides: Sides<'_>, place: &Place, members: &BTreeSet<&Name>, loose: &BTreeSet<Name>) -> (Vec<Name>, Option<Conflict>) {
    let lists = [sides.theirs.list(place), sides.yours.list(place)].map(|list| kept(list, |name| members.contains(name)));
    let [theirs, yours] = [(0, 1), (1, 0)].map(|(one, other)| {
        let others: BTreeSet<&Name> = lists[other].iter().copied().collect();
        kept(lists[one].iter().copied(), |name| others.contains(name))
    });
    let (shared, conflict) = shared(sides, place, theirs, yours);
    let common: BTreeSet<&Name> = shared.iter().copied().collect();
    let [mut theirs, mut yours] = lists.map(|list| runs(list, &common));
    let first = |run: &[&Name]| run.iter().find(|name| !loose.contains(**name)).or(run.first()).map(|name| (*name).clone());
    let mut ordered = Vec::with_capacity(members.len());
    for anchor in std::iter::once(None).chain(shared.into_iter().map(Some)) {
        let mut both = [theirs.remove(&anchor).unwrap_or_default(), yours.remove(&anchor).unwrap_or_default()];
        both.sort_by_key(|run| first(run));
        ordered.extend(anchor.into_iter().chain(both.into_iter().flatten()).cloned());
    }
    (ordered, conflict)
}

/// The order of what both have in this list, each side's given.
fn shared<'a>(sides: Sides<'a>, place: &Place, theirs: Vec<&'a Name>, yours: Vec<&'a Name>) -> (Vec<&'a Name>, Option<Conflict>) {
    let here: BTreeSet<&Name> = theirs.iter().copied().collect();
    let base = kept(sides.base.list(place), |name| here.contains(name));
    let old: BTreeSet<&Name> = base.iter().copied().collect();
    let [theirs_old, yours_old] = [&theirs, &yours].map(|list| kept(list.iter().copied(), |name| old.contains(name)));
    if theirs_old == yours_old {
        // They differ at most in where they put what both of them added.
        (theirs.min(yours), None)
    } else if yours_old == base {
        (theirs, None)
    } else if theirs_old == base {
        (yours, None)
    } else {
        let labels = |list: &[&Name]| Some(Value::from(list.iter().map(|name| name.label.to_string()).collect::<Vec<_>>()));
        let (base, [theirs_old, yours_old]) = (labels(&base), [theirs_old, yours_old].map(|list| labels(&list)));
        let conflict = Conflict { path: place.path().at("order"), base, theirs: theirs_old, yours: yours_old };
        (sides.pick(theirs, yours), Some(conflict))
    }
}

/// What stands behind each common item and before the next one.
fn runs<'a>(list: Vec<&'a Name>, common: &BTreeSet<&'a Name>) -> BTreeMap<Option<&'a Name>, Vec<&'a Name>> {
    let mut runs: BTreeMap<Option<&Name>, Vec<&Name>> = BTreeMap::new();
    let mut anchor = None;
    for name in list {
        if common.contains(name) {
            anchor = Some(name);
        } else {
            runs.entry(anchor).or_default().push(name);
        }
    }
    runs
}

fn kept<'a>(list: impl IntoIterator<Item = &'a Name>, keep: impl Fn(&Name) -> bool) -> Vec<&'a Name> {
    list.into_iter().filter(|name| keep(name)).collect()
}
