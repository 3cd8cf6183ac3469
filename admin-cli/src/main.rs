//! `greenroom`: the command line for those who keep guides. This version has the commands that need the database itself.

mod commands;
mod ui;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Keep interview guides: write them, check them, publish them.
#[derive(Parser)]
#[command(name = "greenroom", version)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Look after the database itself
    #[command(subcommand)]
    Db(commands::db::Db),
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Line::parse().command {
        Command::Db(db) => commands::db::run(db).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            ui::error(&error);
            ExitCode::from(error.exit_code())
        }
    }
}
