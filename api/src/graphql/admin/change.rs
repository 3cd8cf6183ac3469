//! Differences of guides as data.

use async_graphql::{Enum, SimpleObject};
use content::diff::{Change as Content, Spot as ContentSpot, Word as ContentWord};

/// What happened in a place.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "content::diff::Kind")]
pub enum ChangeKind {
    /// An item or a value that was not there.
    Added,
    /// An item, with all inside of it, or a value that is no longer there.
    Removed,
    /// Another value.
    Changed,
    /// Prose in other words.
    Reworded,
    /// An item in another list, or in another order than the rest of its list.
    Moved,
}

/// Whose words these are.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "content::diff::WordKind")]
pub enum WordKind {
    /// They are in both texts.
    Same,
    /// Only in the new one.
    Added,
    /// Only in the old one.
    Removed,
}

/// One difference.
#[derive(SimpleObject)]
pub(super) struct Change {
    /// Where: `interview_loop.tech-screen.duration`; for what was removed, where it was.
    path: String,
    /// What happened there.
    kind: ChangeKind,
    /// What was there, as people read it: `60m`, `35%`, `250k-330k`.
    from: Option<String>,
    /// What is there now.
    to: Option<String>,
    /// For what was reworded: the words of both, in runs.
    words: Vec<Word>,
    /// For what was moved: where it stood.
    place_from: Option<Spot>,
    /// For what was moved: where it stands now.
    place_to: Option<Spot>,
}

/// A run of words, without the blanks around it.
#[derive(SimpleObject)]
pub(super) struct Word {
    /// Whose words they are.
    kind: WordKind,
    /// The words.
    text: String,
}

/// A place in a list.
#[derive(SimpleObject)]
pub(super) struct Spot {
    /// The list.
    list: String,
    /// Which place of it, from 1.
    number: i32,
}

impl From<Content> for Change {
    fn from(change: Content) -> Self {
        let Content { path, kind, from, to, words, place_from, place_to } = change;
        let words = words.into_iter().map(|ContentWord { kind, text }| Word { kind: kind.into(), text }).collect();
        let spot = |ContentSpot { list, number }| Spot { list: list.to_string(), number: i32::try_from(number).unwrap_or(i32::MAX) };
        Self { path: path.to_string(), kind: kind.into(), from, to, words, place_from: place_from.map(spot), place_to: place_to.map(spot) }
    }
}
