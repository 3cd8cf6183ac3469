//! What came of an edit: to people its plan and a line, to programs one object.

use serde_json::{Value as Json, json};

use super::{Act, Weight};
use crate::documents::edit::Answer;
use crate::documents::plan::{Change, CompanyPlan, Plan, Standing};
use crate::room::Room;
use crate::ui::{changes, path_words};

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
    let mut object = json!({
        "format": "greenroom/result@1",
        "operation": operation,
        "dry_run": dry_run,
        "changed": changed.iter().map(|company| company_json(company)).collect::<Vec<_>>(),
        "unchanged": same.iter().map(|company| slug(company)).collect::<Vec<_>>(),
        "subjects": answer.plan.subjects.iter().map(|subject| json!({ "subject": subject.subject, "changes": changes_json(&subject.changes) })).collect::<Vec<_>>(),
        "left": answer.plan.left.iter().map(|left| json!({ "subject": left.subject, "path": left.path })).collect::<Vec<_>>(),
        "failed": [],
        "undo": undo,
    });
    // It is there only where somebody said that it shall be.
    if let Some(secret) = &answer.secret {
        object["secret"] = json!(secret.reveal());
    }
    room.ui.object(&object);
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
