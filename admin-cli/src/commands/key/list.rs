//! `greenroom key list`: keys, and those that somebody should look at.

use clap::{Args, ValueEnum};

use crate::commands::since::Since;
use crate::commands::until::Until;
use crate::documents::partner::{ApiKey, ApiKeyFilter, ApiKeyState, ApiKeysQuery, ApiKeysVariables, PartnerBy};
use crate::fault::Result;
use crate::room::Room;
use crate::ui::{Cell, Column};

/// List keys
#[derive(Args, Debug)]
pub(crate) struct List {
    /// Only those of this partner
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
    /// Only those that stop by themselves until then: 30d, or a date
    #[arg(long, value_name = "WHEN")]
    expiring: Option<Until>,
    /// Only those that nobody used since then: 90d, or a date
    #[arg(long, value_name = "WHEN")]
    unused: Option<Since>,
    /// Only those that stand so
    #[arg(long, value_name = "STATE", value_enum, value_delimiter = ',')]
    state: Option<Vec<State>>,
}

/// Whether a key works.
#[derive(ValueEnum, Clone, Copy, Debug)]
enum State {
    /// It works
    Active,
    /// It works with two secrets
    Rotating,
    /// It stopped by itself
    Expired,
    /// It was stopped for good
    Revoked,
    /// Its partner was stopped
    Disabled,
}

impl From<State> for ApiKeyState {
    fn from(state: State) -> Self {
        match state {
            State::Active => Self::Active,
            State::Rotating => Self::Rotating,
            State::Expired => Self::Expired,
            State::Revoked => Self::Revoked,
            State::Disabled => Self::Disabled,
        }
    }
}

const COLUMNS: &[Column] = &[
    Column { key: "name", title: "KEY" },
    Column { key: "state", title: "STATE" },
    Column { key: "mode", title: "FOR" },
    Column { key: "scopes", title: "SCOPES" },
    Column { key: "points_per_minute", title: "POINTS A MINUTE" },
    Column { key: "requests_per_day", title: "REQUESTS A DAY" },
    Column { key: "expires_at", title: "EXPIRES" },
    Column { key: "used_at", title: "LAST USED" },
    Column { key: "trusted_only", title: "" },
    Column { key: "partner", title: "" },
    Column { key: "created_at", title: "" },
    Column { key: "revoked_at", title: "" },
    Column { key: "version", title: "" },
];

impl List {
    pub(super) async fn run(&self, room: &Room) -> Result {
        let now = room.ui.now;
        let filter = ApiKeyFilter {
            partner: self.partner.clone().map(PartnerBy::Slug),
            expiring_before: self.expiring.map(|until| until.instant(now)),
            unused_since: self.unused.map(|since| since.instant(now)),
            state: self.state.as_ref().map(|states| states.iter().copied().map(Into::into).collect()),
        };
        let ApiKeysQuery { api_keys } = room.client().await?.ask(ApiKeysVariables { filter: Some(filter) }).await?;
        table(room, &api_keys)
    }
}

/// Keys, one a line.
pub(crate) fn table(room: &Room, keys: &[ApiKey]) -> Result {
    let mut listing = room.ui.listing(COLUMNS, "name")?;
    let when = |at: Option<&str>, none: &str| {
        Cell::new(at.map(str::to_owned), at.map_or_else(|| none.to_owned(), |instant| room.ui.when(instant)))
    };
    for key in keys {
        let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.word()).collect();
        listing.row(&[
            key.name.as_str().into(),
            key.state.word().into(),
            key.mode.word().into(),
            Cell::new(scopes.clone(), scopes.join(", ")),
            key.points_per_minute.into(),
            key.requests_per_day.map_or_else(|| Cell::new(serde_json::Value::Null, "any number"), Cell::from),
            when(key.expires_at.as_ref().map(|at| at.0.as_str()), "never"),
            when(key.used_at.as_ref().map(|at| at.0.as_str()), "never"),
            Cell::new(key.trusted_only, key.trusted_only.to_string()),
            key.partner.slug.as_str().into(),
            key.created_at.0.as_str().into(),
            key.revoked_at.as_ref().map(|at| at.0.clone()).into(),
            key.version.into(),
        ]);
    }
    listing.end(&crate::acts::counted(keys.len(), "key.", "keys."));
    Ok(())
}
