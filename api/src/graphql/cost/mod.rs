//! What an operation costs, worked out from its document and its variables before anything of it runs.
//!
//! Objects are counted: 1 for each that a field gives, a list counted by the page that is asked for or by the size that such a list is assumed to
//! have (`sizes`), and everything inside of it as often. Scalars, introspection, and the wrapping of a page (the connection, its edges, its page
//! information) cost nothing. Fragments count where they are used; an object behind an interface counts as the most expensive one that it can be.
//! The walk expands fragments; `document` has bounded to how many fields.

mod sizes;
mod walk;

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition};
use serde_json::{Map, Value as Json};

use self::walk::Walk;
use super::given::Given;
use super::types::Types;
use crate::limits::Limits;

pub use sizes::of as assumed_size;

/// Objects for a point.
const OBJECTS_OF_A_POINT: u64 = 10;
/// Points of an operation, whatever it asks for: it is read, measured and answered.
const OPERATION: u64 = 1;
/// Points of a list at the root: it is a statement of the database.
pub(super) const ROOT_LIST: u64 = 2;
/// Points of a search, on top of those of its list: it ranks all that it finds.
pub(super) const SEARCH: u64 = 5;
/// Points of the total of a list at the root: it is a statement that goes over the whole list.
pub(super) const TOTAL: u64 = 2;

/// What an operation costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Points, as they are taken from a quota.
    pub points: u64,
    /// Objects that the answer is assumed to have.
    pub objects: u64,
    /// The field that gives most of the objects, if any are given.
    pub most: Option<Part>,
}

/// What one field contributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it stands, from the root: `companies.nodes.rounds`.
    pub path: String,
    /// The objects that it gives itself.
    pub objects: u64,
}

impl Cost {
    /// The cost of a query of the public schema.
    #[must_use]
    pub fn of(document: &ExecutableDocument, operation: &OperationDefinition, variables: &Map<String, Json>, limits: &Limits) -> Self {
        let mut walk = Walk::new(document, Given { operation, variables }, Types::public(), limits.page);
        walk.set(&operation.selection_set.node, super::types::root(operation.ty), 1);
        let tally = walk.tally;
        let points = OPERATION.saturating_add(tally.objects.div_ceil(OBJECTS_OF_A_POINT)).saturating_add(tally.extra);
        Self { points, objects: tally.objects, most: tally.most }
    }

    /// Why an operation of this cost is not executed where so many points are allowed.
    #[must_use]
    pub fn told(&self, most_points: u64) -> String {
        let biggest = self.most.as_ref().map_or_else(String::new, |part| {
            format!(
                " Most of it is {}, {} of {} objects; ask for smaller pages or fewer lists inside of each other.",
                part.path, part.objects, self.objects
            )
        });
        format!("The operation costs {} points; at most {most_points} are allowed.{biggest}", self.points)
    }
}

#[cfg(test)]
mod tests;
