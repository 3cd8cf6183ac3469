//! The audit record.

use async_graphql::{ID, InputObject, Object};
use content::audit::{Entry, Test};
use content::{Timestamp, WireId};
use time::OffsetDateTime;

use super::terms::AuditOutcome;

/// What somebody did or tried at the administrative door.
pub(super) struct AuditEntry(pub Entry);

/// What somebody did or tried at the administrative door.
#[Object]
impl AuditEntry {
    /// Identifies the entry.
    async fn id(&self) -> ID {
        ID(WireId::from(self.0.id).to_string())
    }

    /// When.
    async fn at(&self) -> OffsetDateTime {
        self.0.at.to_utc()
    }

    /// Who: an e-mail address, or the name that an operator gave; empty for a stranger.
    async fn by(&self) -> &str {
        &self.0.actor
    }

    /// What: the name of the mutation.
    async fn act(&self) -> &str {
        &self.0.act
    }

    /// How it ended.
    async fn outcome(&self) -> AuditOutcome {
        self.0.outcome.into()
    }

    /// Why it was refused, from the table of codes.
    async fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The operation that it was, if it was an edit: what changed stands there.
    async fn operation(&self) -> Option<ID> {
        self.0.operation_id.map(|id| ID(WireId::from(id).to_string()))
    }

    /// The network address that it came from; empty on the machine of the database.
    async fn address(&self) -> &str {
        &self.0.address
    }

    /// What the client called itself.
    async fn agent(&self) -> &str {
        &self.0.agent
    }

    /// The id of the request, by which the log is searched.
    async fn request_id(&self) -> &str {
        &self.0.request_id
    }
}

crate::graphql::connection::connection! {
    /// A list of entries of the audit record.
    AuditConnection,
    /// An entry in a list.
    AuditEdge, AuditEntry, Entry, Vec, Vec<AuditEntry>
}

/// Which entries. All that is said must hold.
#[derive(InputObject, Default)]
pub(super) struct AuditFilter {
    /// By this user: an e-mail address, or the name of an operator.
    by: Option<String>,
    /// After this instant.
    since: Option<OffsetDateTime>,
    /// Of these mutations.
    act: Option<Vec<String>>,
    /// That ended so.
    outcome: Option<AuditOutcome>,
}

impl From<AuditFilter> for Test {
    fn from(filter: AuditFilter) -> Self {
        let AuditFilter { by, since, act, outcome } = filter;
        Self { actor: by, since: since.map(Timestamp::from), acts: act, outcome: outcome.map(Into::into) }
    }
}
