//! Passwords as they are given: asked for without being shown, or the first line of standard input. No flag takes one.

use std::io::{BufRead, IsTerminal};

use content::access::secret::Secret;

use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::room::Room;

/// The flag that takes a password from standard input.
pub(crate) const FLAG: &str = "--password-stdin";

/// The password that somebody has.
pub(crate) fn known(room: &Room, from_input: bool) -> Result<Secret> {
    if from_input { line(room) } else { room.ui.password("Password", FLAG) }
}

/// A new password: typed twice.
pub(crate) fn new(room: &Room, from_input: bool) -> Result<Secret> {
    if from_input { line(room) } else { room.ui.new_password(FLAG) }
}

/// The next line of standard input.
pub(crate) fn line(room: &Room) -> Result<Secret> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        room.ui.say("Reading the password from the terminal, where it is shown.");
    }
    let mut text = String::new();
    let read = stdin.lock().read_line(&mut text);
    read.map_err(|error| Fault::new(Code::Unreadable, format!("the password cannot be read: {error}")))?;
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        return Err(Fault::new(Code::Unasked, "standard input has no password").next("printf %s \"$PASSWORD\" | the same command"));
    }
    Ok(Secret::new(text))
}
