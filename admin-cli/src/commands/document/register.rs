//! `greenroom document register`: documents become known ahead, all of them or none.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::source::{Source, read};
use crate::acts::{Act, carry_out, counted};
use crate::documents::edit::RegisterDocuments;
use crate::documents::partner::PartnerBy;
use crate::fault::{Fault, Result};
use crate::line::{DryRun, Reason};
use crate::room::Room;

/// Register documents for a partner
#[derive(Args, Debug)]
pub(crate) struct Register {
    /// The partner, by its short name
    #[arg(value_name = "PARTNER")]
    partner: String,
    /// Files with one document each, as clients send it, byte by byte; of .json the documents of a manifest
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Register {
    pub(super) async fn run(&self, room: &Room) -> Result {
        let sources = read(&self.files)?;
        let texts = sources.iter().map(|source| source.text.clone()).collect();
        let edit = RegisterDocuments::new(PartnerBy::Slug(self.partner.clone()), texts);
        let act = Act::light(self.dry.dry_run, &self.reason.reason);
        let headline = |new: usize, dry: bool| match (counted(new, "document", "documents"), dry) {
            (_, _) if new == 0 => "Nothing to change: all of them are registered already.".to_owned(),
            (documents, true) => format!("Would register {documents} for {}.", self.partner),
            (documents, false) => format!("Registered {documents} for {}; servers know within a second.", self.partner),
        };
        let done = carry_out(room, edit, act, |answer, dry| headline(answer.plan.subjects.len(), dry)).await;
        done.map(drop).map_err(|fault| named(fault, &sources))
    }
}

/// A fault that says of which file it is, where the server says only the number of a document.
fn named(mut fault: Fault, sources: &[Source]) -> Fault {
    let number = fault.place["path"].as_str().and_then(|path| path.strip_prefix("documents.")?.parse::<usize>().ok());
    if let Some(source) = number.and_then(|number| sources.get(number.checked_sub(1)?)) {
        fault.lines = vec![format!("  {}", source.place)];
        fault.place = json!({ "file": source.place });
    }
    fault.also = fault.also.into_iter().map(|fault| named(fault, sources)).collect();
    fault
}
