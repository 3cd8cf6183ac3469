//! What of a document cannot be changed by the variables that are sent with it.

use async_graphql::Positioned;
use async_graphql::parser::types::{BaseType, Directive, ExecutableDocument, Field, Selection, SelectionSet, Type};
use serde_json::Value as Json;

/// The arguments on which the cost of an operation depends.
const COUNTED: &[&str] = &["first", "last", "ids", "search"];

/// What is the same for all variables.
#[allow(clippy::struct_excessive_bools, reason = "four questions that have nothing to do with each other")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Steady {
    /// There is one operation, so there is no choice.
    pub(super) is_one: bool,
    /// Which fields the answer has.
    pub(super) form: bool,
    /// What it costs.
    pub(super) cost: bool,
    /// No selection set has a key twice, with its fragments taken in.
    pub(super) distinct: bool,
}

impl Steady {
    pub(super) fn of(document: &ExecutableDocument) -> Self {
        let is_one = document.operations.iter().count() == 1;
        let distinct = document.operations.iter().all(|(_, operation)| is_distinct(document, &operation.node.selection_set.node));
        let mut steady = Self { is_one, form: is_one, cost: is_one, distinct };
        for (_, operation) in document.operations.iter() {
            steady.look(&operation.node.selection_set.node);
        }
        for fragment in document.fragments.values() {
            steady.look(&fragment.node.selection_set.node);
        }
        steady
    }

    fn look(&mut self, set: &SelectionSet) {
        for item in &set.items {
            self.look_at(item.node.directives());
            match &item.node {
                Selection::Field(field) => {
                    let mut counted = field.node.arguments.iter().filter(|(name, _)| COUNTED.contains(&name.node.as_str()));
                    // A value with a variable in it is no constant.
                    self.cost &= counted.all(|(_, value)| value.node.clone().into_const().is_some());
                    self.look(&field.node.selection_set.node);
                }
                Selection::InlineFragment(fragment) => self.look(&fragment.node.selection_set.node),
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    /// What is skipped is neither answered nor paid for.
    fn look_at(&mut self, directives: &[Positioned<Directive>]) {
        let mut arguments = directives.iter().flat_map(|directive| &directive.node.arguments);
        let constant = arguments.all(|(_, value)| value.node.clone().into_const().is_some());
        self.form &= constant;
        self.cost &= constant;
    }
}

fn is_distinct(document: &ExecutableDocument, set: &SelectionSet) -> bool {
    let mut level = Vec::new();
    flatten(document, set, &mut level);
    let mut keys: Vec<&str> = level.iter().map(|field| field.response_key().node.as_str()).collect();
    keys.sort_unstable();
    let twice = keys.windows(2).any(|pair| pair[0] == pair[1]);
    !twice && level.iter().all(|field| is_distinct(document, &field.selection_set.node))
}

/// The fields of a set, with those of its fragments. No fragment of an operation uses itself: that was looked at before.
fn flatten<'a>(document: &'a ExecutableDocument, set: &'a SelectionSet, level: &mut Vec<&'a Field>) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => level.push(&field.node),
            Selection::InlineFragment(fragment) => flatten(document, &fragment.node.selection_set.node, level),
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    flatten(document, &fragment.node.selection_set.node, level);
                }
            }
        }
    }
}

/// Whether a value is one of a built-in scalar type that takes it as it is.
pub(super) fn is_plain(kind: &Type, value: &Json) -> bool {
    let BaseType::Named(name) = &kind.base else { return false };
    match (name.as_str(), value) {
        ("String" | "ID", Json::String(_)) | ("Boolean", Json::Bool(_)) => true,
        ("Int", Json::Number(number)) => number.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::parser::types::Type;
    use serde_json::json;

    use super::{Steady, is_plain};

    #[test]
    fn what_a_variable_can_change_is_found_wherever_it_stands() {
        let of = |text: &str| {
            let Steady { is_one, form, cost, .. } = Steady::of(&parse_query(text).unwrap());
            (is_one, form, cost)
        };
        assert_eq!(of("query($s: String!) { company(by: {slug: $s}) { name @include(if: true) } }"), (true, true, true));
        assert_eq!(of("query($n: Int) { companies(first: $n) { nodes { name } } }"), (true, true, false));
        assert_eq!(of("query($i: ID!) { nodes(ids: [$i]) { id } }"), (true, true, false));
        assert_eq!(
            of("query($b: Boolean!) { companies { nodes { ...F } } } fragment F on Company { name @skip(if: $b) }"),
            (true, false, false)
        );
        assert_eq!(of("query($b: Boolean!) { ... @include(if: $b) { tiers { name } } }"), (true, false, false));
        assert_eq!(of("query A { tiers { name } } query B { tiers { key } }"), (false, false, false));
    }

    #[test]
    fn a_key_that_stands_twice_is_found_behind_fragments() {
        let of = |text: &str| Steady::of(&parse_query(text).unwrap()).distinct;
        assert!(of("{ a: tiers { name } tiers { name ...F } } fragment F on Tier { key }"));
        assert!(!of("{ tiers { name ...F } } fragment F on Tier { name }"));
        assert!(!of("{ tiers { ... { key } key } }"));
        assert!(!of("{ x: tiers { key } x: tiers { name } }"));
    }

    #[test]
    fn plain_values_are_of_the_built_in_types() {
        let plain = |kind: &str, value| is_plain(&Type::new(kind).unwrap(), &value);
        assert!(plain("String!", json!("a")) && plain("ID", json!("a")) && plain("Int!", json!(-7)) && plain("Boolean", json!(true)));
        for (kind, value) in [
            ("String", json!(null)),
            ("String!", json!(1)),
            ("ID!", json!(1)),
            ("Int", json!(2_147_483_648_i64)),
            ("Int", json!(1.5)),
            ("[String!]!", json!(["a"])),
            ("Difficulty", json!("EASY")),
            ("CompanyFilter", json!({})),
        ] {
            assert!(!plain(kind, value.clone()), "{kind} {value}");
        }
    }
}
