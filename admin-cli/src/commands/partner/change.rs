//! `greenroom partner set`, `disable`, `enable`: a partner is changed, as it was just seen.

use clap::Args;

use super::find;
use crate::acts::{Act, carry_out};
use crate::documents::edit::{ChangePartner, Edit};
use crate::documents::partner::PartnerBy;
use crate::fault::Result;
use crate::line::{DryRun, Reason};
use crate::room::Room;

/// Change what a partner is called, or who looks after its keys
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true).args(["name", "contact", "no_contact"]))]
pub(crate) struct Set {
    #[command(flatten)]
    who: Seen,
    /// What it is called from now on
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Who looks after its keys from now on
    #[arg(long, value_name = "EMAIL", conflicts_with = "no_contact")]
    contact: Option<String>,
    /// Nobody looks after its keys from now on
    #[arg(long)]
    no_contact: bool,
}

/// Which partner, and how.
#[derive(Args, Debug)]
pub(crate) struct Seen {
    /// The partner, by its short name
    #[arg(value_name = "PARTNER")]
    partner: String,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Set {
    pub(super) async fn run(&self, room: &Room) -> Result {
        let who = &self.who;
        let partner = find(room, &who.partner).await?;
        // What is not said stays: the whole is sent over what was just seen.
        let contact = if self.no_contact { None } else { self.contact.clone().or(partner.contact) };
        let edit = ChangePartner::new(who.by(), self.name.clone(), contact, Some(partner.version));
        let act = Act::light(who.dry.dry_run, &who.reason.reason);
        let headline = |nothing: bool, dry: bool| match (nothing, dry) {
            (true, _) => "Nothing to change: it is so already.".to_owned(),
            (false, true) => format!("Would change {}.", who.partner),
            (false, false) => format!("Changed {}.", who.partner),
        };
        carry_out(room, edit, act, |answer, dry| headline(answer.plan.subjects.is_empty(), dry)).await.map(drop)
    }
}

impl Seen {
    /// Carries out an edit that names the partner and what was seen of it. The words: the question, what is so after it, what would be so.
    pub(super) async fn run<E: Edit + Clone>(
        &self,
        room: &Room,
        edit: impl FnOnce(PartnerBy, Option<i32>) -> E,
        (question, after, would): (&str, &str, &str),
    ) -> Result {
        room.announce(self.dry.dry_run).await?;
        let partner = find(room, &self.partner).await?;
        let act = Act::medium(self.dry.dry_run, &self.reason.reason, format!("{question} {}?", self.partner));
        let headline = |dry: bool| format!("{} {}.", self.partner, if dry { would } else { after });
        carry_out(room, edit(self.by(), Some(partner.version)), act, |_, dry| headline(dry)).await.map(drop)
    }

    fn by(&self) -> PartnerBy {
        PartnerBy::Slug(self.partner.clone())
    }
}
