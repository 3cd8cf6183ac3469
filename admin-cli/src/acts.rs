//! How every edit is carried out: the same request is rehearsed, shown, agreed to and done; it has an id from the start, so that a lost answer is
//! asked for again and nothing is done twice.

use serde_json::{Value as Json, json};

use crate::code::Code;
use crate::documents::edit::{Answer, Conflict, Edit, Order, UserError};
use crate::documents::plan::{Change, CompanyPlan, Plan, Standing};
use crate::fault::{Fault, Result};
use crate::room::Room;
use crate::settings::fresh_id;
use crate::ui::{changes, path_words};

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

/// The lines of a plan, for people.
pub(crate) fn show(room: &Room, plan: &Plan) {
    let several = plan.companies.len() > 1;
    for company in &plan.companies {
        if several {
            room.ui.tell(standing_line(company));
        }
        let public = !company.public_changes.is_empty();
        for line in changes(&room.ui, if public { &company.public_changes } else { &company.changes }, false) {
            room.ui.tell(line);
        }
    }
    for subject in &plan.subjects {
        // The version of a user counts writes: it is for those who write, and tells nobody anything.
        let told: Vec<Change> = subject.changes.iter().filter(|change| change.path != "version").cloned().collect();
        for line in changes(&room.ui, &told, false) {
            room.ui.tell(line);
        }
    }
    for left in &plan.left {
        room.ui.tell(format!("  left alone, changed again since: {}: {}", left.subject, path_words(&left.path)));
    }
}

fn standing_line(company: &CompanyPlan) -> String {
    let slug = company.after.as_ref().or(company.before.as_ref()).map_or(company.name.as_str(), |standing| standing.slug.as_str());
    match (&company.before, &company.after) {
        (None, Some(_)) => format!("+ {slug}  new"),
        (Some(_), None) => format!("- {slug}  deleted"),
        _ => format!("~ {slug}  {} -> {}", state(company.before.as_ref()), state(company.after.as_ref())),
    }
}

/// How a company stands, in a word or two: `r42`, `r42, draft`.
pub(crate) fn state(standing: Option<&Standing>) -> String {
    let Some(standing) = standing else { return "nothing".to_owned() };
    let revision = standing.revision.map(|number| format!("r{number}"));
    let draft = standing.has_draft.then(|| "draft".to_owned());
    let archived = standing.archived.then(|| "archived".to_owned());
    let words: Vec<String> = [revision, draft, archived].into_iter().flatten().collect();
    if words.is_empty() { "not published".to_owned() } else { words.join(", ") }
}

/// Tells what came of an edit: to people the plan and a line, to programs one object.
pub(crate) fn tell(room: &Room, answer: &Answer, act: &Act, headline: &str) {
    if room.ui.is_for_programs() {
        return result(room, answer, act.dry_run);
    }
    room.ui.tell(headline);
    // What was agreed to has been shown already.
    if act.dry_run || act.weight == Weight::Light {
        show(room, &answer.plan);
    }
    if act.dry_run {
        return room.ui.tell("Nothing was written.");
    }
    if let Some(operation) = &answer.operation {
        room.ui.say(format!("Undo: greenroom undo {}", operation.id.inner()));
    }
}

/// The result for programs.
fn result(room: &Room, answer: &Answer, dry_run: bool) {
    let operation = answer.operation.as_ref().map(|operation| operation.id.inner().to_owned());
    let (changed, same): (Vec<_>, Vec<_>) = answer
        .plan
        .companies
        .iter()
        .partition(|company| company.before != company.after || !company.changes.is_empty() || !company.public_changes.is_empty());
    if room.ui.format == crate::line::Format::Ids {
        for company in changed {
            room.ui.out(slug(company));
        }
        for subject in &answer.plan.subjects {
            room.ui.out(&subject.subject);
        }
        return;
    }
    let undo = operation.as_ref().map(|id| format!("greenroom undo {id}"));
    room.ui.object(&json!({
        "format": "greenroom/result@1",
        "operation": operation,
        "dry_run": dry_run,
        "changed": changed.iter().map(|company| company_json(company)).collect::<Vec<_>>(),
        "unchanged": same.iter().map(|company| slug(company)).collect::<Vec<_>>(),
        "subjects": answer.plan.subjects.iter().map(|subject| json!({ "subject": subject.subject, "changes": changes_json(&subject.changes) })).collect::<Vec<_>>(),
        "left": answer.plan.left.iter().map(|left| json!({ "subject": left.subject, "path": left.path })).collect::<Vec<_>>(),
        "failed": [],
        "undo": undo,
    }));
}

fn slug(company: &CompanyPlan) -> String {
    company.after.as_ref().or(company.before.as_ref()).map_or_else(|| company.name.clone(), |standing| standing.slug.clone())
}

fn company_json(company: &CompanyPlan) -> Json {
    let place = |standing: &Option<Standing>| standing.as_ref().map(|standing| state(Some(standing)));
    let changes = changes_json(company.changes.iter().chain(&company.public_changes));
    json!({ "company": slug(company), "from": place(&company.before), "to": place(&company.after), "changes": changes })
}

fn changes_json<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Vec<Json> {
    let object = |change: &Change| json!({ "path": change.path, "kind": format!("{:?}", change.kind).to_lowercase(), "from": change.from, "to": change.to });
    changes.into_iter().map(object).collect()
}
