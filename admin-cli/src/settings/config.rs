//! The configuration file: profiles by name, and what is the same for all of them. Tokens are never in it. It is edited in place, so that
//! comments stay.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml_edit::{DocumentMut, InlineTable, Item, Table, value};

use super::{write_private, wrong};
use crate::code::Code;
use crate::fault::{Fault, Result, unreadable};

/// What the file says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    pub(crate) default_profile: Option<String>,
    pub(crate) editor: Option<String>,
    pub(crate) pager: Option<String>,
    pub(crate) accessible: bool,
    pub(crate) profile: BTreeMap<String, Profile>,
    #[serde(skip)]
    pub(crate) path: PathBuf,
}

/// A named target with an identity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Profile {
    /// The address of a server.
    pub(crate) api: Option<String>,
    /// The address of a database.
    pub(crate) database: Option<String>,
    /// Whether publishing asks for the profile's name.
    pub(crate) protected: bool,
    /// Whose name stands in the history of a database target.
    pub(crate) act_as: Option<String>,
    /// Who signs in at a server.
    pub(crate) email: Option<String>,
    /// In which colour its name is printed.
    pub(crate) color: Option<String>,
}

impl Config {
    /// Reads the file; without one everything is as built in.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(unreadable(path, &error)),
        };
        let mut config: Self = toml::from_str(&text).map_err(|error| {
            let mut lines = error.to_string();
            lines.truncate(lines.trim_end().len());
            wrong(format!("{} cannot be understood\n{lines}", path.display())).next(format!("edit {}", path.display()))
        })?;
        for (name, profile) in &config.profile {
            if profile.api.is_some() == profile.database.is_some() {
                let message = format!("the profile {name:?} needs an address: either api or database");
                return Err(wrong(message).next(format!("edit {}", path.display())));
            }
        }
        path.clone_into(&mut config.path);
        Ok(config)
    }

    /// The profile of this name.
    pub(crate) fn find(&self, name: &str) -> Result<&Profile> {
        self.profile.get(name).ok_or_else(|| {
            let fault = Fault::new(Code::ProfileUnknown, format!("no profile is called {name:?}"));
            let known: Vec<&str> = self.profile.keys().map(String::as_str).collect();
            let known = if known.is_empty() { "there is none yet".to_owned() } else { known.join(", ") };
            fault.line(format!("  profiles: {known}")).next("greenroom profile list")
        })
    }

    /// Changes the file and leaves everything else in it as it is.
    pub(crate) fn change(&self, act: impl FnOnce(&mut DocumentMut)) -> Result {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(unreadable(&self.path, &error)),
        };
        let mut document: DocumentMut =
            text.parse().map_err(|error| wrong(format!("{} cannot be understood: {error}", self.path.display())))?;
        act(&mut document);
        write_private(&self.path, document.to_string().as_bytes())
    }

    /// Puts a profile in, or over one of this name.
    pub(crate) fn put(&self, name: &str, profile: &Profile) -> Result {
        self.change(|document| {
            let profiles = document.entry("profile").or_insert_with(|| {
                let mut table = Table::new();
                table.set_implicit(true);
                Item::Table(table)
            });
            // Within a table on one line everything stands on that line.
            let empty = if profiles.is_inline_table() { value(InlineTable::new()) } else { Item::Table(Table::new()) };
            let Some(table) = profiles.as_table_like_mut() else { return };
            let entry = table.entry(name).or_insert(empty);
            let texts = [
                ("api", &profile.api),
                ("database", &profile.database),
                ("act_as", &profile.act_as),
                ("email", &profile.email),
                ("color", &profile.color),
            ];
            for (field, text) in texts {
                match text {
                    Some(text) => entry[field] = value(text),
                    None => drop(entry.as_table_like_mut().and_then(|table| table.remove(field))),
                }
            }
            if profile.protected {
                entry["protected"] = value(true);
            } else {
                drop(entry.as_table_like_mut().and_then(|table| table.remove("protected")));
            }
        })
    }

    /// Takes a profile out.
    pub(crate) fn remove(&self, name: &str) -> Result {
        self.change(|document| {
            if let Some(profiles) = document.get_mut("profile").and_then(Item::as_table_like_mut) {
                profiles.remove(name);
            }
            if document.get("default_profile").and_then(Item::as_str) == Some(name) {
                document.remove("default_profile");
            }
        })
    }

    /// Makes a profile the one that is used where none is named.
    pub(crate) fn make_default(&self, name: &str) -> Result {
        self.change(|document| document["default_profile"] = value(name))
    }
}

#[cfg(test)]
mod tests {
    use super::{Config, Profile};

    #[test]
    fn a_profile_on_one_line_is_changed_and_taken_out_like_any_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, "# mine\nprofile = { local = { database = \"sqlite:a.db\", protected = true } }\n").unwrap();
        let read = || Config::read(&path).unwrap();
        let server = Profile { api: Some("https://a.example".to_owned()), ..Profile::default() };
        read().put("local", &server).unwrap();
        read().put("other", &server).unwrap();
        assert_eq!((read().find("local").unwrap(), read().find("other").unwrap()), (&server, &server));
        read().remove("local").unwrap();
        assert_eq!(read().profile.keys().collect::<Vec<_>>(), ["other"]);
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("# mine\n"));
    }
}
