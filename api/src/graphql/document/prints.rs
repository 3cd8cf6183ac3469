//! What stands for the selection sets of a document that ask something of a company: sets that ask for the same have the same print, in whichever
//! document they are.

use std::collections::{BTreeSet, HashMap};

use async_graphql::parser::types::{Directive, ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Pos, Positioned};
use async_graphql_value::Value as Literal;
use sha2::{Digest, Sha256};

use crate::graphql::types::{Types, root};

/// The type whose sets are looked for.
const COMPANY: &str = "Company";

/// Variables that are named in a set with a print. One with more has none: each print holds its own.
const MOST_VARIABLES: usize = 32;

/// The prints of the selection sets of companies.
#[derive(Debug, Default)]
pub(crate) struct Prints {
    /// By where each begins.
    all: HashMap<Pos, Option<Print>>,
    /// The variables that are named in any of them.
    pub(crate) variables: BTreeSet<Name>,
}

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
        let variables = press.prints.values().flatten().flat_map(|print| print.variables.iter().cloned()).collect();
        Self { all: press.prints, variables }
    }

    /// The print of the set that begins there.
    pub(crate) fn at(&self, place: Pos) -> Option<&Print> {
        self.all.get(&place)?.as_ref()
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
mod tests;
