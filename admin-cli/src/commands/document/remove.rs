//! `greenroom document remove`: documents are not answered any more to keys that are for registered ones alone.

use clap::Args;

use crate::acts::{Act, carry_out, counted};
use crate::documents::edit::UnregisterDocuments;
use crate::documents::partner::PartnerBy;
use crate::fault::Result;
use crate::line::{DryRun, Reason};
use crate::room::Room;

/// Take documents of a partner off its list
#[derive(Args, Debug)]
pub(crate) struct Remove {
    /// The partner, by its short name
    #[arg(value_name = "PARTNER")]
    partner: String,
    /// The documents, by the SHA-256 of their texts
    #[arg(value_name = "HASH", required = true)]
    hashes: Vec<String>,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Remove {
    pub(super) async fn run(&self, room: &Room) -> Result {
        let edit = UnregisterDocuments::new(PartnerBy::Slug(self.partner.clone()), self.hashes.clone());
        let documents = counted(self.hashes.len(), "document", "documents");
        let question = format!("Take {documents} of {} off? Keys that are for registered ones alone are refused for them.", self.partner);
        let act = Act::medium(self.dry.dry_run, &self.reason.reason, question);
        let headline = |dry: bool| {
            let (verb, end) = if dry { ("Would take", "") } else { ("Took", "; servers know within a second") };
            format!("{verb} {documents} of {} off{end}.", self.partner)
        };
        carry_out(room, edit, act, |_, dry| headline(dry)).await.map(drop)
    }
}
