//! Which scope of a key each field of the public schema takes: the one place. Fields that are not in this table take none: they say what a company
//! is called, who asks, and what the server allows.
//!
//! A document with a field outside of the key's scopes is refused whole, before anything runs, with every such field and the scope that it takes.
//! What a field does not show, a filter must not tell either: that is checked in `content`, where the filter is applied.

use std::collections::BTreeSet;

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, Selection, SelectionSet};
use async_graphql::{Context, Pos, ServerError};
use content::Scope;
use content::code::Code;
use content::view::{View, Viewer};

use super::document::Refusal;
use super::types::Types;

/// The fields that a key may always read, of types that take a scope.
const OPEN: &[&str] = &["__typename", "id", "company"];

/// The types whose fields take a scope, but for those above.
const TYPES: &[(&str, Scope)] = &[
    ("InterviewRound", Scope::Companies),
    ("Question", Scope::Questions),
    ("QuestionCategory", Scope::Questions),
    ("SalaryRange", Scope::Salaries),
];

/// The fields that take a scope, of types that take none as a whole.
const FIELDS: &[(&str, &str, Scope)] = &[
    ("Query", "questions", Scope::Questions),
    ("Query", "salaryRanges", Scope::Salaries),
    ("Company", "highlights", Scope::Companies),
    ("Company", "focusAreas", Scope::Companies),
    ("Company", "interviewLoop", Scope::Companies),
    ("Company", "insiderTips", Scope::Companies),
    ("Company", "redFlags", Scope::Companies),
    ("Company", "traits", Scope::Companies),
    ("Company", "prepPlan", Scope::Companies),
    ("Company", "sources", Scope::Companies),
    ("Company", "questionCategories", Scope::Questions),
    ("Company", "questions", Scope::Questions),
    ("Company", "salaryRanges", Scope::Salaries),
];

/// The scope that a field takes, if it takes one.
#[must_use]
pub fn needed(parent: &str, field: &str) -> Option<Scope> {
    let of_field = FIELDS.iter().find(|(on, name, _)| *on == parent && *name == field).map(|(.., scope)| *scope);
    let of_type = || TYPES.iter().find(|(on, _)| *on == parent && !OPEN.contains(&field)).map(|(_, scope)| *scope);
    of_field.or_else(of_type)
}

/// Whether whoever asks may read companies: what introspection shows of them.
pub(super) fn companies(context: &Context<'_>) -> bool {
    has(context, Scope::Companies)
}

/// Whether whoever asks may read questions.
pub(super) fn questions(context: &Context<'_>) -> bool {
    has(context, Scope::Questions)
}

/// Whether whoever asks may read salaries.
pub(super) fn salaries(context: &Context<'_>) -> bool {
    has(context, Scope::Salaries)
}

fn has(context: &Context<'_>, scope: Scope) -> bool {
    context.data_opt::<View>().is_none_or(|view| view.has(scope))
}

/// Refuses an operation with fields that are outside of the key's scopes.
///
/// # Errors
///
/// [`Code::ScopeMissing`], with each field and its scope.
pub fn check(document: &ExecutableDocument, operation: &OperationDefinition, viewer: &Viewer) -> Result<(), Refusal> {
    let Viewer::Partner(pass) = viewer else { return Ok(()) };
    let mut walk = Walk { document, scopes: &pass.scopes, missing: Vec::new(), seen: BTreeSet::new() };
    walk.set(&operation.selection_set.node, "Query");
    if walk.missing.is_empty() {
        return Ok(());
    }
    let has: Vec<&str> = pass.scopes.iter().map(|scope| scope.word()).collect();
    let told = |(field, scope, pos): (String, Scope, Pos)| {
        let message = format!("{field} takes the scope {scope}; {} has {}.", pass.label, has.join(", "));
        let mut error = ServerError::new(message, Some(pos));
        error.extensions.get_or_insert_default().set("scope", scope.word());
        error
    };
    Err(Refusal { code: Code::ScopeMissing, errors: walk.missing.into_iter().map(told).collect() })
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    scopes: &'a BTreeSet<Scope>,
    missing: Vec<(String, Scope, Pos)>,
    /// Fragments that were walked: what they ask for is the same wherever they are used.
    seen: BTreeSet<&'a str>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet, parent: &str) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => {
                    let name = field.node.name.node.as_str();
                    if let Some(scope) = needed(parent, name).filter(|scope| !self.scopes.contains(scope)) {
                        self.missing.push((format!("{parent}.{name}"), scope, field.pos));
                        continue;
                    }
                    self.set(&field.node.selection_set.node, Types::public().named(parent, name));
                }
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map_or(parent, |condition| condition.node.on.node.as_str());
                    self.set(&fragment.node.selection_set.node, on);
                }
                Selection::FragmentSpread(spread) => {
                    let document = self.document;
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = document.fragments.get(name).filter(|_| self.seen.insert(name.as_str())) {
                        self.set(&fragment.node.selection_set.node, &fragment.node.type_condition.node.on.node);
                    }
                }
            }
        }
    }
}
