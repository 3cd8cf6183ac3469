//! `greenroom publish`: makes drafts public, all or none of them. A draft that began before somebody else published is merged with that first, if
//! whoever publishes wants it.

use clap::{Args, ValueEnum};

use crate::acts::{Act, carry_out, counted, rehearse, send};
use crate::commands::names;
use crate::documents::edit::{Answer, DraftSeen, OnConflict, Publish as PublishEdit, RebaseDraft};
use crate::documents::plan::{CompanyPlan, Standing};
use crate::fault::{Fault, Result};
use crate::guides::{Held, hold};
use crate::line::{DryRun, Names, Reason};
use crate::room::Room;

/// Make drafts public
#[derive(Args, Debug)]
pub(crate) struct Publish {
    #[command(flatten)]
    names: Names,
    /// Merge with what somebody else published meanwhile, where it is not in the same places
    #[arg(long)]
    merge: bool,
    /// Decide for every place that both changed
    #[arg(long, value_enum, value_name = "WHOSE")]
    take: Option<Whose>,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

/// Whose words stand.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// Those of the draft
    Yours,
    /// Those that are public
    Theirs,
}

impl Publish {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        room.announce(self.dry.dry_run).await?;
        let mut all = Vec::new();
        for name in names(room, &self.names.names)? {
            all.push(hold(room, &name).await?);
        }
        // All of them are looked at before the first is changed.
        for held in all.iter().filter(|held| is_behind(held)) {
            self.mergeable(room, held).await?;
        }
        let mut companies = Vec::new();
        for mut held in all {
            if is_behind(&held) && self.dry.dry_run {
                room.ui
                    .warn(&format!("{} would be merged with what is public, and published then; it is not in this plan", held.slug), None);
                continue;
            }
            if is_behind(&held) {
                send(room, self.rebase(&held), (&self.reason.reason, None)).await?;
                held = hold(room, &held.slug).await?;
            }
            companies.push(DraftSeen { company: held.slug.as_str().into(), expect: held.stamp.into() });
        }
        if companies.is_empty() {
            return Ok(());
        }
        let guides = counted(companies.len(), "guide", "guides");
        let act = Act::medium(self.dry.dry_run, &self.reason.reason, format!("Publish {guides}?"));
        let edit = PublishEdit::new(companies);
        let done = carry_out(room, edit, act, |answer, dry| headline(answer, &guides, dry)).await;
        done.map(drop).map_err(|fault| if fault.exit == 3 { fault.next("greenroom company check NAME") } else { fault })
    }

    /// What puts a draft on what is public now. The merged draft is saved before anything is published, so that no decision is lost.
    fn rebase(&self, held: &Held) -> RebaseDraft {
        let on_conflict = match self.take {
            None => OnConflict::Refuse,
            Some(Whose::Yours) => OnConflict::TakeYours,
            Some(Whose::Theirs) => OnConflict::TakeTheirs,
        };
        RebaseDraft::new(held.slug.as_str().into(), held.stamp.into(), on_conflict)
    }

    /// Whether a draft can be put on what is public now, and whoever publishes wants that. `--yes` does not say so: it was typed for the publishing.
    async fn mergeable(&self, room: &Room, held: &Held) -> Result {
        let slug = &held.slug;
        let settle = |fault: Fault| {
            let fault = fault.next(format!("greenroom edit {slug}                      settle it by hand"));
            fault.next(format!("greenroom publish {slug} --take yours    decide for every such place"))
        };
        rehearse(room, self.rebase(held), &self.reason.reason).await.map_err(settle)?;
        if self.dry.dry_run || self.merge || self.take.is_some() {
            return Ok(());
        }
        let now = held.published.as_ref().map_or(0, |publication| publication.revision);
        let message = format!("{slug} was published meanwhile (r{now}); your draft began at r{}", held.stamp.base);
        let merge = || Fault::told("CON-001", message.clone()).line("  Both changed other places, and can be merged.");
        if !room.ui.asks {
            return Err(merge().next(format!("greenroom publish {slug} --merge")));
        }
        room.ui.warn(&message, None);
        let choices = [("m", "merge them"), ("s", "stop, keep the draft")].map(|(mark, words)| (mark.to_owned(), words.to_owned()));
        match room.ui.choose("Both changed other places.", &choices, 1, "--merge")? {
            0 => Ok(()),
            _ => Err(merge().next(format!("greenroom publish {slug} --merge"))),
        }
    }
}

/// What came of it, in a line: of one guide with its revision.
fn headline(answer: &Answer, guides: &str, dry: bool) -> String {
    let verb = if dry { "Would publish" } else { "Published" };
    match answer.plan.companies.as_slice() {
        [CompanyPlan { name, after: Some(Standing { revision: Some(revision), .. }), .. }] => format!("{verb} r{revision} of {name}."),
        _ => format!("{verb} {guides}."),
    }
}

/// Whether something else was published since the draft began.
fn is_behind(held: &Held) -> bool {
    let public = held.published.as_ref().map(|publication| publication.revision);
    held.draft.is_some() && public.is_some_and(|public| public != held.stamp.base)
}
