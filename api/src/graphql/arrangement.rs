//! Puts the fields of an answer into the order of the query, as the GraphQL specification asks ("Serialized Map Ordering").
//!
//! The library resolves fields side by side and writes each when it is done, so that fields which wait for the database come last.
//! The same query must give the same bytes, or neither a cache nor a person can compare two answers.

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use async_graphql::{Name, Value};

/// The order of the response keys, for every level of an operation.
///
/// A key stands where it is first named, also if that is in a fragment for another type: which fragments apply is known only per object.
#[derive(Debug, Default)]
pub struct Arrangement(IndexMap<Name, Arrangement>);

impl Arrangement {
    /// The order that an operation of a document asks for.
    #[must_use]
    pub fn of(document: &ExecutableDocument, operation: Option<&str>) -> Self {
        let mut arrangement = Self::default();
        let mut operations = document.operations.iter();
        let found = match operation {
            None => operations.next(),
            Some(name) => operations.find(|(found, _)| found.is_some_and(|found| found.as_str() == name)),
        };
        if let Some((_, operation)) = found {
            arrangement.add(document, &operation.node.selection_set.node);
        }
        arrangement
    }

    fn add(&mut self, document: &ExecutableDocument, set: &SelectionSet) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => {
                    let key = field.node.response_key().node.clone();
                    self.0.entry(key).or_default().add(document, &field.node.selection_set.node);
                }
                Selection::InlineFragment(fragment) => self.add(document, &fragment.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                        self.add(document, &fragment.node.selection_set.node);
                    }
                }
            }
        }
    }

    /// Arranges an answer.
    pub fn arrange(&self, value: &mut Value) {
        match value {
            Value::List(values) => values.iter_mut().for_each(|value| self.arrange(value)),
            Value::Object(fields) => {
                let place = |key: &Name| self.0.get_index_of(key);
                if !fields.keys().is_sorted_by_key(place) {
                    fields.sort_by(|a, _, b, _| place(a).cmp(&place(b)));
                }
                for (key, value) in fields {
                    if let Some(inner) = self.0.get(key).filter(|inner| !inner.0.is_empty()) {
                        inner.arrange(value);
                    }
                }
            }
            Value::Null | Value::Number(_) | Value::String(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::Value;
    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::Arrangement;

    #[test]
    fn fields_come_in_the_order_of_the_query_at_every_level() {
        let document = parse_query("{ b a: x { ...F d } c } fragment F on T { e f }").unwrap();
        let mut value = Value::from_json(json!({ "c": 1, "a": [{ "d": 1, "f": 2, "e": 3 }, null], "b": 2 })).unwrap();
        Arrangement::of(&document, None).arrange(&mut value);
        assert_eq!(value.to_string(), "{b: 2, a: [{e: 3, f: 2, d: 1}, null], c: 1}");
    }
}
