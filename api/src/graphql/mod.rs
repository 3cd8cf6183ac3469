//! The public schema: read only, published content only. Resolvers translate; what is done and what is allowed stands in `content`.

#![allow(clippy::unused_async, reason = "the library asks every resolver to be asynchronous")]

pub mod admin;
mod arrangement;
pub(crate) mod budget;
mod company;
mod connection;
pub mod cost;
mod document;
pub mod fault;
mod filter;
mod given;
mod ground;
pub(crate) mod here;
mod letters;
mod lines;
mod node;
mod order;
mod parts;
mod query;
mod questions;
mod rounds;
mod salaries;
mod scalars;
pub mod scopes;
mod service;
mod terms;
mod tiers;
mod types;
mod viewer;

use std::sync::LazyLock;

use async_graphql::{EmptyMutation, EmptySubscription, SDLExportOptions, Schema, SchemaBuilder, ValidationMode};

use crate::limits::Limits;

pub use arrangement::Arrangement;
pub use budget::Budget;
pub use cost::Cost;
pub use document::{Checked, Document, Documents, Refusal, Sent, check};
pub use given::fill_in;
pub use ground::ground;
pub use parts::{Prepared, Values, put_together};
pub use query::Query;
pub use types::Types;
pub use viewer::Allowance;

/// The public schema.
pub type PublicSchema = Schema<Query, EmptyMutation, EmptySubscription>;

/// Builds the public schema. Pure: it needs no database. Every request brings its own view.
#[must_use]
pub fn public(limits: Limits) -> PublicSchema {
    with_rules(limits, ValidationMode::Strict)
}

/// The public schema for documents of which it is known already that they are right: the rules are not gone through again.
#[must_use]
pub fn proven(limits: Limits) -> PublicSchema {
    with_rules(limits, ValidationMode::Fast)
}

fn with_rules(limits: Limits, rules: ValidationMode) -> PublicSchema {
    builder().validation_mode(rules).data(limits).finish()
}

fn builder() -> SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
    // The document's size, depth and spread are bounded before the library sees it (`document`); this bound is the second door behind that one.
    Schema::build(Query, EmptyMutation, EmptySubscription).limit_recursive_depth(256)
}

/// The public schema in the schema definition language, as it is committed. It is the same for every server, so it is written once.
#[must_use]
pub fn public_sdl() -> &'static str {
    static SDL: LazyLock<String> = LazyLock::new(|| {
        let options = SDLExportOptions::new().include_specified_by().use_space_ident().indent_width(2);
        public(Limits::default()).sdl_with_options(options)
    });
    &SDL
}
