//! `greenroom config`: the settings that are the same for all profiles.

use clap::{Args, Subcommand};
use serde_json::json;
use toml_edit::value;

use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::room::Room;
use crate::settings::Key;
use crate::ui::{Cell, Column};

/// Look at the settings that are the same for all profiles, and change them
#[derive(Subcommand, Debug)]
pub(crate) enum Config {
    /// List settings with the values that count
    List(List),
    /// Print one value
    Get {
        /// The setting
        #[arg(value_name = "KEY", value_enum)]
        key: Key,
    },
    /// Write values into the configuration file
    Set {
        /// Settings with their values: editor="code --wait"
        #[arg(value_name = "KEY=VALUE", required = true, value_parser = assignment)]
        assignments: Vec<(Key, String)>,
    },
    /// Take values out of the configuration file
    Unset {
        /// The settings
        #[arg(value_name = "KEY", value_enum, required = true)]
        keys: Vec<Key>,
    },
    /// Print where the configuration file is
    Path,
}

/// List settings with the values that count
#[derive(Args, Debug)]
pub(crate) struct List {
    /// Show what says so: a variable, the project file, the configuration, or nothing
    #[arg(long)]
    show_origin: bool,
}

const COLUMNS: &[Column] =
    &[Column { key: "key", title: "KEY" }, Column { key: "value", title: "VALUE" }, Column { key: "origin", title: "" }];
const WITH_ORIGIN: &[Column] =
    &[Column { key: "key", title: "KEY" }, Column { key: "value", title: "VALUE" }, Column { key: "origin", title: "ORIGIN" }];

impl Config {
    pub(crate) fn run(&self, room: &Room) -> Result {
        match self {
            Self::List(list) => list.run(room),
            Self::Get { key } => {
                if let (Some(value), _) = key.effective(&room.settings) {
                    room.ui.value("value", &value);
                }
                Ok(())
            }
            Self::Set { assignments } => set(room, assignments),
            Self::Unset { keys } => unset(room, keys),
            Self::Path => {
                room.ui.value("path", &room.settings.folders.config_file().display().to_string());
                Ok(())
            }
        }
    }
}

impl List {
    fn run(&self, room: &Room) -> Result {
        let mut listing = room.ui.listing(if self.show_origin { WITH_ORIGIN } else { COLUMNS }, "key")?;
        for key in Key::ALL {
            let (value, origin) = key.effective(&room.settings);
            listing.row(&[key.name().into(), Cell::from(value), origin.into()]);
        }
        listing.end("");
        Ok(())
    }
}

fn set(room: &Room, assignments: &[(Key, String)]) -> Result {
    let config = &room.settings.config;
    for (key, text) in assignments {
        if *key == Key::DefaultProfile {
            config.find(text)?;
        }
        if *key == Key::Accessible && text.parse::<bool>().is_err() {
            return Err(Fault::new(Code::Usage, format!("accessible is true or false, not {text:?}")));
        }
    }
    config.change(|document| {
        for (key, text) in assignments {
            document[key.name()] = match (key, text.parse::<bool>()) {
                (Key::Accessible, Ok(truth)) => value(truth),
                (Key::Accessible | Key::DefaultProfile | Key::Editor | Key::Pager, _) => value(text),
            };
        }
    })?;
    let keys: Vec<Key> = assignments.iter().map(|(key, _)| *key).collect();
    told(room, &keys, "Wrote");
    Ok(())
}

fn unset(room: &Room, keys: &[Key]) -> Result {
    room.settings.config.change(|document| {
        for key in keys {
            document.remove(key.name());
        }
    })?;
    told(room, keys, "Took out");
    Ok(())
}

fn told(room: &Room, keys: &[Key], did: &str) {
    let names: Vec<&str> = keys.iter().map(|key| key.name()).collect();
    let path = &room.settings.config.path;
    if room.ui.is_for_programs() {
        return room.ui.object(&json!({ "format": "greenroom/result@1", "keys": names, "file": path }));
    }
    room.ui.say(format!("{did} {}: {}", names.join(", "), room.settings.folders.short(path)));
}

/// `editor=nano`
fn assignment(text: &str) -> Result<(Key, String), String> {
    let known = || Key::ALL.iter().map(|key| key.name()).collect::<Vec<_>>().join(", ");
    let (name, value) = text.split_once('=').ok_or_else(|| "a setting with its value, such as editor=nano".to_owned())?;
    let key =
        Key::ALL.iter().find(|key| key.name() == name).ok_or_else(|| format!("no setting is called {name:?}; there are {}", known()))?;
    Ok((*key, value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{Key, assignment};

    #[test]
    fn a_value_may_have_an_equals_sign() {
        assert_eq!(assignment("editor=vim -c x=1"), Ok((Key::Editor, "vim -c x=1".to_owned())));
        assert!(assignment("editor").is_err() && assignment("colour=red").is_err());
    }
}
