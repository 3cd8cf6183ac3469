//! `greenroom company history`: the revisions of a guide, newest first.

use clap::Args;

use crate::commands::unknown;
use crate::documents::company::{CompanyBy, HistoryQuery, HistoryVariables};
use crate::fault::Result;
use crate::room::Room;
use crate::ui::{Cell, Column};

/// Show the revisions of a guide, newest first
#[derive(Args, Debug)]
pub(crate) struct History {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// All of them
    #[arg(long)]
    all: bool,
}

const COLUMNS: &[Column] = &[
    Column { key: "revision", title: "REV" },
    Column { key: "published_at", title: "WHEN" },
    Column { key: "by", title: "WHO" },
    Column { key: "kind", title: "WHAT" },
    Column { key: "reason", title: "WHY" },
    Column { key: "operation", title: "" },
];

impl History {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let client = room.client().await?;
        let mut listing = room.ui.listing(COLUMNS, "revision")?;
        let (mut after, mut shown) = (None, 0);
        loop {
            let variables = HistoryVariables { by: CompanyBy::from(self.name.as_str()), first: if self.all { 100 } else { 10 }, after };
            let HistoryQuery { company } = client.ask(variables).await?;
            let Some(company) = company else { return Err(unknown(client, &self.name).await) };
            for revision in &company.revisions.nodes {
                shown += 1;
                let operation = revision.operation.as_ref();
                listing.row(&[
                    Cell::new(revision.number, format!("r{}", revision.number)),
                    Cell::new(revision.published_at.0.as_str(), room.ui.when(&revision.published_at.0)),
                    Cell::from(operation.map(|operation| operation.by.clone())),
                    Cell::from(operation.map(|operation| operation.kind.word().to_owned())),
                    Cell::from(operation.map(|operation| operation.reason.clone())),
                    Cell::from(operation.map(|operation| operation.id.inner().to_owned())),
                ]);
            }
            let older = usize::try_from(company.revisions.total_count).unwrap_or(0).saturating_sub(shown);
            if !self.all || !company.revisions.page_info.has_next_page {
                listing.end(&if older > 0 { format!("{older} older: --all") } else { String::new() });
                return Ok(());
            }
            after = company.revisions.page_info.end_cursor;
        }
    }
}
