//! Brings the answer of the library into the form that the GraphQL specification asks for.
//!
//! The library resolves fields side by side and writes each when it is done, so that fields which wait for the database come last
//! ("Serialized Map Ordering" asks for the order of the query); and a field that fails is left out, where "Handling Execution Errors" asks for
//! null, or, if the field must not be null, for null in the place of the next thing around it that may be. Clients with exact types rely on
//! the one, whoever compares bytes on the other.

use std::collections::HashMap;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{BaseType, ExecutableDocument, Field as FieldNode, OperationDefinition, Selection, SelectionSet, Type};
use async_graphql::{Name, PathSegment, Positioned, ServerError, Value};
use serde_json::{Map, Value as Json};

use super::given::Given;
use super::ground::PRESENT;
use super::types::{Types, named, root};

/// The response keys of one selection set in their order, each with its type and with those inside of it.
///
/// A key stands where it is first named, also if that is in a fragment for another type: which fragments apply is known only per object.
#[derive(Debug, Default)]
pub struct Arrangement(IndexMap<Name, Field>);

#[derive(Debug)]
struct Field {
    /// What the schema says of it; nothing for introspection.
    kind: Option<&'static Type>,
    inner: Arrangement,
    /// Whether nothing is selected inside of it.
    leaf: bool,
    /// The field as it is first named; nothing once it is known that nothing stands against it.
    first: Option<First>,
}

/// What decides whether two fields are one.
#[derive(Debug)]
struct First {
    parent: String,
    /// Its name and its arguments; what is inside of it stands beside it already.
    field: FieldNode,
}

/// What became of a value after an error inside of it.
#[derive(PartialEq, Eq)]
enum Outcome {
    Stays,
    BecomesNull,
}

impl Arrangement {
    /// The form that an operation of a document asks for with these variables.
    ///
    /// # Errors
    ///
    /// If one key of the answer would stand for two things ("Field Selection Merging"). The library sees that only within one selection set, and
    /// would answer with whichever is done last.
    pub fn of(
        document: &ExecutableDocument,
        operation: Option<&OperationDefinition>,
        variables: &Map<String, Json>,
        types: &'static Types,
    ) -> Result<Self, Vec<ServerError>> {
        let mut arrangement = Self::default();
        // Without one the library will say which is missing.
        if let Some(operation) = operation {
            let mut asked = Asked { document, given: Given { operation, variables }, types, conflicts: Vec::new() };
            arrangement.add(&mut asked, &operation.selection_set.node, root(operation.ty));
            if !asked.conflicts.is_empty() {
                return Err(asked.conflicts);
            }
            arrangement.settle_down();
        }
        Ok(arrangement)
    }

    /// Lets go of what only the look for conflicts needs: what is kept should not hold the texts of arguments as often as a fragment is used.
    fn settle_down(&mut self) {
        for field in self.0.values_mut() {
            field.first = None;
            field.inner.settle_down();
        }
    }

    fn add(&mut self, asked: &mut Asked<'_>, set: &SelectionSet, parent: &str) {
        for item in &set.items {
            if asked.given.skips(item.node.directives()) {
                continue;
            }
            match &item.node {
                Selection::Field(field) => {
                    let kind = asked.types.field(parent, &field.node.name.node);
                    let key = field.node.response_key().node.clone();
                    let first = || First {
                        parent: parent.to_owned(),
                        field: FieldNode {
                            alias: None,
                            name: field.node.name.clone(),
                            arguments: field.node.arguments.clone(),
                            directives: Vec::new(),
                            selection_set: Positioned::new(SelectionSet { items: Vec::new() }, field.pos),
                        },
                    };
                    let leaf = field.node.selection_set.node.items.is_empty();
                    let entry = self.0.entry(key).or_insert_with(|| Field { kind, inner: Self::default(), leaf, first: Some(first()) });
                    if entry.conflicts(parent, &field.node, kind) {
                        let message = format!(
                            "{} stands for two different things here; give one of them another name.",
                            field.node.response_key().node
                        );
                        asked.conflicts.push(ServerError::new(message, Some(field.pos)));
                        continue;
                    }
                    entry.inner.add(asked, &field.node.selection_set.node, kind.map_or("", named));
                }
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map_or(parent, |condition| condition.node.on.node.as_str());
                    self.add(asked, &fragment.node.selection_set.node, on);
                }
                Selection::FragmentSpread(spread) => {
                    let document = asked.document;
                    if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                        self.add(asked, &fragment.node.selection_set.node, &fragment.node.type_condition.node.on.node);
                    }
                }
            }
        }
    }

    /// Arranges an answer: failed fields become null, as far around them as their types ask; then the fields are put into their order.
    pub fn arrange(&self, value: &mut Value, errors: &[ServerError]) {
        for error in errors.iter().filter(|error| !error.path.is_empty()) {
            if self.settle(value, &error.path) == Outcome::BecomesNull {
                *value = Value::Null;
            }
        }
        self.order(value);
    }

    /// Follows the path of an error into an object.
    fn settle(&self, value: &mut Value, path: &[PathSegment]) -> Outcome {
        let (Value::Object(fields), Some((PathSegment::Field(key), rest))) = (value, path.split_first()) else { return Outcome::Stays };
        let Some(field) = self.0.get(key.as_str()) else { return Outcome::Stays };
        let nullable = field.kind.is_none_or(|kind| kind.nullable);
        let failed = match fields.get_mut(key.as_str()) {
            _ if rest.is_empty() => true,
            // What is null already, or was left out with something around it, has been settled by an earlier error.
            None | Some(Value::Null) => return if nullable { Outcome::Stays } else { Outcome::BecomesNull },
            Some(inner) => field.settle(inner, field.kind, rest) == Outcome::BecomesNull,
        };
        if failed && !nullable {
            return Outcome::BecomesNull;
        }
        if failed {
            fields.insert(Name::new(key), Value::Null);
        }
        Outcome::Stays
    }

    /// Whether these are the fields, in their order.
    fn has_all(&self, fields: &IndexMap<Name, Value>) -> bool {
        fields.len() == self.0.len() && fields.keys().zip(self.0.keys()).all(|(key, own)| key == own && key != PRESENT)
    }

    fn order(&self, value: &mut Value) {
        match value {
            Value::List(values) => values.iter_mut().for_each(|value| self.order(value)),
            Value::Object(fields) => {
                if self.has_all(fields) {
                    for (value, field) in fields.values_mut().zip(self.0.values()) {
                        if !field.inner.0.is_empty() {
                            field.inner.order(value);
                        }
                    }
                    return;
                }
                fields.shift_remove(PRESENT);
                let place = |key: &Name| self.0.get_index_of(key);
                if !fields.keys().is_sorted_by_key(place) {
                    fields.sort_by(|a, _, b, _| place(a).cmp(&place(b)));
                }
                for (key, value) in fields {
                    if let Some(field) = self.0.get(key).filter(|field| !field.leaf) {
                        field.inner.order(value);
                    }
                }
            }
            Value::Null | Value::Number(_) | Value::String(_) | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) => {}
        }
    }
}

impl Field {
    /// Whether this field and another one under the same key cannot both be answered.
    fn conflicts(&self, parent: &str, other: &FieldNode, kind: Option<&Type>) -> bool {
        let Some(first) = &self.first else { return false };
        let one_object = first.parent == parent || [first.parent.as_str(), parent].contains(&"Node");
        if one_object {
            let plain = |field: &FieldNode| {
                field.arguments.iter().map(|(name, value)| (name.node.clone(), value.node.clone())).collect::<HashMap<_, _>>()
            };
            let some = !(first.field.arguments.is_empty() && other.arguments.is_empty());
            return first.field.name.node != other.name.node || (some && plain(&first.field) != plain(other));
        }
        // Never the same object, but the same place in the answer: its type must be one.
        self.kind.map(ToString::to_string) != kind.map(ToString::to_string) && (self.leaf || other.selection_set.node.items.is_empty())
    }

    /// Follows the path of an error through lists, if the field has any, into an object.
    fn settle(&self, value: &mut Value, kind: Option<&Type>, path: &[PathSegment]) -> Outcome {
        let Some((PathSegment::Index(index), rest)) = path.split_first() else { return self.inner.settle(value, path) };
        let element = kind.and_then(|kind| match &kind.base {
            BaseType::List(element) => Some(&**element),
            BaseType::Named(_) => None,
        });
        let Value::List(values) = value else { return Outcome::Stays };
        let Some(inner) = values.get_mut(*index) else { return Outcome::Stays };
        let failed = rest.is_empty() || (*inner != Value::Null && self.settle(inner, element, rest) == Outcome::BecomesNull);
        if failed && element.is_some_and(|element| !element.nullable) {
            return Outcome::BecomesNull;
        }
        if failed {
            *inner = Value::Null;
        }
        Outcome::Stays
    }
}

/// An arrangement under way.
struct Asked<'a> {
    document: &'a ExecutableDocument,
    given: Given<'a>,
    types: &'static Types,
    conflicts: Vec<ServerError>,
}

#[cfg(test)]
mod tests;
