//! `greenroom salary import`: the salaries of many guides from a table.

use clap::Args;

use crate::fault::Result;
use crate::job::{Kind, Table, import};
use crate::room::Room;

/// Change the salaries of many guides from a table (CSV)
///
/// The columns are company and level, and of the others those that are there: min and max, or range; `open_ended`, currency, basis, `as_of`,
/// source, note. An empty cell leaves a field as it is, and a - empties it. Guides are changed as drafts; nothing is published.
#[derive(Args, Debug)]
pub(crate) struct Import {
    #[command(flatten)]
    table: Table,
    /// Add levels that a guide does not have
    #[arg(long, conflicts_with = "resume")]
    add_levels: bool,
}

impl Import {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        import(room, Kind::Salaries, &self.table, self.add_levels).await
    }
}
