//! `greenroom`: the command line for those who keep guides. It is a client of the admin schema, over HTTP or in its own process.

mod acts;
mod client;
mod code;
mod commands;
mod completion;
mod documents;
mod editor;
mod fault;
mod folder;
mod guides;
mod help;
mod job;
mod kept;
mod line;
mod picture;
mod place;
mod report;
mod room;
mod settings;
mod sheet;
mod ui;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

pub use code::Code;
pub use fault::Fault;
pub use line::Line;

/// The whole tree of commands, as the library for command lines holds it, with the page of each.
#[must_use]
pub fn tree() -> clap::Command {
    help::pages::dress(Line::command())
}

/// Runs what is typed, and gives what the program ends with.
#[must_use]
pub fn run() -> ExitCode {
    completion::answer();
    let typed = tree().try_get_matches();
    let line = match typed.and_then(|matches| Line::from_arg_matches(&matches).map_err(|error| error.format(&mut tree()))) {
        Ok(line) => line,
        Err(error) => return commands::mistyped(&error),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build();
    match runtime {
        Ok(runtime) => ExitCode::from(runtime.block_on(commands::run(line))),
        Err(_) => ExitCode::FAILURE,
    }
}
