//! `greenroom partner show`: one partner, and what it asks with.

use clap::Args;
use serde_json::json;

use super::find;
use crate::commands::key;
use crate::documents::partner::{ApiKeyFilter, ApiKeysQuery, ApiKeysVariables, PartnerBy};
use crate::fault::Result;
use crate::room::Room;

/// Show one partner with its keys
#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The partner, by its short name
    #[arg(value_name = "PARTNER")]
    partner: String,
}

impl Show {
    pub(super) async fn run(&self, room: &Room) -> Result {
        let partner = find(room, &self.partner).await?;
        let filter = ApiKeyFilter { partner: Some(PartnerBy::Slug(partner.slug.clone())), ..ApiKeyFilter::default() };
        let ApiKeysQuery { api_keys } = room.client().await?.ask(ApiKeysVariables { filter: Some(filter) }).await?;
        if room.ui.is_for_programs() {
            room.ui.object(&json!({
                "slug": partner.slug,
                "name": partner.name,
                "contact": partner.contact,
                "created_at": partner.created_at.0,
                "disabled_at": partner.disabled_at.as_ref().map(|at| &at.0),
                "version": partner.version,
                "keys": api_keys.iter().map(key::object).collect::<Vec<_>>(),
            }));
            return Ok(());
        }
        room.ui.out(format!("{} ({})", partner.name, partner.slug));
        room.ui.out(format!("  contact  {}", partner.contact.as_deref().unwrap_or("nobody")));
        room.ui.out(format!("  since    {}", room.ui.when(&partner.created_at.0)));
        if let Some(at) = &partner.disabled_at {
            room.ui.out(format!("  stopped  {}; none of its keys works", room.ui.when(&at.0)));
        }
        room.ui.out("");
        key::table(room, &api_keys)
    }
}
