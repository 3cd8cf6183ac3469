//! One file for each command: what is typed, and one function.

pub(crate) mod api;
pub(crate) mod audit;
pub(crate) mod auth;
pub(crate) mod company;
pub(crate) mod config;
pub(crate) mod db;
pub(crate) mod doctor;
pub(crate) mod document;
pub(crate) mod files;
pub(crate) mod help;
pub(crate) mod import;
pub(crate) mod key;
pub(crate) mod log;
mod names;
pub(crate) mod partner;
pub(crate) mod password;
pub(crate) mod profile;
pub(crate) mod question;
pub(crate) mod salary;
pub(crate) mod setup;
pub(crate) mod shell;
pub(crate) mod since;
mod start;
pub(crate) mod status;
pub(crate) mod tier;
pub(crate) mod undo;
pub(crate) mod until;
pub(crate) mod usage;
pub(crate) mod user;

use std::process::ExitCode;

use crate::fault::Result;
use crate::line::{Command, Line};
use crate::room::Room;
use crate::settings::variable;
use crate::ui::Ui;

pub(crate) use names::{names, unknown};

/// Runs a command, tells what went wrong, and gives the exit code.
pub(crate) async fn run(line: Line) -> u8 {
    let Line { globals, command } = line;
    let room = match Room::new(globals.clone()) {
        Ok(room) => room,
        // What explains the program works when its settings do not.
        Err(_) if works_without_settings(command.as_ref()) => match Room::without_settings(globals) {
            Ok(room) => room,
            Err(fault) => return fault.exit,
        },
        Err(fault) => {
            Ui::new(&globals, None, false, crate::settings::now()).fault(&fault);
            return fault.exit;
        }
    };
    match Box::pin(dispatch(&room, command)).await {
        Ok(code) => code,
        Err(fault) => {
            room.ui.fault(&fault);
            fault.exit
        }
    }
}

/// Whether a command needs no settings that can be used.
fn works_without_settings(command: Option<&Command>) -> bool {
    use config::Config::Path;
    matches!(
        command,
        Some(Command::Help(_) | Command::Version | Command::Completion(_) | Command::Man(_) | Command::Config(Path) | Command::Doctor(_))
    )
}

async fn dispatch(room: &Room, command: Option<Command>) -> Result<u8> {
    let done = |()| 0;
    match command {
        None => start::run(room).map(done),
        Some(Command::List(list)) => list.run(room).await.map(done),
        Some(Command::Show(show)) => show.run(room).await.map(done),
        Some(Command::Edit(edit)) => Box::pin(edit.run(room)).await.map(done),
        Some(Command::Publish(publish)) => publish.run(room).await.map(done),
        Some(Command::Diff(diff)) => diff.run(room).await,
        Some(Command::Rollback(rollback)) => rollback.run(room).await.map(done),
        Some(Command::Undo(undo)) => undo.run(room).await.map(done),
        Some(Command::Log(log)) => log.run(room).await.map(done),
        Some(Command::Company(company)) => company.run(room).await,
        Some(Command::Import(import)) => import.run(room).await.map(done),
        Some(Command::Db(db)) => db.run(room).await.map(done),
        Some(Command::Auth(auth)) => auth.run(room).await.map(done),
        Some(Command::Profile(profile)) => profile.run(room).map(done),
        Some(Command::Config(config)) => config.run(room).map(done),
        Some(Command::User(user)) => user.run(room).await.map(done),
        Some(Command::Tier(tier)) => tier.run(room).await.map(done),
        Some(Command::Partner(partner)) => partner.run(room).await.map(done),
        Some(Command::Key(key)) => key.run(room).await,
        Some(Command::Document(document)) => document.run(room).await.map(done),
        Some(Command::Usage(usage)) => usage.run(room).await.map(done),
        Some(Command::Audit(audit)) => audit.run(room).await.map(done),
        Some(Command::Api(api)) => api.run(room).await.map(done),
        Some(Command::Help(help)) => help.run(room).map(done),
        Some(Command::Version) => {
            shell::version(room);
            Ok(0)
        }
        Some(Command::Completion(completion)) => completion.run(room).map(done),
        Some(Command::Man(man)) => man.run(room).map(done),
        Some(Command::Doctor(doctor)) => doctor.run(room).await.map(done),
        Some(Command::Setup(setup)) => setup.run(room).await.map(done),
        Some(Command::Status) => status::run(room).await.map(done),
        Some(Command::Export(export)) => export.run(room).await.map(done),
        Some(Command::Fmt(fmt)) => fmt.run(room),
        Some(Command::Check(check)) => check.run(room),
        Some(Command::Plan(plan)) => plan.run(room).await,
        Some(Command::Apply(apply)) => apply.run(room).await.map(done),
        Some(Command::Schema(schema)) => schema.run(room).map(done),
        Some(Command::Salary(salary)) => salary.run(room).await.map(done),
        Some(Command::Question(question)) => question.run(room).await.map(done),
    }
}

/// What was typed is not a command. Help that was asked for is an answer.
pub(crate) fn mistyped(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        crate::ui::usage(error, wants_objects(std::env::args()) || variable("GREENROOM_OUTPUT").is_some_and(|format| is_json(&format)));
        return ExitCode::from(2);
    }
    // A closed pipe is nobody's mistake.
    let _ = error.print();
    ExitCode::SUCCESS
}

/// Whether the format that was typed is one for programs: what is wrong elsewhere on the line keeps the library from saying so.
fn wants_objects(words: impl Iterator<Item = String>) -> bool {
    let words: Vec<String> = words.collect();
    let apart =
        words.windows(2).any(|pair| matches!(pair, [flag, format] if matches!(flag.as_str(), "-o" | "--output") && is_json(format)));
    let together = |word: &String| word.strip_prefix("--output=").or_else(|| word.strip_prefix("-o")).is_some_and(is_json);
    apart || words.iter().any(together)
}

fn is_json(format: &str) -> bool {
    matches!(format, "json" | "jsonl")
}

#[cfg(test)]
mod tests {
    use super::wants_objects;

    #[test]
    fn a_format_for_programs_is_seen_on_a_line_that_is_not_understood() {
        let wants = |line: &str| wants_objects(line.split(' ').map(str::to_owned));
        assert!(wants("greenroom list --bogus -o json") && wants("greenroom -ojsonl bogus") && wants("greenroom --output=json"));
        assert!(!wants("greenroom list -o table") && !wants("greenroom json -o"));
    }
}
