//! `greenroom question import`: questions of many guides from a table.

use clap::Args;

use crate::fault::Result;
use crate::job::{Kind, Table, import};
use crate::room::Room;

/// Add and change the questions of many guides from a table (CSV)
///
/// The columns are company, category and text, and of the others those that are there: difficulty, tags (parted by ;), guidance, key. A row with the
/// key or the text of a question that is there changes it; another one adds a question. An empty cell leaves a field as it is, and a - empties it.
#[derive(Args, Debug)]
pub(crate) struct Import {
    #[command(flatten)]
    table: Table,
}

impl Import {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        import(room, Kind::Questions, &self.table, true).await
    }
}
