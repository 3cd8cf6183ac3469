//! `greenroom auth status`: every profile with its session, from what is kept here. No server is asked.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::client::Keep;
use crate::fault::Result;
use crate::room::Room;
use crate::settings::{Place, Target, login_command, variable};
use crate::ui::{Cell, Column};

const COLUMNS: &[Column] = &[
    Column { key: "profile", title: "PROFILE" },
    Column { key: "address", title: "ADDRESS" },
    Column { key: "as", title: "AS" },
    Column { key: "role", title: "ROLE" },
    Column { key: "until", title: "UNTIL" },
    Column { key: "token_in", title: "TOKEN IN" },
];

pub(crate) fn run(room: &Room) -> Result {
    let profiles = &room.settings.config.profile;
    let mut targets: Vec<Target> = profiles.iter().map(|(name, profile)| Target::profile(name, profile, "the configuration")).collect();
    let current = room.target()?;
    if !profiles.contains_key(&current.name) {
        targets.push(current);
    }
    let environment = Keep::from_environment()?.map(|(_, variable)| variable);
    let mut listing = room.ui.listing(COLUMNS, "profile")?;
    let mut ended = Vec::new();
    for target in &targets {
        let session = session(room, target, environment)?;
        if session.ended {
            ended.push(target.name.clone());
        }
        let dash = |text: Option<String>| Cell::from(text);
        let until = match &session.until {
            Some(until) if session.ended => Cell::new(until.clone(), "expired"),
            Some(until) => Cell::new(until.clone(), room.ui.when(until)),
            None => Cell::from(None::<String>),
        };
        let token_in = dash(session.token_in);
        listing.row(&[target.name.as_str().into(), target.shown().into(), dash(session.name), dash(session.role), until, token_in]);
    }
    listing.end("");
    if let Some(variable) = environment {
        room.ui.warn(&format!("{variable} is set and wins over every login"), Some(&format!("unset {variable}")));
    }
    for name in ended {
        room.ui.say(format!("Sign in again: {}", login_command(&name)));
    }
    Ok(())
}

#[derive(Default)]
struct Session {
    name: Option<String>,
    role: Option<String>,
    until: Option<String>,
    token_in: Option<String>,
    ended: bool,
}

fn session(room: &Room, target: &Target, environment: Option<&'static str>) -> Result<Session> {
    let address = match &target.place {
        Place::Api(address) => address,
        Place::Database(_) => {
            let name = target.act_as.clone().or_else(|| variable("USER")).unwrap_or_else(|| "operator".to_owned());
            return Ok(Session { name: Some(name), role: Some("operator".to_owned()), ..Session::default() });
        }
    };
    if let Some(variable) = environment {
        return Ok(Session { token_in: Some(variable.to_owned()), ..Session::default() });
    }
    let Some(entry) = Keep::new(&room.settings.folders, &target.name, address).entry()? else { return Ok(Session::default()) };
    let ended = OffsetDateTime::parse(&entry.until, &Rfc3339).is_ok_and(|until| until <= room.ui.now);
    let token_in = Some("file (plain text)".to_owned());
    Ok(Session { name: Some(entry.email), role: Some(entry.role), until: Some(entry.until), token_in, ended })
}
