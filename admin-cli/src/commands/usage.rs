//! `greenroom usage`: how much keys are used.

use clap::Args;

use crate::commands::key;
use crate::documents::partner::{ApiKeyBy, ApiKeyUsageQuery, ApiKeyUsageVariables, ApiKeysQuery, ApiKeysVariables};
use crate::fault::Result;
use crate::room::Room;
use crate::ui::{Cell, Column};

/// Show how much keys are used
#[derive(Args, Debug)]
pub(crate) struct Usage {
    /// One key, day by day; all keys if none is named
    #[arg(value_name = "KEY")]
    key: Option<String>,
    /// So many days back, today included
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    days: i32,
}

const KEYS: &[Column] = &[
    Column { key: "name", title: "KEY" },
    Column { key: "requests_last_hour", title: "REQUESTS, LAST HOUR" },
    Column { key: "requests", title: "ALL" },
    Column { key: "used_at", title: "LAST USED" },
    Column { key: "state", title: "STATE" },
];

const DAYS: &[Column] = &[
    Column { key: "date", title: "DAY" },
    Column { key: "requests", title: "REQUESTS" },
    Column { key: "points", title: "POINTS" },
    Column { key: "refused", title: "OVER QUOTA" },
];

fn number(number: i64) -> Cell {
    Cell::new(number, number.to_string())
}

impl Usage {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        match &self.key {
            Some(name) => self.of_key(room, name).await,
            None => of_all(room).await,
        }
    }

    async fn of_key(&self, room: &Room, name: &str) -> Result {
        let variables = ApiKeyUsageVariables { by: ApiKeyBy::Name(name.to_owned()), days: self.days };
        let ApiKeyUsageQuery { api_key } = room.client().await?.ask(variables).await?;
        let key = api_key.ok_or_else(|| key::unknown(name))?;
        let mut listing = room.ui.listing(DAYS, "date")?;
        for day in &key.usage {
            listing.row(&[day.date.0.as_str().into(), number(day.requests.0), number(day.points.0), number(day.refused.0)]);
        }
        let requests: i64 = key.usage.iter().map(|day| day.requests.0).sum();
        listing.end(&format!("{requests} requests of {} on days of UTC.", key.name));
        Ok(())
    }
}

async fn of_all(room: &Room) -> Result {
    let ApiKeysQuery { api_keys } = room.client().await?.ask(ApiKeysVariables { filter: None }).await?;
    let mut listing = room.ui.listing(KEYS, "name")?;
    for key in &api_keys {
        let sum = |of: fn(&crate::documents::partner::ApiSecret) -> i64| number(key.secrets.iter().map(of).sum());
        let used = key.used_at.as_ref().map(|at| at.0.clone());
        let words = used.as_deref().map_or_else(|| "never".to_owned(), |instant| room.ui.when(instant));
        listing.row(&[
            key.name.as_str().into(),
            sum(|secret| secret.requests_last_hour.0),
            sum(|secret| secret.requests.0),
            Cell::new(used, words),
            key.state.word().into(),
        ]);
    }
    listing.end(&crate::acts::counted(api_keys.len(), "key.", "keys."));
    Ok(())
}
