//! `greenroom company unpublish`, `discard`, `archive`, `restore`, `rename` and `delete`: what happens to whole guides.

use clap::Args;

use crate::acts::{Act, carry_out, counted};
use crate::commands::names;
use crate::documents::edit::{
    Archive as ArchiveEdit, CompanySeen, DeleteCompany, DiscardDrafts, DraftSeen, RenameCompany, Restore as RestoreEdit,
    Unpublish as UnpublishEdit,
};
use crate::fault::Result;
use crate::guides::{Held, hold};
use crate::line::{DryRun, Names, Reason};
use crate::room::Room;

/// What is done to several guides: all or none of them.
#[derive(Args, Debug)]
pub(crate) struct Several {
    #[command(flatten)]
    names: Names,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

/// Give a guide another slug; the old one keeps working
#[derive(Args, Debug)]
pub(crate) struct Rename {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// Its new slug
    #[arg(value_name = "NEW-SLUG")]
    slug: String,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

/// Delete an archived guide
#[derive(Args, Debug)]
pub(crate) struct Delete {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Several {
    async fn held(&self, room: &Room) -> Result<Vec<Held>> {
        room.announce(self.dry.dry_run).await?;
        let mut all = Vec::new();
        for name in names(room, &self.names.names)? {
            all.push(hold(room, &name).await?);
        }
        Ok(all)
    }

    fn act(&self, question: String) -> Act {
        Act::medium(self.dry.dry_run, &self.reason.reason, question)
    }

    pub(crate) async fn unpublish(&self, room: &Room) -> Result {
        let held = self.held(room).await?;
        let guides = counted(held.len(), "guide", "guides");
        let act = self.act(format!("Take {guides} out of the public API?"));
        carry_out(room, UnpublishEdit::new(seen(&held)), act, words(("Took", "take"), &format!("{guides} out of the public API")))
            .await
            .map(drop)
    }

    pub(crate) async fn discard(&self, room: &Room) -> Result {
        let held = self.held(room).await?;
        let drafts = held.iter().map(|held| DraftSeen { company: held.slug.as_str().into(), expect: held.stamp.into() });
        let edit = DiscardDrafts::new(drafts.collect());
        let guides = counted(held.len(), "draft", "drafts");
        carry_out(room, edit, self.act(format!("Throw {guides} away?")), words(("Threw", "throw"), &format!("{guides} away")))
            .await
            .map(drop)
    }

    pub(crate) async fn archive(&self, room: &Room) -> Result {
        let held = self.held(room).await?;
        let guides = counted(held.len(), "guide", "guides");
        carry_out(room, ArchiveEdit(seen(&held)), self.act(format!("Archive {guides}?")), words(("Archived", "archive"), &guides))
            .await
            .map(drop)
    }

    pub(crate) async fn restore(&self, room: &Room) -> Result {
        let held = self.held(room).await?;
        let guides = counted(held.len(), "guide", "guides");
        let act = self.act(format!("Take {guides} out of the archive?"));
        carry_out(room, RestoreEdit(seen(&held)), act, words(("Took", "take"), &format!("{guides} out of the archive"))).await.map(drop)
    }
}

/// `Archived 2 guides.`, or `Would archive 2 guides.`
fn words<'a>((done, would): (&'a str, &'a str), what: &'a str) -> impl Fn(&crate::documents::edit::Answer, bool) -> String + use<'a> {
    move |_, dry| if dry { format!("Would {would} {what}.") } else { format!("{done} {what}.") }
}

fn seen(held: &[Held]) -> Vec<CompanySeen> {
    held.iter().map(|held| CompanySeen { company: held.slug.as_str().into(), expect: Some(held.stamp.into()) }).collect()
}

impl Rename {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        room.announce(self.dry.dry_run).await?;
        let held = hold(room, &self.name).await?;
        let edit = RenameCompany::new(held.slug.as_str().into(), self.slug.clone(), Some(held.stamp.into()));
        let act = Act::medium(self.dry.dry_run, &self.reason.reason, format!("Rename {} to {}?", held.slug, self.slug));
        let what = format!("{} to {}; the old slug keeps working", held.slug, self.slug);
        carry_out(room, edit, act, words(("Renamed", "rename"), &what)).await.map(drop)
    }
}

impl Delete {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        room.announce(self.dry.dry_run).await?;
        let held = hold(room, &self.name).await?;
        let edit = DeleteCompany::new(held.slug.as_str().into(), Some(held.stamp.into()));
        let warning = format!("This deletes {} with all its revisions.", held.guide.name);
        let act = Act::heavy(self.dry.dry_run, &self.reason.reason, (warning, held.slug.clone()));
        carry_out(room, edit, act, words(("Deleted", "delete"), &held.guide.name)).await.map(drop)
    }
}
