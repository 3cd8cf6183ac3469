//! A plan from a file is rehearsed before it is shown: what is agreed to are the changes that the server finds in it, not those that the file claims.

use super::item::{Action, Item};
use crate::acts::rehearse;
use crate::code::Code;
use crate::documents::edit::{Answer, Archive, CompanySeen, DraftSeen, Publish};
use crate::documents::plan::Stamp;
use crate::fault::{Fault, Result};
use crate::room::Room;

/// The items with the server's changes; all that it would refuse of them is one fault.
pub(crate) async fn rehearsed(room: &Room, items: Vec<Item>, (publish, reason): (bool, &str)) -> Result<Vec<Item>> {
    let bar = room.ui.bar("guides rehearsed", items.len());
    let (mut known, mut faults) = (Vec::new(), Vec::new());
    for item in items {
        bar.step(&item.slug);
        match one(room, &item, (publish, reason)).await {
            Ok(Some(answer)) => known.push(told(item, &answer)),
            Ok(None) => known.push(Item { changes: Vec::new(), ..item }),
            Err(fault) if matches!(fault.exit, 3 | 6 | 7) => faults.push(fault),
            Err(fault) => {
                bar.end();
                return Err(fault);
            }
        }
    }
    bar.end();
    match Fault::all(faults) {
        Some(fault) => Err(fault.line("  Nothing was applied.").next("greenroom plan")),
        None => Ok(known),
    }
}

/// What the server says of an item; nothing if nothing of it is sent.
async fn one(room: &Room, item: &Item, (publish, reason): (bool, &str)) -> Result<Option<Answer>> {
    let company = || item.slug.as_str().into();
    let found = item.found.map_or(Stamp { base: 0, edits: 0 }, Stamp::from).into();
    let answer = match (item.action, &item.guide) {
        (Action::Create, Some(guide)) => rehearse(room, item.creating(guide), reason).await,
        (Action::Save, Some(guide)) => rehearse(room, item.saving(guide), reason).await,
        (Action::Archive, _) => rehearse(room, Archive(vec![CompanySeen { company: company(), expect: Some(found) }]), reason).await,
        (Action::Publish, _) if publish => {
            rehearse(room, Publish::new(vec![DraftSeen { company: company(), expect: found }]), reason).await
        }
        (Action::Publish, _) => return Ok(None),
        (Action::Create | Action::Save, None) => {
            Err(Fault::new(Code::PlanUnreadable, format!("the plan does not say what {} would be", item.slug)))
        }
    };
    answer.map(Some)
}

fn told(item: Item, answer: &Answer) -> Item {
    let companies = &answer.plan.companies;
    let changes = companies.iter().flat_map(|company| &company.changes).map(Into::into).collect();
    let before = companies.first().and_then(|company| company.before.as_ref());
    Item { changes, revision: before.and_then(|before| before.revision), ..item }
}
