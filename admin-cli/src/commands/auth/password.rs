//! `greenroom auth password`: another password for whoever is signed in.

use clap::Args;

use super::kept;
use crate::code::Code;
use crate::commands::password;
use crate::documents::session::{ChangePasswordMutation, ChangePasswordVariables};
use crate::fault::{Fault, Result};
use crate::room::Room;

/// Give yourself another password; your other sessions end
#[derive(Args, Debug)]
pub(crate) struct Password {
    /// Read both from standard input: the old password in the first line, the new one in the second
    #[arg(long)]
    password_stdin: bool,
}

impl Password {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let client = room.client().await?;
        kept(client)?;
        room.announce(false).await?;
        let old = if self.password_stdin { password::line(room)? } else { room.ui.password("Password until now", password::FLAG)? };
        let new = password::new(room, self.password_stdin)?;
        let variables = ChangePasswordVariables { old: old.reveal().to_owned(), new: new.reveal().to_owned() };
        let ChangePasswordMutation { change_password } = client.act(variables).await?;
        if !change_password.done {
            return Err(Fault::new(Code::Foreign, "the server did not change the password").next("greenroom doctor"));
        }
        room.ui.say("Your password is changed. Your other sessions have ended; this one stays.");
        Ok(())
    }
}
