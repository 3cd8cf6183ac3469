//! `greenroom profile add` and `set`: a profile is written into the configuration file, and everything else in it stays as it is.

use clap::Args;

use super::done;
use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::room::Room;
use crate::settings::{Profile, address, database_address, without_password};

/// What a profile says.
#[derive(Args, Debug)]
pub(crate) struct Fields {
    /// The address of a server
    #[arg(long, value_name = "URL", conflicts_with = "database")]
    api: Option<String>,
    /// The address of a database
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Whose name stands in the history of a database target
    #[arg(long, value_name = "EMAIL")]
    act_as: Option<String>,
    /// Who signs in at a server
    #[arg(long, value_name = "EMAIL")]
    email: Option<String>,
    /// Whether publishing asks for the profile's name to be typed
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    protected: Option<bool>,
    /// Use it where no profile is named
    #[arg(long)]
    default: bool,
}

/// Make a profile
#[derive(Args, Debug)]
pub(crate) struct Add {
    /// What it is called: letters, digits, - and _
    #[arg(value_name = "PROFILE", value_parser = name)]
    name: String,
    #[command(flatten)]
    fields: Fields,
}

/// Change a profile; what is not named stays
#[derive(Args, Debug)]
pub(crate) struct Set {
    /// The profile
    #[arg(value_name = "PROFILE")]
    name: String,
    #[command(flatten)]
    fields: Fields,
}

impl Add {
    pub(super) fn run(&self, room: &Room) -> Result {
        let config = &room.settings.config;
        if config.profile.contains_key(&self.name) {
            let fault = Fault::new(Code::NameTaken, format!("there is a profile {:?} already", self.name));
            return Err(fault.next(format!("greenroom profile set {} ...", self.name)));
        }
        if self.fields.api.is_none() && self.fields.database.is_none() {
            let fault = Fault::new(Code::Usage, "a profile needs an address");
            return Err(fault
                .next(format!("greenroom profile add {} --api https://api.guides.example", self.name))
                .next(format!("greenroom profile add {} --database sqlite:greenroom.db", self.name)));
        }
        put(room, &self.name, Profile::default(), &self.fields)
    }
}

impl Set {
    pub(super) fn run(&self, room: &Room) -> Result {
        let profile = room.settings.config.find(&self.name)?.clone();
        put(room, &self.name, profile, &self.fields)
    }
}

fn put(room: &Room, name: &str, mut profile: Profile, fields: &Fields) -> Result {
    if let Some(url) = &fields.api {
        (profile.api, profile.database) = (Some(address(url)?), None);
    }
    if let Some(url) = &fields.database {
        (profile.database, profile.api) = (Some(database_address(url)), None);
    }
    for (field, given) in [(&mut profile.act_as, &fields.act_as), (&mut profile.email, &fields.email)] {
        if let Some(given) = given {
            // An empty text takes it out.
            *field = Some(given.clone()).filter(|given| !given.is_empty());
        }
    }
    profile.protected = fields.protected.unwrap_or(profile.protected);
    let config = &room.settings.config;
    config.put(name, &profile)?;
    let first = config.profile.is_empty();
    if fields.default || first {
        config.make_default(name)?;
    }
    let used = if fields.default || first { ", used where no profile is named" } else { "" };
    done(room, name, &format!("Wrote the profile {name}{used}: {}", room.settings.folders.short(&config.path)));
    if profile.database.as_deref().is_some_and(|url| without_password(url) != url) {
        room.ui.warn(
            "the address holds a password, and so does the configuration file now",
            Some("GREENROOM_DATABASE_URL instead of a profile"),
        );
    }
    if profile.api.is_some() && profile.email.is_none() && !room.ui.is_for_programs() {
        room.ui.say(format!("Next: greenroom auth login -p {name}"));
    }
    Ok(())
}

/// What a profile may be called: it becomes a key of the file and a part of file names.
pub(crate) fn name(text: &str) -> Result<String, String> {
    let right = |sign: char| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_';
    // A target that the environment names is called by these words.
    let reserved = ["api", "database"].contains(&text);
    let fits = !text.is_empty() && !reserved && text.len() <= 64 && text.chars().all(right);
    if fits { Ok(text.to_owned()) } else { Err("letters, digits, - and _, at most 64, and neither api nor database".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_name_of_a_profile_can_be_a_part_of_a_file_name() {
        assert!(name("production").is_ok() && name("eu_2").is_ok());
        assert!(name("").is_err() && name("../x").is_err() && name("a b").is_err() && name("api").is_err());
    }
}
