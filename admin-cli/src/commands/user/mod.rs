//! `greenroom user`: who may work here, and as what.

mod change;
mod list;
mod new;
mod sessions;
mod show;

use clap::{Subcommand, ValueEnum};

use crate::documents::edit::{DisableUser, EnableUser};
use crate::documents::user::{Role, UserBy, UserQuery, UserVariables, UserWithSessions};
use crate::fault::{Fault, Result};
use crate::room::Room;

/// Look after users
#[derive(Subcommand, Debug)]
pub(crate) enum User {
    /// List users
    List,
    /// Show one user with their sessions
    Show(show::Show),
    /// Make a user
    New(new::New),
    /// Give a user another role
    SetRole(change::SetRole),
    /// Give a user another name
    SetName(change::SetName),
    /// Shut a user out at once; all their sessions end
    Disable(change::Seen),
    /// Let a user in again
    Enable(change::Seen),
    /// Give a user another password; all their sessions end
    ResetPassword(change::ResetPassword),
    /// List the sessions of a user, or end one
    Sessions(sessions::Sessions),
}

/// What a user may do.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum RoleName {
    /// Reads everything
    Reader,
    /// Writes drafts
    Author,
    /// Publishes
    Publisher,
    /// Looks after users, tiers, partners and keys too
    Admin,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Reader => Self::Reader,
            RoleName::Author => Self::Author,
            RoleName::Publisher => Self::Publisher,
            RoleName::Admin => Self::Admin,
        }
    }
}

impl User {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        match self {
            Self::List => list::run(room).await,
            Self::Show(show) => show.run(room).await,
            Self::New(new) => new.run(room).await,
            Self::SetRole(change) => change.run(room).await,
            Self::SetName(change) => change.run(room).await,
            Self::Disable(seen) => {
                let would = "would be shut out; their sessions would end";
                seen.run(room, DisableUser, ("Shut out", "is shut out; their sessions have ended", would)).await
            }
            Self::Enable(seen) => seen.run(room, EnableUser, ("Let in", "may sign in again", "could sign in again")).await,
            Self::ResetPassword(change) => change.run(room).await,
            Self::Sessions(sessions) => sessions.run(room).await,
        }
    }
}

/// A user as they stand.
async fn find(room: &Room, email: &str) -> Result<UserWithSessions> {
    let UserQuery { user } = room.client().await?.ask(UserVariables { by: UserBy::Email(email.to_owned()) }).await?;
    let nobody = || Fault::told("NOT-001", format!("no user has the e-mail address {email}")).next("greenroom user list");
    user.ok_or_else(nobody)
}
