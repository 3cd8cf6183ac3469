//! `greenroom status`: what waits for whoever asks: texts that were not sent, drafts, what is missing in them, a session that ends.

mod unsent;

use serde_json::json;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use crate::client::{Client, Keep};
use crate::documents::company::{
    CompanyFilter, CompanyOrder, CompanyOrderField, CompanyState, ListQuery, ListVariables, Listed, OrderDirection,
};
use crate::fault::Result;
use crate::job;
use crate::room::Room;
use unsent::Unsent;

/// So many guides are named; the rest is counted.
const SHOWN: usize = 10;

/// A session that ends sooner is mentioned.
const SOON: Duration = Duration::days(3);

/// What waits.
struct Waiting {
    /// Runs that can go on.
    jobs: usize,
    unsent: Vec<Unsent>,
    mine: Found,
    unready: Found,
    /// When the session ends, if that is soon.
    session_until: Option<String>,
}

/// Guides of one kind: the first of them, and how many there are.
struct Found {
    first: Vec<Listed>,
    count: usize,
}

pub(crate) async fn run(room: &Room) -> Result {
    let unsent = unsent::list(&room.settings.folders);
    let target = room.target()?.name;
    // What lies on this computer is told before anything that may not answer is asked.
    if !room.ui.is_for_programs() && !unsent.is_empty() {
        room.ui.out("Unsent edits");
        for line in unsent.iter().flat_map(|unsent| unsent.lines(room, &target)) {
            room.ui.out(line);
        }
    }
    let jobs = job::unfinished(&room.settings.folders);
    if !room.ui.is_for_programs() && !jobs.is_empty() {
        room.ui.out("Runs that can go on");
        for job in &jobs {
            room.ui.out(format!("  {}  {} of {} guides, {}", job.file, job.done, job.total, room.ui.when(&job.began_at)));
            room.ui.out(format!("    {} --resume {}", job.kind.command(), job.job));
        }
    }
    let identity = room.announce(false).await?;
    let client = room.client().await?;
    let open = || Some(vec![CompanyState::Draft, CompanyState::Changed]);
    let mine = CompanyFilter { state: open(), changed_by: Some(identity.name.clone()), ..CompanyFilter::default() };
    let unready = CompanyFilter { state: open(), ready: Some(false), ..CompanyFilter::default() };
    let waiting = Waiting {
        jobs: jobs.len(),
        unsent,
        mine: find(client, mine).await?,
        unready: find(client, unready).await?,
        session_until: soon(client.keep(), room.ui.now),
    };
    if room.ui.is_for_programs() {
        room.ui.object(&json!({
            "target": client.target.name, "address": identity.address, "as": identity.name, "role": identity.role,
            "jobs": jobs.iter().map(|job| json!({ "job": job.job, "kind": job.kind.word(), "file": job.file, "done": job.done, "total": job.total })).collect::<Vec<_>>(),
            "unsent": waiting.unsent.iter().map(Unsent::object).collect::<Vec<_>>(),
            "drafts": objects(&waiting.mine), "not_ready": objects(&waiting.unready), "session_until": waiting.session_until,
        }));
        return Ok(());
    }
    tell(room, &waiting, &client.target.name);
    Ok(())
}

async fn find(client: &Client, filter: CompanyFilter) -> Result<Found> {
    let order = CompanyOrder { field: CompanyOrderField::ChangedAt, direction: Some(OrderDirection::Desc) };
    let variables = ListVariables { first: i32::try_from(SHOWN).unwrap_or(10), after: None, filter: Some(filter), order: Some(order) };
    let ListQuery { companies } = client.ask(variables).await?;
    Ok(Found { first: companies.nodes, count: usize::try_from(companies.total_count).unwrap_or(0) })
}

/// When the session ends, if that is soon.
fn soon(keep: Option<&Keep>, now: OffsetDateTime) -> Option<String> {
    let until = keep?.entry().ok().flatten()?.until;
    OffsetDateTime::parse(&until, &Rfc3339).is_ok_and(|instant| instant - now < SOON).then_some(until)
}

fn objects(found: &Found) -> serde_json::Value {
    let object = |company: &Listed| {
        let draft = company.draft.as_ref();
        json!({
            "slug": company.slug, "name": company.name, "ready": draft.map(|draft| draft.ready),
            "changed_at": draft.map(|draft| &draft.updated_at.0), "changed_by": draft.map(|draft| &draft.updated_by),
        })
    };
    json!({ "count": found.count, "first": found.first.iter().map(object).collect::<Vec<_>>() })
}

fn tell(room: &Room, waiting: &Waiting, target: &str) {
    let ui = &room.ui;
    section(room, "Your drafts", &waiting.mine, "greenroom list --state draft --by me", |company, ready| {
        if ready { format!("greenroom publish {}", company.slug) } else { format!("greenroom company check {}", company.slug) }
    });
    section(room, "Drafts that cannot be published yet", &waiting.unready, "greenroom list --incomplete", |company, _| {
        company.draft.as_ref().map(|draft| draft.updated_by.clone()).unwrap_or_default()
    });
    if let Some(until) = &waiting.session_until {
        ui.out(format!("Your session ends {}. It is renewed by use, or: greenroom auth login -p {target}", ui.when(until)));
    }
    if waiting.unsent.is_empty() && waiting.jobs == 0 && waiting.mine.count == 0 && waiting.unready.count == 0 {
        ui.out("Nothing waits for you.");
    }
}

fn section(room: &Room, title: &str, found: &Found, all: &str, last: impl Fn(&Listed, bool) -> String) {
    if found.count == 0 {
        return;
    }
    room.ui.out(format!("{title} ({})", found.count));
    for company in &found.first {
        let draft = company.draft.as_ref();
        let (ready, at) = draft.map_or((false, String::new()), |draft| (draft.ready, room.ui.when(&draft.updated_at.0)));
        let line = format!("  {:<28} {at:<14} {}", company.slug, last(company, ready));
        room.ui.out(line.trim_end());
    }
    if found.count > found.first.len() {
        room.ui.out(format!("  {} more: {all}", found.count - found.first.len()));
    }
}
