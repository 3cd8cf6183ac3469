//! The formula by examples, and that no list of the schema is without a size.

use serde_json::{Value as Json, json};

use super::super::{Document, Types};
use super::{Cost, assumed_size};
use crate::limits::Limits;

fn cost(query: &str, variables: &Json) -> Cost {
    let limits = Limits::default();
    let document = Document::read(query, &limits).unwrap();
    Cost::of(&document.parsed, document.running(None).unwrap(), variables.as_object().unwrap(), &limits)
}

fn figures(query: &str) -> (u64, u64) {
    let cost = cost(query, &json!({}));
    (cost.points, cost.objects)
}

#[test]
fn every_list_of_the_schema_has_a_page_or_an_assumed_size_or_says_its_size() {
    for (parent, field, kind) in Types::public().lists() {
        let paged = parent.ends_with("Connection");
        let said = (parent, field) == ("Query", "nodes");
        assert!(paged || said || assumed_size(parent, field).is_some(), "{parent}.{field} gives many of {kind} and has no size");
    }
}

#[test]
fn objects_are_counted_by_the_formula() {
    for (query, points, objects) in [
        ("{ __typename }", 1, 0),
        ("{ __schema { types { name fields { name } } } }", 1, 0),
        ("{ service { version } viewer { kind } }", 2, 2),
        ("{ tiers { key name } }", 3, 12),
        ("{ company(by: { slug: \"a\" }) { name tier { key } } }", 2, 2),
        ("{ companies { nodes { name } } }", 5, 20),
        ("{ companies { totalCount pageInfo { hasNextPage } } }", 7, 20),
        ("{ companies(first: 0) { totalCount } }", 5, 0),
        ("{ companies(last: 30) { edges { cursor node { name } } nodes { tier { key } } } }", 9, 60),
        ("{ companies(first: 10, search: \"ranking\") { nodes { name } } }", 9, 10),
        ("{ companies(first: 10, search: null) { nodes { name } } }", 4, 10),
        ("{ companies(first: 5) { nodes { questionCategories { questions { text } } } } }", 22, 185),
        ("{ companies(first: 5) { nodes { questions(first: 3) { totalCount nodes { text } } } } }", 5, 20),
        ("{ companies(first: 500) { nodes { name } } }", 13, 100),
        ("{ companies(first: -5) { nodes { name } } }", 3, 0),
        ("{ nothing { at { all } } companies(first: 1) { nodes { nothing { x } } } }", 4, 1),
    ] {
        assert_eq!(figures(query), (points, objects), "{query}");
    }
}

#[test]
fn values_come_from_variables_and_their_defaults() {
    let query = "query Q($first: Int = 7, $ids: [ID!] = [\"a\", \"b\"], $deep: Boolean!) \
        { companies(first: $first) { nodes { tier @include(if: $deep) { key } } } nodes(ids: $ids) { id } }";
    let objects = |variables: Json| cost(query, &variables).objects;
    assert_eq!(objects(json!({ "deep": false })), 9);
    assert_eq!(objects(json!({ "deep": true })), 16);
    assert_eq!(objects(json!({ "deep": true, "first": 1, "ids": ["a", "b", "c"] })), 5);
    assert_eq!(
        objects(json!({ "deep": false, "first": null, "ids": "a" })),
        21,
        "null asks for nothing in particular; one id is a list of one"
    );
}

#[test]
fn an_object_behind_an_interface_counts_as_the_most_expensive_one_that_it_can_be() {
    let query = "{ nodes(ids: [\"a\", \"b\"]) { id ...C ...Q ... on Node { id } } } \
        fragment C on Company { traits { text } tier { key } } fragment Q on Question { company { name } }";
    assert_eq!(cost(query, &json!({})).objects, 2 + 2 * 7);
}

#[test]
fn a_fragment_counts_wherever_it_is_used() {
    let query =
        "{ a: company(by: { slug: \"a\" }) { ...F } b: company(by: { slug: \"b\" }) { ...F ...F } } fragment F on Company { tier { key } }";
    assert_eq!(cost(query, &json!({})).objects, 2 + 3);
}

#[test]
fn the_field_that_costs_most_is_named() {
    let query = "{ tiers { key } companies(first: 100) { nodes { name rounds: interviewLoop { rounds { tips { text } } } } } }";
    let cost = cost(query, &json!({}));
    assert_eq!(cost.most.as_ref().map(|part| part.path.as_str()), Some("companies.nodes.interviewLoop.rounds.tips"));
    assert!(
        cost.told(100).contains(
            "costs 375 points; at most 100 are allowed. Most of it is companies.nodes.interviewLoop.rounds.tips, 3000 of 3712 objects"
        ),
        "{}",
        cost.told(100)
    );
}

#[test]
fn nothing_overflows() {
    let around = "questionCategories { questions { company { ".repeat(3);
    let query = format!("{{ companies(first: 100) {{ nodes {{ {around} name {} }} }} }}", "} } }".repeat(3));
    assert_eq!(cost(&query, &json!({})).objects, 100 + 100 * (4 + 32 + 32) + 3200 * (4 + 32 + 32) + 102_400 * (4 + 32 + 32));
}
