//! Comments belong to what they stand at: they are taken from one text and put to the same places of another one.

use std::collections::BTreeMap;

use super::GuideFile;
use super::matching::Matching;
use super::place::{Anchor, Entry};
use super::sheet::Sheet;
use super::source::Source;
use super::tree::Comment;
use super::write::sheet;
use crate::error::Result;

/// A file in the one form that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// The text, with all comments.
    pub text: String,
    /// Whether it was written otherwise.
    pub changed: bool,
}

/// A file with new content and the comments of the old one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blended {
    /// The text.
    pub text: String,
    /// The comments whose places are gone.
    pub lost: Vec<String>,
}

/// Writes a file in the one form, with the keys of rounds, categories and levels, and with its comments.
///
/// # Errors
///
/// As [`read`](super::read).
pub fn format(text: &str) -> Result<Formatted> {
    let source = Source::of(text);
    let mut sheet = sheet(&source.clone().adopted()?.file);
    let places = sheet.places();
    for held in held(&source, Some(&places)) {
        put(&mut sheet, &held, held.anchor(&source.entries).and_then(|anchor| places.get(anchor)));
    }
    let formatted = sheet.text();
    Ok(Formatted { changed: formatted != text, text: formatted })
}

/// Writes new content with the comments of an old text. An old text that says the same stays as it is, byte for byte.
#[must_use]
pub fn blend(old: &str, new: &GuideFile) -> Blended {
    let source = Source::of(old);
    if source.file() == Some(new) {
        return Blended { text: old.to_owned(), lost: Vec::new() };
    }
    let mut blended = sheet(new);
    if !source.whole {
        let lost = old.lines().map(str::trim).filter(|line| line.starts_with('#')).map(str::to_owned).collect();
        return Blended { text: blended.text(), lost };
    }
    let places = blended.places();
    let canonical = source.file().map(|file| sheet(file).places());
    // An item that was reworded in between may have another key here than there.
    let known = Source::over(old, &new.guide, Matching::Similar);
    let mut lost = Vec::new();
    for held in held(&source, canonical.as_ref()) {
        let place = |entries| held.anchor(entries).and_then(|anchor| places.get(anchor));
        if !put(&mut blended, &held, place(&source.entries).or_else(|| place(&known.entries))) {
            lost.push(held.text.clone());
        }
    }
    Blended { text: blended.text(), lost }
}

/// The first and the last line of everything on a sheet.
type Lines = BTreeMap<Anchor, (usize, usize)>;

/// Where a comment is held. Entries are named by their number in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    Head,
    Above(usize),
    Beside(usize),
    /// After all of it: the last comment of a list, or what stands there instead of an item.
    Below(usize),
    Foot,
}

struct Held {
    hold: Hold,
    text: String,
}

impl Held {
    fn anchor<'a>(&self, entries: &'a [Entry]) -> Option<&'a Anchor> {
        match self.hold {
            Hold::Above(entry) | Hold::Beside(entry) | Hold::Below(entry) => entries.get(entry).map(|entry| &entry.anchor),
            Hold::Head | Hold::Foot => None,
        }
    }
}

/// All comments of a text. If the places of its own sheet are given, each is held by one of them.
fn held(source: &Source, places: Option<&Lines>) -> Vec<Held> {
    let stands = |entry: &Entry| places.is_none_or(|places| places.contains_key(&entry.anchor));
    let settled = |hold| settled(hold, &source.entries, stands);
    source.comments.iter().map(|comment| Held { hold: settled(hold(comment, &source.entries)), text: comment.text.clone() }).collect()
}

fn hold(comment: &Comment, entries: &[Entry]) -> Hold {
    let next = entries.partition_point(|entry| entry.start < comment.start);
    let Some(mut before) = next.checked_sub(1) else { return Hold::Head };
    let holder = |entry: usize| entries.get(entry).and_then(|entry| entry.holder);
    let column = |entry: usize| entries.get(entry).map_or(1, |entry| entry.start.column);
    // Behind a bracket it is about what the brackets hold together.
    while let Some(outer) = holder(before)
        && entries.get(outer).and_then(|outer| outer.closed).is_some_and(|end| end <= comment.start)
    {
        before = outer;
    }
    if !comment.alone {
        return Hold::Beside(before);
    }
    // One that is further in than what follows is the end of what came before.
    let limit = column(next);
    while let Some(outer) = holder(before)
        && column(before) > comment.start.column
        && column(outer) > limit
    {
        before = outer;
    }
    if comment.start.column > limit && column(before) > limit {
        Hold::Below(before)
    } else if next < entries.len() {
        Hold::Above(next)
    } else {
        Hold::Foot
    }
}

/// What is not written in the one form, such as a field without a value, leaves its comments to what it stands in, or to what follows.
fn settled(hold: Hold, entries: &[Entry], stands: impl Fn(&Entry) -> bool) -> Hold {
    let (Hold::Above(entry) | Hold::Beside(entry) | Hold::Below(entry)) = hold else { return hold };
    let mut at = Some(entry);
    while let Some(found) = at.and_then(|at| entries.get(at)) {
        if stands(found) {
            break;
        }
        at = found.holder;
    }
    let follows = || entries.iter().enumerate().skip(entry).find(|(_, entry)| stands(entry)).map(|(at, _)| at);
    match (hold, at) {
        (Hold::Above(_), Some(at)) => Hold::Above(at),
        (Hold::Beside(_), Some(at)) => Hold::Beside(at),
        (Hold::Below(_), Some(at)) => Hold::Below(at),
        (_, _) => follows().map_or(Hold::Foot, Hold::Above),
    }
}

/// Puts a comment to its place, if that is there. A line has room for one comment beside it; more stand above.
fn put(sheet: &mut Sheet, held: &Held, place: Option<&(usize, usize)>) -> bool {
    let text = held.text.clone();
    match held.hold {
        Hold::Head => sheet.head.push(text),
        Hold::Foot => sheet.foot.push(text),
        Hold::Below(_) => match place.and_then(|(_, last)| sheet.lines.get_mut(*last)) {
            Some(line) if line.indent > 0 => line.below.push(text),
            // Nothing is further out, so it stands above what follows.
            Some(_) => match place.and_then(|(_, last)| sheet.lines.iter_mut().skip(last + 1).find(|line| !line.text.is_empty())) {
                Some(line) => line.above.push(text),
                None => sheet.foot.push(text),
            },
            None => return false,
        },
        Hold::Above(_) | Hold::Beside(_) => match place.and_then(|(first, _)| sheet.lines.get_mut(*first)) {
            Some(line) if matches!(held.hold, Hold::Beside(_)) && line.beside.is_none() => line.beside = Some(text),
            Some(line) => line.above.push(text),
            None => return false,
        },
    }
    true
}
