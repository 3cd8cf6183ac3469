//! `greenroom doctor`: whether everything is there that commands need. It changes nothing, and reports neither content nor tokens.

mod computer;
mod target;

use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::fault::{Fault, Result, unwritable};
use crate::room::Room;
use crate::settings::Settings;
use crate::ui::{GREEN, RED, YELLOW, paint};

/// Check the target, versions, the clock, the session, the editor and the rights of files
#[derive(Args, Debug)]
pub(crate) struct Doctor {
    /// Write what was found into this file too, without content and tokens
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// What was looked at, and how it stands.
pub(super) struct Check {
    name: &'static str,
    state: State,
    words: String,
}

/// How it stands.
pub(super) enum State {
    Well,
    /// To be looked at: what can be done.
    Warning(String),
    Wrong(Box<Fault>),
}

impl Check {
    pub(super) fn well(name: &'static str, words: impl Into<String>) -> Self {
        Self { name, state: State::Well, words: words.into() }
    }

    pub(super) fn warning(name: &'static str, words: impl Into<String>, next: impl Into<String>) -> Self {
        Self { name, state: State::Warning(next.into()), words: words.into() }
    }

    pub(super) fn wrong(name: &'static str, fault: Fault) -> Self {
        Self { name, words: fault.message.clone(), state: State::Wrong(Box::new(fault)) }
    }

    const fn word(&self) -> &'static str {
        match self.state {
            State::Well => "well",
            State::Warning(_) => "warning",
            State::Wrong(_) => "wrong",
        }
    }

    fn next(&self) -> Vec<String> {
        match &self.state {
            State::Well => Vec::new(),
            State::Warning(next) => vec![next.clone()],
            State::Wrong(fault) => fault.next.clone(),
        }
    }
}

impl Doctor {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let mut checks = vec![Check::well("program", format!("greenroom {} on {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS))];
        match Settings::read() {
            Ok(_) => {
                checks.push(Check::well("settings", room.settings.folders.short(&room.settings.config.path)));
                target::look(room, &mut checks).await;
            }
            Err(fault) => checks.push(Check::wrong("settings", fault)),
        }
        computer::look(room, &mut checks);
        tell(room, &checks);
        if let Some(path) = &self.report {
            std::fs::write(path, report(&checks)).map_err(|error| unwritable(path, &error))?;
            room.ui.say(format!("Wrote {}. Look through it before you send it.", path.display()));
        }
        let wrong = checks.into_iter().filter_map(|check| match check.state {
            State::Wrong(fault) => Some(*fault),
            State::Well | State::Warning(_) => None,
        });
        Fault::all(wrong.collect()).map_or(Ok(()), Err)
    }
}

fn tell(room: &Room, checks: &[Check]) {
    if room.ui.is_for_programs() {
        let object = |check: &Check| json!({ "name": check.name, "state": check.word(), "words": check.words, "next": check.next() });
        let well = checks.iter().all(|check| matches!(check.state, State::Well));
        room.ui.object(&json!({ "well": well, "checks": checks.iter().map(object).collect::<Vec<_>>() }));
        return;
    }
    for check in checks {
        let style = match check.state {
            State::Well => GREEN,
            State::Warning(_) => YELLOW,
            State::Wrong(_) => RED,
        };
        let mark = paint(style, format!("{:<8}", check.word()));
        room.ui.out(format!("{mark} {:<9} {}", check.name, check.words));
        // What is wrong is told once more at the end, with what can be done.
        for next in check.next().iter().filter(|_| !matches!(check.state, State::Wrong(_))) {
            room.ui.out(format!("{:18} next: {next}", ""));
        }
    }
}

/// The report, for somebody else to read.
fn report(checks: &[Check]) -> String {
    let mut text = String::from("greenroom doctor\n");
    for check in checks {
        let _ = writeln!(text, "{:<8} {:<9} {}", check.word(), check.name, check.words);
        if let State::Wrong(fault) = &check.state {
            let _ = writeln!(text, "{:18} {}", "", fault.code);
        }
    }
    text
}
