//! `greenroom db`: commands that need the database itself, not a server.

mod backup;

use std::time::Instant;

use api::startup::{self, Found, Users};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::acts::counted;
use crate::client::{server_settings, unopened};
use crate::code::Code;
use crate::commands::password;
use crate::fault::{Fault, Result};
use crate::room::Room;
use crate::settings::{Place as Where, database_address};

/// Look after the database itself
#[derive(Subcommand, Debug)]
pub(crate) enum Db {
    /// Show which database is used and what is in it
    Status(Place),
    /// Bring the database up to date; one that is missing is made
    Migrate(Place),
    /// Make the first administrator, who makes the other users; the password is asked for, or read from standard input
    Admin(Admin),
    /// Write a backup of one moment, while servers go on
    Backup(backup::Backup),
    /// Replace the database by a backup; no server may run on it
    Restore(backup::Restore),
    /// Say what does not agree in the database
    Check(Place),
    /// Put guides into the database: the starter guides, or generated ones for tests and measurements
    Seed(Seed),
}

/// Where the database is.
#[derive(Args, Debug)]
pub(crate) struct Place {
    /// Use this database instead of the one that the settings name
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

/// The first administrator.
#[derive(Args, Debug)]
pub(crate) struct Admin {
    #[command(flatten)]
    place: Place,
    /// Their e-mail address, with which they log in
    #[arg(value_name = "EMAIL")]
    email: String,
}

/// What is put in.
#[derive(Args, Debug)]
pub(crate) struct Seed {
    #[command(flatten)]
    place: Place,
    /// Generate so many guides of invented companies; always the same ones, and a second run goes on where the first stopped
    #[arg(long, value_name = "COUNT")]
    synthetic: Option<u32>,
}

impl Db {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        match self {
            Self::Status(place) => status(room, place).await,
            Self::Migrate(place) => migrate(room, place).await,
            Self::Admin(admin) => self::admin(room, admin).await,
            Self::Backup(backup) => backup.run(room).await,
            Self::Restore(restore) => restore.run(room).await,
            Self::Check(place) => check(room, place).await,
            Self::Seed(seed) => self::seed(room, seed).await,
        }
    }
}

/// The settings of the database that is meant: the flag's, or the target's.
fn settings(room: &Room, place: &Place, starter_guides: bool) -> Result<api::settings::Settings> {
    let url = match &place.database_url {
        Some(url) => Some(database_address(url)),
        None => match room.target()?.place {
            Where::Database(url) => url,
            Where::Api(address) => {
                let fault = Fault::new(
                    Code::DatabaseOnly,
                    format!("this works on a database itself, and {} is the server {address}", room.target()?.name),
                );
                return Err(fault.next("the same command with --database-url URL, or -p local for the one in your data folder"));
            }
        },
    };
    server_settings(url, starter_guides)
}

async fn status(room: &Room, place: &Place) -> Result {
    let (database, found) = startup::look(&settings(room, place, false)?).await.map_err(|error| unopened(&error))?;
    let (state, counts) = match found {
        Found::Nothing => ("not there yet; greenroom db migrate makes it".to_owned(), None),
        Found::Outdated(steps) => (format!("{steps} steps behind; greenroom db migrate applies them"), None),
        Found::Newer(steps) => (format!("{steps} steps ahead: made by a newer version"), None),
        Found::Ready(counts) => ("up to date".to_owned(), Some(counts)),
    };
    if room.ui.is_for_programs() {
        let counts = counts.map(|counts| json!({ "published": counts.companies, "questions": counts.questions }));
        room.ui.object(&json!({ "database": database, "state": state, "counts": counts }));
        return Ok(());
    }
    room.ui.out(format!("database   {database}"));
    room.ui.out(format!("state      {state}"));
    if let Some(counts) = counts {
        room.ui.out(format!("published  {} guides with {} questions", counts.companies, counts.questions));
    }
    Ok(())
}

async fn check(room: &Room, place: &Place) -> Result {
    let (database, problems) = api::operator::check(&settings(room, place, false)?).await.map_err(|error| unopened(&error))?;
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    if room.ui.is_for_programs() {
        room.ui.object(&json!({ "database": database, "problems": told }));
    }
    let Some(first) = told.first() else {
        room.ui.say(format!("{database}: everything agrees."));
        return Ok(());
    };
    let fault = Fault::new(Code::DatabaseDamaged, format!("{database}: {}", counted(told.len(), "thing does", "things do") + " not agree"));
    let fault = told.iter().take(20).fold(fault, |fault, line| fault.line(format!("  {line}")));
    Err(fault.details(json!({ "first": first })).next("greenroom db restore BACKUP, with one from before"))
}

async fn migrate(room: &Room, place: &Place) -> Result {
    let (_, started) = startup::site(&settings(room, place, false)?).await.map_err(|error| unopened(&error))?;
    room.ui.say(format!("{}: {} steps applied", started.database, started.migrated));
    Ok(())
}

async fn admin(room: &Room, admin: &Admin) -> Result {
    let settings = settings(room, &admin.place, false)?;
    let email = startup::email(&admin.email).map_err(|error| unopened(&error))?;
    let password = password::new(room, !room.ui.asks)?;
    let (site, started) = startup::site(&settings).await.map_err(|error| unopened(&error))?;
    let desk = startup::operator(&site, "greenroom db admin");
    match startup::first_admin(&desk, Some(&email), Some(password)).await.map_err(|error| unopened(&error))? {
        Users::Made(email) => room.ui.say(format!("{}: {email} is an administrator and can log in.", started.database)),
        Users::Some | Users::None => {
            let fault = Fault::new(Code::Declined, "there are users already; an administrator makes others");
            return Err(Fault { exit: 6, ..fault }.next("greenroom user new EMAIL --role author"));
        }
    }
    Ok(())
}

async fn seed(room: &Room, seed: &Seed) -> Result {
    let Some(count) = seed.synthetic else {
        let (_, started) = startup::site(&settings(room, &seed.place, true)?).await.map_err(|error| unopened(&error))?;
        room.ui.say(match started.planted {
            0 => format!("{} has guides already; the starter guides go into an empty database only.", started.database),
            planted => format!("{}: {planted} starter guides put in", started.database),
        });
        return Ok(());
    };
    let (site, started) = startup::site(&settings(room, &seed.place, false)?).await.map_err(|error| unopened(&error))?;
    let desk = startup::operator(&site, "greenroom db seed");
    let began = Instant::now();
    let bar = room.ui.bar("guides", count as usize);
    seed::synthetic::plant(&desk, 0..count, |done| bar.to(u64::from(done))).await.map_err(|error| {
        Fault::new(Code::Partly, format!("the guides were not all put in: {error}")).next("the same command again, to go on")
    })?;
    bar.end();
    room.ui.say(format!("{}: {count} generated guides in {:.1} s", started.database, began.elapsed().as_secs_f64()));
    Ok(())
}
