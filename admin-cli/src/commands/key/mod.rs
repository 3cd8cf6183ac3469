//! `greenroom key`: what partners ask with.

mod create;
mod list;
mod revoke;
mod rotate;
mod scopes;
mod secret;
mod set;
mod show;
mod terms;
mod verify;

use clap::Subcommand;
use serde_json::{Value as Json, json};

use crate::commands::usage::Usage;
use crate::documents::partner::{ApiKey, ApiKeyBy, ApiKeyQuery, ApiKeyVariables};
use crate::fault::{Fault, Result};
use crate::room::Room;

pub(crate) use list::table;

/// Look after the keys that partners ask with
#[derive(Subcommand, Debug)]
pub(crate) enum Key {
    /// List keys
    List(list::List),
    /// Show one key with its secrets
    Show(show::Show),
    /// Make a key; its secret is shown this one time
    Create(create::Create),
    /// Change what is agreed for a key
    Set(set::Set),
    /// Give a key another secret, or end the old one
    Rotate(rotate::Rotate),
    /// Stop a key for good
    Revoke(revoke::Revoke),
    /// Tell whether something that was found is one of our keys
    Verify(verify::Verify),
    /// Show how much keys are used
    Usage(Usage),
    /// Explain the scopes of keys
    Scopes,
}

impl Key {
    pub(crate) async fn run(&self, room: &Room) -> Result<u8> {
        match self {
            Self::List(list) => list.run(room).await,
            Self::Show(show) => show.run(room).await,
            Self::Create(create) => create.run(room).await,
            Self::Set(set) => set.run(room).await,
            Self::Rotate(rotate) => rotate.run(room).await,
            Self::Revoke(revoke) => revoke.run(room).await,
            Self::Verify(verify) => return verify.run(room).await,
            Self::Usage(usage) => usage.run(room).await,
            Self::Scopes => scopes::run(room),
        }
        .map(|()| 0)
    }
}

/// A key as it stands.
async fn find(room: &Room, name: &str) -> Result<ApiKey> {
    let ApiKeyQuery { api_key } = room.client().await?.ask(ApiKeyVariables { by: ApiKeyBy::Name(name.to_owned()) }).await?;
    api_key.ok_or_else(|| unknown(name))
}

/// There is no key of this name.
pub(crate) fn unknown(name: &str) -> Fault {
    Fault::told("NOT-001", format!("there is no key {name}")).next("greenroom key list")
}

/// A key for programs.
pub(crate) fn object(key: &ApiKey) -> Json {
    let secrets = key.secrets.iter().map(|secret| {
        json!({
            "shown": secret.shown,
            "live": secret.live,
            "created_at": secret.created_at.0,
            "ends_at": secret.ends_at.as_ref().map(|at| &at.0),
            "used_at": secret.used_at.as_ref().map(|at| &at.0),
            "requests_last_hour": secret.requests_last_hour.0,
            "requests": secret.requests.0,
        })
    });
    json!({
        "name": key.name,
        "partner": key.partner.slug,
        "mode": key.mode.word(),
        "state": key.state.word(),
        "scopes": key.scopes.iter().map(|scope| scope.word()).collect::<Vec<_>>(),
        "points_per_minute": key.points_per_minute,
        "requests_per_day": key.requests_per_day,
        "origins": key.origins,
        "networks": key.networks,
        "trusted_only": key.trusted_only,
        "created_at": key.created_at.0,
        "expires_at": key.expires_at.as_ref().map(|at| &at.0),
        "revoked_at": key.revoked_at.as_ref().map(|at| &at.0),
        "used_at": key.used_at.as_ref().map(|at| &at.0),
        "version": key.version,
        "secrets": secrets.collect::<Vec<_>>(),
    })
}
