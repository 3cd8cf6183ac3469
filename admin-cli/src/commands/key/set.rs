//! `greenroom key set`: what is agreed for a key is changed, over what was just seen.

use clap::Args;

use super::find;
use super::terms::{Places, ScopeName};
use crate::acts::{Act, carry_out};
use crate::commands::until::Until;
use crate::documents::edit::ChangeApiKey;
use crate::documents::partner::{ApiKey, ApiKeyBy};
use crate::fault::Result;
use crate::line::{DryRun, Reason};
use crate::room::Room;

/// Change what is agreed for a key
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true).args(
    ["scopes", "per_minute", "per_day", "no_per_day", "expires", "no_expires", "origins", "anywhere", "networks", "any_network", "trusted_only", "any_document"]
))]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(crate) struct Set {
    /// The key, by its name
    #[arg(value_name = "KEY")]
    key: String,
    /// What it may read from now on, all of it; may be given again
    #[arg(long = "scope", value_name = "SCOPE", value_enum)]
    scopes: Vec<ScopeName>,
    /// Points that it may spend in a minute
    #[arg(long, value_name = "POINTS")]
    per_minute: Option<i32>,
    /// Requests that it may make in a day
    #[arg(long, value_name = "REQUESTS", conflicts_with = "no_per_day")]
    per_day: Option<i32>,
    /// Let it make any number of requests in a day
    #[arg(long)]
    no_per_day: bool,
    /// Stop it by itself then: 365d, or a date
    #[arg(long, value_name = "WHEN", conflicts_with = "no_expires")]
    expires: Option<Until>,
    /// Let it not stop by itself
    #[arg(long)]
    no_expires: bool,
    #[command(flatten)]
    places: Places,
    /// Let it be used from any web origin, and without one
    #[arg(long, conflicts_with = "origins")]
    anywhere: bool,
    /// Let it be used from any network
    #[arg(long, conflicts_with = "networks")]
    any_network: bool,
    /// Let it ask registered documents of its partner alone
    #[arg(long, conflicts_with = "any_document")]
    trusted_only: bool,
    /// Let it ask any document
    #[arg(long)]
    any_document: bool,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Set {
    pub(super) async fn run(&self, room: &Room) -> Result {
        room.announce(self.dry.dry_run).await?;
        let key = find(room, &self.key).await?;
        let act = Act::light(self.dry.dry_run, &self.reason.reason);
        let headline = |nothing: bool, dry: bool| match (nothing, dry) {
            (true, _) => "Nothing to change: it is so already.".to_owned(),
            (false, true) => format!("Would change {}.", self.key),
            (false, false) => format!("Changed {}; servers know within a second.", self.key),
        };
        let edit = self.edit(room, key);
        carry_out(room, edit, act, |answer, dry| headline(answer.plan.subjects.is_empty(), dry)).await.map(drop)
    }

    /// What is not said stays as it was seen.
    fn edit(&self, room: &Room, key: ApiKey) -> ChangeApiKey {
        let kept = |given: &[String], seen: Vec<String>, none: bool| match (given.is_empty(), none) {
            (_, true) => Vec::new(),
            (true, false) => seen,
            (false, false) => given.to_vec(),
        };
        let scopes = if self.scopes.is_empty() { key.scopes } else { self.scopes.iter().copied().map(Into::into).collect() };
        let expires = self.expires.map(|until| until.instant(room.ui.now)).or(key.expires_at);
        ChangeApiKey {
            api_key: ApiKeyBy::Name(self.key.clone()),
            scopes: Some(scopes),
            points_per_minute: Some(self.per_minute.unwrap_or(key.points_per_minute)),
            requests_per_day: self.per_day.or(key.requests_per_day).filter(|_| !self.no_per_day),
            origins: Some(kept(&self.places.origins, key.origins, self.anywhere)),
            networks: Some(kept(&self.places.networks, key.networks, self.any_network)),
            trusted_only: Some((self.trusted_only || key.trusted_only) && !self.any_document),
            expires_at: expires.filter(|_| !self.no_expires),
            expect: Some(key.version),
            operation_id: None,
            dry_run: false,
            reason: String::new(),
            job: None,
        }
    }
}
