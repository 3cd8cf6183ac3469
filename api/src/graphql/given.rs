//! An operation with the variables that it was sent with: what is left out of it, and which values its arguments have.

use std::convert::Infallible;

use async_graphql::parser::types::{Directive, Field, OperationDefinition};
use async_graphql::{Positioned, Value, Variables};
use serde_json::{Map, Value as Json};

/// Gives variables that were not sent their defaults. The library does so for arguments, not for `@skip` and `@include` ("Coercing Variable Values").
pub fn fill_in(operation: &OperationDefinition, variables: &mut Variables) {
    for definition in &operation.variable_definitions {
        if let Some(default) = &definition.node.default_value {
            variables.entry(definition.node.name.node.clone()).or_insert_with(|| default.node.clone());
        }
    }
}

/// An operation with its variables.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) operation: &'a OperationDefinition,
    pub(super) variables: &'a Map<String, Json>,
}

impl Given<'_> {
    /// Whether `@skip` or `@include` leaves out what stands behind these directives.
    pub(super) fn skips(&self, directives: &[Positioned<Directive>]) -> bool {
        directives.iter().any(|directive| {
            let Some(argument) = directive.node.get_argument("if") else { return false };
            let value = argument.node.clone().into_const_with(|name| Ok::<_, Infallible>(self.variable(&name)));
            let holds = value == Ok(Value::Boolean(true));
            (directive.node.name.node == "skip" && holds) || (directive.node.name.node == "include" && !holds)
        })
    }

    /// The value of an argument; nothing if it is not there or null.
    pub(super) fn argument(&self, field: &Field, name: &str) -> Option<Value> {
        let value = field.get_argument(name)?.node.clone().into_const_with(|name| Ok::<_, Infallible>(self.variable(&name)));
        value.ok().filter(|value| *value != Value::Null)
    }

    /// The value of a variable, null if there is none.
    fn variable(&self, name: &str) -> Value {
        self.value(name).unwrap_or_default()
    }

    /// The value of a variable: what was sent, else its default.
    pub(super) fn value(&self, name: &str) -> Option<Value> {
        let default = || {
            let definition = self.operation.variable_definitions.iter().find(|definition| definition.node.name.node == name)?;
            definition.node.default_value.as_ref().map(|value| value.node.clone())
        };
        let sent = || self.variables.get(name).and_then(|value| Value::from_json(value.clone()).ok());
        sent().or_else(default)
    }
}
