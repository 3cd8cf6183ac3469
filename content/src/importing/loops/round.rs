//! The parts of a round by their labels, and what a line of focus looks like.

use crate::fold::fold;
use crate::guide::limits;
use crate::importing::lists;

/// A part of a round that says its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Duration,
    Focus,
    Tips,
}

/// The label of a line and what follows it.
pub(super) fn label(text: &str) -> (Option<Label>, &str) {
    let (name, rest) = text.split_once(':').unwrap_or((text, ""));
    if name.len() > 30 {
        return (None, text);
    }
    let label = match fold(name).as_str() {
        "duration" | "length" | "time" | "how long" | "takes" => Label::Duration,
        "focus" | "topics" | "focus areas" | "focus area" | "what they test" | "what they assess" | "covers" | "about"
        | "what it covers" | "what they look for" | "themes" | "skills" => Label::Focus,
        "tips" | "tip" | "advice" | "how to prepare" | "prep tips" | "insider tips" | "preparation" => Label::Tips,
        _ => return (None, text),
    };
    (Some(label), rest.trim())
}

/// Whether a line may say what a round is about: entries of a few words, no sentence.
pub(super) fn about(text: &str) -> bool {
    let entries = lists::split(text);
    let short = entries.iter().all(|entry| entry.chars().count() <= limits::TAG);
    short && !entries.is_empty() && !text.ends_with(['.', '!', '?']) && !text.contains(". ")
}
