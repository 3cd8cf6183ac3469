//! What a shell completes: commands and flags by the tree, names of guides from what the last whole list left behind, names of profiles from the
//! configuration. Never from the network: a key must not wait.

use std::ffi::OsStr;

use clap::Command;
use clap_complete::{ArgValueCompleter, CompleteEnv, CompletionCandidate};

use crate::line::Globals;
use crate::settings::{Settings, Target, write_private};

/// The variable with which the shell's script calls.
pub(crate) const VARIABLE: &str = "GREENROOM_COMPLETE";

/// Answers a shell that asks, and ends then. Otherwise nothing happens.
pub(crate) fn answer() {
    CompleteEnv::with_factory(completed).var(VARIABLE).bin("greenroom").complete();
}

/// The tree, with what completes names.
fn completed() -> Command {
    let root = crate::tree().mut_args(|arg| match arg.get_id().as_str() {
        "profile" => arg.add(ArgValueCompleter::new(profiles)),
        _ => arg,
    });
    named(root)
}

fn named(command: Command) -> Command {
    let command = command.mut_args(|arg| {
        let value = arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
        match value.as_deref() {
            Some("NAME") if arg.is_positional() || arg.get_id() == "company" => arg.add(ArgValueCompleter::new(guides)),
            Some("PROFILE") if arg.is_positional() => arg.add(ArgValueCompleter::new(profiles)),
            Some(_) | None => arg,
        }
    });
    command.mut_subcommands(named)
}

fn guides(start: &OsStr) -> Vec<CompletionCandidate> {
    let text = Settings::read().ok().and_then(|settings| {
        let target = Target::unflagged(&settings).ok()?;
        std::fs::read_to_string(settings.folders.names_file(&target.name)).ok()
    });
    starting(text.unwrap_or_default().lines(), start)
}

fn profiles(start: &OsStr) -> Vec<CompletionCandidate> {
    let settings = Settings::read().ok();
    let names = settings.iter().flat_map(|settings| settings.config.profile.keys()).map(String::as_str);
    starting(names, start)
}

fn starting<'a>(names: impl Iterator<Item = &'a str>, start: &OsStr) -> Vec<CompletionCandidate> {
    let start = start.to_string_lossy();
    names.filter(|name| name.starts_with(start.as_ref())).map(CompletionCandidate::new).collect()
}

/// Leaves the names of all guides for the shell. That it fails is no reason to fail: the next list does it again.
pub(crate) fn leave_names(settings: &Settings, globals: &Globals, names: &[String]) {
    if let Ok(target) = Target::of(settings, globals) {
        let _ = write_private(&settings.folders.names_file(&target.name), (names.join("\n") + "\n").as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::{completed, starting};

    #[test]
    fn names_are_completed_by_their_start() {
        assert_eq!(starting(["halden-systems", "orrin"].into_iter(), OsStr::new("ha")).len(), 1);
    }

    #[test]
    fn the_tree_that_shells_see_is_sound() {
        completed().debug_assert();
    }
}
