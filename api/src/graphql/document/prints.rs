//! What stands for the selection sets of a document: sets that ask for the same have the same print, in whichever document they are.

use std::collections::{BTreeSet, HashMap};

use async_graphql::parser::types::{Directive, ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Pos, Positioned, Value};
use async_graphql_value::Value as Written;
use sha2::{Digest, Sha256};

/// The prints of the selection sets of a document, by where each begins.
#[derive(Debug, Default)]
pub(crate) struct Prints(HashMap<Pos, Print>);

/// What a selection set asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Print {
    /// All that is written in it and in its fragments, as a fingerprint (SHA-256). Whoever can make two sets with the same one could have others shown
    /// what they did not ask for, so no faster one will do.
    pub(crate) words: [u8; 32],
    /// The variables that are named there.
    pub(crate) variables: BTreeSet<Name>,
    /// Whether there are sets inside of it.
    pub(crate) is_deep: bool,
}

impl Prints {
    /// Those of a document in which no fragment uses itself.
    pub(super) fn of(document: &ExecutableDocument) -> Self {
        let mut press = Press { document, fragments: HashMap::new(), prints: HashMap::new() };
        for (_, operation) in document.operations.iter() {
            press.set(&operation.node.selection_set);
        }
        Self(press.prints)
    }

    /// The print of the set that begins there.
    pub(crate) fn at(&self, place: Pos) -> Option<&Print> {
        self.0.get(&place)
    }
}

impl Print {
    /// A fingerprint of the values of the variables in it; nothing if there are none.
    pub(crate) fn values(&self, value: impl Fn(&Name) -> Option<Value>) -> Option<[u8; 32]> {
        if self.variables.is_empty() {
            return None;
        }
        let mut draft = Draft::default();
        for name in &self.variables {
            match value(name) {
                Some(value) => draft.words(["=", name.as_str(), &value.to_string()]),
                // That there is none is not the same as null: a field may have a value of its own for that.
                None => draft.words(["-", name.as_str()]),
            }
        }
        Some(draft.hash.finalize().into())
    }
}

struct Press<'a> {
    document: &'a ExecutableDocument,
    fragments: HashMap<&'a Name, Print>,
    prints: HashMap<Pos, Print>,
}

impl<'a> Press<'a> {
    fn set(&mut self, set: &'a Positioned<SelectionSet>) -> Print {
        let mut draft = Draft::default();
        for item in &set.node.items {
            match &item.node {
                Selection::Field(field) => self.field(&mut draft, &field.node),
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map_or("", |condition| condition.node.on.node.as_str());
                    draft.words(["...", on]);
                    draft.directives(&fragment.node.directives);
                    draft.inside(&self.set(&fragment.node.selection_set));
                }
                Selection::FragmentSpread(spread) => {
                    draft.words(["...", ""]);
                    draft.directives(&spread.node.directives);
                    if let Some(print) = self.fragment(&spread.node.fragment_name.node) {
                        draft.inside(&print);
                    }
                }
            }
        }
        let print = draft.print();
        self.prints.insert(set.pos, print.clone());
        print
    }

    fn field(&mut self, draft: &mut Draft, field: &'a Field) {
        draft.words([field.response_key().node.as_str(), field.name.node.as_str()]);
        for (name, value) in &field.arguments {
            draft.value(&name.node, &value.node);
        }
        draft.directives(&field.directives);
        if !field.selection_set.node.items.is_empty() {
            draft.inside(&self.set(&field.selection_set));
        }
    }

    /// The print of a fragment: of each one once, however often it is used.
    fn fragment(&mut self, name: &'a Name) -> Option<Print> {
        if let Some(print) = self.fragments.get(name) {
            return Some(print.clone());
        }
        let fragment = self.document.fragments.get(name)?;
        let mut draft = Draft::default();
        draft.words(["on", fragment.node.type_condition.node.on.node.as_str()]);
        draft.inside(&self.set(&fragment.node.selection_set));
        let print = draft.print();
        self.fragments.insert(name, print.clone());
        Some(print)
    }
}

/// A print that is being made.
#[derive(Default)]
struct Draft {
    hash: Sha256,
    variables: BTreeSet<Name>,
    is_deep: bool,
}

impl Draft {
    /// Words, each with its length: so where one ends is no matter of what is in it.
    fn words<const N: usize>(&mut self, words: [&str; N]) {
        for word in words {
            self.hash.update(word.len().to_be_bytes());
            self.hash.update(word);
        }
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) {
        for directive in directives {
            self.words(["@", directive.node.name.node.as_str()]);
            for (name, value) in &directive.node.arguments {
                self.value(&name.node, &value.node);
            }
        }
    }

    fn value(&mut self, name: &Name, value: &Written) {
        self.words(["=", name.as_str(), &value.to_string()]);
        self.name_variables(value);
    }

    fn name_variables(&mut self, value: &Written) {
        match value {
            Written::Variable(name) => drop(self.variables.insert(name.clone())),
            Written::List(values) => values.iter().for_each(|value| self.name_variables(value)),
            Written::Object(fields) => fields.values().for_each(|value| self.name_variables(value)),
            Written::Null | Written::Number(_) | Written::String(_) | Written::Boolean(_) | Written::Enum(_) | Written::Binary(_) => {}
        }
    }

    fn inside(&mut self, print: &Print) {
        // No length begins with this.
        self.hash.update([u8::MAX]);
        self.hash.update(print.words);
        self.variables.extend(print.variables.iter().cloned());
        self.is_deep = true;
    }

    fn print(self) -> Print {
        Print { words: self.hash.finalize().into(), variables: self.variables, is_deep: self.is_deep }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::parser::types::{ExecutableDocument, Selection};
    use async_graphql::{Name, Value};

    use super::{Print, Prints};

    /// The print of what the first field of the first operation selects.
    fn first(text: &str) -> Print {
        let document: ExecutableDocument = parse_query(text).unwrap();
        let prints = Prints::of(&document);
        let (_, operation) = document.operations.iter().next().unwrap();
        let Selection::Field(field) = &operation.node.selection_set.node.items[0].node else { panic!("no field") };
        prints.at(field.node.selection_set.pos).unwrap().clone()
    }

    #[test]
    fn what_asks_for_the_same_has_the_same_print_in_every_document() {
        let one = first("{ company(by: {slug: \"a\"}) { name questions(first: 2) { nodes { text } } } }");
        let other =
            first("query B($x: String!) { x: company(by: {slug: $x}) { name, questions(first:2) { nodes { text } } } tiers { key } }");
        assert_eq!(one, other);
        assert!(one.is_deep && one.variables.is_empty());
        assert!(!first("{ company { name slug } }").is_deep);
    }

    #[test]
    fn whatever_changes_what_is_asked_gives_another_print() {
        let all = [
            "{ c { name slug } }",
            "{ c { slug name } }",
            "{ c { name: slug } }",
            "{ c { slug: name } }",
            "{ c { name } }",
            "{ c { name @skip(if: true) } }",
            "{ c { name @include(if: true) } }",
            "{ c { name @skip(if: $a) } }",
            "{ c { name @skip(if: $b) } }",
            "{ c { name(a: 1) } }",
            "{ c { name(a: \"1\") } }",
            "{ c { name(b: 1) } }",
            "{ c { name(a: $b) } }",
            "{ c { name(a: \"$b\") } }",
            "{ c { name(a: [$b]) } }",
            "{ c { name { slug } } }",
            "{ c { name { slug } x } }",
            "{ c { name { slug x } } }",
            "{ c { ... { name slug } } }",
            "{ c { ... on Company { name slug } } }",
            "{ c { ... on Company @skip(if: $a) { name slug } } }",
            "{ c { ...F } } fragment F on Company { name slug }",
            "{ c { ...F } } fragment F on Company { name }",
            "{ c { ...F } } fragment F on Node { name }",
            "{ c { ...F @skip(if: $a) } } fragment F on Node { name }",
            "{ c { ...F ...F } } fragment F on Node { name }",
            "{ c { ...F } } fragment F on Node { ...G } fragment G on Node { name }",
        ];
        for (place, text) in all.iter().enumerate() {
            for other in &all[place + 1..] {
                assert_ne!(first(text).words, first(other).words, "{text}\n{other}");
            }
        }
        assert_eq!(
            first("{ c { ...F } } fragment F on A { name }"),
            first("{ c { ...G } } fragment G on A { name }"),
            "a name of a fragment"
        );
    }

    #[test]
    fn variables_are_found_wherever_they_stand_and_their_values_are_part_of_the_place() {
        let print = first(
            "{ c { a(x: {y: [$one]}) { b @skip(if: $two) } ... @include(if: $three) { d } ...F @skip(if: $four) } } fragment F on C { e(z: $five) }",
        );
        let names: Vec<&str> = print.variables.iter().map(Name::as_str).collect();
        assert_eq!(names, ["five", "four", "one", "three", "two"]);
        let values = |one: Option<Value>| print.values(|name| if name == "one" { one.clone() } else { Some(Value::from(1)) });
        let all = [None, Some(Value::Null), Some(Value::from(1)), Some(Value::from("1")), Some(Value::from(vec![1]))];
        for (place, value) in all.iter().enumerate() {
            assert_eq!(values(value.clone()), values(value.clone()));
            assert!(all[place + 1..].iter().all(|other| values(other.clone()) != values(value.clone())), "{value:?}");
        }
        assert_eq!(first("{ c { name } }").values(|_| None), None);
    }

    #[test]
    fn fragments_that_double_each_other_are_printed_once_each() {
        let double = |number: usize| format!(" fragment F{number} on C {{ ...F{next} ...F{next} }}", next = number + 1);
        let text = (0..60).map(double).fold("{ c { ...F0 } }".to_owned(), |text, fragment| text + &fragment);
        assert!(first(&(text + " fragment F60 on C { name(a: $x) }")).variables.contains("x"));
    }
}
