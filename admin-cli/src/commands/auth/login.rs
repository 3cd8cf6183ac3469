//! `greenroom auth login`: a password for a session, which is kept for the next commands.

use clap::Args;
use serde_json::json;

use super::{kept, no_server};
use crate::client::Keep;
use crate::code::Code;
use crate::commands::password;
use crate::documents::session::{LoginInput, LoginMutation, LoginVariables, SessionTokens};
use crate::fault::{Fault, Result};
use crate::room::Room;
use crate::settings::{Place, Target, is_open};
use crate::ui::{BOLD, paint};

/// Sign in with an e-mail address and a password
#[derive(Args, Debug)]
pub(crate) struct Login {
    /// The e-mail address; asked for if it is not said
    #[arg(long, value_name = "EMAIL")]
    email: Option<String>,
    /// Read the password from the first line of standard input
    #[arg(long)]
    password_stdin: bool,
}

impl Login {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let target = room.target()?;
        let address = match &target.place {
            Place::Api(address) => address,
            Place::Database(_) => return Err(no_server(&target.name)),
        };
        if !room.ui.is_for_programs() {
            room.ui.say(format!("{}  {address}", paint(BOLD, &target.name)));
        }
        if is_open(address) {
            room.ui.warn(
                "http:// is not encrypted: others on the way can read the password and the session",
                Some("an address with https://"),
            );
        }
        let client = room.client().await?;
        let keep = kept(client)?;
        let email = self.email(room, &target, keep)?;
        let password = password::known(room, self.password_stdin)?;
        let input = LoginInput { email: email.clone(), password: password.reveal().to_owned() };
        let LoginMutation { login } = client.enter(LoginVariables { input }).await.map_err(|fault| match fault.code.as_str() {
            "AUT-003" => fault.next(format!("ask an administrator for another one: greenroom user reset-password {email}")),
            _ => fault,
        })?;
        keep.put(&login)?;
        remember(room, &target, &login.user.email)?;
        told(room, keep, &login);
        if let Some((_, variable)) = Keep::from_environment()? {
            room.ui.warn(&format!("{variable} is set and wins over this login"), Some(&format!("unset {variable}")));
        }
        Ok(())
    }

    fn email(&self, room: &Room, target: &Target, keep: &Keep) -> Result<String> {
        if let Some(email) = &self.email {
            return Ok(email.clone());
        }
        let known = target.email.clone().or_else(|| keep.entry().ok().flatten().map(|entry| entry.email));
        if self.password_stdin
            && let Some(known) = known
        {
            return Ok(known);
        }
        let email = room.ui.line("E-mail", known.as_deref(), "--email EMAIL")?;
        // Whoever types the password here sees it on the screen: it must not go on into a file or a log as a name.
        if email.contains('@') {
            Ok(email)
        } else {
            Err(Fault::new(Code::Usage, "that is no e-mail address; the password is asked for next"))
        }
    }
}

/// The next login asks with this address.
fn remember(room: &Room, target: &Target, email: &str) -> Result {
    let config = &room.settings.config;
    match config.profile.get(&target.name) {
        Some(profile) if profile.email.as_deref() != Some(email) => {
            let mut profile = profile.clone();
            profile.email = Some(email.to_owned());
            config.put(&target.name, &profile)
        }
        Some(_) | None => Ok(()),
    }
}

fn told(room: &Room, keep: &Keep, login: &SessionTokens) {
    let (email, role, until) = (&login.user.email, login.user.role.word(), &login.refresh_expires_at.0);
    let file = room.settings.folders.short(keep.file());
    if room.ui.is_for_programs() {
        let profile = keep.profile();
        return room.ui.object(&json!({ "profile": profile, "as": email, "role": role, "until": until, "token_in": keep.file() }));
    }
    room.ui.say(format!("Signed in as {email}, {role}. Session until {}, renewed while you use it.", room.ui.when(until)));
    room.ui.say(format!("Kept in {file}: plain text in a file that only you can read (mode 0600)."));
}
