//! `greenroom company add`, `move` and `remove`: the items of a guide's lists.

use clap::Args;
use content::changes::Change;

use crate::acts::{Act, counted};
use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::guides::{change, hold};
use crate::line::{DryRun, Reason};
use crate::place::{NewItem, Where, item, list, new_item};
use crate::room::Room;

/// Add an item to a list of a guide
#[derive(Args, Debug)]
pub(crate) struct Add {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// The list: loop, questions, questions.CATEGORY, salaries, tips, ...
    #[arg(value_name = "LIST")]
    list: String,
    #[command(flatten)]
    item: NewItem,
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

/// Move an item of a guide
#[derive(Args, Debug)]
pub(crate) struct Move {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// The item: loop.tech-screen, or its key alone
    #[arg(value_name = "ITEM")]
    item: String,
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

/// Remove items of a guide, with all that is in them
#[derive(Args, Debug)]
pub(crate) struct Remove {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// The items: loop.tech-screen, or their keys alone
    #[arg(value_name = "ITEM", required = true)]
    items: Vec<String>,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Add {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let (item, key) = new_item(&list(&self.list)?, &self.item)?;
        let at = self.at.at()?.unwrap_or_default();
        let held = hold(room, &self.name).await?;
        change(room, &held, &[Change::Add { item, key, at }], Act::light(self.dry.dry_run, &self.reason.reason)).await
    }
}

impl Move {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let at = self.at.at()?.ok_or_else(|| Fault::new(Code::Usage, "where to? --before ITEM, --after ITEM, --first or --last"))?;
        let item = item(&self.item)?;
        let held = hold(room, &self.name).await?;
        change(room, &held, &[Change::Move { item, list: None, at }], Act::light(self.dry.dry_run, &self.reason.reason)).await
    }
}

impl Remove {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let items = self.items.iter().map(|text| item(text).map(Change::Remove)).collect::<Result<Vec<_>>>()?;
        let held = hold(room, &self.name).await?;
        let act = Act { weight: light_unless_watched(room, items.len()), ..Act::light(self.dry.dry_run, &self.reason.reason) };
        change(room, &held, &items, act).await
    }
}

/// What undo brings back is only asked about where somebody sits.
fn light_unless_watched(room: &Room, items: usize) -> crate::acts::Weight {
    if room.ui.asks {
        crate::acts::Weight::Medium(format!("Remove {}?", counted(items, "item", "items")))
    } else {
        crate::acts::Weight::Light
    }
}
