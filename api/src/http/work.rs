//! An operation that only has to be executed. It holds all that it needs, so that any thread can do it.

use std::time::Duration;

use async_graphql::{Request, Response};

use super::Site;
use super::answer::{self, Reply, Written};
use super::graphql::Asker;
use crate::graphql::admin::{AdminSchema, Now, brought_by};
use crate::graphql::{Arrangement, Budget, PublicSchema};

/// An operation to be executed.
pub(super) struct Work {
    /// How it is answered.
    pub(super) reply: Reply,
    schema: Schema,
    operation: Request,
    arrangement: Arrangement,
}

enum Schema {
    Public(PublicSchema),
    Admin(AdminSchema),
}

impl Work {
    /// An operation of somebody. The time that it has begins now.
    pub(super) fn new(site: &Site, who: Asker, operation: Request, arrangement: Arrangement, reply: Reply) -> Self {
        let operation = operation.data(reply.id.clone());
        let budget = Budget::new(site.limits.entries);
        let (schema, operation) = match who {
            Asker::Reader(viewer, _) => {
                let budget = budget.within(Duration::from_millis(site.limits.time_ms));
                (Schema::Public(site.schema.clone()), operation.data(site.store.view(viewer)).data(budget))
            }
            Asker::Editor { desk, caller } => {
                let operation = operation.data(budget).data(site.keys.clone()).data(caller).data(Now(site.store.now()));
                // Who is nobody yet comes no further than the login, and is shown no schema either.
                let operation = if desk.is_none() { operation.disable_introspection() } else { operation };
                let operation = brought_by(operation, &site.store.gate(), desk.map(|desk| *desk));
                (Schema::Admin(site.admin.clone()), operation)
            }
        };
        Self { reply, schema, operation, arrangement }
    }

    /// Executes it. Nothing if it was given up because it took too long.
    pub(super) async fn done(self) -> Option<Written> {
        let mut response: Response = match self.schema {
            Schema::Public(schema) => schema.execute(self.operation).await,
            Schema::Admin(schema) => schema.execute(self.operation).await,
        };
        if answer::is_late(&response) {
            return None;
        }
        self.arrangement.arrange(&mut response.data, &response.errors);
        Some(answer::executed(&self.reply, response))
    }
}
