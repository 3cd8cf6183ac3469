//! What changes, as people read it: a sign, the place in words, what was there and what is there now.

use super::{GREEN, RED, Ui, paint, plain};
use crate::documents::plan::{Change, ChangeKind, Spot, Word, WordKind};

/// `interview_loop.tech-screen.duration` as people read it: `interview_loop > tech-screen > duration`.
pub(crate) fn path_words(path: &str) -> String {
    if path.is_empty() { "the guide".to_owned() } else { plain(path).replace('.', " > ") }
}

/// The lines of changes.
pub(crate) fn changes(ui: &Ui, changes: &[Change], words: bool) -> Vec<String> {
    let paths: Vec<String> = changes.iter().map(|change| path_words(&change.path)).collect();
    // Values stand under each other, unless a path is so long that there would be no room for them.
    let wide = paths.iter().map(|path| path.chars().count()).filter(|length| *length <= 44).max().unwrap_or(0);
    changes.iter().zip(paths).flat_map(|(change, path)| lines(ui, change, &path, (wide, words))).collect()
}

fn lines(ui: &Ui, change: &Change, path: &str, (wide, words): (usize, bool)) -> Vec<String> {
    let from = plain(change.from.as_deref().unwrap_or_default());
    let to = plain(change.to.as_deref().unwrap_or_default());
    let gap = " ".repeat(wide.saturating_sub(path.chars().count()) + 2);
    let head = |sign: &str| format!("  {sign} {path}");
    match change.kind {
        ChangeKind::Added => vec![paint(GREEN, format!("{}{gap}{to}", head("+")).trim_end())],
        ChangeKind::Removed => vec![paint(RED, format!("{}{gap}{from}", head("-")).trim_end())],
        ChangeKind::Changed => vec![format!("{}{gap}{} -> {}", head("~"), empty(&from), empty(&to))],
        ChangeKind::Moved => vec![format!("{}{gap}{} -> {}", head("~"), spot(change.place_from.as_ref()), spot(change.place_to.as_ref()))],
        ChangeKind::Reworded if from.is_empty() => vec![paint(GREEN, format!("{}{gap}{to}", head("+")))],
        ChangeKind::Reworded if words => vec![head("~"), format!("      {}", marked(&change.words))],
        ChangeKind::Reworded if ui.accessible => vec![format!("{}, reworded. Old: {from} New: {to}", head("~"))],
        ChangeKind::Reworded => {
            vec![head("~"), format!("      {}", paint(RED, format!("- {from}"))), format!("      {}", paint(GREEN, format!("+ {to}")))]
        }
    }
}

fn empty(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}

fn spot(spot: Option<&Spot>) -> String {
    spot.map_or_else(|| "?".to_owned(), |spot| format!("place {} of {}", spot.number, path_words(&spot.list)))
}

/// A sentence with what came and what went in brackets.
fn marked(words: &[Word]) -> String {
    let parts = words.iter().map(|word| (word.kind, plain(&word.text))).map(|(kind, text)| match kind {
        WordKind::Same => text.into_owned(),
        WordKind::Added => paint(GREEN, format!("[+{text}+]")),
        WordKind::Removed => paint(RED, format!("[-{text}-]")),
    });
    parts.collect::<Vec<_>>().join(" ")
}
