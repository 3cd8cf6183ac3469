//! `greenroom user set-role`, `set-name`, `disable`, `enable`, `reset-password`: a user is changed, as they were just seen.

use clap::Args;

use super::{RoleName, find};
use crate::acts::{Act, carry_out, perform, tell};
use crate::commands::password;
use crate::documents::edit::{ChangeUser, Edit, ResetPassword as ResetPasswordEdit};
use crate::documents::user::{Role, UserBy};
use crate::fault::Result;
use crate::line::{DryRun, Reason};
use crate::room::Room;

/// Give a user another role
#[derive(Args, Debug)]
pub(crate) struct SetRole {
    #[command(flatten)]
    who: Seen,
    /// What they may do from now on
    #[arg(value_name = "ROLE", value_enum)]
    role: RoleName,
}

/// Give a user another name
#[derive(Args, Debug)]
pub(crate) struct SetName {
    #[command(flatten)]
    who: Seen,
    /// What they are called from now on
    #[arg(value_name = "NAME")]
    name: String,
}

/// Give a user another password; all their sessions end
#[derive(Args, Debug)]
pub(crate) struct ResetPassword {
    #[command(flatten)]
    who: Seen,
    /// Read the password from the first line of standard input
    #[arg(long)]
    password_stdin: bool,
}

/// Which user, and how.
#[derive(Args, Debug)]
pub(crate) struct Seen {
    /// The e-mail address
    #[arg(value_name = "EMAIL")]
    email: String,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl SetRole {
    pub(super) async fn run(&self, room: &Room) -> Result {
        let role = Role::from(self.role);
        self.who.change(room, (None, Some(role)), &format!("{} may now work as {}", self.who.email, role.word())).await
    }
}

impl SetName {
    pub(super) async fn run(&self, room: &Room) -> Result {
        self.who.change(room, (Some(self.name.clone()), None), &format!("{} is called {} now", self.who.email, self.name)).await
    }
}

impl ResetPassword {
    pub(super) async fn run(&self, room: &Room) -> Result {
        let who = &self.who;
        room.announce(who.dry.dry_run).await?;
        let user = find(room, &who.email).await?;
        let password = password::new(room, self.password_stdin)?;
        let edit = ResetPasswordEdit::new(who.by(), password.reveal().to_owned(), Some(user.version));
        let headline = |dry: bool| {
            let words = if dry {
                "would get another password; their sessions would end"
            } else {
                "has another password; their sessions have ended"
            };
            format!("{} {words}.", who.email)
        };
        let question = format!("Give {} another password? It cannot be taken back.", who.email);
        let act = who.act(question);
        let mut answer = perform(room, edit, &act).await?;
        if !room.ui.is_for_programs() {
            // An undo does not bring the old password back, so none is offered.
            answer.operation = None;
        }
        tell(room, &answer, &act, &headline(act.dry_run));
        Ok(())
    }
}

impl Seen {
    /// Carries out an edit that names the user and what was seen of them. The words: the question, what is so after it, what would be so.
    pub(super) async fn run<E: Edit + Clone>(
        &self,
        room: &Room,
        edit: impl FnOnce(UserBy, Option<i32>) -> E,
        (question, after, would): (&str, &str, &str),
    ) -> Result {
        room.announce(self.dry.dry_run).await?;
        let user = find(room, &self.email).await?;
        let act = self.act(format!("{question} {}?", self.email));
        let headline = |dry: bool| format!("{} {}.", self.email, if dry { would } else { after });
        carry_out(room, edit(self.by(), Some(user.version)), act, |_, dry| headline(dry)).await.map(drop)
    }

    async fn change(&self, room: &Room, (name, role): (Option<String>, Option<Role>), after: &str) -> Result {
        room.announce(self.dry.dry_run).await?;
        let user = find(room, &self.email).await?;
        let same = name.as_ref().is_none_or(|name| *name == user.name) && role.is_none_or(|role| role == user.role);
        let edit = ChangeUser::new(self.by(), name, role, Some(user.version));
        let act = Act::light(self.dry.dry_run, &self.reason.reason);
        let headline = |dry: bool| match (same, dry) {
            (true, _) => "Nothing to change: it is so already.".to_owned(),
            (false, true) => format!("Would change {}.", self.email),
            (false, false) => format!("{after}."),
        };
        carry_out(room, edit, act, |_, dry| headline(dry)).await.map(drop)
    }

    fn act(&self, question: String) -> Act {
        Act::medium(self.dry.dry_run, &self.reason.reason, question)
    }

    fn by(&self) -> UserBy {
        UserBy::Email(self.email.clone())
    }
}
