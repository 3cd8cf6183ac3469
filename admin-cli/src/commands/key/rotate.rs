//! `greenroom key rotate`: another secret for a key, with or without the old one beside it for a while.

use clap::Args;

use super::{find, secret};
use crate::acts::{Act, carry_out, perform, tell};
use crate::commands::until::Until;
use crate::documents::edit::{FinishRotation, RotateApiKey};
use crate::documents::partner::{ApiKey, ApiKeyBy};
use crate::fault::Result;
use crate::line::{DryRun, Reason};
use crate::room::Room;

/// Give a key another secret, or end the old one
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("how").required(true).args(["overlap", "now", "finish"]))]
pub(crate) struct Rotate {
    /// The key, by its name
    #[arg(value_name = "KEY")]
    key: String,
    /// Let the old secret work so long beside the new one: 7d, 12h
    #[arg(long, value_name = "TIME")]
    overlap: Option<Until>,
    /// Stop the old secret at once, because somebody else may have it
    #[arg(long)]
    now: bool,
    /// Make no secret, and end the old one before its time
    #[arg(long)]
    finish: bool,
    #[command(flatten)]
    into: secret::Into,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Rotate {
    pub(super) async fn run(&self, room: &Room) -> Result {
        room.announce(self.dry.dry_run).await?;
        let key = find(room, &self.key).await?;
        if self.finish {
            return self.end(room, &key).await;
        }
        let act = self.act(&key);
        let edit = RotateApiKey::new(self.by(), self.seconds(room), Some(key.version));
        if self.dry.dry_run {
            let answer = perform(room, edit, &act).await?;
            tell(room, &answer, &act, &format!("{} would get another secret.", self.key));
            return Ok(());
        }
        let place = self.into.open(room)?;
        let mut answer = match perform(room, edit, &act).await {
            Ok(answer) => answer,
            Err(fault) => {
                place.abandon();
                return Err(fault);
            }
        };
        let secret = answer.secret.take();
        answer.secret = secret.clone().filter(|_| place.is_output());
        if !room.ui.is_for_programs() {
            answer.operation = None;
        }
        tell(room, &answer, &act, &format!("{} has another secret.", self.key));
        if let Some(secret) = secret {
            place.put(room, &secret, &self.key)?;
        }
        if room.ui.is_for_programs() {
            return Ok(());
        }
        match self.overlap {
            Some(until) => {
                room.ui.say(format!("The old one works until {}.", room.ui.when(&until.instant(room.ui.now).0)));
                room.ui.say(format!("Watch the change: greenroom key show {}", self.key));
                room.ui.say(format!("End it early:     greenroom key rotate {} --finish", self.key));
            }
            None => room.ui.say("The old one stops within a second."),
        }
        Ok(())
    }

    async fn end(&self, room: &Room, key: &ApiKey) -> Result {
        let act = Act::medium(self.dry.dry_run, &self.reason.reason, format!("End the old secret of {}? {}", self.key, used(key)));
        let headline = |dry: bool| format!("The old secret of {} {}.", self.key, if dry { "would stop" } else { "stops within a second" });
        let edit = FinishRotation(self.by(), Some(key.version));
        if room.ui.is_for_programs() {
            return carry_out(room, edit, act, |_, dry| headline(dry)).await.map(drop);
        }
        let mut answer = perform(room, edit, &act).await?;
        answer.operation = None;
        tell(room, &answer, &act, &headline(act.dry_run));
        Ok(())
    }

    /// With an overlap nobody is cut off; without one whoever still uses the old secret is.
    fn act(&self, key: &ApiKey) -> Act {
        let (dry, reason) = (self.dry.dry_run, &self.reason.reason);
        if self.now {
            let question = format!("{} Give {} another secret and stop the old one at once?", used(key), self.key);
            return Act::medium(dry, reason, question);
        }
        Act::light(dry, reason)
    }

    fn seconds(&self, room: &Room) -> i32 {
        let overlap = self.overlap.map_or(0, |until| until.duration(room.ui.now).whole_seconds());
        // An overlap in the past is none that could be meant; the server says what would be right.
        i32::try_from(overlap).ok().filter(|seconds| self.now || *seconds != 0).unwrap_or(-1)
    }

    fn by(&self) -> ApiKeyBy {
        ApiKeyBy::Name(self.key.clone())
    }
}

/// How a key is used just now.
pub(super) fn used(key: &ApiKey) -> String {
    let requests: i64 = key.secrets.iter().map(|secret| secret.requests_last_hour.0).sum();
    if key.used_at.is_none() {
        return "It was never used.".to_owned();
    }
    format!("It was used {requests} times in the last hour.")
}
