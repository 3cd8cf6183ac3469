//! What all edits have in common: the id under which a retry is recognised, the rehearsal, the reason; and how an edit is carried out.

use async_graphql::{Context, ID, InputObject, InputType, Result};
use content::access::secret::fingerprint;
use content::code::Code;
use content::edit::{Edit, Mode, Order, perform};
use content::{JobId, Kind, OperationId, OperationKind, WireId};
use serde_json::Value as Json;
use uuid::Uuid;

use super::answer::Answer;
use super::{desk, witness};
use crate::graphql::fault::refused;

/// What all edits have in common.
#[derive(InputObject)]
pub(super) struct OrderInput {
    /// An id of your own making for this edit: a UUID, or `operation_` with one in the form of our ids. Sent again, the same request is answered the
    /// same and does nothing twice; another request under the same id is refused (CON-005).
    operation_id: Option<ID>,
    /// The job that this edit is a part of: an id of your own making, `job_` with 26 characters or a UUID; all edits of a job are found by it.
    job: Option<ID>,
    /// Do everything but make it last: the answer has the plan, and nothing is written.
    #[graphql(default)]
    dry_run: bool,
    /// Why, in one line; it stands in the history.
    #[graphql(default)]
    reason: String,
}

/// The fingerprint of a request, under which its retry is known: all of the input but the ids, the rehearsal, and secrets.
pub(super) fn request(mutation: &str, input: &impl InputType) -> String {
    let mut json = input.to_value().into_json().unwrap_or(Json::Null);
    if let Json::Object(fields) = &mut json {
        // A password can be guessed from a plain hash of it, so none goes in.
        fields.retain(|name, _| !matches!(name.as_str(), "operationId" | "job" | "dryRun") && !name.to_lowercase().contains("password"));
    }
    fingerprint(format!("{mutation} {json}").as_bytes())
}

impl OrderInput {
    /// Carries the edit out, or rehearses it.
    pub(super) async fn perform(
        self,
        context: &Context<'_>,
        (kind, request): (OperationKind, String),
        act: impl AsyncFnOnce(&mut Edit) -> content::Result<()>,
    ) -> Result<Answer> {
        let operation = self.operation_id.as_ref().map(operation_id).transpose()?;
        let job = self.job.as_ref().map(job_id).transpose()?;
        let name = context.field().name().to_owned();
        let order = Order { kind, reason: self.reason, operation, request: Some(request), job, act: Some(name) };
        let mode = if self.dry_run { Mode::Rehearse } else { Mode::Do };
        let desk = desk(context)?;
        let done = perform(desk, order, mode, act).await;
        if let Err(error) = &done {
            witness::refused(context, Some(desk.author()), error.code()).await;
        }
        Answer::of(context, done, self.dry_run)
    }
}

/// The id of an operation, as it is given by us or by a client that makes its own.
pub(super) fn operation_id(id: &ID) -> Result<OperationId> {
    made(id, Kind::Operation).map(OperationId)
}

/// The id of a job, as a client makes it.
pub(super) fn job_id(id: &ID) -> Result<JobId> {
    made(id, Kind::Job).map(JobId)
}

fn made(id: &ID, kind: Kind) -> Result<Uuid> {
    let ours = id.parse::<WireId>().ok().filter(|id| id.kind == kind).map(|id| id.uuid);
    let plain = || Uuid::try_parse(id.as_str()).ok().filter(|uuid| !uuid.is_nil());
    let name = kind.prefix();
    let expected = format!("right would be a UUID, or {name}_ with 26 characters as in our ids");
    let article = if kind == Kind::Operation { "an" } else { "a" };
    ours.or_else(plain)
        .ok_or_else(|| refused(Code::Id, format!("{} is no id of {article} {name}; {expected}.", content::finding::quoted(id.as_str()))))
}
