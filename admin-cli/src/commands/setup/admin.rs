//! The first administrator of a database: asked for while there is no user at all.

use api::http::Site;
use api::startup::{self, Users};
use content::access::secret::Secret;

use super::Setup;
use crate::client::unopened;
use crate::code::Code;
use crate::commands::password;
use crate::fault::{Fault, Result, unreadable};
use crate::room::Room;

/// Makes the administrator, and gives their address. Nothing if there are users already, or if none is wanted.
pub(super) async fn first(setup: &Setup, room: &Room, site: &Site) -> Result<Option<String>> {
    let desk = startup::operator(site, "greenroom setup");
    let found = startup::first_admin(&desk, None, None).await.map_err(|error| unopened(&error))?;
    if !matches!(found, Users::None) {
        room.ui.say("  is there  somebody can sign in already");
        return Ok(None);
    }
    if setup.no_admin {
        room.ui.say("  left out  nobody can sign in at a server over this database yet");
        return Ok(None);
    }
    let email = match &setup.admin_email {
        Some(email) => email.clone(),
        None => room.ui.line("E-mail, or nothing for none", None, "--admin-email EMAIL, or --no-admin")?,
    };
    if email.is_empty() {
        return Ok(None);
    }
    let email = startup::email(&email).map_err(|error| unopened(&error))?;
    let password = password(setup, room)?;
    let made = startup::first_admin(&desk, Some(&email), Some(password)).await;
    made.map_err(|error| Fault::new(Code::Settings, error.to_string()).next("the same command again; what is done stays"))?;
    room.ui.say(format!("  created   {email}, admin"));
    Ok(Some(email.to_string()))
}

fn password(setup: &Setup, room: &Room) -> Result<Secret> {
    match &setup.password_file {
        None => room.ui.new_password("--password-file FILE"),
        Some(path) if path.as_os_str() == "-" => password::line(room),
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
            Ok(Secret::new(text.lines().next().unwrap_or_default()))
        }
    }
}
