//! `greenroom key revoke`: a key is stopped for good.

use clap::Args;

use super::find;
use super::rotate::used;
use crate::acts::{Act, perform, tell};
use crate::documents::edit::RevokeApiKey;
use crate::documents::partner::ApiKeyBy;
use crate::fault::Result;
use crate::line::{DryRun, Reason};
use crate::room::Room;

/// Stop a key for good
#[derive(Args, Debug)]
pub(crate) struct Revoke {
    /// The key, by its name
    #[arg(value_name = "KEY")]
    key: String,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Revoke {
    pub(super) async fn run(&self, room: &Room) -> Result {
        room.announce(self.dry.dry_run).await?;
        let key = find(room, &self.key).await?;
        let warning = format!("This stops {} at once. {} Such requests begin to fail, and it cannot be taken back.", self.key, used(&key));
        let act = Act::heavy(self.dry.dry_run, &self.reason.reason, (warning, self.key.clone()));
        let mut answer = perform(room, RevokeApiKey(ApiKeyBy::Name(self.key.clone()), Some(key.version)), &act).await?;
        if !room.ui.is_for_programs() {
            answer.operation = None;
        }
        let words = if act.dry_run { "would be revoked" } else { "is revoked; its requests get 401 with KEY-001 within a second" };
        tell(room, &answer, &act, &format!("{} {words}.", self.key));
        Ok(())
    }
}
