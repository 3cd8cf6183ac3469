//! `greenroom tier new`, `set` and `remove`: a tier is put into the list as it was just seen, or taken out.

use clap::Args;

use super::{find, tiers};
use crate::acts::{Act, carry_out};
use crate::code::Code;
use crate::documents::edit::{RemoveTier, SetTier};
use crate::fault::{Fault, Result};
use crate::line::{DryRun, Reason};
use crate::room::Room;

/// Make a tier
#[derive(Args, Debug)]
pub(crate) struct New {
    /// Its key in guides and filters; it never changes
    #[arg(value_name = "KEY")]
    key: String,
    /// Its name for people
    #[arg(value_name = "NAME")]
    name: String,
    /// Its place in the list, from 1; last if it is not said
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(i32).range(1..))]
    position: Option<i32>,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

/// Give a tier another name or place
#[derive(Args, Debug)]
pub(crate) struct Set {
    /// Its key
    #[arg(value_name = "KEY")]
    key: String,
    /// Its name for people
    #[arg(long, value_name = "NAME", required_unless_present = "position")]
    name: Option<String>,
    /// Its place in the list, from 1
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(i32).range(1..))]
    position: Option<i32>,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

/// Take a tier out; refused while a guide is in it
#[derive(Args, Debug)]
pub(crate) struct Remove {
    /// Its key
    #[arg(value_name = "KEY")]
    key: String,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl New {
    pub(super) async fn run(&self, room: &Room) -> Result {
        room.announce(self.dry.dry_run).await?;
        let list = tiers(room).await?;
        if let Some(tier) = list.tiers.iter().find(|tier| tier.key == self.key) {
            let fault = Fault::new(Code::NameTaken, format!("the tier {} is there already: {}", tier.key, tier.name));
            return Err(fault.next(format!("greenroom tier set {} --name {:?}", self.key, self.name)));
        }
        let edit = SetTier::new(self.key.clone(), self.name.clone(), self.position, Some(list.stamp));
        let act = Act::light(self.dry.dry_run, &self.reason.reason);
        let headline = |dry: bool| format!("{} the tier {}: {}.", if dry { "Would make" } else { "Made" }, self.key, self.name);
        carry_out(room, edit, act, |_, dry| headline(dry)).await.map(drop)
    }
}

impl Set {
    pub(super) async fn run(&self, room: &Room) -> Result {
        room.announce(self.dry.dry_run).await?;
        let list = tiers(room).await?;
        let tier = find(&list, &self.key)?;
        let name = self.name.clone().unwrap_or_else(|| tier.name.clone());
        let same = name == tier.name && self.position.is_none_or(|position| position == tier.position);
        let edit = SetTier::new(self.key.clone(), name, self.position, Some(list.stamp.clone()));
        let act = Act::light(self.dry.dry_run, &self.reason.reason);
        let headline = |dry: bool| match (same, dry) {
            (true, _) => "Nothing to change: it is so already.".to_owned(),
            (false, true) => format!("Would change the tier {}.", self.key),
            (false, false) => format!("Changed the tier {}.", self.key),
        };
        carry_out(room, edit, act, |_, dry| headline(dry)).await.map(drop)
    }
}

impl Remove {
    pub(super) async fn run(&self, room: &Room) -> Result {
        room.announce(self.dry.dry_run).await?;
        let list = tiers(room).await?;
        let tier = find(&list, &self.key)?;
        let edit = RemoveTier::new(self.key.clone(), Some(list.stamp.clone()));
        let act = Act::medium(self.dry.dry_run, &self.reason.reason, format!("Take out the tier {}: {}?", tier.key, tier.name));
        let headline = |dry: bool| format!("{} the tier {}.", if dry { "Would take out" } else { "Took out" }, self.key);
        let answer = carry_out(room, edit, act, |_, dry| headline(dry)).await;
        answer.map(drop).map_err(|fault| match fault.code.as_str() {
            "CON-008" => fault.next(format!("greenroom list --tier {}", self.key)),
            _ => fault,
        })
    }
}
