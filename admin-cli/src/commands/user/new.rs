//! `greenroom user new`: somebody is let in.

use clap::Args;

use super::RoleName;
use crate::acts::{Act, carry_out};
use crate::commands::password;
use crate::documents::edit::CreateUser;
use crate::fault::Result;
use crate::line::{DryRun, Reason};
use crate::room::Room;

/// Make a user
#[derive(Args, Debug)]
pub(crate) struct New {
    /// The e-mail address, with which they sign in
    #[arg(value_name = "EMAIL")]
    email: String,
    /// What they are called
    #[arg(long, value_name = "NAME")]
    name: String,
    /// What they may do
    #[arg(long, value_enum)]
    role: RoleName,
    /// Read their first password from the first line of standard input
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl New {
    pub(super) async fn run(&self, room: &Room) -> Result {
        room.announce(self.dry.dry_run).await?;
        let password = password::new(room, self.password_stdin)?;
        let edit = CreateUser::new(self.email.clone(), self.name.clone(), self.role.into(), password.reveal().to_owned());
        let act = Act::light(self.dry.dry_run, &self.reason.reason);
        let headline = |dry: bool| format!("{} {}.", if dry { "Would make" } else { "Made" }, self.email);
        carry_out(room, edit, act, |_, dry| headline(dry)).await?;
        if !self.dry.dry_run && !room.ui.is_for_programs() {
            room.ui.say(format!(
                "They sign in with: greenroom auth login --email {}, and choose a password: greenroom auth password",
                self.email
            ));
        }
        Ok(())
    }
}
