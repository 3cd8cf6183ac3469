//! `greenroom rollback`: makes a new revision with the content of an old one.

use clap::Args;

use crate::acts::{Act, carry_out};
use crate::documents::edit::RollBack;
use crate::fault::Result;
use crate::guides::{hold, revision};
use crate::line::{DryRun, Reason};
use crate::room::Room;

/// Publish an old revision again, as a new one
#[derive(Args, Debug)]
pub(crate) struct Rollback {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// The revision whose content comes back, such as r41
    #[arg(long, value_name = "REVISION", value_parser = revision)]
    to: i32,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Rollback {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        room.announce(self.dry.dry_run).await?;
        let held = hold(room, &self.name).await?;
        let edit = RollBack::new(held.slug.as_str().into(), self.to, Some(held.stamp.into()));
        let (name, to) = (&held.guide.name, self.to);
        let act = Act::medium(self.dry.dry_run, &self.reason.reason, format!("Publish r{to} of {name} again?"));
        carry_out(room, edit, act, |answer, dry| {
            let now = answer.plan.companies.first().and_then(|company| company.after.as_ref()?.revision);
            let now = now.map_or_else(String::new, |number| format!("r{number} of "));
            format!("{} {now}{name} (same content as r{to}).", if dry { "Would publish" } else { "Published" })
        })
        .await
        .map(drop)
        .map_err(|fault| if fault.exit == 7 { fault.next(format!("greenroom company history {}", self.name)) } else { fault })
    }
}
