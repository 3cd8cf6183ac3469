//! Three-way merge: what two editors made of one guide, put together by field and by item. It writes nothing and decides no conflict on its own.

mod fate;
mod order;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::finding::Path;
use crate::guide::Guide;
use crate::guide::parts::{Fields, Item, Name, Parts, Place, spoken};
use fate::{Fate, Fates};

/// A place that both sides changed differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Where: a field, an item, `item.place` for the list that an item stands in, or `list.order` for the order of a list.
    pub path: Path,
    /// What both started from. Nothing if the field or the item was not there.
    pub base: Option<Value>,
    /// What they made of it.
    pub theirs: Option<Value>,
    /// What you made of it.
    pub yours: Option<Value>,
}

/// Two sides in one guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The guide. In places of conflict it holds what they have.
    pub guide: Guide,
    /// What somebody has to decide, in the order of the guide.
    pub conflicts: Vec<Conflict>,
}

/// Whose word counts where both changed the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// Theirs.
    Theirs,
    /// Yours.
    Yours,
}

/// Merges what they and what you made of the base, and says where the two do not go together.
///
/// Only what both changed, and changed differently, is a conflict. An item that one side removed and the other changed, or put something
/// into, is a conflict of the item. The result is the same whoever comes first, but for the sides of the conflicts.
#[must_use]
pub fn merge(base: &Guide, theirs: &Guide, yours: &Guide) -> Merged {
    three_way([base, theirs, yours], Take::Theirs)
}

/// Merges and decides every conflict for one side.
#[must_use]
pub fn merge_taking(base: &Guide, theirs: &Guide, yours: &Guide, take: Take) -> Guide {
    three_way([base, theirs, yours], take).guide
}

fn three_way(guides: [&Guide; 3], take: Take) -> Merged {
    // Both decisions have to be possible, or else it would matter who comes first.
    let [theirs, yours] = [Take::Theirs, Take::Yours].map(|take| attempt(guides, take).ok().flatten());
    match (theirs, yours, take) {
        (Some(merged), Some(_), Take::Theirs) | (Some(_), Some(merged), Take::Yours) => merged,
        (None, _, _) | (_, None, _) => whole(guides, take),
    }
}

/// The guide as one thing that both changed: for guides that cannot be merged by their items. Nothing gets lost, somebody has to look.
fn whole([base, theirs, yours]: [&Guide; 3], take: Take) -> Merged {
    let value = |guide: &Guide| serde_json::to_value(guide).ok();
    let conflict = Conflict { path: Path::root(), base: value(base), theirs: value(theirs), yours: value(yours) };
    let guide = match take {
        Take::Theirs => theirs.clone(),
        Take::Yours => yours.clone(),
    };
    Merged { guide, conflicts: vec![conflict] }
}

/// The merge, or nothing if an item would lose its list or share its key: sides that give one key to items of several sorts can come to that.
fn attempt([base, theirs, yours]: [&Guide; 3], take: Take) -> serde_json::Result<Option<Merged>> {
    let sides = Sides { base: &Parts::of(base)?, theirs: &Parts::of(theirs)?, yours: &Parts::of(yours)?, take };
    let mut merging = Merging { sides, fates: Fates::of(sides), parts: Parts::default(), loose: BTreeSet::new(), conflicts: Vec::new() };
    merging.root();
    merging.items();
    merging.lists();
    merging.conflicts.sort_by(|one, other| one.0.cmp(&other.0));
    let Merging { parts, conflicts, .. } = merging;
    let guide = parts.together()?;
    let placed: usize = parts.lists.values().map(Vec::len).sum();
    let sound = placed == parts.items.len() && Parts::of(&guide)?.items.len() == placed && (distinct(&guide) || !distinct_sides(sides));
    Ok(sound.then(|| Merged { guide, conflicts: conflicts.into_iter().map(|(_, conflict)| conflict).collect() }))
}

fn distinct(guide: &Guide) -> bool {
    let mut seen = BTreeSet::new();
    guide.keys().all(|key| seen.insert(key))
}

fn distinct_sides(sides: Sides<'_>) -> bool {
    [sides.theirs, sides.yours].iter().all(|parts| {
        let mut seen = BTreeSet::new();
        parts.items.keys().all(|name| seen.insert(&name.label))
    })
}

/// What is merged, and who is believed in a conflict.
#[derive(Clone, Copy)]
struct Sides<'a> {
    base: &'a Parts,
    theirs: &'a Parts,
    yours: &'a Parts,
    take: Take,
}

impl<'a> Sides<'a> {
    fn taken(self) -> &'a Parts {
        match self.take {
            Take::Theirs => self.theirs,
            Take::Yours => self.yours,
        }
    }

    fn pick<T>(self, theirs: T, yours: T) -> T {
        match self.take {
            Take::Theirs => theirs,
            Take::Yours => yours,
        }
    }

    /// The value that holds, and whether the sides are at odds about it.
    fn settle<T: PartialEq + Copy>(self, base: T, theirs: T, yours: T) -> (T, bool) {
        if theirs == yours || yours == base {
            (theirs, false)
        } else if theirs == base {
            (yours, false)
        } else {
            (self.pick(theirs, yours), true)
        }
    }

    /// The list by which messages name an item: where it was, or else where the side that comes first in the guide has it.
    fn home(self, name: &Name) -> Option<&'a Place> {
        self.base.place(name).or_else(|| self.theirs.place(name).into_iter().chain(self.yours.place(name)).min())
    }
}

/// Where a conflict stands among the others: fields of the guide first, then list by list.
type Rank = (Option<Place>, Option<Name>, String);

struct Merging<'a> {
    sides: Sides<'a>,
    fates: Fates,
    parts: Parts,
    /// Items whose being in this list hangs on a conflict.
    loose: BTreeSet<Name>,
    conflicts: Vec<(Rank, Conflict)>,
}

impl<'a> Merging<'a> {
    fn root(&mut self) {
        let Sides { base, theirs, yours, .. } = self.sides;
        self.parts.root = self.fields(None, [Some(&base.root), Some(&theirs.root), Some(&yours.root)]);
    }

    fn items(&mut self) {
        for (name, fate) in std::mem::take(&mut self.fates.by_name) {
            let held = match fate {
                Fate::Gone => None,
                Fate::Added => self.only(&name),
                Fate::Contested => {
                    self.contested(&name);
                    self.sides.taken().items.get(&name).cloned()
                }
                Fate::Follows => {
                    self.loose.insert(name.clone());
                    self.sides.taken().items.get(&name).cloned()
                }
                Fate::Both => self.both(&name),
            };
            if let Some(item) = held {
                self.parts.items.insert(name, item);
            }
        }
        self.resettle();
    }

    fn only(&self, name: &Name) -> Option<Item> {
        self.sides.theirs.items.get(name).or_else(|| self.sides.yours.items.get(name)).cloned()
    }

    fn contested(&mut self, name: &Name) {
        self.loose.insert(name.clone());
        let Sides { base, theirs, yours, .. } = self.sides;
        self.conflict(Some(name), "", [base.whole(name), theirs.whole(name), yours.whole(name)]);
    }

    fn both(&mut self, name: &Name) -> Option<Item> {
        let Sides { base, theirs, yours, .. } = self.sides;
        let [base, theirs, yours] = [base, theirs, yours].map(|parts| parts.items.get(name));
        let fields = self.fields(Some(name), [base, theirs, yours].map(|item| item.map(|item| &item.fields)));
        let [base, theirs, yours] = [base, theirs, yours].map(|item| item.map(|item| &item.place));
        let (place, odds) = self.sides.settle(base, theirs, yours);
        if odds {
            self.loose.insert(name.clone());
            self.conflict(Some(name), "place", [base, theirs, yours].map(|place| place.map(|place| Value::from(place.path().to_string()))));
        }
        Some(Item { place: place?.clone(), fields })
    }

    /// An item that one side moved into something that a conflict took away stays where the believed side has it.
    fn resettle(&mut self) {
        let homeless = |item: &Item, parts: &Parts| item.place.holder().is_some_and(|holder| !parts.items.contains_key(holder));
        let moved: Vec<Name> =
            self.parts.items.iter().filter(|(_, item)| homeless(item, &self.parts)).map(|(name, _)| name.clone()).collect();
        for name in moved {
            if let (Some(item), Some(place)) = (self.parts.items.get_mut(&name), self.sides.taken().place(&name)) {
                item.place = place.clone();
            }
            self.loose.insert(name);
        }
    }

    fn fields(&mut self, name: Option<&Name>, [base, theirs, yours]: [Option<&'a Fields>; 3]) -> Fields {
        let names: BTreeSet<&String> = [base, theirs, yours].into_iter().flatten().flat_map(Fields::keys).collect();
        let mut merged = Fields::new();
        for field in names {
            let [base, theirs, yours] = [base, theirs, yours].map(|fields| fields.and_then(|fields| fields.get(field)));
            let (value, odds) = self.sides.settle(base, theirs, yours);
            if odds {
                self.conflict(name, spoken(field), [base, theirs, yours].map(Option::<&Value>::cloned));
            }
            if let Some(value) = value {
                merged.insert(field.clone(), value.clone());
            }
        }
        merged
    }

    fn lists(&mut self) {
        let mut members: BTreeMap<&Place, BTreeSet<&Name>> = BTreeMap::new();
        for (name, item) in &self.parts.items {
            members.entry(&item.place).or_default().insert(name);
        }
        let mut lists = BTreeMap::new();
        let mut conflicts = Vec::new();
        for (place, members) in members {
            let (list, odds) = order::of(self.sides, place, &members, &self.loose);
            conflicts.extend(odds.map(|conflict| ((Some(place.clone()), None, "order".to_owned()), conflict)));
            if place.holder().is_none_or(|holder| self.parts.items.contains_key(holder)) {
                lists.insert(place.clone(), list);
            }
        }
        self.parts.lists = lists;
        self.conflicts.extend(conflicts);
    }

    fn conflict(&mut self, name: Option<&Name>, what: &str, [base, theirs, yours]: [Option<Value>; 3]) {
        let place = name.and_then(|name| self.sides.home(name));
        let path = place.map_or_else(Path::root, Place::path);
        let path = name.map_or_else(|| path.clone(), |name| path.at(&name.label));
        let path = if what.is_empty() { path } else { path.at(what) };
        let rank = (place.cloned(), name.cloned(), what.to_owned());
        self.conflicts.push((rank, Conflict { path, base, theirs, yours }));
    }
}
