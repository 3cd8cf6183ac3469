//! `greenroom apply`: makes the target say what guide files say. One guide after another, all under one job, which can be taken back as a whole.

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use content::{JobId, WireId};
use serde_json::json;

use super::plan::{Beside, How, compare};
use super::spent;
use crate::acts::{agree, counted};
use crate::code::Code;
use crate::fault::{Fault, Result, unreadable};
use crate::folder::item::{Action, Item};
use crate::folder::lock::Lock;
use crate::folder::plan::Plan;
use crate::folder::prune;
use crate::folder::rehearsal::rehearsed;
use crate::folder::run::{Outcome, Run};
use crate::folder::show;
use crate::line::{DryRun, Reason};
use crate::room::Room;
use crate::settings::fresh_id;

/// Make the target say what guide files say, or carry out a plan
#[derive(Args, Debug)]
pub(crate) struct Apply {
    /// Files or folders of them, or one plan; - reads one guide file from standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Publish each guide after it is saved
    #[arg(long)]
    publish: bool,
    /// Archive up to so many guides without asking for the number
    #[arg(long, value_name = "COUNT", default_value_t = 5)]
    max_archive: usize,
    #[command(flatten)]
    how: How,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

/// What is about to be done.
#[derive(Default)]
struct Work {
    items: Vec<Item>,
    unchanged: usize,
    conflicts: Vec<Fault>,
    lock: Option<Lock>,
    plan: Option<Plan>,
}

impl Apply {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let mut work = self.work(room).await?;
        if work.items.is_empty() || self.dry.dry_run {
            return self.nothing_done(room, work);
        }
        if !prune::confirmed(room, &work.items, self.max_archive).await? {
            agree(room, &self.question(&work.items)).await?;
        }
        let job = WireId::from(JobId(work.plan.as_ref().map_or_else(fresh_id, Plan::job))).to_string();
        let sha = work.plan.as_ref().map(|plan| plan.sha.clone());
        let run = Run { room, reason: &self.reason.reason, publish: self.publish, job: &job, sha: sha.as_deref() };
        let bar = room.ui.bar("applied", work.items.len());
        let outcome = run.all(&work.items, work.lock.as_mut(), &bar).await;
        bar.end();
        let whole = !outcome.stopped && outcome.broken.is_none() && outcome.failed.is_empty();
        let noted = work.lock.as_ref().map_or(Ok(()), Lock::write);
        let spent = work.plan.as_ref().filter(|_| whole).map_or(Ok(()), |plan| plan.spend(room, &job));
        // The target is changed by now: that is told whatever cannot be noted on this computer.
        self.tell(room, &work, &outcome, &job);
        let unnoted =
            [noted, spent].into_iter().filter_map(Result::err).map(|fault| fault.line("  What is told above is done, and stays."));
        match end(outcome, &work) {
            Ok(()) => Fault::all(unnoted.collect()).map_or(Ok(()), Err),
            Err(mut fault) => {
                fault.also.extend(unnoted);
                Err(fault)
            }
        }
    }

    async fn work(&self, room: &Room) -> Result<Work> {
        let plan = match self.paths.as_slice() {
            [path] if path.extension().is_some_and(|end| end == "json") => Some(path),
            _ => None,
        };
        if let Some(path) = plan {
            let target = room.announce(self.dry.dry_run).await?.address.clone();
            let mut plan = Plan::read(path, &target)?;
            let items = std::mem::take(&mut plan.items);
            let items = spent::left(room, &plan, items, self.publish).await?;
            let items = rehearsed(room, items, (self.publish, &self.reason.reason)).await?;
            show::items(room, &items);
            let lock = plan.lock.as_deref().map(Lock::read).transpose()?.flatten().filter(|lock| lock.target == target);
            return Ok(Work { items, lock, plan: Some(plan), ..Work::default() });
        }
        let held;
        let (paths, beside) = if self.paths.iter().any(|path| path == Path::new("-")) {
            held = self.input(room)?;
            (std::slice::from_ref(&held.1), Beside::Nothing)
        } else {
            (self.paths.as_slice(), Beside::Lock)
        };
        let (compared, lock) = compare(room, (paths, beside), &self.how, (self.publish, self.dry.dry_run)).await?;
        show::compared(room, &compared);
        if let Some(fault) = Fault::all(compared.conflicts.clone()) {
            room.ui.fault(&fault);
        }
        Ok(Work { items: compared.items, unchanged: compared.unchanged, conflicts: compared.conflicts, lock, plan: None })
    }

    /// A file with what standard input says, which is there as long as the folder is held.
    fn input(&self, room: &Room) -> Result<(tempfile::TempDir, PathBuf)> {
        if self.paths.len() > 1 {
            return Err(Fault::new(Code::Usage, "- stands for one guide file, and for nothing beside it"));
        }
        if std::io::stdin().is_terminal() {
            room.ui.say("Reading a guide file from the terminal. Paste, then press Ctrl-D.");
        }
        let input = Path::new("standard input");
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(|error| unreadable(input, &error))?;
        let folder = tempfile::tempdir().map_err(|error| unreadable(input, &error))?;
        let path = folder.path().join("-.yaml");
        crate::folder::files::write(&path, &text)?;
        Ok((folder, path))
    }

    fn question(&self, items: &[Item]) -> String {
        let count = |action: Action| items.iter().filter(|item| item.action == action).count();
        let archived = count(Action::Archive);
        let saved = counted(items.len() - archived, "guide", "guides");
        let what = if self.publish { format!("Save and publish {saved}") } else { format!("Save the drafts of {saved}") };
        match (items.len() - archived, archived) {
            (0, _) => format!("Archive {}?", counted(archived, "guide", "guides")),
            (_, 0) => format!("{what}?"),
            (_, _) => format!("{what}, and archive {archived}?"),
        }
    }

    fn nothing_done(&self, room: &Room, work: Work) -> Result {
        if room.ui.is_for_programs() {
            let changed: Vec<_> = work.items.iter().map(show::json).collect();
            room.ui.object(&json!({
                "format": "greenroom/result@1", "job": null, "dry_run": self.dry.dry_run, "changed": changed,
                "unchanged": work.unchanged, "failed": [], "undo": null,
            }));
        }
        room.ui.tell(if work.items.is_empty() { "Nothing to do." } else { "Nothing was written." });
        match Fault::all(work.conflicts) {
            Some(_) => Err(conflicting()),
            None => Ok(()),
        }
    }

    fn tell(&self, room: &Room, work: &Work, outcome: &Outcome, job: &str) {
        if let Some(fault) = Fault::all(outcome.failed.iter().map(|(_, fault)| fault.clone()).collect()) {
            room.ui.fault(&fault);
        }
        let undo = format!("greenroom undo {job}");
        if room.ui.is_for_programs() {
            let changed = outcome
                .done
                .iter()
                .map(|done| json!({ "company": done.slug, "to": done.now, "action": done.action, "changes": done.changes }));
            let failed =
                outcome.failed.iter().map(|(slug, fault)| json!({ "company": slug, "code": fault.code, "message": fault.message }));
            return room.ui.object(&json!({
                "format": "greenroom/result@1", "job": job, "dry_run": false, "changed": changed.collect::<Vec<_>>(),
                "unchanged": work.unchanged, "failed": failed.collect::<Vec<_>>(), "undo": undo,
            }));
        }
        let wide = outcome.done.iter().map(|done| done.slug.chars().count()).max().unwrap_or(0);
        for done in &outcome.done {
            let verb = if done.action == Action::Archive { "archived" } else { "applied " };
            room.ui.tell(format!("{verb}  {:wide$}   {}", done.slug, done.now));
        }
        let archived = outcome.done.iter().filter(|done| done.action == Action::Archive).count();
        let saved = outcome.done.len() - archived;
        let saved = if self.publish {
            counted(saved, "guide published", "guides published")
        } else {
            counted(saved, "draft saved", "drafts saved")
        };
        let what = if archived == 0 { saved } else { format!("{saved}, {archived} archived") };
        room.ui.tell(format!("{what}. {job}"));
        if !outcome.done.is_empty() {
            room.ui.say(format!("Undo: {undo}"));
        }
    }
}

/// With what the run ends.
fn end(outcome: Outcome, work: &Work) -> Result {
    let (done, all) = (outcome.done.len(), work.items.len());
    let figures = json!({ "done": done, "of": all });
    let stays = format!("  {done} of {all} guides are done and stay; no guide is half-written.");
    if let Some(fault) = outcome.broken {
        return Err(fault.line(stays).next("the same command again, to go on"));
    }
    if outcome.stopped {
        return Err(Fault::new(Code::Stopped, "stopped").line(stays).details(figures).next("the same command again, to go on"));
    }
    if !work.conflicts.is_empty() {
        return Err(conflicting());
    }
    let Some((_, first)) = outcome.failed.first() else { return Ok(()) };
    let exit = if outcome.failed.iter().all(|(_, fault)| fault.exit == first.exit) { first.exit } else { Code::Partly.exit() };
    let fault = Fault::new(Code::Partly, format!("{} of {all} guides were not applied", outcome.failed.len())).line(stays);
    Err(Fault { exit, ..fault }.details(figures).next("greenroom plan"))
}

/// What was told guide by guide ends with this.
fn conflicting() -> Fault {
    let fault = Fault::new(Code::Partly, "the guides that others changed in the same places are as they were");
    Fault { code: "CON-001".to_owned(), exit: 6, ..fault }.next("greenroom export NAME, and look at the differences in git")
}
