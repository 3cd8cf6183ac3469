//! Where a new secret goes: to a file that only its owner reads, to a terminal that somebody looks at, or to a program that says it takes care.
//! The place is found and opened before anything is made, so that no secret is made that nobody gets.

use std::fs::{File, OpenOptions};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use content::access::secret::Secret;

use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::room::Room;

/// Where the secret goes.
#[derive(Args, Clone, Debug)]
pub(crate) struct Into {
    /// Write the secret into this new file, which only you can read; nothing of it is on the screen
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
    /// Print the secret though nobody may be looking: you take care of it
    #[arg(long, conflicts_with = "secret_file")]
    reveal: bool,
}

/// A place that is ready.
pub(crate) enum Place {
    /// An open file.
    File(PathBuf, File),
    /// The terminal.
    Screen,
    /// Standard output, on purpose.
    Output,
}

impl Into {
    /// Opens the place. A rehearsal needs none.
    pub(super) fn open(&self, room: &Room) -> Result<Place> {
        if let Some(path) = &self.secret_file {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let file = options.open(path).map_err(|error| {
                let fault = Fault::new(Code::Unwritable, format!("{} cannot be made: {error}", path.display()));
                fault.line("  Nothing was created.")
            })?;
            return Ok(Place::File(path.clone(), file));
        }
        if self.reveal {
            return Ok(Place::Output);
        }
        if std::io::stdout().is_terminal() && !room.ui.is_for_programs() {
            return Ok(Place::Screen);
        }
        let fault = Fault::new(Code::SecretShown, "the secret would be written to a file or a log");
        Err(fault
            .line("  Nothing was created. Choose a place for it:")
            .next("the same command with --secret-file FILE      (mode 0600, nothing on screen)")
            .next("the same command with -o json --reveal        (you take care of it)"))
    }
}

impl Place {
    /// Puts the secret there. If that fails the secret is lost, and another one has to be made.
    pub(super) fn put(self, room: &Room, secret: &Secret, key: &str) -> Result {
        match self {
            Self::File(path, mut file) => {
                writeln!(file, "{}", secret.reveal()).and_then(|()| file.sync_all()).map_err(|error| {
                    let fault = Fault::new(Code::Unwritable, format!("the secret could not be written into {}: {error}", path.display()));
                    fault.line("  It is lost.").next(format!("greenroom key rotate {key} --now --secret-file FILE"))
                })?;
                room.ui.say(format!("The secret is in {} (0600). We keep only a fingerprint.", path.display()));
                Ok(())
            }
            Self::Screen => {
                room.ui.out("");
                room.ui.out("The secret, shown this one time:");
                room.ui.out(secret.reveal());
                room.ui.out("");
                room.ui.say("We keep only a fingerprint. If it is lost, rotate the key.");
                Ok(())
            }
            // For programs it stands in the object that tells of the act.
            Self::Output if room.ui.is_for_programs() => Ok(()),
            Self::Output => {
                room.ui.out(secret.reveal());
                Ok(())
            }
        }
    }

    /// Whether the secret stands in the object for programs.
    pub(super) const fn is_output(&self) -> bool {
        matches!(self, Self::Output)
    }

    /// Takes an empty file away again, because no secret was made.
    pub(super) fn abandon(self) {
        if let Self::File(path, file) = self {
            drop(file);
            let _ = std::fs::remove_file(path);
        }
    }
}
