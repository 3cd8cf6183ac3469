//! `greenroom db`: commands that need the database itself, not a server.

use std::io::IsTerminal;
use std::time::Instant;

use api::settings::{Arguments, Secret, Settings};
use api::startup::{self, Found, StartError, Users};
use clap::{Args, Subcommand};

use crate::ui;

/// Commands for the database.
#[derive(Subcommand)]
pub(crate) enum Db {
    /// Show which database is used and what is in it
    Status(Place),
    /// Bring the database up to date; one that is missing is made
    Migrate(Place),
    /// Make the first administrator, who makes the other users; the password is asked for, or read from standard input
    Admin(Admin),
    /// Put guides into the database: the starter guides, or generated ones for tests and measurements
    Seed(Seed),
}

/// Where the database is.
#[derive(Args)]
pub(crate) struct Place {
    /// Use this database instead of the one that the settings name
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

/// The first administrator.
#[derive(Args)]
pub(crate) struct Admin {
    #[command(flatten)]
    place: Place,
    /// Their e-mail address, with which they log in
    #[arg(value_name = "EMAIL")]
    email: String,
}

/// What is put in.
#[derive(Args)]
pub(crate) struct Seed {
    #[command(flatten)]
    place: Place,
    /// Generate so many guides of invented companies; always the same ones, and a second run goes on where the first stopped
    #[arg(long, value_name = "COUNT")]
    synthetic: Option<u32>,
}

/// Why a command was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DbError {
    /// The database cannot be opened.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The password cannot be read.
    #[error("The password cannot be read: {0}")]
    Password(std::io::Error),
    /// The two passwords that were typed are not the same.
    #[error("The two passwords are not the same. Nothing was made.")]
    Twice,
    /// There are users already.
    #[error("There are users already. An administrator makes others: the mutation createUser at /admin/graphql.")]
    Users,
    /// The guides cannot be put in.
    #[error("The guides were not all put in: {0}. Run the same command again to go on.")]
    Seed(String),
}

impl DbError {
    pub(crate) const fn exit_code(&self) -> u8 {
        match self {
            Self::Start(error) => error.exit_code(),
            Self::Password(_) | Self::Seed(_) => 1,
            Self::Twice => 2,
            Self::Users => 6,
        }
    }
}

/// Runs one of the commands.
pub(crate) async fn run(db: Db) -> Result<(), DbError> {
    match db {
        Db::Status(place) => status(&place).await,
        Db::Migrate(place) => migrate(&place).await,
        Db::Admin(admin) => self::admin(&admin).await,
        Db::Seed(seed) => self::seed(&seed).await,
    }
}

fn settings(place: &Place, starter_guides: bool) -> Result<Settings, StartError> {
    Ok(Settings::read(Arguments::of_tool(place.database_url.clone(), starter_guides))?)
}

async fn status(place: &Place) -> Result<(), DbError> {
    let (database, found) = startup::look(&settings(place, false)?).await?;
    ui::data("database", &database);
    match found {
        Found::Nothing => ui::data("state", "not there yet; greenroom db migrate makes it"),
        Found::Outdated(steps) => ui::data("state", &format!("{steps} steps behind; greenroom db migrate applies them")),
        Found::Newer(steps) => ui::data("state", &format!("{steps} steps ahead: made by a newer version")),
        Found::Ready(counts) => {
            ui::data("state", "up to date");
            ui::data("published", &counts.companies.to_string());
            ui::data("questions", &counts.questions.to_string());
        }
    }
    Ok(())
}

async fn migrate(place: &Place) -> Result<(), DbError> {
    let (_, started) = startup::site(&settings(place, false)?).await?;
    ui::note(&format!("{}: {} steps applied", started.database, started.migrated));
    Ok(())
}

async fn admin(admin: &Admin) -> Result<(), DbError> {
    let settings = settings(&admin.place, false)?;
    let email = startup::email(&admin.email)?;
    let password = password().map_err(DbError::Password)?.ok_or(DbError::Twice)?;
    let (site, started) = startup::site(&settings).await?;
    let desk = startup::operator(&site, "greenroom db admin");
    match startup::first_admin(&desk, Some(&email), Some(password)).await? {
        Users::Made(email) => ui::note(&format!("{}: {email} is an administrator and can log in.", started.database)),
        Users::Some | Users::None => return Err(DbError::Users),
    }
    Ok(())
}

/// Typed twice and not shown where somebody types; elsewhere the first line of standard input. Nothing if the two are not the same.
fn password() -> std::io::Result<Option<Secret>> {
    if !std::io::stdin().is_terminal() {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        return Ok(Some(Secret::new(line.trim_end_matches(['\r', '\n']))));
    }
    let first = rpassword::prompt_password("Password (12 characters or more, not shown): ")?;
    let second = rpassword::prompt_password("Once more: ")?;
    Ok((first == second).then(|| Secret::new(first)))
}

async fn seed(seed: &Seed) -> Result<(), DbError> {
    let Some(count) = seed.synthetic else {
        let (_, started) = startup::site(&settings(&seed.place, true)?).await?;
        ui::note(&match started.planted {
            0 => format!("{} has guides already; the starter guides go into an empty database only.", started.database),
            planted => format!("{}: {planted} starter guides put in", started.database),
        });
        return Ok(());
    };
    let (site, started) = startup::site(&settings(&seed.place, false)?).await?;
    let desk = startup::operator(&site, "greenroom db seed");
    let (bar, began) = (ui::bar(count, "guides"), Instant::now());
    seed::synthetic::plant(&desk, 0..count, |done| bar.set_position(u64::from(done)))
        .await
        .map_err(|error| DbError::Seed(error.to_string()))?;
    bar.finish_and_clear();
    ui::note(&format!("{}: {count} generated guides in {:.1} s", started.database, began.elapsed().as_secs_f64()));
    Ok(())
}
