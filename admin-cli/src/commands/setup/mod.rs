//! `greenroom setup`: the first minute, question by question. Every answer is also a flag; what is there already stays, so that it can be run again.

mod admin;
mod shell;

use std::path::PathBuf;

use api::startup;
use clap::Args;
use clap_complete::Shell;
use serde_json::json;

use crate::client::{Client, server_settings, unopened};
use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::room::Room;
use crate::settings::{Place, Profile, Target, address, database_address};

/// Choose a server or a database, once
#[derive(Args, Debug)]
pub(crate) struct Setup {
    /// Work on the server at this address
    #[arg(long, value_name = "URL", conflicts_with_all = ["database", "admin_email", "password_file", "no_admin", "no_starter_guides"])]
    api: Option<String>,
    /// Work on the database at this address; one that is missing is made
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// The first administrator of the database
    #[arg(long, value_name = "EMAIL")]
    admin_email: Option<String>,
    /// Read the password of the first administrator from this file; - reads standard input
    #[arg(long, value_name = "FILE", requires = "admin_email")]
    password_file: Option<PathBuf>,
    /// Make no administrator: nobody can sign in at a server over this database until there is one
    #[arg(long, conflicts_with = "admin_email")]
    no_admin: bool,
    /// Leave an empty database empty: without the starter guides and their tiers, which a server puts in at its first start
    #[arg(long)]
    no_starter_guides: bool,
    /// Write completions for this shell
    #[arg(long, value_name = "SHELL", value_enum)]
    completions: Option<Shell>,
}

impl Setup {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        room.ui.say("Every answer can be changed later. With a screen reader: greenroom setup --accessible");
        let place = self.place(room)?;
        let name = match (&room.globals.profile, &place) {
            (Some(name), _) => {
                super::profile::name(name).map_err(|why| Fault::new(Code::Usage, format!("a profile is not called {name:?}: {why}")))?
            }
            (None, Place::Api(_)) => "server".to_owned(),
            (None, Place::Database(_)) => "local".to_owned(),
        };
        room.ui.say(format!("2 of 4  {}", if matches!(place, Place::Api(_)) { "Server" } else { "Database" }));
        let (profile, admin) = match place {
            Place::Api(url) => (Self::server(room, &name, url).await?, None),
            Place::Database(url) => self.database(room, &name, url.unwrap_or_default()).await?,
        };
        room.ui.say("4 of 4  This computer");
        let config = &room.settings.config;
        config.put(&name, &profile)?;
        config.make_default(&name)?;
        room.ui.say(format!("  wrote     profile {name:?} (default)   {}", room.settings.folders.short(&config.path)));
        let completions = shell::completions(room, self.completions)?;
        if room.ui.is_for_programs() {
            let made =
                json!({ "format": "greenroom/result@1", "profile": name, "file": config.path, "admin": admin, "completions": completions });
            room.ui.object(&made);
            return Ok(());
        }
        room.ui.say("\nReady. Next:");
        for line in next(&profile, &name) {
            room.ui.say(format!("  {line}"));
        }
        Ok(())
    }

    /// Where the guides are.
    fn place(&self, room: &Room) -> Result<Place> {
        if let Some(url) = &self.api {
            return address(url).map(Place::Api);
        }
        if let Some(url) = &self.database {
            return Ok(Place::Database(Some(database_address(url))));
        }
        let choices = [("1", "On a server; I have its address and a login"), ("2", "In a database that I run myself")];
        let choices = choices.map(|(mark, words)| (mark.to_owned(), words.to_owned()));
        let known = room.globals.profile.as_ref().or(room.settings.config.default_profile.as_ref());
        let known = known.and_then(|name| room.settings.config.profile.get(name));
        let before = usize::from(known.is_some_and(|profile| profile.database.is_some()));
        if room.ui.choose("1 of 4  Where are the guides?", &choices, before, "--api URL or --database URL")? == 0 {
            let known = known.and_then(|profile| profile.api.as_deref());
            let typed = room.ui.line("Address of the server, such as https://api.guides.example", known, "--api URL")?;
            return address(&typed).map(Place::Api);
        }
        let file = room.settings.folders.data.join("greenroom").join("greenroom.db");
        let built_in = format!("sqlite:{}", room.settings.folders.short(&file));
        let known = known.and_then(|profile| profile.database.as_deref()).unwrap_or(&built_in);
        let typed = room.ui.line("Address of the database", Some(known), "--database URL")?;
        Ok(Place::Database(Some(database_address(&typed))))
    }

    /// Looks whether a server answers; it is kept all the same, since it may be away for a moment only.
    async fn server(room: &Room, name: &str, url: String) -> Result<Profile> {
        let profile = Profile { api: Some(url), ..before(room, name) };
        let target = Target::profile(name, &profile, "setup");
        let client = Client::open(target, &room.settings, &room.ui, room.globals.timeout).await?;
        match client.probe().await {
            Some(Ok(probe)) if probe.schema.is_some() => room.ui.say("  answers   Greenroom"),
            Some(Ok(_)) => {
                return Err(
                    Fault::new(Code::Foreign, format!("{} is not Greenroom", client.target.shown())).next("greenroom setup --api URL")
                );
            }
            Some(Err(fault)) => room.ui.warn(&format!("{}; it is kept all the same", fault.message), Some("greenroom doctor")),
            None => {}
        }
        room.ui.say("3 of 4  First administrator: nothing to do, the server has its users");
        Ok(profile)
    }

    /// Makes the database and brings it up to date; then the first administrator.
    async fn database(&self, room: &Room, name: &str, url: String) -> Result<(Profile, Option<String>)> {
        let settings = server_settings(Some(url.clone()), !self.no_starter_guides)?;
        let (site, started) = startup::site(&settings).await.map_err(|error| unopened(&error))?;
        room.ui.say(match started.migrated {
            0 => format!("  is there  {}, up to date", started.database),
            steps => format!("  migrated  {}, {steps} steps", started.database),
        });
        if started.planted > 0 {
            room.ui.say(format!("  planted   {} starter guides", started.planted));
        }
        room.ui.say("3 of 4  First administrator");
        let admin = admin::first(self, room, &site).await.map_err(|fault| match fault.code.as_str() {
            // The database is made by now, and to say that nothing was done would be wrong.
            "ASK-001" => Fault { lines: vec!["  What is told above is done, and stays.".to_owned()], ..fault },
            _ => fault,
        })?;
        let mut profile = Profile { database: Some(url), ..before(room, name) };
        profile.act_as = profile.act_as.or_else(|| admin.clone());
        Ok((profile, admin))
    }
}

/// What the profile says besides its address, if it is there already.
fn before(room: &Room, name: &str) -> Profile {
    let known = room.settings.config.profile.get(name).cloned().unwrap_or_default();
    Profile { api: None, database: None, ..known }
}

fn next(profile: &Profile, name: &str) -> Vec<String> {
    if profile.api.is_some() {
        return vec![format!("greenroom auth login -p {name}"), "greenroom list".to_owned()];
    }
    let lines = [
        "greenroom company new \"Halden Systems\" --tier big-tech --edit",
        "greenroom import text page.txt --new \"Halden Systems\"",
        "greenroom list                                           the starter guides",
        "greenroom user new tomas@guides.example --name Tomas --role author",
    ];
    lines.map(str::to_owned).into()
}
