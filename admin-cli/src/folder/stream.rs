//! Guides of the target, fifty at a time: each is handed on and forgotten, so memory does not grow with their number.

use super::compare::PAGE;
use super::prune::standings;
use crate::commands::unknown;
use crate::documents::company::{CompanyFilter, CompanyState, GuideAt, GuidesQuery, GuidesVariables, HeldInList};
use crate::fault::{Fault, Result};
use crate::guides::find_at;
use crate::room::Room;

/// The names as the target has them now. All that are unknown are told at once.
pub(crate) async fn known(room: &Room, names: &[String]) -> Result<Vec<String>> {
    let client = room.client().await?;
    let found: std::collections::BTreeSet<String> = standings(room, names).await?.into_iter().map(|company| company.slug).collect();
    let (mut known, mut faults) = (Vec::new(), Vec::new());
    for name in names {
        if found.contains(name) {
            known.push(name.clone());
            continue;
        }
        match find_at(client, name, None).await? {
            Some(held) => known.push(held.slug),
            None => faults.push(unknown(client, name).await),
        }
    }
    Fault::all(faults).map_or(Ok(known), Err)
}

/// Hands on all guides that are not archived, or those with these slugs.
pub(crate) async fn guides(
    room: &Room,
    slugs: Option<&[String]>,
    at: Option<&GuideAt>,
    mut each: impl FnMut(HeldInList) -> Result,
) -> Result {
    let open = || CompanyFilter {
        state: Some(vec![CompanyState::Published, CompanyState::Changed, CompanyState::Draft]),
        ..CompanyFilter::default()
    };
    let named = |slugs: &[String]| CompanyFilter { slugs: Some(slugs.to_vec()), ..CompanyFilter::default() };
    let filters: Vec<CompanyFilter> = slugs.map_or_else(|| vec![open()], |slugs| slugs.chunks(PAGE).map(named).collect());
    let mut bar = slugs.map(|slugs| room.ui.bar("guides", slugs.len()));
    let client = room.client().await?;
    let first = i32::try_from(PAGE).unwrap_or(i32::MAX);
    for filter in filters {
        let mut after = None;
        loop {
            let variables = GuidesVariables { first, after, filter: Some(filter.clone()), at: at.cloned() };
            let GuidesQuery { companies } = client.ask(variables).await?;
            let total = usize::try_from(companies.total_count).unwrap_or_default();
            let bar = bar.get_or_insert_with(|| room.ui.bar("guides", total));
            for held in companies.nodes {
                bar.step(&held.slug.clone());
                each(held)?;
            }
            if !companies.page_info.has_next_page {
                break;
            }
            after = companies.page_info.end_cursor;
        }
    }
    if let Some(bar) = bar {
        bar.end();
    }
    Ok(())
}
