//! Writes into the audit record what no edit writes there: what was refused, and what is no edit.

use async_graphql::Context;
use content::access::{Caller, Gate};
use content::audit::{self, Act};
use content::code::Code;
use content::edit::Author;

use crate::graphql::fault::RequestId;

/// Notes that the field was refused.
pub(super) async fn refused(context: &Context<'_>, actor: Option<&Author>, code: Code) {
    // Who has to wait is told so without a write: else whoever guesses would fill the record.
    if code == Code::LoginSlow {
        return;
    }
    note(context, actor, Some(code)).await;
}

/// Notes that the field was done.
pub(super) async fn done(context: &Context<'_>, actor: &Author) {
    note(context, Some(actor), None).await;
}

async fn note(context: &Context<'_>, actor: Option<&Author>, refused: Option<Code>) {
    let (Ok(gate), Ok(caller)) = (context.data::<Gate>(), context.data::<Caller>()) else { return };
    let act = Act { actor: actor.cloned(), act: context.field().name().to_owned(), refused };
    // What was answered stays answered; that the record has a gap must be seen by whoever runs this.
    if let Err(error) = audit::note(gate, act, caller).await {
        let request_id = context.data_opt::<RequestId>().map_or("none", |id| id.0.as_str());
        tracing::error!(request_id, error = %error, "the audit record could not be written");
    }
}
