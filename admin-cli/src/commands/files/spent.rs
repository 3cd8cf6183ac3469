//! What is left to do of a plan: all of it, what an interrupted run did not come to, or nothing. Guides that somebody else moved make the whole of it
//! out of date.

use std::collections::{BTreeMap, BTreeSet};

use content::{OperationId, WireId};

use crate::code::Code;
use crate::documents::company::{CompanyState, StandingInList};
use crate::documents::operation::{OperationQuery, OperationVariables};
use crate::documents::plan::Stamp;
use crate::fault::{Fault, Result};
use crate::folder::item::{Action, Item, Seen};
use crate::folder::plan::{Plan, done, spent};
use crate::folder::prune::standings;
use crate::room::Room;

/// The items that are still to be done.
pub(super) async fn left(room: &Room, plan: &Plan, items: Vec<Item>, publish: bool) -> Result<Vec<Item>> {
    if let Some(used) = plan.used(room)? {
        return Err(spent(&room.ui.when(&used.at), &used.job));
    }
    let job = WireId::from(content::JobId(plan.job())).to_string();
    let operations = done(room, &job).await?;
    let known: BTreeSet<&str> = operations.iter().map(|operation| operation.id.inner()).collect();
    let slugs: Vec<String> = items.iter().map(|item| item.slug.clone()).collect();
    let standing: BTreeMap<String, StandingInList> =
        standings(room, &slugs).await?.into_iter().map(|company| (company.slug.clone(), company)).collect();
    let (all, mut left, mut faults) = (items.len(), Vec::new(), Vec::new());
    for item in items {
        let id = |what: &str| WireId::from(OperationId(plan.operation(&item.slug, what))).to_string();
        let was_done = |what: &str| known.contains(id(what).as_str());
        if was_done("publish") || was_done("archive") {
            continue;
        }
        let now = standing.get(&item.slug);
        if was_done("save") {
            if publish {
                let after = after(room, &id("save")).await?;
                let item = Item { action: Action::Publish, found: after.map(Seen::from), ..item };
                match moved(&item, now) {
                    Some(fault) => faults.push(fault.line(said(room, now))),
                    None => left.push(item),
                }
            }
            continue;
        }
        match moved(&item, now) {
            Some(fault) => faults.push(fault.line(said(room, now))),
            None => left.push(item),
        }
    }
    if let Some(fault) = Fault::all(faults) {
        return Err(fault
            .line("  Nothing was applied.")
            .next("greenroom plan")
            .next("greenroom export NAME, and look at the differences in git"));
    }
    match operations.first().filter(|_| left.is_empty() && all > 0) {
        Some(last) => Err(spent(&room.ui.when(&last.at.0), &job)),
        None => Ok(left),
    }
}

/// How a guide stood after an operation.
async fn after(room: &Room, id: &str) -> Result<Option<Stamp>> {
    let OperationQuery { operation } = room.client().await?.ask(OperationVariables { id: cynic::Id::new(id) }).await?;
    let company = operation.and_then(|operation| operation.plan.companies.into_iter().next());
    Ok(company.and_then(|company| company.after).map(|after| after.stamp))
}

/// That a guide is not as the plan found it.
fn moved(item: &Item, now: Option<&StandingInList>) -> Option<Fault> {
    let words = |seen: Option<Seen>| seen.map_or_else(|| "no such guide".to_owned(), |seen| format!("r{}, edit {}", seen.base, seen.edits));
    let archived = now.is_some_and(|now| now.state == CompanyState::Archived);
    let found = now.map(|now| Seen::from(now.stamp));
    if item.found == found && !archived {
        return None;
    }
    let now = if archived { "archived".to_owned() } else { words(found) };
    let message = format!("the plan is out of date: {} is {now} now, the plan counted on {}", item.slug, words(item.found));
    Some(Fault::new(Code::PlanOutdated, message).at(serde_json::json!({ "company": item.slug })))
}

/// Who changed it last, as far as that is known.
fn said(room: &Room, now: Option<&StandingInList>) -> String {
    let Some(now) = now else { return "  It was deleted, or renamed.".to_owned() };
    match (&now.draft, &now.published) {
        (Some(draft), _) => format!("  Saved by {}, {}.", draft.updated_by, room.ui.when(&draft.updated_at.0)),
        (None, Some(published)) => format!("  r{} was published {}.", published.revision, room.ui.when(&published.published_at.0)),
        (None, None) => "  It has no draft.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::moved;
    use crate::documents::company::{CompanyState, StandingInList};
    use crate::documents::plan::Stamp;
    use crate::folder::item::{Action, Item, Seen};

    #[test]
    fn a_guide_moved_when_it_is_not_as_the_plan_found_it() {
        let item = Item::new(Action::Save, "acorn", Some(Seen { base: 43, edits: 0 }));
        let now =
            |base, state| StandingInList { slug: "acorn".to_owned(), state, stamp: Stamp { base, edits: 0 }, published: None, draft: None };
        assert!(moved(&item, Some(&now(43, CompanyState::Published))).is_none());
        let fault = moved(&item, Some(&now(45, CompanyState::Published))).unwrap();
        assert_eq!(fault.message, "the plan is out of date: acorn is r45, edit 0 now, the plan counted on r43, edit 0");
        assert!(moved(&item, Some(&now(43, CompanyState::Archived))).is_some());
        assert!(moved(&item, None).is_some());
        assert!(moved(&Item::new(Action::Create, "acorn", None), None).is_none());
    }
}
