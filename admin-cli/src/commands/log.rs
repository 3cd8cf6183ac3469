//! `greenroom log`: what was done, newest first.

use clap::{Args, Subcommand};
use serde_json::json;

use crate::acts::show;
use crate::commands::undo::unknown;
use crate::documents::company::CompanyBy;
use crate::documents::operation::{OperationFilter, OperationQuery, OperationVariables, OperationsQuery, OperationsVariables};
use crate::fault::Result;
use crate::room::Room;
use crate::ui::{Cell, Column};

/// Show what was done, newest first
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Log {
    #[command(subcommand)]
    one: Option<One>,
    /// Only your own
    #[arg(long)]
    mine: bool,
    /// Only by this user
    #[arg(long, value_name = "EMAIL", conflicts_with = "mine")]
    by: Option<String>,
    /// Only since then: 7d, 12h, or a date
    #[arg(long, value_name = "WHEN")]
    since: Option<super::since::Since>,
    /// Only what touched this company
    #[arg(long, value_name = "NAME")]
    company: Option<String>,
    /// Only what was done under this job
    #[arg(long, value_name = "JOB")]
    job: Option<String>,
    /// At most so many
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    limit: usize,
}

#[derive(Subcommand, Debug)]
enum One {
    /// Show one operation with all that it changed
    Show {
        /// The operation
        #[arg(value_name = "OPERATION")]
        id: String,
    },
}

const COLUMNS: &[Column] = &[
    Column { key: "id", title: "OPERATION" },
    Column { key: "at", title: "WHEN" },
    Column { key: "by", title: "WHO" },
    Column { key: "kind", title: "WHAT" },
    Column { key: "reason", title: "WHY" },
    Column { key: "undoes", title: "" },
    Column { key: "job", title: "JOB" },
];

impl Log {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        if let Some(One::Show { id }) = &self.one {
            return one(room, id).await;
        }
        let client = room.client().await?;
        let by = if self.mine { Some(client.identity().await?.name) } else { self.by.clone() };
        let since = self.since.map(|since| since.instant(room.ui.now));
        let filter = OperationFilter { by, since, kind: None, job: self.job.as_ref().map(cynic::Id::new) };
        let company = self.company.as_deref().map(CompanyBy::from);
        let mut listing = room.ui.listing(COLUMNS, "id")?;
        let (mut after, mut shown) = (None, 0);
        loop {
            let first = i32::try_from((self.limit - shown).min(100)).unwrap_or(100);
            let variables = OperationsVariables { first, after, filter: Some(filter.clone()), company: company.clone() };
            let OperationsQuery { operations } = client.ask(variables).await?;
            for operation in &operations.nodes {
                shown += 1;
                listing.row(&[
                    Cell::from(operation.id.inner()),
                    Cell::new(operation.at.0.as_str(), room.ui.when(&operation.at.0)),
                    Cell::from(operation.by.as_str()),
                    Cell::from(operation.kind.word()),
                    Cell::from(operation.reason.as_str()),
                    Cell::from(operation.undoes.as_ref().map(|id| id.inner().to_owned())),
                    Cell::from(operation.job.as_ref().map(|id| id.inner().to_owned())),
                ]);
            }
            if shown >= self.limit || !operations.page_info.has_next_page {
                listing.end(&format!("{shown} of {} operations.", operations.total_count));
                return Ok(());
            }
            after = operations.page_info.end_cursor;
        }
    }
}

async fn one(room: &Room, id: &str) -> Result {
    let OperationQuery { operation } = room.client().await?.ask(OperationVariables { id: cynic::Id::new(id) }).await?;
    let Some(operation) = operation else { return Err(unknown(id)) };
    let companies = |plan: &crate::documents::plan::Plan| plan.companies.iter().map(|company| company.name.clone()).collect::<Vec<_>>();
    if room.ui.is_for_programs() {
        room.ui.object(&json!({
            "id": operation.id.inner(),
            "at": operation.at.0,
            "by": operation.by,
            "kind": operation.kind.word(),
            "reason": operation.reason,
            "undoes": operation.undoes.as_ref().map(cynic::Id::inner),
            "job": operation.job.as_ref().map(cynic::Id::inner),
            "companies": companies(&operation.plan),
        }));
        return Ok(());
    }
    let why = if operation.reason.is_empty() { String::new() } else { format!(": {}", operation.reason) };
    room.ui.out(format!("{}  {} by {}, {}{why}", operation.id.inner(), operation.kind.word(), operation.by, room.ui.when(&operation.at.0)));
    if let Some(job) = &operation.job {
        room.ui.tell(format!("  a part of {}", job.inner()));
    }
    show(room, &operation.plan);
    Ok(())
}
