//! `greenroom company`: one guide or many, read and changed.

pub(crate) mod check;
pub(crate) mod diff;
pub(crate) mod edit;
pub(crate) mod history;
pub(crate) mod items;
pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod publish;
pub(crate) mod rollback;
pub(crate) mod set;
pub(crate) mod show;
pub(crate) mod standing;
pub(crate) mod weights;

use clap::Subcommand;

use crate::fault::Result;
use crate::room::Room;

/// Work on guides
#[derive(Subcommand, Debug)]
pub(crate) enum Company {
    /// List guides
    List(list::List),
    /// Show guides
    Show(show::Show),
    /// Make a company with its first draft
    New(new::New),
    /// Change a guide in your editor
    Edit(edit::Edit),
    /// Give values to places of a guide: loop.tech-screen.duration=75m
    Set(set::Set),
    /// Add an item to a list of a guide
    Add(Box<items::Add>),
    /// Move an item of a guide
    Move(items::Move),
    /// Remove items of a guide, with all that is in them
    Remove(items::Remove),
    /// Show the shares of the question categories, or set them
    Weights(weights::Weights),
    /// Check guides by the rules for publishing, without publishing
    Check(check::Check),
    /// Show what changed since publishing
    Diff(diff::Diff),
    /// Make drafts public
    Publish(publish::Publish),
    /// Take guides out of the public API; their history stays
    Unpublish(standing::Several),
    /// Throw drafts away
    Discard(standing::Several),
    /// Show the revisions of a guide, newest first
    History(history::History),
    /// Publish an old revision again, as a new one
    Rollback(rollback::Rollback),
    /// Give a guide another slug; the old one keeps working
    Rename(standing::Rename),
    /// Put guides away
    Archive(standing::Several),
    /// Take guides out of the archive
    Restore(standing::Several),
    /// Delete an archived guide
    Delete(standing::Delete),
}

impl Company {
    pub(crate) async fn run(&self, room: &Room) -> Result<u8> {
        match self {
            Self::List(list) => list.run(room).await,
            Self::Show(show) => show.run(room).await,
            Self::New(new) => Box::pin(new.run(room)).await,
            Self::Edit(edit) => Box::pin(edit.run(room)).await,
            Self::Set(set) => set.run(room).await,
            Self::Add(add) => add.run(room).await,
            Self::Move(item) => item.run(room).await,
            Self::Remove(remove) => remove.run(room).await,
            Self::Weights(weights) => weights.run(room).await,
            Self::Check(check) => check.run(room).await,
            Self::Diff(diff) => return diff.run(room).await,
            Self::Publish(publish) => publish.run(room).await,
            Self::Unpublish(several) => several.unpublish(room).await,
            Self::Discard(several) => several.discard(room).await,
            Self::History(history) => history.run(room).await,
            Self::Rollback(rollback) => rollback.run(room).await,
            Self::Rename(rename) => rename.run(room).await,
            Self::Archive(several) => several.archive(room).await,
            Self::Restore(several) => several.restore(room).await,
            Self::Delete(delete) => delete.run(room).await,
        }
        .map(|()| 0)
    }
}
