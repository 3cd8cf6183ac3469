//! Carries out what was planned: guide after guide, each saved, and published if that is wanted, before the next one begins. Each edit is one operation
//! of one job. What is done stays whatever happens to the next one.

use uuid::Uuid;

use super::item::{Action, Change, Item};
use super::lock::{Lock, sha};
use super::plan;
use super::stop::Stop;
use crate::acts::{send_as, state};
use crate::documents::edit::Order;
use crate::documents::edit::{Answer, Archive, CompanySeen, DraftSeen, Publish};
use crate::documents::plan::Stamp;
use crate::fault::{Fault, Result};
use crate::room::Room;
use crate::settings::fresh_id;
use crate::ui::Bar;

/// A run.
pub(crate) struct Run<'a> {
    pub(crate) room: &'a Room,
    pub(crate) reason: &'a str,
    pub(crate) publish: bool,
    /// The job on the wire.
    pub(crate) job: &'a str,
    /// Of the plan, if there is one: then the ids of the operations follow from it.
    pub(crate) sha: Option<&'a str>,
}

/// What came of a run.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) done: Vec<Done>,
    /// What was refused, and why.
    pub(crate) failed: Vec<(String, Fault)>,
    /// Why the run ended before its end, if it did.
    pub(crate) broken: Option<Fault>,
    pub(crate) stopped: bool,
}

/// What was done with one guide.
pub(crate) struct Done {
    pub(crate) slug: String,
    pub(crate) action: Action,
    /// How it stands now, in words.
    pub(crate) now: String,
    pub(crate) changes: Vec<Change>,
}

impl Run<'_> {
    /// Carries out all items, until the end or until somebody stops it.
    pub(crate) async fn all(&self, items: &[Item], mut lock: Option<&mut Lock>, bar: &Bar<'_>) -> Outcome {
        let stop = Stop::listen("guide");
        let mut outcome = Outcome::default();
        for item in items {
            if stop.wanted() {
                outcome.stopped = true;
                break;
            }
            match self.one(item, lock.as_deref_mut()).await {
                Ok(done) => outcome.done.push(done),
                Err(fault) if matches!(fault.exit, 3 | 6 | 7) => outcome.failed.push((item.slug.clone(), fault)),
                Err(fault) => {
                    outcome.broken = Some(fault);
                    break;
                }
            }
            bar.step(&item.slug);
        }
        outcome
    }

    async fn one(&self, item: &Item, lock: Option<&mut Lock>) -> Result<Done> {
        let found = item.found.map_or(Stamp { base: 0, edits: 0 }, Stamp::from);
        let company = || item.slug.as_str().into();
        let mut answer = match (item.action, &item.guide) {
            (Action::Create, Some(guide)) => Some(self.send(item, "save", item.creating(guide)).await?),
            (Action::Save, Some(guide)) => Some(self.send(item, "save", item.saving(guide)).await?),
            (Action::Archive, _) => {
                let seen = vec![CompanySeen { company: company(), expect: Some(found.into()) }];
                Some(self.send(item, "archive", Archive(seen)).await?)
            }
            (Action::Create | Action::Save | Action::Publish, _) => None,
        };
        let standing = answer.as_ref().and_then(|answer| answer.plan.companies.first()).and_then(|company| company.after.clone());
        let merged = answer.as_ref().is_some_and(|answer| merged(item, answer));
        let draft = standing.as_ref().is_none_or(|standing| standing.has_draft);
        let changes = answer.as_ref().map_or_else(Vec::new, |answer| {
            answer.plan.companies.iter().flat_map(|company| company.changes.iter().map(Change::from)).collect()
        });
        if self.publish && item.action != Action::Archive && draft {
            let expect = standing.as_ref().map_or(found, |standing| standing.stamp).into();
            answer = Some(self.send(item, "publish", Publish::new(vec![DraftSeen { company: company(), expect }])).await?);
        }
        let standing =
            answer.as_ref().and_then(|answer| answer.plan.companies.first()).and_then(|company| company.after.clone()).or(standing);
        if let Some(lock) = lock {
            match (item.action, &item.guide, &standing) {
                (Action::Archive, _, _) => lock.remove(&item.slug),
                // What was merged is more than the file says: the file still counts as written over what it was exported from.
                (_, Some(guide), Some(standing)) => {
                    let over = item.over.or(item.found).map(Stamp::from).filter(|_| merged);
                    lock.put(&item.slug, over.unwrap_or(standing.stamp), sha(guide));
                }
                (_, _, _) => {}
            }
        }
        Ok(Done { slug: item.slug.clone(), action: item.action, now: state(standing.as_ref()), changes })
    }

    async fn send<E: crate::documents::edit::Edit + Clone>(&self, item: &Item, what: &str, edit: E) -> Result<Answer> {
        let id: Uuid = self.sha.map_or_else(fresh_id, |sha| plan::operation(sha, &item.slug, what));
        let (operation, job) = (Some(id.to_string()), Some(self.job.to_owned()));
        send_as(self.room, edit, Order { operation, dry_run: false, reason: self.reason.to_owned(), job }).await
    }
}

/// Whether somebody else's changes stand beside what the file says.
fn merged(item: &Item, answer: &Answer) -> bool {
    let before = answer.plan.companies.first().and_then(|company| company.before.as_ref());
    item.over.is_some() || before.is_some_and(|before| item.found.is_some_and(|found| before.stamp != Stamp::from(found)))
}
