//! From a table to a finished job: read, plan, tell what is wrong, ask, write the journal, carry it out.

use content::{JobId, WireId};

use super::journal::{Journal, Open};
use super::planning::{Planned, plan};
use super::rows::rows;
use super::run::{run, stops};
use super::{Kind, Table, outcome, pages, planning, problems};
use crate::acts::{agree, counted, rehearse};
use crate::code::Code;
use crate::documents::edit::OnConflict;
use crate::fault::{Fault, Result};
use crate::guides::saving;
use crate::room::Room;
use crate::settings::{fresh_id, wire};
use crate::sheet::Sheet;

/// Imports a table, or goes on with it. `adds`: items that are not there are added.
pub(crate) async fn import(room: &Room, kind: Kind, table: &Table, adds: bool) -> Result {
    if let Some(job) = &table.resume {
        return resume(room, kind, job).await;
    }
    let file = table.file.as_deref().unwrap_or("-");
    room.announce(table.dry.dry_run).await?;
    let sheet = Sheet::open(room, file, kind.fields(), &table.written)?;
    let mut rows = rows(kind, &sheet, adds);
    let planned = plan(room, &mut rows).await?;
    let problems = if planned.bad.is_empty() { None } else { Some(problems::write(&sheet, table, &rows, &planned)?) };
    if let Some(written) = &problems {
        if !table.skip_bad {
            return Err(problems::fault(kind, table, &rows, (&planned, written)));
        }
        if !room.ui.is_for_programs() {
            for line in problems::lines(kind, &rows) {
                room.ui.say(line);
            }
        }
    }
    if table.dry.dry_run {
        let failed = rehearsal(room, &planned, &table.reason.reason).await?;
        return outcome::rehearsed(room, &planned, &rows, failed);
    }
    if !planned.tasks.is_empty() {
        if !room.ui.is_for_programs() {
            room.ui.say(problems::summary(&planned));
        }
        let guides = counted(planned.tasks.len(), "guide", "guides");
        agree(room, &format!("Change the {} of {guides} (drafts, not published)?", kind.word())).await?;
    }
    let journal = journal(room, kind, (table, &sheet), (planned, problems)).await?;
    carry_out(room, Open::begin(&room.settings.folders, journal)?).await
}

/// Goes on with a job. It was agreed to when it began.
async fn resume(room: &Room, kind: Kind, job: &str) -> Result {
    let open = Open::again(&room.settings.folders, job)?;
    let identity = room.announce(false).await?;
    let journal = &open.journal;
    if journal.address != identity.address {
        let fault =
            Fault::new(Code::Usage, format!("{job} works on {} ({}), and this is {}", journal.target, journal.address, identity.address));
        return Err(fault.next(format!("{} -p {}", outcome::resume(&open), journal.target)));
    }
    if journal.kind != kind {
        return Err(Fault::new(Code::Usage, format!("{job} imports {}", journal.kind.word())).next(outcome::resume(&open)));
    }
    carry_out(room, open).await
}

async fn carry_out(room: &Room, mut open: Open) -> Result {
    let ended = run(room, &mut open).await?;
    outcome::tell(room, open, ended)
}

/// Rehearses every guide on the server: what it would refuse.
async fn rehearsal(room: &Room, planned: &Planned, reason: &str) -> Result<Vec<(String, Fault)>> {
    let client = room.client().await?;
    let bar = room.ui.bar("guides rehearsed", planned.tasks.len());
    let mut failed = Vec::new();
    for page in planned.tasks.chunks(pages::GUIDES) {
        let slugs: Vec<String> = page.iter().map(|task| task.company.clone()).collect();
        let held = pages::of_slugs(client, &slugs).await?;
        for task in page {
            bar.step(&task.company);
            let Some(held) = held.get(&task.company) else { continue };
            let Ok(Some(guide)) = planning::changed(&held.guide, &task.items) else { continue };
            match rehearse(room, saving(held, &guide, OnConflict::Refuse), reason).await {
                Ok(_) => {}
                Err(fault) if stops(&fault) => {
                    bar.end();
                    return Err(fault);
                }
                Err(fault) => failed.push((task.company.clone(), fault)),
            }
        }
    }
    bar.end();
    Ok(failed)
}

async fn journal(
    room: &Room,
    kind: Kind,
    (table, sheet): (&Table, &Sheet),
    (planned, problems): (Planned, Option<String>),
) -> Result<Journal> {
    let target = room.client().await?.target.name.clone();
    Ok(Journal {
        format: Journal::format(),
        job: WireId::from(JobId(fresh_id())).to_string(),
        kind,
        target,
        address: room.announce(false).await?.address.clone(),
        file: sheet.name.clone(),
        sha256: sheet.sha256.clone(),
        reason: table.reason.reason.clone(),
        began_at: wire(room.ui.now),
        same: planned.same,
        skipped: planned.bad.into_iter().filter(|slug| !slug.is_empty()).collect(),
        problems,
        tasks: planned.tasks,
    })
}
