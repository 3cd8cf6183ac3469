//! `greenroom version`, `completion` and `man`: what a shell and a manual need to know of the program.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;
use clap_complete::env::Shells;
use serde_json::json;

use crate::code::Code;
use crate::fault::{Fault, Result, unwritable};
use crate::room::Room;

/// Print the script that completes commands, flags and names in a shell
#[derive(Args, Debug)]
pub(crate) struct Completion {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
    /// Print a script that does not call the program: it knows commands and flags, and no names
    #[arg(long = "static")]
    fixed: bool,
}

/// Print the manual page, or write a page for each command
#[derive(Args, Debug)]
pub(crate) struct Man {
    /// Write a page for each command into this folder
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// The version of this program, for people and programs.
pub(crate) fn version(room: &Room) {
    let version = env!("CARGO_PKG_VERSION");
    if room.ui.is_for_programs() {
        room.ui.object(&json!({ "program": "greenroom", "version": version }));
    } else {
        room.ui.out(format!("greenroom {version}"));
    }
}

impl Completion {
    pub(crate) fn run(&self, room: &Room) -> Result {
        room.ui.raw(&script(self.shell, self.fixed)?);
        Ok(())
    }
}

/// The script for a shell.
pub(crate) fn script(shell: Shell, fixed: bool) -> Result<String> {
    let failed = |why: String| Fault::new(Code::Unwritable, format!("the script cannot be made: {why}"));
    let mut bytes = Vec::new();
    match Shells::builtins().completer(&shell.to_string()).filter(|_| !fixed) {
        Some(completer) => {
            let written = completer.write_registration(crate::completion::VARIABLE, "greenroom", "greenroom", "greenroom", &mut bytes);
            written.map_err(|error| failed(error.to_string()))?;
        }
        None => clap_complete::generate(shell, &mut crate::tree(), "greenroom", &mut bytes),
    }
    String::from_utf8(bytes).map_err(|error| failed(error.to_string()))
}

impl Man {
    pub(crate) fn run(&self, room: &Room) -> Result {
        let Some(dir) = &self.dir else {
            let mut page = Vec::new();
            let written = clap_mangen::Man::new(crate::tree()).render(&mut page);
            written.map_err(|error| Fault::new(Code::Unwritable, error.to_string()))?;
            room.ui.raw(&String::from_utf8_lossy(&page));
            return Ok(());
        };
        std::fs::create_dir_all(dir).map_err(|error| unwritable(dir, &error))?;
        clap_mangen::generate_to(crate::tree(), dir).map_err(|error| unwritable(dir, &error))?;
        room.ui.say(format!("Wrote a page for each command: {}", dir.display()));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;
    use clap_complete::Shell;

    use super::script;

    #[test]
    fn there_is_a_script_for_every_shell() {
        for shell in Shell::value_variants() {
            for fixed in [false, true] {
                let text = script(*shell, fixed).expect("it can be made");
                assert!(text.contains("greenroom"), "{shell}");
            }
        }
    }
}
