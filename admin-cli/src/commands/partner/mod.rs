//! `greenroom partner`: who builds on the API.

mod change;
mod list;
mod new;
mod show;

use clap::Subcommand;

use crate::documents::edit::{DisablePartner, EnablePartner};
use crate::documents::partner::{Partner as Row, PartnerBy, PartnerQuery, PartnerVariables};
use crate::fault::{Fault, Result};
use crate::room::Room;

/// Look after partners
#[derive(Subcommand, Debug)]
pub(crate) enum Partner {
    /// List partners
    List,
    /// Show one partner with its keys
    Show(show::Show),
    /// Make a partner
    New(new::New),
    /// Change what a partner is called, or who looks after its keys
    Set(change::Set),
    /// Stop all keys of a partner at once
    Disable(change::Seen),
    /// Let the keys of a partner work again
    Enable(change::Seen),
}

impl Partner {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        match self {
            Self::List => list::run(room).await,
            Self::Show(show) => show.run(room).await,
            Self::New(new) => new.run(room).await,
            Self::Set(set) => set.run(room).await,
            Self::Disable(seen) => {
                let words =
                    ("Stop all keys of", "is stopped; its keys are refused within a second", "would be stopped, with all of its keys");
                seen.run(room, DisablePartner, words).await
            }
            Self::Enable(seen) => seen.run(room, EnablePartner, ("Let the keys work again of", "may ask again", "could ask again")).await,
        }
    }
}

/// A partner as it stands.
async fn find(room: &Room, slug: &str) -> Result<Row> {
    let PartnerQuery { partner } = room.client().await?.ask(PartnerVariables { by: PartnerBy::Slug(slug.to_owned()) }).await?;
    partner.ok_or_else(|| Fault::told("NOT-001", format!("there is no partner {slug}")).next("greenroom partner list"))
}
