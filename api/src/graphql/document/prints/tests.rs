//! Sets that ask for the same have the same print, all others another one, and what cannot be told apart has none.

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, Selection};
use async_graphql::{Name, Positioned};

use super::{MOST_VARIABLES, Print, Prints};
use crate::graphql::Types;

/// The prints of what the first fields of the first operation select.
fn all(text: &str) -> Vec<Option<Print>> {
    let document: ExecutableDocument = parse_query(text).unwrap();
    let prints = Prints::of(&document, Types::public());
    let (_, operation) = document.operations.iter().next().unwrap();
    let items = operation.node.selection_set.node.items.iter();
    let print = |item: &Positioned<Selection>| {
        let Selection::Field(field) = &item.node else { panic!("no field") };
        prints.at(field.node.selection_set.pos).cloned()
    };
    items.map(print).collect()
}

fn first(text: &str) -> Print {
    all(text)[0].clone().unwrap()
}

#[test]
fn what_asks_for_the_same_has_the_same_print_in_every_document() {
    let one = first("{ company(by: {slug: \"a\"}) { name questions(first: 2) { nodes { text } } } }");
    let other = first("query B($x: String!) { x: company(by: {slug: $x}) { name, questions(first:2) { nodes { text } } } tiers { key } }");
    assert_eq!(one, other);
    assert!(one.is_deep && one.variables.is_empty());
    assert!(!first("{ company { name slug } }").is_deep);
}

#[test]
fn whatever_changes_what_is_asked_gives_another_print() {
    let all = [
        "{ company { name slug } }",
        "{ company { slug name } }",
        "{ company { name: slug } }",
        "{ company { slug: name } }",
        "{ company { name } }",
        "{ company { name @skip(if: true) } }",
        "{ company { name @include(if: true) } }",
        "{ company { name @skip(if: $a) } }",
        "{ company { name @skip(if: $b) } }",
        "{ company { name(a: 1) } }",
        "{ company { name(a: \"1\") } }",
        "{ company { name(b: 1) } }",
        "{ company { name(a: $b) } }",
        "{ company { name(a: \"$b\") } }",
        "{ company { name(a: [$b]) } }",
        "{ company { name { slug } } }",
        "{ company { name { slug } x } }",
        "{ company { name { slug x } } }",
        "{ company { ... { name slug } } }",
        "{ company { ... on Company { name slug } } }",
        "{ company { ... on Company @skip(if: $a) { name slug } } }",
        "{ company { ...F } } fragment F on Company { name slug }",
        "{ company { ...F } } fragment F on Company { name }",
        "{ company { ...F } } fragment F on Node { name }",
        "{ company { ...F @skip(if: $a) } } fragment F on Node { name }",
        "{ company { ...F ...F } } fragment F on Node { name }",
        "{ company { ...F } } fragment F on Node { ...G } fragment G on Node { name }",
        "{ company { ... { on: Node { name } } } }",
        "{ company { ... { on: on { name } } } }",
    ];
    for (place, text) in all.iter().enumerate() {
        for other in &all[place + 1..] {
            assert_ne!(first(text).words, first(other).words, "{text}\n{other}");
        }
    }
    assert_eq!(
        first("{ company { ...F } } fragment F on A { name }"),
        first("{ company { ...G } } fragment G on A { name }"),
        "a name of a fragment"
    );
}

#[test]
fn variables_are_found_wherever_they_stand() {
    let print = first(
        "{ company { a(x: {y: [$one]}) { b @skip(if: $two) } ... @include(if: $three) { d } ...F @skip(if: $four) } } fragment F on C { e(z: $five) }",
    );
    let names: Vec<&str> = print.variables.iter().map(Name::as_str).collect();
    assert_eq!(names, ["five", "four", "one", "three", "two"]);
}

#[test]
fn sets_that_begin_at_one_place_have_no_print() {
    assert!(all("{ a: company { name }\n b: company { slug } }").iter().all(Option::is_some));
    assert_eq!(all("{\ra: company { name }\rb: company { slug } }"), [None, None]);
    assert_eq!(all("{\ra: tiers { name }\rb: company { slug } }")[1].as_ref(), Some(&first("{ company { slug } }")));
}

#[test]
fn a_set_with_many_variables_has_no_print() {
    let text = |count: usize| {
        let names = (0..count).fold(String::new(), |names, number| format!("{names} $v{number}"));
        format!("{{ company {{ a {{ b(c: [{names}]) }} }} }}")
    };
    assert!(all(&text(MOST_VARIABLES))[0].is_some());
    assert!(all(&text(MOST_VARIABLES + 1))[0].is_none());
}

#[test]
fn fragments_that_double_each_other_are_printed_once_each() {
    let double = |number: usize| format!(" fragment F{number} on C {{ ...F{next} ...F{next} }}", next = number + 1);
    let text = (0..60).map(double).fold("{ company { ...F0 } }".to_owned(), |text, fragment| text + &fragment);
    assert!(first(&(text + " fragment F60 on C { name(a: $x) }")).variables.contains("x"));
}
