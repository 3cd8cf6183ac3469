//! `greenroom question`: questions, read and changed, in one guide or in many.

mod import;
mod items;
mod list;
mod show;

use clap::Subcommand;

use crate::fault::Result;
use crate::room::Room;

/// Work on questions
#[derive(Subcommand, Debug)]
pub(crate) enum Question {
    /// List questions
    List(list::List),
    /// Show one question with all that belongs to it
    Show(show::Show),
    /// Add a question to a category
    Add(items::Add),
    /// Change a question: only what is given changes
    Edit(items::Edit),
    /// Move a question in its category, or to another one
    Move(items::Move),
    /// Remove questions
    Remove(items::Remove),
    /// Add and change the questions of many guides from a table (CSV)
    Import(import::Import),
}

impl Question {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        match self {
            Self::List(list) => list.run(room).await,
            Self::Show(show) => show.run(room).await,
            Self::Add(add) => add.run(room).await,
            Self::Edit(edit) => edit.run(room).await,
            Self::Move(item) => item.run(room).await,
            Self::Remove(remove) => remove.run(room).await,
            Self::Import(import) => import.run(room).await,
        }
    }
}
