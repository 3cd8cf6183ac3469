//! `greenroom partner new`: somebody made an agreement.

use clap::Args;

use crate::acts::{Act, carry_out};
use crate::documents::edit::CreatePartner;
use crate::fault::Result;
use crate::line::{DryRun, Reason};
use crate::room::Room;

/// Make a partner
#[derive(Args, Debug)]
pub(crate) struct New {
    /// The short name, which will be in the names of its keys: a-z, 0-9 and -
    #[arg(value_name = "PARTNER")]
    slug: String,
    /// What it is called
    #[arg(long, value_name = "NAME")]
    name: String,
    /// The e-mail address of whoever looks after its keys
    #[arg(long, value_name = "EMAIL")]
    contact: Option<String>,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl New {
    pub(super) async fn run(&self, room: &Room) -> Result {
        let edit = CreatePartner::new(self.slug.clone(), self.name.clone(), self.contact.clone());
        let act = Act::light(self.dry.dry_run, &self.reason.reason);
        let headline = |dry: bool| format!("{} {}.", if dry { "Would make the partner" } else { "Made the partner" }, self.slug);
        carry_out(room, edit, act, |_, dry| headline(dry)).await?;
        if !self.dry.dry_run && !room.ui.is_for_programs() {
            room.ui.say(format!("It needs a key: greenroom key create --partner {} --name web --scope companies:read", self.slug));
        }
        Ok(())
    }
}
