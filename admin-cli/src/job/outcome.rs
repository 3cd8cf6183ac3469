//! What came of a job, for people and for programs, and what can be typed next.

use serde_json::json;

use super::journal::{Open, Step};
use super::planning::Planned;
use super::problems;
use super::rows::Row;
use super::run::Ended;
use crate::acts::counted;
use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::line::Format;
use crate::room::Room;

/// The command that goes on with a job.
pub(super) fn resume(open: &Open) -> String {
    format!("{} --resume {}", open.journal.kind.command(), open.journal.job)
}

/// Tells how a run ended. What is not done of it is a fault, so that the exit code says so.
pub(super) fn tell(room: &Room, open: Open, ended: Ended) -> Result {
    let (job, done, total) = (open.journal.job.clone(), open.done(), open.journal.tasks.len());
    let (resume, undo) = (resume(&open), format!("greenroom undo {job}"));
    let on = |fault: Fault| {
        let fault = fault.next(resume.clone());
        let fault = if done == 0 { fault } else { fault.next(format!("{undo}   takes back what is done")) };
        fault.details(json!({ "job": job, "done": done, "total": total }))
    };
    let so_far = format!("{done} of {} are done and stay; no guide is half-written", counted(total, "guide", "guides"));
    let failed = match ended {
        Ended::Stopped => return Err(on(Fault::new(Code::Stopped, format!("stopped: {so_far}")))),
        Ended::Broken(fault) => return Err(on(fault.line(format!("  {so_far}.")))),
        Ended::Through(failed) => failed,
    };
    result(room, &open, &failed);
    let (skipped, file) = (open.journal.skipped.len(), open.journal.problems.clone());
    let lasting = failed.is_empty();
    if lasting {
        open.end()?;
    }
    if lasting && skipped == 0 {
        return Ok(());
    }
    let mut fault = Fault::new(Code::Partly, format!("{} not done", counted(failed.len() + skipped, "guide is", "guides are")));
    if let Some(file) = file {
        fault = fault.line(format!("  {skipped} skipped for their rows: {file}")).next(format!("correct {file}, and import it"));
    }
    if !lasting {
        fault = on(fault.line(format!("  {} refused, each for its own reason", failed.len())));
    }
    fault.also = failed.into_iter().map(|(company, fault)| named(&company, fault)).collect();
    Err(fault)
}

fn result(room: &Room, open: &Open, failed: &[(String, Fault)]) {
    let journal = &open.journal;
    let of = |wanted: Step| -> Vec<&str> {
        let tasks = journal.tasks.iter().enumerate().filter(|(guide, _)| open.steps.get(guide) == Some(&wanted));
        tasks.map(|(_, task)| task.company.as_str()).collect()
    };
    let (changed, mut same) = (of(Step::Changed), of(Step::Same));
    same.extend(journal.same.iter().map(String::as_str));
    match room.ui.format {
        Format::Ids => changed.iter().for_each(|slug| room.ui.out(slug)),
        Format::Table => {
            let file = journal.problems.as_deref().map(|file| format!(" ({file})")).unwrap_or_default();
            let skipped = if journal.skipped.is_empty() { String::new() } else { format!(", {} skipped{file}", journal.skipped.len()) };
            let refused = if failed.is_empty() { String::new() } else { format!(", {} refused", failed.len()) };
            room.ui.tell(format!(
                "{} changed, {} unchanged{skipped}{refused}. {}",
                counted(changed.len(), "guide", "guides"),
                same.len(),
                journal.job
            ));
            if !changed.is_empty() {
                let reason = if journal.reason.is_empty() { "..." } else { &journal.reason };
                room.ui.say(format!("Next: greenroom list --operation {} -o ids | greenroom publish - -m {reason:?}", journal.job));
                room.ui.say(format!("Undo: greenroom undo {}", journal.job));
            }
        }
        Format::Json | Format::Jsonl | Format::Yaml | Format::Csv => room.ui.object(&json!({
            "format": "greenroom/result@1",
            "job": journal.job,
            "dry_run": false,
            "changed": changed,
            "unchanged": same,
            "skipped": journal.skipped,
            "problems": journal.problems,
            "failed": failed.iter().map(|(company, fault)| json!({ "company": company, "error": fault.json() })).collect::<Vec<_>>(),
            "undo": format!("greenroom undo {}", journal.job),
        })),
    }
}

/// Tells what a rehearsal came to.
pub(super) fn rehearsed(room: &Room, planned: &Planned, rows: &[Row<'_>], failed: Vec<(String, Fault)>) -> Result {
    let would = planned.tasks.iter().map(|task| task.company.as_str()).filter(|slug| failed.iter().all(|(other, _)| other != slug));
    match room.ui.format {
        Format::Ids => would.for_each(|slug| room.ui.out(slug)),
        Format::Table => {
            room.ui.tell(problems::summary(planned));
            room.ui.tell("Nothing was written.");
        }
        Format::Json | Format::Jsonl | Format::Yaml | Format::Csv => room.ui.object(&json!({
            "format": "greenroom/result@1",
            "dry_run": true,
            "changed": would.collect::<Vec<_>>(),
            "unchanged": planned.same,
            "skipped": planned.bad,
            "rows": problems::json(rows),
            "failed": failed.iter().map(|(company, fault)| json!({ "company": company, "error": fault.json() })).collect::<Vec<_>>(),
        })),
    }
    let Some(mut fault) =
        (!failed.is_empty()).then(|| Fault::new(Code::Partly, format!("{} would be refused", counted(failed.len(), "guide", "guides"))))
    else {
        return Ok(());
    };
    fault.also = failed.into_iter().map(|(company, fault)| named(&company, fault)).collect();
    Err(fault)
}

/// A refusal with the company that it is about, said once.
fn named(company: &str, fault: Fault) -> Fault {
    let said = fault.message.starts_with(company);
    if said { fault } else { Fault { message: format!("{company}: {}", fault.message), ..fault } }
}
