//! The door through which time and new identities come in, so that a test can hold the one and foresee the other.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::SystemTime;

use entity::{ApiKeyId, AuditId, CompanyId, OperationId, PartnerId, SessionId, Timestamp, UserId};
use uuid::{ContextV7, Uuid};

/// Where time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's.
    System,
    /// One that moves on by a millisecond at every look, for tests and for generated data.
    Counting(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that starts at this instant and moves on by a millisecond at every look.
    #[must_use]
    pub fn counting_from(start: Timestamp) -> Self {
        Self::Counting(Arc::new(AtomicI64::new(start.0)))
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the door")]
            Self::System => Timestamp::from(SystemTime::now()),
            Self::Counting(micros) => Timestamp(micros.fetch_add(1_000, Ordering::Relaxed)),
        }
    }

    /// An identity for a company that is made now.
    #[must_use]
    pub fn company_id(&self) -> CompanyId {
        CompanyId(self.uuid())
    }

    /// An identity for an operation that is done now.
    #[must_use]
    pub fn operation_id(&self) -> OperationId {
        OperationId(self.uuid())
    }

    /// An identity for a user who is made now.
    #[must_use]
    pub fn user_id(&self) -> UserId {
        UserId(self.uuid())
    }

    /// An identity for a session that is opened now.
    #[must_use]
    pub fn session_id(&self) -> SessionId {
        SessionId(self.uuid())
    }

    /// An identity for a partner who is made now.
    #[must_use]
    pub fn partner_id(&self) -> PartnerId {
        PartnerId(self.uuid())
    }

    /// An identity for an API key that is made now.
    #[must_use]
    pub fn api_key_id(&self) -> ApiKeyId {
        ApiKeyId(self.uuid())
    }

    /// An identity for an entry of the audit record that is written now.
    #[must_use]
    pub fn audit_id(&self) -> AuditId {
        AuditId(self.uuid())
    }

    fn uuid(&self) -> Uuid {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the door")]
            Self::System => Uuid::now_v7(),
            Self::Counting(_) => {
                let micros = self.now().0;
                let seconds = u64::try_from(micros / 1_000_000).unwrap_or(0);
                let nanos = u32::try_from(micros % 1_000_000).unwrap_or(0) * 1_000;
                Uuid::new_v7(uuid::Timestamp::from_unix(ContextV7::new(), seconds, nanos))
            }
        }
    }
}
