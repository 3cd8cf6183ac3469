//! How every edit is carried out: the same request is rehearsed, shown, agreed to and done; it has an id from the start, so that a lost answer is
//! asked for again and nothing is done twice.

mod tell;

use serde_json::{Value as Json, json};

use crate::code::Code;
use crate::documents::edit::{Answer, Conflict, Edit, Order, UserError};
use crate::documents::plan::{CompanyPlan, Plan};
use crate::fault::{Fault, Result};
use crate::room::Room;
use crate::settings::fresh_id;
use crate::ui::path_words;

pub(crate) use tell::{show, state, tell};

/// How much is asked before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Nothing; undo is offered.
    Light,
    /// Whether to go on.
    Medium(String),
    /// For a word to be typed, after this warning.
    Heavy(String, String),
}

/// An edit that is about to be carried out.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) weight: Weight,
    pub(crate) dry_run: bool,
    pub(crate) reason: String,
    /// The job that it is a part of, if it is one of many.
    pub(crate) job: Option<String>,
}

impl Act {
    /// One that asks nothing.
    pub(crate) fn light(dry_run: bool, reason: impl Into<String>) -> Self {
        Self { weight: Weight::Light, dry_run, reason: reason.into(), job: None }
    }

    /// One that asks whether to go on.
    pub(crate) fn medium(dry_run: bool, reason: impl Into<String>, question: impl Into<String>) -> Self {
        Self { weight: Weight::Medium(question.into()), dry_run, reason: reason.into(), job: None }
    }

    /// One that asks for a word.
    pub(crate) fn heavy(dry_run: bool, reason: impl Into<String>, (warning, word): (String, String)) -> Self {
        Self { weight: Weight::Heavy(warning, word), dry_run, reason: reason.into(), job: None }
    }
}

/// Carries an edit out and tells what came of it. `headline` says it in a line, from the answer and whether it was done.
pub(crate) async fn carry_out<E: Edit + Clone>(
    room: &Room,
    edit: E,
    act: Act,
    headline: impl Fn(&Answer, bool) -> String,
) -> Result<Answer> {
    room.announce(act.dry_run).await?;
    let answer = perform(room, edit, &act).await?;
    tell(room, &answer, &act, &headline(&answer, act.dry_run));
    Ok(answer)
}

/// Carries an edit out, asking as its weight demands. What is in the way of it is a fault.
pub(crate) async fn perform<E: Edit + Clone>(room: &Room, edit: E, act: &Act) -> Result<Answer> {
    if act.dry_run {
        return rehearse(room, edit, &act.reason).await;
    }
    match &act.weight {
        Weight::Light => {}
        Weight::Medium(question) => {
            let rehearsed = rehearse(room, edit.clone(), &act.reason).await?;
            if nothing(&rehearsed.plan) {
                return Ok(rehearsed);
            }
            if !room.ui.is_for_programs() {
                show(room, &rehearsed.plan);
            }
            agree(room, question).await?;
        }
        Weight::Heavy(warning, word) => {
            rehearse(room, edit.clone(), &act.reason).await?;
            room.ui.confirm_word(warning, word)?;
        }
    }
    send(room, edit, (&act.reason, act.job.as_deref())).await
}

/// What the edit would change; a fault if something is in its way.
pub(crate) async fn rehearse<E: Edit>(room: &Room, edit: E, reason: &str) -> Result<Answer> {
    let order = Order { dry_run: true, reason: reason.to_owned(), ..Order::default() };
    refused(room.client().await?.edit(edit, order).await?)
}

/// Asks whether to go on; at a protected target for its name to be typed.
pub(crate) async fn agree(room: &Room, question: &str) -> Result {
    let target = &room.client().await?.target;
    if target.protected {
        room.ui.confirm_word(&format!("{question} This is {}.", target.name), &target.name)
    } else {
        room.ui.agree(question)
    }
}

/// Sends an edit for real. If the answer is lost it is asked for once more under the same id.
pub(crate) async fn send<E: Edit + Clone>(room: &Room, edit: E, (reason, job): (&str, Option<&str>)) -> Result<Answer> {
    let (operation, job) = (Some(fresh_id().to_string()), job.map(str::to_owned));
    send_as(room, edit, Order { operation, dry_run: false, reason: reason.to_owned(), job }).await
}

/// Sends an edit for real under an id that was fixed before: whatever was done under it before is not done again.
pub(crate) async fn send_as<E: Edit + Clone>(room: &Room, edit: E, order: Order) -> Result<Answer> {
    let client = room.client().await?;
    let id = order.operation.clone().unwrap_or_default();
    let answer = match client.edit(edit.clone(), order.clone()).await {
        Err(fault) if fault.exit == 9 => client
            .edit(edit, order)
            .await
            .map_err(|fault| fault.line("  Whether it was done is not known.").next(format!("greenroom log show {id}"))),
        other => other,
    }?;
    refused(answer)
}

/// Whether a plan changes nothing.
pub(crate) fn nothing(plan: &Plan) -> bool {
    let same = |company: &CompanyPlan| company.before == company.after && company.changes.is_empty() && company.public_changes.is_empty();
    plan.companies.iter().all(same) && plan.subjects.iter().all(|subject| subject.changes.is_empty())
}

/// Turns what is in the way into a fault, all of it at once.
pub(crate) fn refused(answer: Answer) -> Result<Answer> {
    let conflicts = answer.conflicts.iter().map(conflict);
    let errors = answer.user_errors.iter().filter(|error| error.code != "CON-001" || answer.conflicts.is_empty()).map(told);
    match Fault::all(conflicts.chain(errors).collect()) {
        Some(fault) => Err(fault),
        None => Ok(answer),
    }
}

fn told(error: &UserError) -> Fault {
    let fault = Fault::told(&error.code, error.message.as_str());
    let place = match (&error.company, error.path.as_str()) {
        (None, "") => return fault,
        (None, path) => path_words(path),
        (Some(company), "") => company.clone(),
        (Some(company), path) => format!("{company}: {}", path_words(path)),
    };
    fault.line(format!("  {place}")).at(json!({ "company": error.company, "path": error.path }))
}

/// What somebody else did in the same places, side by side.
fn conflict(conflict: &Conflict) -> Fault {
    let by = conflict.places.first().map_or("somebody", |place| place.by.as_str());
    let message = format!(
        "{by} changed {} since you looked, in {}",
        conflict.company,
        counted(conflict.places.len(), "of your places", "of your places")
    );
    let mut fault = Fault::new(Code::Kept, message);
    "CON-001".clone_into(&mut fault.code);
    fault.exit = 6;
    for place in &conflict.places {
        fault = fault.line(format!("  {}", path_words(&place.path)));
        let words =
            |value: &Option<crate::documents::Json>| value.as_ref().map_or_else(|| "(not there)".to_owned(), |json| value_words(&json.0));
        fault = fault.line(format!("    before  {}", words(&place.base)));
        fault = fault.line(format!("    {by}  {}", words(&place.theirs)));
        fault = fault.line(format!("    yours   {}", words(&place.yours)));
    }
    let places: Vec<&str> = conflict.places.iter().map(|place| place.path.as_str()).collect();
    fault.at(json!({ "company": conflict.company })).details(json!({ "places": places }))
}

/// A value of a guide on one line.
pub(crate) fn value_words(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(value_words).collect::<Vec<_>>().join(", "),
        Json::Object(fields) => object_words(fields).unwrap_or_else(|| value.to_string()),
        Json::Null => "nothing".to_owned(),
        Json::Bool(_) | Json::Number(_) => value.to_string(),
    }
}

/// An item by its words, a duration or a range as the file writes it.
fn object_words(fields: &serde_json::Map<String, Json>) -> Option<String> {
    if let Some(words) = ["text", "title", "name", "level"].iter().find_map(|name| fields.get(*name)?.as_str()) {
        return Some(words.to_owned());
    }
    let value = || Json::Object(fields.clone());
    let duration =
        serde_json::from_value::<content::guide::MinuteRange>(value()).ok().filter(|_| fields.len() == 2 && fields.contains_key("max"));
    let figures = || serde_json::from_value::<content::money::Figures>(value()).ok();
    duration
        .filter(|range| range.max <= content::guide::limits::MINUTES)
        .map(|range| range.to_string())
        .or_else(|| figures().map(|figures| figures.to_string()))
}

/// `1 guide`, `2 guides`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
