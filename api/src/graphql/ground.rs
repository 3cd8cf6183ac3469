//! Makes sure that every object of an answer has a field while the library works on it.
//!
//! It gives null for an object of which nothing is selected (all fields skipped, or all in fragments for other types), which would say that there
//! is none. So a field is added where that can happen, and `arrangement` takes it out of the answer again.

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, Field as FieldNode, Selection, SelectionSet};
use async_graphql::{Name, Pos, Positioned};

/// The response key of a field that is added to every selection set that might select nothing, and taken out of the answer again.
pub(in crate::graphql) const PRESENT: &str = "__greenroom_present";

/// Adds the field to the selection sets of a document that need it.
pub fn ground(document: &mut ExecutableDocument) {
    let fragments = document.fragments.values_mut().map(|fragment| &mut fragment.node.selection_set.node);
    fragments.for_each(ground_inside);
    let operations = match &mut document.operations {
        DocumentOperations::Single(operation) => vec![operation],
        DocumentOperations::Multiple(operations) => operations.values_mut().collect(),
    };
    // The root itself is left as it is: there is always one.
    for operation in operations {
        ground_inside(&mut operation.node.selection_set.node);
    }
}

/// Grounds the sets of the fields of a set. A set of a fragment belongs to the field that the fragment is used in.
fn ground_inside(set: &mut SelectionSet) {
    for item in &mut set.items {
        match &mut item.node {
            Selection::Field(field) => {
                let inner = &mut field.node.selection_set.node;
                ground_inside(inner);
                let sure = |item: &Positioned<Selection>| matches!(&item.node, Selection::Field(field) if field.node.directives.is_empty());
                if !inner.items.is_empty() && !inner.items.iter().any(sure) {
                    inner.items.push(present(field.pos));
                }
            }
            Selection::InlineFragment(fragment) => ground_inside(&mut fragment.node.selection_set.node),
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn present(pos: Pos) -> Positioned<Selection> {
    let at = |name: &str| Positioned::new(Name::new(name), pos);
    let field = FieldNode {
        alias: Some(at(PRESENT)),
        name: at("__typename"),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: Positioned::new(SelectionSet { items: Vec::new() }, pos),
    };
    Positioned::new(Selection::Field(Positioned::new(field, pos)), pos)
}
