//! Carries a journal out, guide after guide. What fails for one guide stops no other; what would fail for all stops the run, and the journal stays.

use super::journal::{Open, Step};
use super::pages::{GUIDES, of_slugs};
use super::planning::{Task, changed};
use crate::acts::send_as;
use crate::code::Code;
use crate::commands::unknown;
use crate::documents::edit::{OnConflict, Order};
use crate::documents::operation::{OperationQuery, OperationVariables};
use crate::fault::{Fault, Result};
use crate::folder::stop::Stop;
use crate::guides::{Held, saving};
use crate::room::Room;

/// How it ended.
pub(super) enum Ended {
    /// Every guide had its turn; these were refused.
    Through(Vec<(String, Fault)>),
    /// Somebody stopped it.
    Stopped,
    /// It cannot go on now.
    Broken(Fault),
}

/// Whether a failure would meet every guide: no answer, no session, no right, no room.
pub(super) const fn stops(fault: &Fault) -> bool {
    matches!(fault.exit, 4 | 5 | 9 | 12 | 13)
}

/// Saves all guides that are not done yet.
pub(super) async fn run(room: &Room, open: &mut Open) -> Result<Ended> {
    let client = room.client().await?;
    let total = open.journal.tasks.len();
    let waiting: Vec<usize> = (0..total).filter(|guide| !matches!(open.steps.get(guide), Some(Step::Changed | Step::Same))).collect();
    if total > 0 && !room.ui.is_for_programs() {
        room.ui.say(&open.journal.job);
    }
    let bar = room.ui.bar(open.journal.kind.word(), total);
    let last = format!("error[JOB-001]: stopped at once; no guide is half-written\n  next: {}", super::outcome::resume(open));
    let interrupt = Stop::listen_beside("guide", bar.aside(), last);
    bar.begins_at(u64::try_from(total - waiting.len()).unwrap_or_default());
    let mut failed = Vec::new();
    for page in waiting.chunks(GUIDES) {
        let slugs: Vec<String> = page.iter().filter_map(|guide| open.journal.tasks.get(*guide)).map(|task| task.company.clone()).collect();
        let held = match of_slugs(client, &slugs).await {
            Ok(held) => held,
            Err(fault) => {
                bar.end();
                return Ok(Ended::Broken(fault));
            }
        };
        for guide in page {
            if interrupt.wanted() {
                bar.end();
                return Ok(Ended::Stopped);
            }
            let Some(task) = open.journal.tasks.get(*guide).cloned() else { continue };
            let step = match one(room, open, (*guide, &task), held.get(&task.company)).await {
                Ok(step) => step,
                Err(fault) if stops(&fault) || fault.code == Code::Unwritable.text() => {
                    bar.end();
                    return Ok(Ended::Broken(fault));
                }
                Err(fault) => {
                    failed.push((task.company.clone(), fault));
                    Step::Failed
                }
            };
            open.note(*guide, step)?;
            bar.step(&task.company);
        }
    }
    bar.end();
    Ok(Ended::Through(failed))
}

async fn one(room: &Room, open: &mut Open, (guide, task): (usize, &Task), held: Option<&Held>) -> Result<Step> {
    let client = room.client().await?;
    if open.steps.get(&guide) == Some(&Step::Sent) {
        // It was on its way when the run ended. If it arrived, it is there under its id.
        let OperationQuery { operation } = client.ask(OperationVariables { id: cynic::Id::new(&task.operation) }).await?;
        if operation.is_some() {
            return Ok(Step::Changed);
        }
    }
    let Some(held) = held else { return Err(unknown(client, &task.company).await) };
    let refuse = |problem: String| Fault::new(Code::CsvRows, format!("{}: {problem}", task.company));
    let Some(guide_after) = changed(&held.guide, &task.items).map_err(refuse)? else { return Ok(Step::Same) };
    open.note(guide, Step::Sent)?;
    let order = Order {
        operation: Some(task.operation.clone()),
        dry_run: false,
        reason: open.journal.reason.clone(),
        job: Some(open.journal.job.clone()),
    };
    let answer = send_as(room, saving(held, &guide_after, OnConflict::Refuse), order).await?;
    Ok(if answer.operation.is_some() { Step::Changed } else { Step::Same })
}
