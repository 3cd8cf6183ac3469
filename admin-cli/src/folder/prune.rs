//! Guides whose files are gone: those that were exported into this folder, or applied from it, and are still there.

use super::compare::PAGE;
use super::item::{Action, Item};
use super::lock::Lock;
use super::survey::Survey;
use crate::code::Code;
use crate::documents::company::{CompanyFilter, CompanyState, ListVariables, StandingInList, StandingsQuery};
use crate::fault::{Fault, Result};
use crate::room::Room;

/// What would be archived.
pub(crate) async fn prune(room: &Room, lock: Option<&Lock>, survey: &Survey) -> Result<Vec<Item>> {
    if survey.files.is_empty() {
        let fault = Fault::new(Code::FilesMissing, "there are no guide files here, and --prune would archive everything");
        return Err(fault.line("  Nothing was done."));
    }
    let Some(lock) = lock else {
        room.ui.warn("nothing is archived: no greenroom.lock says which guides of this target had files here", None);
        return Ok(Vec::new());
    };
    let gone: Vec<String> = lock.slugs().filter(|slug| !survey.files.contains_key(*slug)).map(str::to_owned).collect();
    let standing = standings(room, &gone).await?;
    let open = standing.into_iter().filter(|company| company.state != CompanyState::Archived);
    Ok(open
        .map(|company| Item {
            revision: company.published.map(|published| published.revision),
            ..Item::new(Action::Archive, &company.slug, Some(company.stamp.into()))
        })
        .collect())
}

/// Refuses to archive more guides than is allowed, unless the number is confirmed; then it is true, and nothing more needs to be asked. A protected
/// target asks for its name all the same, and `--confirm` is for that.
pub(crate) async fn confirmed(room: &Room, items: &[Item], most: usize) -> Result<bool> {
    let slugs: Vec<&str> = items.iter().filter(|item| item.action == Action::Archive).map(|item| item.slug.as_str()).collect();
    let count = slugs.len();
    if count <= most {
        return Ok(false);
    }
    let warning = format!("{count} guides have no file any more and would be archived, which is more than {most}.");
    let target = &room.client().await?.target;
    let named = target.protected && room.ui.confirm.is_some();
    if named || (!room.ui.asks && room.ui.confirm.is_none()) {
        let shown = slugs.iter().take(10).copied().collect::<Vec<_>>().join(", ");
        let more = if count > 10 { format!(", and {} more", count - 10) } else { String::new() };
        let fault = Fault::new(Code::PruneMany, warning).line(format!("  {shown}{more}")).line("  Nothing was done.");
        return Err(fault.next(if target.protected {
            format!("the same command with --max-archive {count} and --confirm {}", target.name)
        } else {
            format!("the same command with --confirm {count}, or with --max-archive {count}")
        }));
    }
    room.ui.confirm_word(&warning, &count.to_string()).map(|()| !target.protected)
}

/// How companies stand, by their slugs now.
pub(crate) async fn standings(room: &Room, slugs: &[String]) -> Result<Vec<StandingInList>> {
    let client = room.client().await?;
    let mut all = Vec::new();
    for chunk in slugs.chunks(PAGE) {
        let filter = Some(CompanyFilter { slugs: Some(chunk.to_vec()), ..CompanyFilter::default() });
        let first = i32::try_from(PAGE).unwrap_or(i32::MAX);
        let StandingsQuery { companies } = client.ask(ListVariables { first, after: None, filter, order: None }).await?;
        all.extend(companies.nodes);
    }
    Ok(all)
}
