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
