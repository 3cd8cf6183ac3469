//! A plan for people and for programs.

use serde_json::{Value as Json, json};

use super::compare::Compared;
use super::item::{Action, Change, Item};
use crate::acts::counted;
use crate::documents::plan::Change as Told;
use crate::room::Room;
use crate::ui::{GREEN, RED, changes, paint};

/// The lines of what would change.
pub(crate) fn items(room: &Room, items: &[Item]) {
    let wide = items.iter().map(|item| item.slug.chars().count()).max().unwrap_or(0);
    for item in items {
        let slug = format!("{:wide$}", item.slug);
        let from = item.revision.map_or_else(|| "draft".to_owned(), |number| format!("r{number}"));
        let count = counted(item.changes.len(), "change", "changes");
        room.ui.tell(match item.action {
            Action::Create => paint(GREEN, format!("  + {slug}  new")),
            Action::Save => format!("  ~ {slug}  {from} -> {count}"),
            Action::Publish => format!("  ~ {slug}  {from} -> the draft, as it is, would be public"),
            Action::Archive => paint(RED, format!("  - {slug}  {from}, no file any more: archived")),
        });
        if item.action == Action::Save {
            let told: Vec<Told> = item.changes.iter().map(Told::from).collect();
            for line in changes(&room.ui, &told, false) {
                room.ui.tell(format!("    {line}"));
            }
        }
    }
}

/// The whole of it.
pub(crate) fn compared(room: &Room, compared: &Compared) {
    items(room, &compared.items);
    room.ui.tell(format!("  = {} unchanged", compared.unchanged));
    if !compared.behind.is_empty() {
        let one = compared.behind.len() == 1;
        let guides = counted(compared.behind.len(), "guide was", "guides were");
        let files = if one { "its file was not" } else { "their files were not" };
        room.ui.say(format!("note: {guides} changed at the target since the export, and {files}: {}", some(&compared.behind)));
    }
    if let Some(first) = compared.archived.first() {
        let guides = counted(compared.archived.len(), "archived guide has a file, and stays", "archived guides have files, and stay");
        room.ui.warn(&format!("{guides} as they are: {}", some(&compared.archived)), Some(&format!("greenroom company restore {first}")));
    }
    if let Some(first) = compared.drafted.first() {
        let guides = counted(compared.drafted.len(), "guide has an open draft", "guides have open drafts");
        let warning = format!("{guides}, and what is in it becomes public, too: {}", some(&compared.drafted));
        room.ui.warn(&warning, Some(&format!("greenroom diff {first}")));
    }
    if !compared.unready.is_empty() {
        let drafts = counted(compared.unready.len(), "draft", "drafts");
        room.ui.warn(&format!("{drafts} cannot be published yet: {}", some(&compared.unready)), Some("greenroom company check NAME"));
    }
}

/// The first few names.
pub(crate) fn some(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN { format!("{shown}, and {} more", names.len() - SHOWN) } else { shown }
}

/// One guide for programs.
pub(crate) fn json(item: &Item) -> Json {
    let changes: Vec<&Change> = item.changes.iter().collect();
    json!({ "company": item.slug, "action": item.action, "from": item.revision.map(|number| format!("r{number}")), "changes": changes })
}

#[cfg(test)]
mod tests {
    use super::some;

    #[test]
    fn a_long_list_of_names_is_cut() {
        let names: Vec<String> = (0..10).map(|number| number.to_string()).collect();
        assert_eq!(some(&names), "0, 1, 2, 3, 4, 5, 6, 7, and 2 more");
    }
}
