//! `greenroom profile list` and `show`: what the configuration says of targets.

use clap::Args;
use serde_json::json;

use crate::fault::Result;
use crate::room::Room;
use crate::settings::{Place, Target, without_password};
use crate::ui::{Cell, Column};

/// Show one profile; the one in use if none is named
#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The profile
    #[arg(value_name = "PROFILE")]
    name: Option<String>,
}

const COLUMNS: &[Column] = &[
    Column { key: "profile", title: "PROFILE" },
    Column { key: "address", title: "ADDRESS" },
    Column { key: "as", title: "AS" },
    Column { key: "protected", title: "PROTECTED" },
    Column { key: "used", title: "USED" },
];

pub(super) fn run(room: &Room) -> Result {
    let config = &room.settings.config;
    // A project or a variable may name one that is not there: the list is what helps then.
    let used = room.target().ok().map(|target| target.name);
    let mut listing = room.ui.listing(COLUMNS, "profile")?;
    for (name, profile) in &config.profile {
        let target = Target::profile(name, profile, "the configuration");
        let default = config.default_profile.as_deref() == Some(name);
        let here = used.as_deref() == Some(name);
        listing.row(&[
            name.as_str().into(),
            target.shown().into(),
            Cell::from(target.email.or(target.act_as)),
            Cell::new(profile.protected, if profile.protected { "yes" } else { "-" }),
            Cell::new(
                here,
                match (here, default) {
                    (true, true) => "here, default",
                    (true, false) => "here",
                    (false, true) => "default",
                    (false, false) => "-",
                },
            ),
        ]);
    }
    let none = "No profile yet. Next: greenroom setup";
    listing.end(if config.profile.is_empty() { none } else { "" });
    Ok(())
}

impl Show {
    pub(super) fn run(&self, room: &Room) -> Result {
        let config = &room.settings.config;
        let target = match &self.name {
            Some(name) => Target::profile(name, config.find(name)?, "the configuration"),
            None => room.target()?,
        };
        let (kind, address) = match &target.place {
            Place::Api(url) => ("api", Some(url.clone())),
            Place::Database(url) => ("database", url.as_deref().map(without_password)),
        };
        let default = config.default_profile.as_deref() == Some(&target.name);
        if room.ui.is_for_programs() {
            room.ui.object(&json!({
                "profile": target.name, kind: address, "act_as": target.act_as, "email": target.email,
                "protected": target.protected, "color": target.color, "default": default, "chosen_by": target.origin,
            }));
            return Ok(());
        }
        let line = |name: &str, value: &str| room.ui.out(format!("{name:<10} {value}"));
        line("profile", &target.name);
        line(kind, address.as_deref().unwrap_or("the file in the data folder"));
        for (name, value) in [("act_as", &target.act_as), ("email", &target.email), ("color", &target.color)] {
            if let Some(value) = value {
                line(name, value);
            }
        }
        line("protected", if target.protected { "yes: publishing asks for the profile's name" } else { "no" });
        line("default", if default { "yes" } else { "no" });
        line("chosen by", target.origin);
        Ok(())
    }
}
