//! Carries out a list of changes in its order: all of them, or none with everything that stands against it.

use std::collections::BTreeSet;

use entity::Key;

use super::{At, Change, Changed, List, Made, New, Revised};
use crate::code::Code;
use crate::error::{Error, Result};
use crate::finding::{Findings, Level, Path, quoted};
use crate::guide::Guide;
use crate::guide::keys::Taken;
use crate::guide::parts::{Fields, Item, Label, Name, Parts, Place, Sort};

/// The guide after the changes. The keys of new items are taken afterwards; texts have single blanks.
///
/// Whether the guide can be saved is not asked here: the rules are asked when it is.
///
/// # Errors
///
/// [`Error::Findings`] with all that cannot be done: items and lists that are not there, keys and weeks that are given already. Then the
/// taken keys are as they were.
pub fn apply(guide: &Guide, changes: &[Change], taken: &mut Taken) -> Result<Changed> {
    let damaged = |error: serde_json::Error| Error::Damaged { what: "a guide".to_owned(), why: error.to_string() };
    let parts = Parts::of(guide).map_err(damaged)?;
    let mut applying = Applying { parts, taken: taken.clone(), findings: Findings::default(), made: Vec::new() };
    let refused = applying.claim(guide, changes);
    for (number, change) in changes.iter().enumerate().filter(|(number, _)| !refused.contains(number)) {
        applying.one(number, change);
    }
    let Applying { parts, taken: now, findings, made } = applying;
    if findings.stop(Level::Saving) {
        return Err(Error::Findings(findings));
    }
    let guide = parts.together().map_err(damaged)?;
    *taken = now;
    Ok(Changed { guide, made })
}

struct Applying {
    parts: Parts,
    taken: Taken,
    findings: Findings,
    made: Vec<Made>,
}

impl Applying {
    /// Keys that are given are taken before any is made, wherever they stand in the list. The numbers of the changes whose key cannot be had.
    fn claim(&mut self, guide: &Guide, changes: &[Change]) -> BTreeSet<usize> {
        for key in guide.keys() {
            self.taken.claim(key.clone());
        }
        let mut given: BTreeSet<&Key> = guide.keys().collect();
        let mut refused = BTreeSet::new();
        for (number, change) in changes.iter().enumerate() {
            let Change::Add { item, key: Some(key), .. } = change else { continue };
            let double = !given.insert(key);
            if !self.taken.claim(key.clone()) {
                let code = if double { Code::KeyDouble } else { Code::KeyRetired };
                self.refuse(code, item.place().path().at(key), quoted(key.as_str()), "a key that this guide never had");
                refused.insert(number);
            }
        }
        refused
    }

    fn one(&mut self, number: usize, change: &Change) {
        match change {
            Change::Set(field) => field.form().fill(&mut self.parts.root),
            Change::Add { item, key, at } => self.add(number, item, key.as_ref(), at),
            Change::Change(revised) => self.revise(revised),
            Change::Move { item, list, at } => self.shift(item, list.as_ref(), at),
            Change::Remove(label) => {
                if let Some(name) = self.find(label) {
                    self.remove(&name);
                }
            }
        }
    }

    fn add(&mut self, number: usize, new: &New, key: Option<&Key>, at: &At) {
        let place = new.place();
        if matches!(new, New::Line { .. }) && place.sort() != Sort::Line {
            return self.refuse(Code::Term, place.path(), "a line".to_owned(), &format!("{} in this list", words(place.sort())));
        }
        let mut fields = Fields::new();
        new.form().fill(&mut fields);
        let Some(index) = self.list(&place).and_then(|()| self.index(&place, at)) else { return };
        let label = match new {
            New::Week { week, .. } => Label::Week(*week),
            New::Round { .. } | New::Category { .. } | New::SalaryRange(_) | New::Question { .. } | New::Line { .. } => {
                Label::Key(key.cloned().unwrap_or_else(|| self.make(number, place.sort(), &fields)))
            }
        };
        let name = Name { label, sort: place.sort(), nth: 0 };
        if self.parts.items.contains_key(&name) {
            let found = format!("{} twice", name.label);
            return self.refuse(Code::WeekDouble, place.path().at(&name.label), found, "each week once");
        }
        self.parts.items.insert(name.clone(), Item { place: place.clone(), fields });
        self.parts.lists.entry(place).or_default().insert(index, name);
    }

    fn make(&mut self, number: usize, sort: Sort, fields: &Fields) -> Key {
        let text = |field: &str| fields.get(field).and_then(|value| value.as_str()).unwrap_or_default();
        let key = match sort {
            Sort::Round => self.taken.from_title(text("title")),
            Sort::Category => self.taken.from_title(text("name")),
            Sort::SalaryRange => self.taken.from_title(text("level")),
            Sort::Question | Sort::Line | Sort::Week => self.taken.from_text(text("text")),
        };
        self.made.push(Made { change: number, key: key.clone() });
        key
    }

    fn revise(&mut self, revised: &Revised) {
        let name = revised.name();
        match self.parts.items.get_mut(&name) {
            Some(item) => revised.form().fill(&mut item.fields),
            None => self.missing(Path::root().at(&name.label), &name.label, words(name.sort)),
        }
    }

    fn shift(&mut self, label: &Label, list: Option<&List>, at: &At) {
        let Some(name) = self.find(label) else { return };
        let Some(own) = self.parts.place(&name).cloned() else { return };
        let place = list.map_or_else(|| own.clone(), Place::from);
        if place.sort() != name.sort {
            let expected = format!("a list for {}", words(name.sort));
            return self.refuse(Code::Term, own.path().at(label), place.path().to_string(), &expected);
        }
        let beside = matches!(at, At::Before(other) | At::After(other) if other == label) && place == own;
        if beside || self.list(&place).and_then(|()| self.index(&place, at)).is_none() {
            return;
        }
        self.leave(&own, &name);
        // The place is counted again: the item is no longer before it.
        let index = self.index(&place, at).unwrap_or_default();
        if let Some(item) = self.parts.items.get_mut(&name) {
            item.place = place.clone();
        }
        self.parts.lists.entry(place).or_default().insert(index, name);
    }

    fn remove(&mut self, name: &Name) {
        let inner = Place::inside(name).and_then(|inner| self.parts.lists.remove(&inner));
        for name in inner.iter().flatten().chain([name]) {
            if let Some(item) = self.parts.items.remove(name) {
                self.leave(&item.place, name);
            }
        }
    }

    fn leave(&mut self, place: &Place, name: &Name) {
        if let Some(list) = self.parts.lists.get_mut(place) {
            list.retain(|other| other != name);
        }
    }

    /// The item with this key or number.
    fn find(&mut self, label: &Label) -> Option<Name> {
        let names = Sort::ALL.into_iter().map(|sort| Name { sort, label: label.clone(), nth: 0 });
        let found = names.into_iter().find(|name| self.parts.items.contains_key(name));
        if found.is_none() {
            self.missing(Path::root().at(label), label, "an item");
        }
        found
    }

    /// Says so if what the list stands in is not there.
    fn list(&mut self, place: &Place) -> Option<()> {
        match place.holder() {
            Some(holder) if !self.parts.items.contains_key(holder) => {
                self.missing(place.path(), &holder.label, words(holder.sort));
                None
            }
            Some(_) | None => Some(()),
        }
    }

    fn index(&mut self, place: &Place, at: &At) -> Option<usize> {
        let list = self.parts.list(place);
        let of = |label: &Label| list.iter().position(|name| name.label == *label);
        let (label, index) = match at {
            At::First => return Some(0),
            At::Last => return Some(list.len()),
            At::Before(label) => (label, of(label)),
            At::After(label) => (label, of(label).map(|index| index + 1)),
        };
        if index.is_none() {
            self.missing(place.path().at(label), label, "an item of this list");
        }
        index
    }

    fn missing(&mut self, path: Path, label: &Label, expected: &str) {
        self.refuse(Code::NotFound, path, quoted(&label.to_string()), &format!("{expected} that is there"));
    }

    fn refuse(&mut self, code: Code, path: Path, found: String, expected: &str) {
        self.findings.add(Level::Saving, code, path, (found, expected));
    }
}

const fn words(sort: Sort) -> &'static str {
    match sort {
        Sort::Line => "a line",
        Sort::Round => "a round",
        Sort::Category => "a category",
        Sort::Question => "a question",
        Sort::SalaryRange => "a salary range",
        Sort::Week => "a week",
    }
}
