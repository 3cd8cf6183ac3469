//! `greenroom user sessions`: where somebody is signed in, and an end of it.

use clap::Args;
use serde_json::{Value as Json, json};

use super::find;
use crate::code::Code;
use crate::documents::session::{RevokeSessionMutation, RevokeSessionVariables};
use crate::documents::user::{MySessionsQuery, Session};
use crate::fault::{Fault, Result};
use crate::room::Room;
use crate::ui::{Cell, Column};

/// List the sessions of a user, or end one
#[derive(Args, Debug)]
pub(crate) struct Sessions {
    /// The e-mail address; your own sessions if none is named
    #[arg(value_name = "EMAIL")]
    email: Option<String>,
    /// End this session
    #[arg(long, value_name = "ID", conflicts_with = "email")]
    revoke: Option<String>,
}

const COLUMNS: &[Column] = &[
    Column { key: "id", title: "SESSION" },
    Column { key: "created_at", title: "SINCE" },
    Column { key: "used_at", title: "USED" },
    Column { key: "expires_at", title: "UNTIL" },
    Column { key: "address", title: "FROM" },
    Column { key: "agent", title: "WITH" },
    Column { key: "current", title: "" },
];

impl Sessions {
    pub(super) async fn run(&self, room: &Room) -> Result {
        if let Some(id) = &self.revoke {
            return revoke(room, id).await;
        }
        let sessions = match &self.email {
            Some(email) => find(room, email).await?.sessions,
            None => mine(room).await?,
        };
        let mut listing = room.ui.listing(COLUMNS, "id")?;
        for session in &sessions {
            let instant = |instant: &str| Cell::new(instant, room.ui.when(instant));
            listing.row(&[
                session.id.inner().into(),
                instant(&session.created_at.0),
                instant(&session.used_at.0),
                instant(&session.expires_at.0),
                session.address.as_str().into(),
                session.agent.as_str().into(),
                Cell::new(session.current, if session.current { "this one" } else { "" }),
            ]);
        }
        listing.end(&crate::acts::counted(sessions.len(), "session.", "sessions."));
        Ok(())
    }
}

/// A session for programs.
pub(super) fn object(session: &Session) -> Json {
    json!({
        "id": session.id.inner(), "created_at": session.created_at.0, "used_at": session.used_at.0,
        "expires_at": session.expires_at.0, "address": session.address, "agent": session.agent, "current": session.current,
    })
}

async fn mine(room: &Room) -> Result<Vec<Session>> {
    let MySessionsQuery { me } = room.client().await?.ask(()).await?;
    let nobody = || Fault::new(Code::Usage, "you work here without a login, so you have no sessions").next("greenroom user sessions EMAIL");
    me.map(|me| me.sessions).ok_or_else(nobody)
}

async fn revoke(room: &Room, id: &str) -> Result {
    room.announce(false).await?;
    room.ui.agree(&format!("End the session {id}? Whoever uses it has to sign in again."))?;
    let variables = RevokeSessionVariables { id: cynic::Id::new(id) };
    let RevokeSessionMutation { revoke_session } = room.client().await?.act(variables).await?;
    if room.ui.is_for_programs() {
        room.ui.object(&json!({ "format": "greenroom/result@1", "session": id, "ended": revoke_session.done }));
        return Ok(());
    }
    room.ui.say(if revoke_session.done { "The session has ended." } else { "That session had ended already." });
    Ok(())
}
