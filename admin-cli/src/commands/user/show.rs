//! `greenroom user show`: one user with their sessions.

use clap::Args;
use serde_json::json;

use super::find;
use crate::acts::counted;
use crate::fault::Result;
use crate::room::Room;

/// Show one user with their sessions
#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The e-mail address
    #[arg(value_name = "EMAIL")]
    email: String,
}

impl Show {
    pub(super) async fn run(&self, room: &Room) -> Result {
        let user = find(room, &self.email).await?;
        let disabled = user.disabled_at.as_ref().map(|instant| instant.0.clone());
        if room.ui.is_for_programs() {
            let sessions = user.sessions.iter().map(super::sessions::object);
            room.ui.object(&json!({
                "email": user.email, "name": user.name, "role": user.role.word(), "version": user.version,
                "created_at": user.created_at.0, "disabled_at": disabled, "sessions": sessions.collect::<Vec<_>>(),
            }));
            return Ok(());
        }
        room.ui.out(format!("{}  {}, {}", user.email, user.name, user.role.word()));
        room.ui.out(format!("since      {}", room.ui.when(&user.created_at.0)));
        if let Some(disabled) = disabled {
            room.ui.out(format!("shut out   {}", room.ui.when(&disabled)));
        }
        room.ui.out(format!("sessions   {}", counted(user.sessions.len(), "session", "sessions")));
        if !user.sessions.is_empty() {
            room.ui.say(format!("Next: greenroom user sessions {}", user.email));
        }
        Ok(())
    }
}
