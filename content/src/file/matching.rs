//! Which item of a file is which item of the guide that it was written from, where the file does not say.

use std::collections::{BTreeMap, VecDeque};

use entity::Key;

use crate::finding::Path;
use crate::fold::tidy;
use crate::likeness::{self, Comparable};

/// How far an item without a key is looked for in the guide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Matching {
    /// Only the key counts: one that stands in the file, or the one that follows from the text.
    Key,
    /// The same text counts too, but for blanks, quotes and case.
    Exact,
    /// A text that is much alike counts too, inside of the same list.
    #[default]
    Similar,
}

/// An item that got the key of another text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The item.
    pub path: Path,
    /// What made it the same.
    pub how: How,
}

/// What made two texts the same item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Only blanks, quotes or case differ.
    Exact,
    /// They are much alike: so many percent.
    Similar(u8),
}

/// What the texts of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Sentences: a figure in them may change.
    Texts,
    /// Titles: another figure is another item, as in `Interview 1` and `Interview 2`.
    Titles,
    /// Levels of seniority: nearly the same words are another level, so only the same words count.
    Levels,
}

/// An item of the file: its text, and the key that follows from it.
pub(super) struct New {
    pub(super) text: String,
    pub(super) follows: Option<Key>,
}

/// An item of the guide that nobody else is.
pub(super) struct Known<'a> {
    pub(super) key: &'a Key,
    pub(super) text: &'a str,
}

/// For each item of the file which one of the guide it is, and how that was found out if the text is another one. Each is met once at most.
pub(super) fn matched(news: &[New], known: &[Known<'_>], sort: Sort, matching: Matching) -> Vec<Option<(usize, Option<How>)>> {
    let mut pairs = Pairs { found: vec![None; news.len()], free: vec![true; known.len()] };
    for (form, how) in [(tidy as fn(&str) -> String, None), (normal, Some(How::Exact))] {
        pairs.equal(news, known, form, (how, matching));
    }
    if matching == Matching::Similar && sort != Sort::Levels {
        pairs.similar(news, known, sort);
    }
    pairs.found
}

/// A text without what does not make it another one: the number of its blanks, the form of its quotes, its case.
fn normal(text: &str) -> String {
    let plain = |sign: char| match sign {
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => '"',
        '\u{2018}'..='\u{201b}' | '\u{2039}' | '\u{203a}' | '`' => '\'',
        other => other,
    };
    tidy(&text.chars().map(plain).collect::<String>()).to_lowercase()
}

struct Pairs {
    found: Vec<Option<(usize, Option<How>)>>,
    free: Vec<bool>,
}

impl Pairs {
    fn equal(&mut self, news: &[New], known: &[Known<'_>], form: fn(&str) -> String, (how, matching): (Option<How>, Matching)) {
        let mut places: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
        for ((place, other), _) in known.iter().enumerate().zip(&self.free).filter(|(_, free)| **free) {
            places.entry(form(other.text)).or_default().push_back(place);
        }
        for (found, new) in self.found.iter_mut().zip(news).filter(|(found, _)| found.is_none()) {
            let Some(places) = places.get_mut(&form(&new.text)) else { continue };
            let wanted =
                |place: &usize| matching != Matching::Key || known.get(*place).is_some_and(|other| new.follows.as_ref() == Some(other.key));
            let Some(place) = places.iter().position(wanted).and_then(|at| places.remove(at)) else { continue };
            *found = Some((place, how));
            if let Some(free) = self.free.get_mut(place) {
                *free = false;
            }
        }
    }

    fn similar(&mut self, news: &[New], known: &[Known<'_>], sort: Sort) {
        let open = news.iter().enumerate().zip(&self.found).filter(|(_, found)| found.is_none());
        let open: Vec<_> = open.map(|((at, new), _)| (at, Comparable::of(normal(&new.text)))).collect();
        let free = known.iter().enumerate().zip(&self.free).filter(|(_, free)| **free);
        let free: Vec<_> = free.map(|((place, other), _)| (place, Comparable::of(normal(other.text)))).collect();
        for (at, place, alike) in likeness::pairs(&open, &free, sort == Sort::Titles) {
            if let Some(found) = self.found.get_mut(at) {
                *found = Some((place, Some(How::Similar(percent(alike)))));
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share between 0 and 1")]
fn percent(alike: f32) -> u8 {
    (alike * 100.0).floor() as u8
}
