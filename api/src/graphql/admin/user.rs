//! Users, their sessions, and the keys that sign their tokens.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use content::access::session::Session as ContentSession;
use content::view::Desk;
use content::{Timestamp, WireId};
use time::OffsetDateTime;

use super::batches::{self, AtGate};
use super::terms::Role;

/// Somebody who may come in to edit.
pub(super) struct User(pub content::user::User);

/// Somebody who may come in to edit.
#[Object]
impl User {
    /// Identifies the user.
    async fn id(&self) -> ID {
        ID(WireId::from(self.0.id).to_string())
    }

    /// The e-mail address: what they log in with, and the name in the history.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// What they are called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What they may do.
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// What the next writer has to say to have seen.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When the user was made.
    async fn created_at(&self) -> OffsetDateTime {
        self.0.created_at.to_utc()
    }

    /// Since when they are shut out, if so.
    async fn disabled_at(&self) -> Option<OffsetDateTime> {
        self.0.disabled_at.map(Timestamp::to_utc)
    }

    /// Their sessions that go on, the one that was renewed last first.
    async fn sessions(&self, context: &Context<'_>) -> Result<Vec<Session>> {
        // Whoever comes in just now has no desk yet.
        let current = context.data_opt::<Desk>().and_then(Desk::standing).map(|standing| standing.session);
        let sessions = batches::one::<AtGate, _>(context, self.0.id).await?.unwrap_or_default();
        Ok(sessions.into_iter().map(|session| Session::of(session, current)).collect())
    }
}

/// A login that goes on.
#[derive(SimpleObject)]
pub(super) struct Session {
    /// Identifies it.
    id: ID,
    /// When it began.
    created_at: OffsetDateTime,
    /// When it was last renewed.
    used_at: OffsetDateTime,
    /// Until when it can be renewed.
    expires_at: OffsetDateTime,
    /// The network address that it began from.
    address: String,
    /// What the client called itself.
    agent: String,
    /// Whether it is the one that asks.
    current: bool,
}

impl Session {
    fn of(session: ContentSession, current: Option<content::SessionId>) -> Self {
        Self {
            id: ID(WireId::from(session.id).to_string()),
            created_at: session.created_at.to_utc(),
            used_at: session.used_at.to_utc(),
            expires_at: session.expires_at.to_utc(),
            address: session.address,
            agent: session.agent,
            current: current == Some(session.id),
        }
    }
}

/// A key whose tokens may still be valid.
#[derive(SimpleObject)]
pub(super) struct SigningKey {
    /// Its name in the header of a token (`kid`).
    id: String,
    /// When a server first used it.
    created_at: OffsetDateTime,
    /// Since when nothing is signed with it any more, if so.
    retired_at: Option<OffsetDateTime>,
}

impl From<content::signing_key::SigningKey> for SigningKey {
    fn from(key: content::signing_key::SigningKey) -> Self {
        Self { id: key.id, created_at: key.created_at.to_utc(), retired_at: key.retired_at.map(Timestamp::to_utc) }
    }
}
