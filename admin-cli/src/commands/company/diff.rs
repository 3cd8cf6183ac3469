//! `greenroom diff`: what is different between two states of a guide.

use clap::Args;
use serde_json::json;

use crate::acts::counted;
use crate::commands::unknown;
use crate::documents::company::{CompanyBy, DiffQuery, DiffVariables, GuideAt};
use crate::documents::plan::Change;
use crate::fault::Result;
use crate::guides::at;
use crate::room::Room;
use crate::ui::changes;

/// Show what changed since publishing
#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// The old state: r41, published, or a date
    #[arg(long, value_name = "STATE", value_parser = at)]
    from: Option<GuideAt>,
    /// The new state: r42, draft, or a date
    #[arg(long, value_name = "STATE", value_parser = at)]
    to: Option<GuideAt>,
    /// Mark the words of sentences that were reworded
    #[arg(long)]
    words: bool,
    /// Only count
    #[arg(long)]
    stat: bool,
    /// End with 10 if there are differences
    #[arg(long)]
    exit_code: bool,
}

impl Diff {
    pub(crate) async fn run(&self, room: &Room) -> Result<u8> {
        let client = room.client().await?;
        let by = CompanyBy::from(self.name.as_str());
        let variables = DiffVariables { by, from: self.from.clone(), to: self.to.clone() };
        let DiffQuery { company } = client.ask(variables).await?;
        let Some(company) = company else { return Err(unknown(client, &self.name).await) };
        let code = if self.exit_code && !company.diff.is_empty() { 10 } else { 0 };
        if room.ui.is_for_programs() {
            room.ui.object(&json!({ "company": company.slug, "changes": company.diff.iter().map(object).collect::<Vec<_>>() }));
            return Ok(code);
        }
        let old = self.from.as_ref().map_or_else(
            || company.published.as_ref().map_or_else(|| "nothing".to_owned(), |publication| format!("r{}", publication.revision)),
            state,
        );
        let working = || if company.stamp.edits > 0 { format!("draft (edit {})", company.stamp.edits) } else { old.clone() };
        let new = self.to.as_ref().map_or_else(working, state);
        let ready = if company.readiness.ready {
            "Ready to publish."
        } else {
            &format!("Not ready to publish: greenroom company check {}.", company.slug)
        };
        let mut lines = vec![format!("{}   {old} -> {new}", company.slug)];
        if !self.stat {
            lines.extend(changes(&room.ui, &company.diff, self.words));
        }
        let sections: std::collections::BTreeSet<&str> =
            company.diff.iter().map(|change| change.path.split('.').next().unwrap_or_default()).collect();
        let total = match company.diff.len() {
            0 => "No differences.".to_owned(),
            some => format!("{} in {}.  {ready}", counted(some, "change", "changes"), counted(sections.len(), "section", "sections")),
        };
        lines.push(total);
        room.ui.page(&lines);
        Ok(code)
    }
}

fn state(at: &GuideAt) -> String {
    match at {
        GuideAt::Draft(_) => "draft".to_owned(),
        GuideAt::Published(_) => "published".to_owned(),
        GuideAt::Revision(number) => format!("r{number}"),
        GuideAt::AsOf(instant) => instant.0.clone(),
    }
}

/// A change for programs.
pub(crate) fn object(change: &Change) -> serde_json::Value {
    let kind = format!("{:?}", change.kind).to_lowercase();
    json!({ "path": change.path, "kind": kind, "from": change.from, "to": change.to })
}
