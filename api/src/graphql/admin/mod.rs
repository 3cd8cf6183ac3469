//! The admin schema: what editors and administrators read and change. Who may ask for which field stands in `needs`, and nowhere else.

mod answer;
mod api_key;
mod audit;
mod batches;
mod change;
mod company;
mod draft;
mod guide;
mod importing;
mod input;
mod mutation;
pub mod needs;
mod operation;
mod order;
mod partner;
mod plan;
mod query;
mod selection;
mod terms;
mod tier;
mod trusted_document;
mod user;
mod witness;

use std::sync::LazyLock;

use async_graphql::{Context, EmptySubscription, Request, Result, SDLExportOptions, Schema};
use content::access::Gate;
use content::code::Code;
use content::view::Desk;

use super::fault::refused;
use crate::limits::Limits;

pub(crate) use api_key::bounded;
pub use mutation::{Mutation, Now};
pub use query::AdminQuery;

/// The admin schema.
pub type AdminSchema = Schema<AdminQuery, Mutation, EmptySubscription>;

/// Builds the admin schema. Pure: it needs no database. Every request brings the desk of whoever asks.
#[must_use]
pub fn admin(limits: Limits) -> AdminSchema {
    Schema::build(AdminQuery, Mutation::default(), EmptySubscription).limit_recursive_depth(256).disable_suggestions().data(limits).finish()
}

/// The admin schema in the schema definition language, as it is committed.
#[must_use]
pub fn admin_sdl() -> &'static str {
    static SDL: LazyLock<String> = LazyLock::new(|| {
        let options = SDLExportOptions::new().include_specified_by().use_space_ident().indent_width(2);
        admin(Limits::default()).sdl_with_options(options)
    });
    &SDL
}

/// A request of whoever stands at the gate, or sits at a desk already, with all that the schema takes from there.
#[must_use]
pub fn brought_by(request: Request, gate: &Gate, desk: Option<Desk>) -> Request {
    let request = request.data(gate.clone()).data(batches::at_gate(gate.clone()));
    match desk {
        Some(desk) => request.data(desk.view()).data(batches::at_desk(desk.clone())).data(desk),
        None => request,
    }
}

/// The desk of whoever asks.
fn desk<'a>(context: &Context<'a>) -> Result<&'a Desk> {
    context.data_opt::<Desk>().ok_or_else(|| refused(Code::AnonymousRefused, "This needs a login."))
}
