//! `greenroom profile`: targets by name, kept in the configuration file.

mod list;
mod put;

use clap::{Args, Subcommand};
use serde_json::json;

use crate::client::Keep;
use crate::fault::Result;
use crate::room::Room;
use crate::settings::{Place, Target};

pub(crate) use put::name;

/// Name the servers and databases that you work on
#[derive(Subcommand, Debug)]
pub(crate) enum Profile {
    /// List profiles
    List,
    /// Show one profile; the one in use if none is named
    Show(list::Show),
    /// Make a profile
    Add(put::Add),
    /// Use this profile where none is named
    Use(Named),
    /// Change a profile; what is not named stays
    Set(put::Set),
    /// Forget a profile, and a session that is kept for it
    Remove(Named),
}

/// A profile by its name.
#[derive(Args, Debug)]
pub(crate) struct Named {
    /// The profile
    #[arg(value_name = "PROFILE")]
    name: String,
}

impl Profile {
    pub(crate) fn run(&self, room: &Room) -> Result {
        match self {
            Self::List => list::run(room),
            Self::Show(show) => show.run(room),
            Self::Add(add) => add.run(room),
            Self::Use(named) => choose(room, &named.name),
            Self::Set(set) => set.run(room),
            Self::Remove(named) => remove(room, &named.name),
        }
    }
}

fn choose(room: &Room, name: &str) -> Result {
    let config = &room.settings.config;
    let target = Target::profile(name, config.find(name)?, "the configuration");
    config.make_default(name)?;
    done(room, name, &format!("{name} is used where no profile is named: {}", target.shown()));
    // What is said closer by still comes first.
    if room.target()?.name != name {
        let origin = room.target()?.origin;
        room.ui.warn(&format!("here it is not: {origin} says {}", room.target()?.name), None);
    }
    Ok(())
}

fn remove(room: &Room, name: &str) -> Result {
    let config = &room.settings.config;
    let target = Target::profile(name, config.find(name)?, "the configuration");
    config.remove(name)?;
    done(room, name, &format!("Removed the profile {name}: {}", target.shown()));
    if let Place::Api(address) = &target.place
        && Keep::new(&room.settings.folders, name, address).forget()?
    {
        room.ui.say("Its session is forgotten here. At the server it ends by itself.");
    }
    if config.default_profile.as_deref() == Some(name) {
        room.ui.say("It was the default. Next: greenroom profile use PROFILE");
    }
    Ok(())
}

/// Tells what was done: to programs one object.
fn done(room: &Room, name: &str, words: &str) {
    if room.ui.is_for_programs() {
        return room.ui.object(&json!({ "format": "greenroom/result@1", "profile": name, "file": room.settings.config.path }));
    }
    room.ui.say(words);
}
