//! Taking back a job: all of its operations, newest first, as a new job of its own. What was taken back before is passed over, so the same command goes
//! on where it was stopped; what others changed since is left alone.

use std::collections::BTreeSet;

use content::{JobId, WireId};
use serde_json::json;

use super::Undo;
use crate::acts::{Act, agree, counted, rehearse, send};
use crate::client::Client;
use crate::code::Code;
use crate::documents::edit::Undo as UndoEdit;
use crate::documents::operation::{
    Operation, OperationFilter, OperationKind, OperationQuery, OperationVariables, OperationsQuery, OperationsVariables,
};
use crate::documents::plan::{CompanyPlan, Left, Plan};
use crate::fault::{Fault, Result};
use crate::folder::plan::done;
use crate::folder::stop::Stop;
use crate::room::Room;
use crate::settings::fresh_id;
use crate::ui::path_words;

/// What came of it.
#[derive(Default)]
struct Outcome {
    back: usize,
    left: Vec<Left>,
    alone: usize,
    /// The guides that were rehearsed: an older operation of the job on one of them meets what the newer one left, and would not for real.
    rehearsed: BTreeSet<String>,
    /// Why it ended before its end, if it did.
    broken: Option<Fault>,
}

/// Takes a job back.
pub(super) async fn undo(room: &Room, id: &str, undo: &Undo) -> Result {
    room.announce(undo.dry.dry_run).await?;
    let client = room.client().await?;
    let all = done(room, id).await?;
    let Some((newest, oldest)) = all.first().zip(all.last()) else { return Err(unknown(id)) };
    let undone = undone(client, oldest).await?;
    let open: Vec<&Operation> = all.iter().filter(|operation| !undone.contains(operation.id.inner())).collect();
    let what = format!("{id} by {}, {}", newest.by, room.ui.when(&newest.at.0));
    let passed = all.len() - open.len();
    if passed > 0 {
        room.ui.say(format!("{} taken back before.", counted(passed, "operation was", "operations were")));
    }
    let operations = counted(open.len(), "operation", "operations");
    if !undo.dry.dry_run && !open.is_empty() {
        agree(room, &format!("Take back {operations} of {what}?")).await?;
    }
    let job = WireId::from(JobId(fresh_id())).to_string();
    let act = Act { job: Some(job.clone()), ..Act::light(undo.dry.dry_run, &undo.reason.reason) };
    let outcome = back(room, &open, &act).await;
    tell(room, &outcome, &act, passed);
    match outcome.broken {
        Some(fault) => Err(fault.line(format!("  {} of {operations} are taken back.", outcome.back)).next(format!("greenroom undo {id}"))),
        None => Ok(()),
    }
}

/// The operations that were taken back since this one, by whichever undo.
async fn undone(client: &Client, oldest: &Operation) -> Result<BTreeSet<String>> {
    let filter = OperationFilter { since: Some(oldest.at.clone()), kind: Some(vec![OperationKind::Undo]), ..OperationFilter::default() };
    let (mut after, mut undone) = (None, BTreeSet::new());
    loop {
        let variables = OperationsVariables { first: 100, after, filter: Some(filter.clone()), company: None };
        let OperationsQuery { operations } = client.ask(variables).await?;
        undone.extend(operations.nodes.into_iter().filter_map(|operation| operation.undoes).map(cynic::Id::into_inner));
        if !operations.page_info.has_next_page {
            return Ok(undone);
        }
        after = operations.page_info.end_cursor;
    }
}

impl Outcome {
    /// An operation is taken back, or would be.
    fn taken(&mut self, plan: Plan, dry_run: bool) {
        self.back += 1;
        let Self { left, rehearsed, .. } = self;
        left.extend(plan.left.into_iter().filter(|left| !rehearsed.contains(&left.subject)));
        if dry_run {
            rehearsed.extend(slugs(&plan.companies));
        }
    }

    /// Whether only a newer operation of the same job is in the way.
    async fn would_follow(&self, room: &Room, operation: &Operation) -> bool {
        let Ok(client) = room.client().await else { return false };
        let asked: Result<OperationQuery> = client.ask(OperationVariables { id: operation.id.clone() }).await;
        let whole = asked.ok().and_then(|answer| answer.operation);
        whole.is_some_and(|whole| slugs(&whole.plan.companies).all(|slug| self.rehearsed.contains(&slug)))
    }
}

fn slugs(companies: &[CompanyPlan]) -> impl Iterator<Item = String> + '_ {
    companies.iter().flat_map(|company| [&company.before, &company.after]).flatten().map(|standing| standing.slug.clone())
}

async fn back(room: &Room, open: &[&Operation], act: &Act) -> Outcome {
    let stop = Stop::listen("operation");
    let bar = room.ui.bar("taken back", open.len());
    let mut outcome = Outcome::default();
    for operation in open {
        if stop.wanted() {
            outcome.broken = Some(Fault::new(Code::Stopped, "stopped"));
            break;
        }
        let edit = UndoEdit::new(operation.id.clone());
        let answer =
            if act.dry_run { rehearse(room, edit, &act.reason).await } else { send(room, edit, (&act.reason, act.job.as_deref())).await };
        match answer {
            Ok(answer) => outcome.taken(answer.plan, act.dry_run),
            Err(fault) if act.dry_run && fault.exit == 6 && outcome.would_follow(room, operation).await => outcome.back += 1,
            // All of it was changed again since, or what it would take back is not there any more.
            Err(fault) if matches!(fault.exit, 6 | 7) => {
                outcome.alone += 1;
                let path = format!("{}: {}", fault.code, fault.message);
                outcome.left.push(Left { subject: operation.id.inner().to_owned(), path });
            }
            Err(fault) => {
                outcome.broken = Some(fault);
                break;
            }
        }
        bar.step(operation.kind.word());
    }
    bar.end();
    outcome
}

fn tell(room: &Room, outcome: &Outcome, act: &Act, passed: usize) {
    let Outcome { back, left, alone, .. } = outcome;
    let job = act.job.as_deref().filter(|_| !act.dry_run && *back > 0);
    let again = job.map(|job| format!("greenroom undo {job}"));
    if room.ui.is_for_programs() {
        let left = left.iter().map(|left| json!({ "subject": left.subject, "path": left.path }));
        return room.ui.object(&json!({
            "format": "greenroom/result@1", "job": job, "dry_run": act.dry_run, "taken_back": back, "left_alone": alone,
            "before": passed, "left": left.collect::<Vec<_>>(), "undo": again,
        }));
    }
    let operations = counted(*back, "operation", "operations");
    room.ui.tell(if act.dry_run { format!("Would take back {operations}.") } else { format!("Took back {operations}.") });
    if *alone > 0 {
        room.ui.tell(format!("{} left alone: what they did was changed again since.", counted(*alone, "operation is", "operations are")));
    }
    for left in left.iter().take(20) {
        room.ui.tell(format!("  left alone: {}: {}", left.subject, path_words(&left.path)));
    }
    if left.len() > 20 {
        room.ui.tell(format!("  {} more places: -o json", left.len() - 20));
    }
    if act.dry_run {
        room.ui.tell("Nothing was written.");
    }
    if let Some(again) = again {
        room.ui.say(format!("Undo: {again}"));
    }
}

fn unknown(id: &str) -> Fault {
    Fault::new(Code::JobUnknown, format!("nothing was done under {id}")).next("greenroom log")
}
