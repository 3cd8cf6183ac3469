//! `greenroom tier`: the list of tiers that guides are in.

mod list;
mod place;
mod set;

use clap::Subcommand;

use crate::documents::tier::{Tier as Listed, TierList, TiersQuery};
use crate::fault::{Fault, Result};
use crate::room::Room;

/// Look after the list of tiers
#[derive(Subcommand, Debug)]
pub(crate) enum Tier {
    /// List tiers in their order
    List,
    /// Make a tier
    New(set::New),
    /// Give a tier another name or place
    Set(set::Set),
    /// Move a tier in the list
    Move(place::Move),
    /// Take a tier out; refused while a guide is in it
    Remove(set::Remove),
}

impl Tier {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        match self {
            Self::List => list::run(room).await,
            Self::New(new) => new.run(room).await,
            Self::Set(set) => set.run(room).await,
            Self::Move(place) => place.run(room).await,
            Self::Remove(remove) => remove.run(room).await,
        }
    }
}

async fn tiers(room: &Room) -> Result<TierList> {
    let TiersQuery { tiers } = room.client().await?.ask(()).await?;
    Ok(tiers)
}

/// The tier of this key.
fn find<'a>(list: &'a TierList, key: &str) -> Result<&'a Listed> {
    list.tiers.iter().find(|tier| tier.key == key).ok_or_else(|| {
        let known: Vec<&str> = list.tiers.iter().map(|tier| tier.key.as_str()).collect();
        let fault = Fault::told("NOT-001", format!("no tier has the key {key:?}"));
        fault.line(format!("  tiers: {}", known.join(", "))).next("greenroom tier list")
    })
}
