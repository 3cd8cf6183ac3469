//! Who comes in: passwords, sessions that are renewed, and the slowing of those who guess. What somebody may do then is their role's.
//!
//! Nothing here is content, so nothing of it is an operation that could be taken back.

pub mod password;
pub mod role;
pub mod secret;
pub mod session;
mod slowing;

use entity::{Timestamp, login_failure, session as row};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::error::{Doing, Result};
use crate::store::Store;

/// The door for those who have not proved who they are yet.
#[derive(Clone, Debug)]
pub struct Gate {
    pub(crate) store: Store,
}

/// Where somebody comes from, as far as the server can tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller {
    /// The network address.
    pub address: String,
    /// What the client calls itself, at most [`Caller::MOST_CHARS`] of it.
    pub agent: String,
    /// The id of the request, by which the log is searched.
    pub request: String,
}

impl Caller {
    /// Characters that are kept of what a client calls itself.
    pub const MOST_CHARS: usize = 200;

    /// Somebody at this address with this client.
    #[must_use]
    pub fn new(address: impl Into<String>, agent: &str) -> Self {
        let agent = agent.chars().filter(|sign| !sign.is_control()).take(Self::MOST_CHARS).collect();
        Self { address: address.into(), agent, request: String::new() }
    }

    /// The same caller, with the id of what is asked just now.
    #[must_use]
    pub fn with_request(self, id: impl Into<String>) -> Self {
        Self { request: id.into(), ..self }
    }
}

impl Gate {
    pub(crate) const fn new(store: Store) -> Self {
        Self { store }
    }

    /// Removes what nobody can use any more: sessions that ended a month ago with their tokens, counts of failures that are a day old, and what is
    /// old in the audit record.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn tidy(&self) -> Result<()> {
        let now = self.store.clock.now().0;
        let month = Timestamp(now - 30 * 86_400_000_000);
        let database = self.store.writer();
        row::Entity::delete_many().filter(row::Column::ExpiresAt.lt(month)).exec(database).await.doing("remove old sessions")?;
        let stale = login_failure::Entity::delete_many().filter(login_failure::Column::LastAt.lt(Timestamp(now - slowing::KEPT_US)));
        stale.exec(database).await.doing("forget old failures")?;
        crate::audit::tidy(self).await
    }
}
