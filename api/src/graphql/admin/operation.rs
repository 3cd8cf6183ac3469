//! The history of what was done.

use async_graphql::{Context, ID, InputObject, Object, Result};
use content::history::OperationTest;
use content::plan::Plan as ContentPlan;
use content::{CompanyId, Timestamp, WireId};
use time::OffsetDateTime;

use super::desk;
use super::order::job_id;
use super::plan::Plan;
use super::terms::OperationKind;
use crate::graphql::fault::fault;

/// What was done by one edit, to one guide or to four hundred.
pub(super) struct Operation(pub content::history::Operation);

/// What was done by one edit, to one guide or to four hundred.
#[Object]
impl Operation {
    /// Identifies it: for taking it back.
    async fn id(&self) -> ID {
        ID(WireId::from(self.0.id).to_string())
    }

    /// What it did.
    async fn kind(&self) -> OperationKind {
        self.0.kind.into()
    }

    /// Who did it.
    async fn by(&self) -> &str {
        &self.0.actor
    }

    /// Why, in their words; may be empty.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// When.
    async fn at(&self) -> OffsetDateTime {
        self.0.at.to_utc()
    }

    /// The operation that it took back, if it is an undo.
    async fn undoes(&self) -> Option<ID> {
        self.0.undoes.map(|id| ID(WireId::from(id).to_string()))
    }

    /// The job that it is a part of, if whoever did it said so.
    async fn job(&self) -> Option<ID> {
        self.0.job.map(|id| ID(WireId::from(id).to_string()))
    }

    /// What it changed.
    async fn plan(&self, context: &Context<'_>) -> Result<Plan> {
        let plan = ContentPlan::of_record(desk(context)?, &self.0).await.map_err(|error| fault(context, &error))?;
        Ok(Plan::from(plan))
    }
}

crate::graphql::connection::connection! {
    /// A list of operations.
    OperationConnection,
    /// An operation in a list.
    OperationEdge, Operation, content::history::Operation, Vec, Vec<Operation>
}

/// Which operations. All that is said must hold.
#[derive(InputObject, Default)]
pub(super) struct OperationFilter {
    /// By this user: an e-mail address.
    by: Option<String>,
    /// After this instant.
    since: Option<OffsetDateTime>,
    /// Of one of these kinds.
    kind: Option<Vec<OperationKind>>,
    /// That are parts of this job.
    job: Option<ID>,
}

impl OperationFilter {
    pub(super) fn into_content(self) -> Result<OperationTest> {
        Ok(OperationTest {
            by: self.by,
            since: self.since.map(Timestamp::from),
            kinds: self.kind.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            company: None,
            job: self.job.as_ref().map(job_id).transpose()?,
        })
    }

    pub(super) fn of_company(self, company: CompanyId) -> Result<OperationTest> {
        Ok(OperationTest { company: Some(company), ..self.into_content()? })
    }
}
