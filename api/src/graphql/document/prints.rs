//! What stands for the selection sets of a document that ask something of a company: sets that ask for the same have the same print, in whichever
//! document they are.

use std::collections::{BTreeSet, HashMap};
use std::io::{Error, ErrorKind, Write};

use async_graphql::parser::types::{Directive, ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Pos, Positioned, Value};
use async_graphql_value::Value as Literal;
use sha2::{Digest, Sha256};

use crate::graphql::types::{Types, root};

/// The type whose sets are looked for.
const COMPANY: &str = "Company";

/// Variables that are named in a set with a print. One with more has none: each print holds its own.
const MOST_VARIABLES: usize = 32;
/// Bytes of their values as JSON. They are looked at for each company.
const MOST_BYTES: usize = 1_024;

/// The prints of the selection sets of companies, by where each begins.
#[derive(Debug, Default)]
pub(crate) struct Prints(HashMap<Pos, Option<Print>>);

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
    pub(super) fn of(document: &ExecutableDocument, types: &Types) -> Self {
        let mut press = Press { document, types, fragments: HashMap::new(), prints: HashMap::new() };
        for (_, operation) in document.operations.iter() {
            press.set(&operation.node.selection_set, root(operation.node.ty));
        }
        Self(press.prints)
    }

    /// The print of the set that begins there.
    pub(crate) fn at(&self, place: Pos) -> Option<&Print> {
        self.0.get(&place)?.as_ref()
    }
}

impl Print {
    /// A fingerprint of the values of the variables in it, if they are short; nothing inside if there are none.
    #[allow(clippy::option_option, reason = "values that are too long are not values that are not there")]
    pub(crate) fn values(&self, value: impl Fn(&Name) -> Option<Value>) -> Option<Option<[u8; 32]>> {
        if self.variables.is_empty() {
            return Some(None);
        }
        let mut short = Short(Vec::new());
        for name in &self.variables {
            // That there is none is not the same as null: a field may have a value of its own for that.
            serde_json::to_writer(&mut short, &(name.as_str(), value(name).as_slice())).ok()?;
        }
        Some(Some(Sha256::digest(&short.0).into()))
    }
}

/// Bytes, if they are not too many.
struct Short(Vec<u8>);

impl Write for Short {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > MOST_BYTES {
            return Err(Error::from(ErrorKind::FileTooLarge));
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

struct Press<'a> {
    document: &'a ExecutableDocument,
    types: &'a Types,
    /// What became of fragments; nothing for one that has too many variables.
    fragments: HashMap<&'a Name, Option<Print>>,
    prints: HashMap<Pos, Option<Print>>,
}

impl<'a> Press<'a> {
    /// The print of a set in an object of this type; nothing if it has too many variables.
    fn set(&mut self, set: &'a Positioned<SelectionSet>, parent: &str) -> Option<Print> {
        let mut draft = Draft::default();
        for item in &set.node.items {
            match &item.node {
                Selection::Field(field) => self.field(&mut draft, &field.node, parent),
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map(|condition| condition.node.on.node.as_str());
                    draft.words(["...", on.unwrap_or_default()]);
                    draft.directives(&fragment.node.directives);
                    draft.inside(self.set(&fragment.node.selection_set, on.unwrap_or(parent)));
                }
                Selection::FragmentSpread(spread) => {
                    draft.words(["...", ""]);
                    draft.directives(&spread.node.directives);
                    draft.inside(self.fragment(&spread.node.fragment_name.node));
                }
            }
        }
        draft.print()
    }

    fn field(&mut self, draft: &mut Draft, field: &'a Field, parent: &str) {
        draft.words([field.response_key().node.as_str(), field.name.node.as_str()]);
        for (name, value) in &field.arguments {
            draft.value(&name.node, &value.node);
        }
        draft.directives(&field.directives);
        let set = &field.selection_set;
        if set.node.items.is_empty() {
            return;
        }
        let kind = self.types.named(parent, &field.name.node).to_owned();
        let print = self.set(set, &kind);
        if kind == COMPANY {
            // Two sets can begin at one place: a carriage return begins a column and no line. Which one is meant is not known then.
            self.prints.entry(set.pos).and_modify(|print| *print = None).or_insert_with(|| print.clone());
        }
        draft.inside(print);
    }

    /// The print of a fragment: of each one once, however often it is used.
    fn fragment(&mut self, name: &'a Name) -> Option<Print> {
        if let Some(print) = self.fragments.get(name) {
            return print.clone();
        }
        let fragment = self.document.fragments.get(name)?;
        let on = fragment.node.type_condition.node.on.node.as_str();
        let mut draft = Draft::default();
        draft.words(["...on", on]);
        draft.inside(self.set(&fragment.node.selection_set, on));
        let print = draft.print();
        self.fragments.insert(name, print.clone());
        print
    }
}

/// A print that is being made.
#[derive(Default)]
struct Draft {
    hash: Sha256,
    variables: BTreeSet<Name>,
    is_deep: bool,
    /// Something in it has no print.
    is_spoilt: bool,
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

    fn value(&mut self, name: &Name, value: &Literal) {
        self.words(["=", name.as_str(), &value.to_string()]);
        self.name_variables(value);
    }

    fn name_variables(&mut self, value: &Literal) {
        match value {
            Literal::Variable(name) => {
                self.variables.insert(name.clone());
                self.is_spoilt |= self.variables.len() > MOST_VARIABLES;
            }
            Literal::List(values) => values.iter().for_each(|value| self.name_variables(value)),
            Literal::Object(fields) => fields.values().for_each(|value| self.name_variables(value)),
            Literal::Null | Literal::Number(_) | Literal::String(_) | Literal::Boolean(_) | Literal::Enum(_) | Literal::Binary(_) => {}
        }
    }

    fn inside(&mut self, print: Option<Print>) {
        let Some(print) = print else {
            self.is_spoilt = true;
            return;
        };
        // No length begins with this.
        self.hash.update([u8::MAX]);
        self.hash.update(print.words);
        self.variables.extend(print.variables);
        self.is_spoilt |= self.variables.len() > MOST_VARIABLES;
        self.is_deep = true;
    }

    fn print(self) -> Option<Print> {
        let Self { hash, variables, is_deep, is_spoilt } = self;
        (!is_spoilt).then(|| Print { words: hash.finalize().into(), variables, is_deep })
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::parser::types::{ExecutableDocument, Selection};
    use async_graphql::{Name, Positioned, Value};

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
        let other =
            first("query B($x: String!) { x: company(by: {slug: $x}) { name, questions(first:2) { nodes { text } } } tiers { key } }");
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
    fn variables_are_found_wherever_they_stand_and_their_values_are_part_of_the_place() {
        let print = first(
            "{ company { a(x: {y: [$one]}) { b @skip(if: $two) } ... @include(if: $three) { d } ...F @skip(if: $four) } } fragment F on C { e(z: $five) }",
        );
        let names: Vec<&str> = print.variables.iter().map(Name::as_str).collect();
        assert_eq!(names, ["five", "four", "one", "three", "two"]);
        let values = |one: Option<Value>| print.values(|name| if name == "one" { one.clone() } else { Some(Value::from(1)) });
        let all = [None, Some(Value::Null), Some(Value::from(1)), Some(Value::from("1")), Some(Value::from(vec![1]))];
        for (place, value) in all.iter().enumerate() {
            assert_eq!(values(value.clone()), values(value.clone()));
            assert!(all[place + 1..].iter().all(|other| values(other.clone()) != values(value.clone())), "{value:?}");
        }
        let object = |text: &str| Some(Value::from_json(serde_json::from_str(text).unwrap()).unwrap());
        let (honest, other) = ("{\"a\": {\"b\": \"x\"}, \"c\": {\"d\": \"y\"}}", "{\"a: {b: \\\"x\\\"}, c\": {\"d\": \"y\"}}");
        assert_ne!(values(object(honest)), values(object(other)), "a name may have anything in it");
        assert_eq!(first("{ company { name } }").values(|_| None), Some(None));
        assert_eq!(values(Some(Value::from("x".repeat(1_000)))), None, "long values are looked at by nobody");
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
}
