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
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::{PathSegment, ServerError, Value};
    use serde_json::{Value as Json, json};

    use super::{Arrangement, Types};

    fn error(path: &[&str]) -> ServerError {
        let segment = |part: &&str| part.parse().map_or_else(|_| PathSegment::Field((*part).to_owned()), PathSegment::Index);
        ServerError::new("failed", None).with_path(path.iter().map(segment).collect())
    }

    fn arrangement(query: &str) -> Result<Arrangement, Vec<ServerError>> {
        let document = parse_query(query).unwrap();
        let operation = document.operations.iter().next().map(|(_, operation)| &operation.node);
        Arrangement::of(&document, operation, &serde_json::Map::new(), Types::public())
    }

    fn after(query: &str, value: Json, errors: &[&[&str]]) -> String {
        let errors: Vec<ServerError> = errors.iter().map(|path| error(path)).collect();
        let mut value = Value::from_json(value).unwrap();
        arrangement(query).unwrap().arrange(&mut value, &errors);
        value.to_string()
    }

    #[test]
    fn fields_come_in_the_order_of_the_query_at_every_level() {
        let value = json!({ "c": 1, "a": [{ "d": 1, "f": 2, "e": 3 }, null], "b": 2 });
        let text = after("{ b a: x { ...F d } c } fragment F on T { e f }", value, &[]);
        assert_eq!(text, "{b: 2, a: [{e: 3, f: 2, d: 1}, null], c: 1}");
    }

    #[test]
    fn a_key_that_would_stand_for_two_things_is_refused() {
        let refused = |query: &str| arrangement(query).is_err();
        for query in [
            "{ tiers { x: key } tiers { x: name } }",
            "{ ...A tiers { x: name } } fragment A on Query { tiers { x: key } }",
            "{ companies(first: 1) { totalCount } ... { companies(first: 2) { totalCount } } }",
            "{ node(id: 1) { ... on Company { x: name } ... on Question { x: position } } }",
        ] {
            assert!(refused(query), "{query}");
        }
        for query in [
            "{ tiers { key } tiers { name key } }",
            "{ companies(first: 1) { totalCount } companies(first: 1) { nodes { id } } }",
            "{ node(id: 1) { ... on Company { x: name } ... on Question { x: text } } }",
        ] {
            assert!(!refused(query), "{query}");
        }
    }

    #[test]
    fn a_field_that_is_skipped_has_no_place() {
        let text = after("{ a @include(if: false) b a }", json!({ "a": 1, "b": 2 }), &[]);
        assert_eq!(text, "{b: 2, a: 1}");
    }

    #[test]
    fn a_failed_field_that_may_be_null_is_null() {
        let text = after("{ node(id: 1) { id } tiers { key } }", json!({ "tiers": [] }), &[&["node"]]);
        assert_eq!(text, "{node: null, tiers: []}");
    }

    #[test]
    fn a_failed_field_that_must_not_be_null_takes_what_is_around_it_along() {
        let query = "{ company(by: {}) { name questions { totalCount } } tiers { key } }";
        let text = after(query, json!({ "tiers": [], "company": { "name": "A" } }), &[&["company", "questions"]]);
        assert_eq!(text, "{company: null, tiers: []}");
        let query = "{ companies { nodes { name questions { totalCount } } } tiers { key } }";
        let value = json!({ "tiers": [], "companies": { "nodes": [{ "name": "A" }, { "name": "B" }] } });
        let paths: [&[&str]; 2] = [&["companies", "nodes", "0", "questions"], &["companies", "nodes", "1", "questions"]];
        assert_eq!(after(query, value, &paths), "null", "everything on the way is non-null");
    }

    #[test]
    fn a_list_whose_elements_may_be_null_loses_only_the_failed_ones() {
        let query = "{ nodes(ids: []) { id ... on Company { questions { totalCount } } } }";
        let value = json!({ "nodes": [{ "id": "a" }, { "id": "b", "questions": { "totalCount": 1 } }] });
        assert_eq!(after(query, value, &[&["nodes", "0", "questions"]]), "{nodes: [null, {id: \"b\", questions: {totalCount: 1}}]}");
    }
}
