//! Where somebody else changed the same places meanwhile: both sides are shown, and settled one by one. Then the whole is saved over what is there.

use content::guide::Guide;
use serde_json::Value as Json;

use crate::acts::{Act, perform, rehearse, value_words};
use crate::documents::company::{ByVariables, CompanyBy, FindingLevel, ReadinessQuery};
use crate::documents::edit::{Answer, Conflict, ConflictPlace, OnConflict, Order};
use crate::fault::{Fault, Result};
use crate::guides::{Held, saving};
use crate::kept::Origin;
use crate::room::Room;
use crate::ui::{BOLD, paint, path_words};

use super::base;

/// Asks for each place whose words shall stand, and saves what comes of it.
pub(super) async fn settle(room: &Room, origin: &Origin, yours: &Guide) -> Result<Answer> {
    let client = room.client().await?;
    let order = Order { dry_run: true, ..Order::default() };
    let answer = client.edit(saving(&base(origin), yours, OnConflict::Refuse), order).await?;
    let Some(conflict) = answer.conflicts.into_iter().next() else {
        // What was in the way is gone again.
        return perform(room, saving(&base(origin), yours, OnConflict::Refuse), &Act::light(false, "")).await;
    };
    let settled = ask(room, &conflict)?;
    let held = Held { stamp: conflict.stamp, guide: conflict.merged.clone().try_into()?, ..base(origin) };
    let edit = saving(&held, &settled, OnConflict::Refuse);
    rehearse(room, edit.clone(), "").await?;
    perform(room, edit, &Act::light(false, "")).await
}

fn ask(room: &Room, conflict: &Conflict) -> Result<Guide> {
    let merged: Guide = conflict.merged.clone().try_into()?;
    let mut json = serde_json::to_value(&merged).map_err(|error| misshapen(&error.to_string()))?;
    let count = crate::acts::counted(conflict.places.len(), "place was", "places were");
    room.ui.speak(&format!("{count} changed by both. Everything else is merged."));
    for place in &conflict.places {
        if chosen(room, place)? {
            let value = place.yours.as_ref().map(|json| json.0.clone());
            put(&mut json, &place.path, value).ok_or_else(|| misshapen(&place.path))?;
        }
    }
    serde_json::from_value(json).map_err(|error| misshapen(&error.to_string()))
}

fn misshapen(why: &str) -> Fault {
    Fault::new(crate::code::Code::Foreign, format!("the places cannot be put together: {why}"))
}

/// Whether yours shall stand in a place.
fn chosen(room: &Room, place: &ConflictPlace) -> Result<bool> {
    let words =
        |value: &Option<crate::documents::Json>| value.as_ref().map_or_else(|| "(not there)".to_owned(), |json| value_words(&json.0));
    let ui = &room.ui;
    ui.speak(&format!("\n  {}", paint(BOLD, path_words(&place.path))));
    ui.speak(&format!("    before  {}", words(&place.base)));
    ui.speak(&format!("    theirs  {}   ({}, {})", words(&place.theirs), place.by, ui.when(&place.at.0)));
    ui.speak(&format!("    yours   {}", words(&place.yours)));
    let choices = [("y", "yours"), ("t", "theirs"), ("s", "stop, keep the text")].map(|(mark, words)| (mark.to_owned(), words.to_owned()));
    match ui.choose("", &choices, 2, "a terminal")? {
        0 => Ok(true),
        1 => Ok(false),
        _ => Err(Fault {
            exit: 6,
            code: "CON-001".to_owned(),
            ..Fault::new(crate::code::Code::Kept, "the places that both changed are not settled")
        }),
    }
}

/// Puts a value into a guide by its path, through fields and through the keys of items; nothing takes it out.
fn put(guide: &mut Json, path: &str, value: Option<Json>) -> Option<()> {
    let mut segments: Vec<&str> = path.split('.').collect();
    let last = segments.pop()?;
    let mut place = guide;
    for segment in segments {
        place = match place {
            Json::Object(fields) => fields.entry(segment).or_insert_with(|| Json::Array(Vec::new())),
            Json::Array(items) => items.iter_mut().find(|item| is(item, segment))?,
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => return None,
        };
    }
    match (place, value) {
        (Json::Object(fields), Some(value)) => drop(fields.insert(field(last), value)),
        (Json::Object(fields), None) => drop(fields.remove(&field(last))),
        (Json::Array(items), value) => {
            let at = items.iter().position(|item| is(item, last));
            match (at, value) {
                (Some(at), Some(value)) => *items.get_mut(at)? = value,
                (Some(at), None) => drop(items.remove(at)),
                (None, Some(value)) => items.push(value),
                (None, None) => {}
            }
        }
        (Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_), _) => return None,
    }
    Some(())
}

/// The name of a field in the stored form, where paths have a shorter one.
fn field(segment: &str) -> String {
    match segment {
        "weight" => "weight_percent",
        "range" => "figures",
        other => other,
    }
    .to_owned()
}

fn is(item: &Json, label: &str) -> bool {
    item.get("key").and_then(Json::as_str) == Some(label)
        || item.get("week").and_then(Json::as_i64).is_some_and(|week| label.parse() == Ok(week))
}

/// What is still to do before the guide can be published.
pub(super) async fn what_is_left(room: &Room, company: &str) -> Result {
    let ReadinessQuery { company: found } = room.client().await?.ask(ByVariables { by: CompanyBy::from(company) }).await?;
    let Some(found) = found else { return Ok(()) };
    if found.readiness.ready {
        room.ui.say(format!("Next: greenroom publish {company}"));
        return Ok(());
    }
    let stopping = found.readiness.findings.iter().filter(|finding| finding.level != FindingLevel::Advice);
    for finding in stopping.clone().take(5) {
        room.ui.warn(&format!("{} {}: {}", finding.code, path_words(&finding.path), finding.message), None);
    }
    let more = stopping.count().saturating_sub(5);
    if more > 0 {
        room.ui.say(format!("{more} more: greenroom company check {company}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::put;

    #[test]
    fn a_value_finds_its_place_by_fields_and_keys() {
        let mut guide =
            json!({ "name": "A", "interview_loop": [{ "key": "screen", "title": "Screen", "tips": [{ "key": "t", "text": "x" }] }] });
        put(&mut guide, "interview_loop.screen.title", Some(json!("Call"))).unwrap();
        put(&mut guide, "interview_loop.screen.tips.t", None).unwrap();
        put(&mut guide, "question_categories.coding", Some(json!({ "key": "coding" }))).unwrap();
        put(&mut guide, "name", Some(json!("B"))).unwrap();
        let expected = json!({
            "name": "B",
            "interview_loop": [{ "key": "screen", "title": "Call", "tips": [] }],
            "question_categories": [{ "key": "coding" }],
        });
        assert_eq!(guide, expected);
        assert!(put(&mut guide, "name.deeper.still", None).is_none());
    }
}
