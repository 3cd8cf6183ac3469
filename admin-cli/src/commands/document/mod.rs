//! `greenroom document`: what is registered ahead for a partner, so that keys can be for these documents alone.

mod list;
mod register;
mod remove;
mod source;

use clap::Subcommand;

use crate::fault::Result;
use crate::room::Room;

/// Look after the documents that are registered for partners
#[derive(Subcommand, Debug)]
pub(crate) enum Document {
    /// List the documents of a partner
    List(list::List),
    /// Register documents for a partner
    Register(register::Register),
    /// Take documents of a partner off its list
    Remove(remove::Remove),
}

impl Document {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        match self {
            Self::List(list) => list.run(room).await,
            Self::Register(register) => register.run(room).await,
            Self::Remove(remove) => remove.run(room).await,
        }
    }
}
