//! What is different between two states of a guide, as data: for people who look before they publish, and for plans that are kept.

mod list;
mod shown;
mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::finding::Path;
use crate::guide::Guide;
use crate::guide::parts::{Fields, Name, Parts, Place, spoken};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Where, as the rules write it; for what was removed, where it was.
    pub path: Path,
    /// What happened there.
    pub kind: Kind,
    /// What was there, as people read it: `60m`, `35%`, `250k-330k`, lists with `; ` between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// What is there now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// For what was reworded: the words of both, in runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Word>,
    /// For what was moved: where it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_from: Option<Spot>,
    /// For what was moved: where it stands now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_to: Option<Spot>,
}

/// What happened in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An item or a value that was not there.
    Added,
    /// An item, with all inside of it, or a value that is no longer there.
    Removed,
    /// Another value.
    Changed,
    /// Prose in other words.
    Reworded,
    /// An item in another list, or in another order than the rest of its list.
    Moved,
}

/// A run of words, without the blanks around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// Whose words they are.
    pub kind: WordKind,
    /// The words.
    pub text: String,
}

/// Whose words these are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WordKind {
    /// They are in both texts.
    Same,
    /// Only in the new one.
    Added,
    /// Only in the old one.
    Removed,
}

/// A place in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// The list.
    pub list: Path,
    /// Which place of it, from 1.
    pub number: usize,
}

/// Every difference between two guides, in the order of the guide. Nothing exactly if they are equal.
///
/// An added round or category is a change, and so is each item inside of it; a removed one is a change with all inside of it. Of a list in
/// another order, as few items as possible count as moved.
#[must_use]
pub fn between(from: &Guide, to: &Guide) -> Vec<Change> {
    match (Parts::of(from), Parts::of(to)) {
        (Ok(old), Ok(new)) => Difference { old: &old, new: &new, changes: Vec::new() }.all(),
        // A guide always is JSON. If one ever were not, it would count as different from everything.
        (Err(_), _) | (_, Err(_)) => vec![Change::new(Path::root(), Kind::Changed)],
    }
}

impl Change {
    fn new(path: Path, kind: Kind) -> Self {
        Self { path, kind, from: None, to: None, words: Vec::new(), place_from: None, place_to: None }
    }

    /// Another value of a field that is not part of a guide.
    pub(crate) fn of_field(path: Path, from: Option<String>, to: Option<String>) -> Self {
        let kind = match (&from, &to) {
            (None, _) => Kind::Added,
            (_, None) => Kind::Removed,
            (Some(_), Some(_)) => Kind::Changed,
        };
        Self { from, to, ..Self::new(path, kind) }
    }
}

/// The order of the fields in a guide and in its items. A field that is not named here comes last.
const FIRST: [&str; 18] = [
    "name",
    "sample",
    "title",
    "level",
    "text",
    "tier",
    "highlights",
    "duration",
    "focus",
    "weight_percent",
    "difficulty",
    "tags",
    "guidance",
    "figures",
    "currency",
    "period",
    "basis",
    "note",
];

/// What comes after the lists.
const LAST: &str = "verified_on";

struct Difference<'a> {
    old: &'a Parts,
    new: &'a Parts,
    changes: Vec<Change>,
}

impl Difference<'_> {
    fn all(mut self) -> Vec<Change> {
        let (old, new) = (self.old, self.new);
        self.fields(&Path::root(), &old.root, &new.root, |field| field != LAST);
        for place in Place::OUTER {
            if place == Place::Sources {
                self.fields(&Path::root(), &old.root, &new.root, |field| field == LAST);
            }
            self.list(&place);
        }
        self.changes
    }

    fn fields(&mut self, path: &Path, old: &Fields, new: &Fields, wanted: impl Fn(&str) -> bool) {
        let mut names: Vec<&String> = old.keys().chain(new.keys()).filter(|name| wanted(name)).collect();
        names.sort_by_key(|name| (FIRST.iter().position(|field| field == name).unwrap_or(FIRST.len()), *name));
        names.dedup();
        for name in names {
            let (was, is) = (old.get(name), new.get(name));
            if was == is {
                continue;
            }
            let [from, to] = [was, is].map(|value| value.and_then(|value| shown::value(name, value)));
            let (kind, words) = match (&from, &to) {
                (None, Some(_)) => (Kind::Added, Vec::new()),
                (Some(_), None) => (Kind::Removed, Vec::new()),
                (Some(from), Some(to)) if shown::is_prose(name) => (Kind::Reworded, words::between(from, to)),
                (Some(_), Some(_)) | (None, None) => (Kind::Changed, Vec::new()),
            };
            self.changes.push(Change { from, to, words, ..Change::new(path.at(spoken(name)), kind) });
        }
    }

    fn list(&mut self, place: &Place) {
        let (old, new) = (self.old, self.new);
        let stays: Vec<&Name> = new.list(place).iter().filter(|name| old.place(name) == Some(place)).collect();
        let still = list::longest_in_order(&stays, old.list(place));
        // What is gone is told where it was: behind the item that stood before it.
        let mut gone: BTreeMap<Option<&Name>, Vec<&Name>> = BTreeMap::new();
        let mut before = None;
        for name in old.list(place) {
            if new.place(name) == Some(place) {
                before = Some(name);
            } else {
                gone.entry(before).or_default().push(name);
            }
        }
        for name in std::iter::once(None).chain(new.list(place).iter().map(Some)) {
            if let Some(name) = name {
                self.item(place, name, still.contains(name));
            }
            for name in gone.remove(&name).unwrap_or_default() {
                self.removed(name);
            }
        }
    }

    fn removed(&mut self, name: &Name) {
        if let (false, Some(item), Some(path)) = (self.new.items.contains_key(name), self.old.items.get(name), self.old.path(name)) {
            self.changes.push(Change { from: Some(shown::item(&item.fields)), ..Change::new(path, Kind::Removed) });
        }
    }

    fn item(&mut self, place: &Place, name: &Name, still: bool) {
        let (old, new) = (self.old, self.new);
        let (Some(item), path) = (new.items.get(name), place.path().at(&name.label)) else { return };
        match old.items.get(name) {
            None => self.changes.push(Change { to: Some(shown::item(&item.fields)), ..Change::new(path, Kind::Added) }),
            Some(was) => {
                if !still {
                    let [place_from, place_to] = [old, new].map(|parts| list::spot(parts, name));
                    let [from, to] = [was, item].map(|item| Some(shown::item(&item.fields)));
                    self.changes.push(Change { from, to, place_from, place_to, ..Change::new(path.clone(), Kind::Moved) });
                }
                self.fields(&path, &was.fields, &item.fields, |_| true);
            }
        }
        if let Some(inner) = Place::inside(name) {
            self.list(&inner);
        }
    }
}

#[cfg(test)]
mod tests;
