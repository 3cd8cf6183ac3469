//! `greenroom key show`: what is agreed for a key, and its secrets as far as they may be shown.

use clap::Args;

use super::{find, object};
use crate::documents::DateTime;
use crate::documents::partner::ApiSecret;
use crate::fault::Result;
use crate::room::Room;
use crate::ui::{Cell, Column};

/// Show one key with its secrets
#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The key, by its name
    #[arg(value_name = "KEY")]
    key: String,
}

const COLUMNS: &[Column] = &[
    Column { key: "shown", title: "SECRET" },
    Column { key: "state", title: "STATE" },
    Column { key: "used_at", title: "LAST USED" },
    Column { key: "requests_last_hour", title: "REQUESTS, LAST HOUR" },
    Column { key: "requests", title: "ALL" },
];

impl Show {
    pub(super) async fn run(&self, room: &Room) -> Result {
        let key = find(room, &self.key).await?;
        if room.ui.is_for_programs() {
            room.ui.object(&object(&key));
            return Ok(());
        }
        let when = |at: &Option<DateTime>, none: &str| at.as_ref().map_or_else(|| none.to_owned(), |at| room.ui.when(&at.0));
        let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.word()).collect();
        let guides = if key.mode.word() == "test" { "guides of invented companies only" } else { "published guides only" };
        let day = key.requests_per_day.map_or_else(|| "any number of requests a day".to_owned(), |most| format!("{most} requests a day"));
        let or_any = |list: &[String]| if list.is_empty() { "anywhere".to_owned() } else { list.join(", ") };
        room.ui.out(format!("{} of {}, {}", key.name, key.partner.name, key.state.word()));
        room.ui.out(format!("  scopes    {} ({guides})", scopes.join(", ")));
        room.ui.out(format!("  quota     {} points a minute, {day}", key.points_per_minute));
        room.ui.out(format!("  origins   {}", or_any(&key.origins)));
        room.ui.out(format!("  networks  {}", or_any(&key.networks)));
        if key.trusted_only {
            room.ui.out(format!("  documents registered ones alone (greenroom document list {})", key.partner.slug));
        }
        room.ui.out(format!("  expires   {}", when(&key.expires_at, "never")));
        if key.revoked_at.is_some() {
            room.ui.out(format!("  revoked   {}", when(&key.revoked_at, "")));
        }
        room.ui.out("");
        let mut listing = room.ui.listing(COLUMNS, "shown")?;
        for secret in &key.secrets {
            let used = secret.used_at.as_ref().map(|at| at.0.clone());
            listing.row(&[
                format!("{}_...", secret.shown).into(),
                state(room, secret).into(),
                Cell::new(used, when(&secret.used_at, "never")),
                Cell::new(secret.requests_last_hour.0, secret.requests_last_hour.0.to_string()),
                Cell::new(secret.requests.0, secret.requests.0.to_string()),
            ]);
        }
        listing.end(&crate::acts::counted(key.secrets.len(), "secret.", "secrets."));
        Ok(())
    }
}

fn state(room: &Room, secret: &ApiSecret) -> String {
    match (&secret.ends_at, secret.live) {
        (Some(at), true) => format!("retiring, until {}", room.ui.when(&at.0)),
        (None, true) => "active".to_owned(),
        (Some(_) | None, false) => "ended".to_owned(),
    }
}
