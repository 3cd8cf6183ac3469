//! An operation that only has to be executed. It holds all that it needs, so that any thread can do it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Request, Response};
use content::code::Code;
use content::view::Shown;
use futures_util::FutureExt;
use tracing::Instrument;

use super::Site;
use super::answer::{self, Reply};
use super::asker::Asker;
use crate::graphql::admin::{AdminSchema, Now, brought_by};
use crate::graphql::budget::late;
use crate::graphql::fault::MISTAKE;
use crate::graphql::{Arrangement, Budget, Prepared, PublicSchema, Sent, Values};
use crate::lane::Crowded;
use crate::limiter::Owner;
use crate::traces;

/// An operation to be executed.
pub(super) struct Work {
    /// How it is answered.
    pub(super) reply: Reply,
    schema: Schema,
    operation: Request,
    known: Known,
}

/// What is known of the document of an operation.
pub(super) struct Known {
    /// The document.
    pub(super) document: Sent,
    /// The form of its answer.
    pub(super) arrangement: Arc<Arrangement>,
    /// The values of the variables by which parts of it are found.
    pub(super) values: Values,
    /// Whether the rules have nothing to find in it.
    pub(super) proven: bool,
}

enum Schema {
    /// With what is shown to the reader.
    Public(PublicSchema, Shown),
    Admin(AdminSchema),
}

impl Work {
    /// An operation of somebody. The time that it has begins now.
    pub(super) fn new(site: &Site, who: Asker, operation: Request, mut known: Known, reply: Reply) -> Self {
        let operation = operation.data(reply.id.clone());
        let budget = Budget::new(site.limits.entries);
        let (schema, operation) = match who {
            Asker::Reader(viewer, _) => {
                let budget = budget.within(Duration::from_millis(site.limits.time_ms));
                let schema = if known.proven { &site.proven } else { &site.schema };
                let (parts, values) = (site.answers.parts.clone(), std::mem::take(&mut known.values));
                let prepared = Prepared { parts, document: known.document.clone(), values };
                let operation = if known.document.is_distinct() { operation.data(prepared) } else { operation };
                let view = site.store.view(viewer);
                (Schema::Public(schema.clone(), view.shown()), operation.data(view).data(budget))
            }
            Asker::Editor { desk, caller } => {
                let operation = operation.data(budget).data(site.keys.clone()).data(caller).data(Now(site.store.now()));
                // Who is nobody yet comes no further than the login, and is shown no schema either.
                let operation = if desk.is_none() { operation.disable_introspection() } else { operation };
                let operation = brought_by(operation, &site.store.gate(), desk.map(|desk| *desk));
                (Schema::Admin(site.admin.clone()), operation)
            }
        };
        Self { reply, schema, operation, known }
    }

    /// Executes an operation: here, or for its owner in the lane of expensive ones. Waiting for a place there is part of the time it has.
    pub(super) async fn run(self, site: &Site, owner: Option<Owner>) -> Result<answer::Written, (Code, String)> {
        let limit = Duration::from_millis(site.limits.time_ms);
        let id = self.reply.id.clone();
        // A panic of ours ends this request with an id for the log, not the connection.
        let work = AssertUnwindSafe(traces::within(site.traces.as_ref(), "graphql.execute", self.done()).in_current_span()).catch_unwind();
        let outcome = match owner {
            None => tokio::time::timeout(limit, work).await,
            Some(owner) => {
                let placed = async {
                    let place = site.lane.enter(owner).await?;
                    Ok::<_, Crowded>(site.lane.run(place, work).end().await)
                };
                match tokio::time::timeout(limit, placed).await {
                    Ok(Ok(ended)) => Ok(ended.unwrap_or_else(|| Err(Box::new("the work was given up")))),
                    Ok(Err(crowded)) => return Err((Code::Crowded, crowded.to_string())),
                    Err(elapsed) => Err(elapsed),
                }
            }
        };
        match outcome {
            Ok(Ok(Some(written))) => Ok(written),
            Ok(Ok(None)) | Err(_) => Err((Code::Time, late(limit))),
            Ok(Err(_panic)) => {
                tracing::error!(request_id = id.0, "a panic while answering");
                Err((Code::Bug, MISTAKE.to_owned()))
            }
        }
    }

    /// Executes it. Nothing if it was given up because it took too long.
    async fn done(self) -> Option<answer::Written> {
        let (mut response, shown): (Response, Shown) = match self.schema {
            Schema::Public(schema, shown) => (schema.execute(self.operation).await, shown),
            Schema::Admin(schema) => (schema.execute(self.operation).await, Shown::default()),
        };
        if answer::is_late(&response) {
            return None;
        }
        if response.errors.is_empty() {
            self.known.document.prove(&self.known.arrangement);
        }
        self.known.document.place(&mut response.errors);
        self.known.arrangement.arrange(&mut response.data, &response.errors);
        Some(answer::executed(&self.reply, response, shown))
    }
}
