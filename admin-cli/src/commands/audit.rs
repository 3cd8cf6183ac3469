//! `greenroom audit`: who did what, and who tried what they may not, newest first.

use clap::Args;

use crate::documents::audit::{AuditFilter, AuditOutcome, AuditQuery, AuditVariables};
use crate::fault::Result;
use crate::room::Room;
use crate::ui::{Cell, Column};

/// Show who did what, and what was refused, newest first
#[derive(Args, Debug)]
pub(crate) struct Audit {
    /// Only by this user
    #[arg(long, value_name = "EMAIL")]
    user: Option<String>,
    /// Only since then: 7d, 12h, or a date
    #[arg(long, value_name = "WHEN")]
    since: Option<super::since::Since>,
    /// Only these acts, by the names of the mutations: publish, createApiKey, login
    #[arg(long, value_name = "ACT", value_delimiter = ',')]
    kind: Option<Vec<String>>,
    /// Only what was refused
    #[arg(long)]
    refused: bool,
    /// At most so many
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    limit: usize,
}

const COLUMNS: &[Column] = &[
    Column { key: "at", title: "WHEN" },
    Column { key: "by", title: "WHO" },
    Column { key: "act", title: "WHAT" },
    Column { key: "outcome", title: "OUTCOME" },
    Column { key: "address", title: "FROM" },
    Column { key: "id", title: "" },
    Column { key: "code", title: "" },
    Column { key: "operation", title: "" },
    Column { key: "agent", title: "" },
    Column { key: "request_id", title: "" },
];

impl Audit {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let client = room.client().await?;
        let filter = AuditFilter {
            by: self.user.clone(),
            since: self.since.map(|since| since.instant(room.ui.now)),
            act: self.kind.clone(),
            outcome: self.refused.then_some(AuditOutcome::Refused),
        };
        let mut listing = room.ui.listing(COLUMNS, "id")?;
        let (mut after, mut shown) = (None, 0);
        loop {
            let first = i32::try_from((self.limit - shown).min(100)).unwrap_or(100);
            let AuditQuery { audit } = client.ask(AuditVariables { first, after, filter: Some(filter.clone()) }).await?;
            for entry in &audit.nodes {
                shown += 1;
                let outcome = match (entry.outcome, &entry.code) {
                    (AuditOutcome::Done, _) => "done".to_owned(),
                    (AuditOutcome::Refused, None) => "refused".to_owned(),
                    (AuditOutcome::Refused, Some(code)) => format!("refused ({code})"),
                };
                let word = if entry.outcome == AuditOutcome::Done { "done" } else { "refused" };
                listing.row(&[
                    Cell::new(entry.at.0.as_str(), room.ui.when(&entry.at.0)),
                    Cell::new(entry.by.as_str(), if entry.by.is_empty() { "a stranger" } else { entry.by.as_str() }),
                    entry.act.as_str().into(),
                    Cell::new(word, outcome),
                    Cell::new(entry.address.as_str(), if entry.address.is_empty() { "here" } else { entry.address.as_str() }),
                    entry.id.inner().into(),
                    entry.code.clone().into(),
                    entry.operation.as_ref().map(|id| id.inner().to_owned()).into(),
                    entry.agent.as_str().into(),
                    entry.request_id.as_str().into(),
                ]);
            }
            if shown >= self.limit || !audit.page_info.has_next_page {
                listing.end(&format!("{shown} of {} entries.", audit.total_count));
                return Ok(());
            }
            after = audit.page_info.end_cursor;
        }
    }
}
