//! A guide taken apart: its items by name, each with its place and its fields, so that guides can be compared and merged item by item.
//!
//! The fields are what serde says they are: a new field of an item takes part without a word here.

mod place;

use std::collections::BTreeMap;

use serde_json::{Map, Result, Value};

pub use place::{Label, Name, Place, Sort, spoken};

use super::Guide;
use crate::finding::Path;

/// Values by field. A field that is absent here has nothing to say in the guide. Lists of texts, figures and durations are one value each.
pub type Fields = BTreeMap<String, Value>;

/// An item without the items inside of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The list that it stands in.
    pub place: Place,
    /// What it says.
    pub fields: Fields,
}

/// The parts of a guide. Two guides are equal exactly if their parts are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The fields of the guide itself.
    pub root: Fields,
    /// The items, wherever they stand.
    pub items: BTreeMap<Name, Item>,
    /// The order of each list that is not empty.
    pub lists: BTreeMap<Place, Vec<Name>>,
}

impl Parts {
    /// Takes a guide apart. Items with one key, which a valid guide does not have, stay apart.
    ///
    /// # Errors
    ///
    /// None in practice: a guide has no form that JSON cannot hold.
    pub fn of(guide: &Guide) -> Result<Self> {
        let mut parts = Self { root: serde_json::from_value(serde_json::to_value(guide)?)?, ..Self::default() };
        for place in Place::OUTER {
            if let Some(list) = parts.root.remove(place.field()) {
                parts.take(place, list)?;
            }
        }
        Ok(parts)
    }

    /// Puts the guide together again. Lists of items that are not there are left out.
    ///
    /// # Errors
    ///
    /// If a field has a value that it cannot have; fields that come from guides have none.
    pub fn together(&self) -> Result<Guide> {
        let mut root: Map<String, Value> = self.root.clone().into_iter().collect();
        for place in Place::OUTER {
            root.insert(place.field().to_owned(), self.values(&place));
        }
        serde_json::from_value(Value::Object(root))
    }

    /// An item with everything inside of it, as JSON has it.
    #[must_use]
    pub fn whole(&self, name: &Name) -> Option<Value> {
        let mut fields: Map<String, Value> = self.items.get(name)?.fields.clone().into_iter().collect();
        let (field, label) = match &name.label {
            Label::Key(key) => ("key", Value::from(key.as_str())),
            Label::Week(number) => ("week", Value::from(*number)),
        };
        fields.insert(field.to_owned(), label);
        if let Some(inner) = Place::inside(name) {
            fields.insert(inner.field().to_owned(), self.values(&inner));
        }
        Some(Value::Object(fields))
    }

    /// The items of a list, in their order.
    #[must_use]
    pub fn list(&self, place: &Place) -> &[Name] {
        self.lists.get(place).map_or(&[], Vec::as_slice)
    }

    /// The list that an item stands in.
    #[must_use]
    pub fn place(&self, name: &Name) -> Option<&Place> {
        self.items.get(name).map(|item| &item.place)
    }

    /// Where an item stands, as the rules write it.
    #[must_use]
    pub fn path(&self, name: &Name) -> Option<Path> {
        self.place(name).map(|place| place.path().at(&name.label))
    }

    fn take(&mut self, place: Place, list: Value) -> Result<()> {
        let mut names = Vec::new();
        for mut fields in serde_json::from_value::<Vec<Fields>>(list)? {
            let name = self.name(&place, &mut fields)?;
            if let Some(inner) = Place::inside(&name)
                && let Some(list) = fields.remove(inner.field())
            {
                self.take(inner, list)?;
            }
            self.items.insert(name.clone(), Item { place: place.clone(), fields });
            names.push(name);
        }
        if !names.is_empty() {
            self.lists.insert(place, names);
        }
        Ok(())
    }

    fn name(&self, place: &Place, fields: &mut Fields) -> Result<Name> {
        let sort = place.sort();
        let label = match sort {
            Sort::Week => Label::Week(serde_json::from_value(fields.remove("week").unwrap_or_default())?),
            Sort::Line | Sort::Round | Sort::Category | Sort::Question | Sort::SalaryRange => {
                Label::Key(serde_json::from_value(fields.remove("key").unwrap_or_default())?)
            }
        };
        let mut name = Name { label, sort, nth: 0 };
        while self.items.contains_key(&name) {
            name.nth += 1;
        }
        Ok(name)
    }

    fn values(&self, place: &Place) -> Value {
        Value::Array(self.list(place).iter().filter_map(|name| self.whole(name)).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Parts;
    use crate::guide::edits;

    proptest! {
        #[test]
        fn taking_apart_and_putting_together_is_the_identity(guide in edits::guide()) {
            prop_assert_eq!(Parts::of(&guide).unwrap().together().unwrap(), guide);
        }

        #[test]
        fn also_where_keys_are_doubled(guide in edits::doubled()) {
            prop_assert_eq!(Parts::of(&guide).unwrap().together().unwrap(), guide);
        }
    }
}
