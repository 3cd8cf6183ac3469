//! `greenroom import`: what comes from elsewhere becomes a draft.

pub(crate) mod text;

use clap::Subcommand;

use crate::fault::Result;
use crate::room::Room;

/// Bring content from elsewhere into a draft
#[derive(Subcommand, Debug)]
pub(crate) enum Import {
    /// Read the text of a page into a draft
    Text(text::Text),
}

impl Import {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        match self {
            Self::Text(text) => text.run(room).await,
        }
    }
}
