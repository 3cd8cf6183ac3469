//! `greenroom key create`: a partner gets a key.

use clap::Args;

use super::secret;
use super::terms::{Places, ScopeName};
use crate::acts::{Act, perform, tell};
use crate::commands::until::Until;
use crate::documents::edit::CreateApiKey;
use crate::documents::partner::{ApiKeyMode, PartnerBy};
use crate::fault::Result;
use crate::line::{DryRun, Reason};
use crate::room::Room;

/// Make a key; its secret is shown this one time
#[derive(Args, Debug)]
pub(crate) struct Create {
    /// Whose it is
    #[arg(long, value_name = "PARTNER")]
    partner: String,
    /// Its name among the partner's keys; the key is called after both
    #[arg(long, value_name = "NAME")]
    name: String,
    /// What it may read; may be given again
    #[arg(long = "scope", value_name = "SCOPE", value_enum, required = true)]
    scopes: Vec<ScopeName>,
    /// Let it see the guides of invented companies alone, for trying things out
    #[arg(long)]
    test: bool,
    /// Points that it may spend in a minute
    #[arg(long, value_name = "POINTS", default_value_t = 1_000)]
    per_minute: i32,
    /// Requests that it may make in a day; any number if it is not said
    #[arg(long, value_name = "REQUESTS")]
    per_day: Option<i32>,
    /// Stop it by itself then: 365d, or a date
    #[arg(long, value_name = "WHEN")]
    expires: Option<Until>,
    #[command(flatten)]
    places: Places,
    /// Let it ask registered documents of its partner alone
    #[arg(long)]
    trusted_only: bool,
    #[command(flatten)]
    into: secret::Into,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Create {
    pub(super) async fn run(&self, room: &Room) -> Result {
        room.announce(self.dry.dry_run).await?;
        let act = Act::light(self.dry.dry_run, &self.reason.reason);
        let name = format!("key_{}_{}", self.partner, self.name);
        if self.dry.dry_run {
            let answer = perform(room, self.edit(room), &act).await?;
            tell(room, &answer, &act, &format!("Would make {name}."));
            return Ok(());
        }
        let place = self.into.open(room)?;
        let mut answer = match perform(room, self.edit(room), &act).await {
            Ok(answer) => answer,
            Err(fault) => {
                place.abandon();
                return Err(fault);
            }
        };
        let secret = answer.secret.take();
        answer.secret = secret.clone().filter(|_| place.is_output());
        // A key that was made is not taken back; it is revoked.
        if !room.ui.is_for_programs() {
            answer.operation = None;
        }
        tell(room, &answer, &act, &format!("Made {name}."));
        secret.map_or(Ok(()), |secret| place.put(room, &secret, &name))
    }

    fn edit(&self, room: &Room) -> CreateApiKey {
        CreateApiKey {
            partner: PartnerBy::Slug(self.partner.clone()),
            name: self.name.clone(),
            mode: if self.test { ApiKeyMode::Test } else { ApiKeyMode::Live },
            scopes: self.scopes.iter().copied().map(Into::into).collect(),
            points_per_minute: self.per_minute,
            requests_per_day: self.per_day,
            origins: self.places.origins.clone(),
            networks: self.places.networks.clone(),
            trusted_only: self.trusted_only,
            expires_at: self.expires.map(|until| until.instant(room.ui.now)),
            operation_id: None,
            dry_run: false,
            reason: String::new(),
            job: None,
        }
    }
}
