//! The plain lists: highlights, focus areas, tips, red flags, traits, sources.

use super::super::matching::Kind;
use super::super::page::{Field, Page, Said};
use super::merge::{Into, Merged, merge};
use super::{Outcome, Planner, counted};
use crate::finding::Path;
use crate::guide::{Guide, Line, limits};

/// A list, its nouns, and where it stands on a page and in a guide.
struct List {
    field: Field,
    nouns: (&'static str, &'static str),
    of_page: fn(&Page) -> &[Said<String>],
    of_guide: fn(&mut Guide) -> &mut Vec<Line>,
}

const LISTS: &[List] = &[
    List {
        field: Field::FocusAreas,
        nouns: ("area", "areas"),
        of_page: |page| &page.parts.focus_areas,
        of_guide: |guide| &mut guide.focus_areas,
    },
    List {
        field: Field::InsiderTips,
        nouns: ("tip", "tips"),
        of_page: |page| &page.parts.insider_tips,
        of_guide: |guide| &mut guide.insider_tips,
    },
    List {
        field: Field::RedFlags,
        nouns: ("red flag", "red flags"),
        of_page: |page| &page.parts.red_flags,
        of_guide: |guide| &mut guide.red_flags,
    },
    List { field: Field::Traits, nouns: ("trait", "traits"), of_page: |page| &page.parts.traits, of_guide: |guide| &mut guide.traits },
    List { field: Field::Sources, nouns: ("source", "sources"), of_page: |page| &page.parts.sources, of_guide: |guide| &mut guide.sources },
];

impl Planner<'_> {
    pub(super) fn lists(&mut self) {
        let highlights = &self.page.parts.highlights;
        let merged = words(&self.before.highlights, highlights);
        let at: Vec<usize> = highlights.iter().flat_map(|said| said.at.iter().copied()).collect();
        let value = if highlights.is_empty() { self.before.highlights.join(", ") } else { merged.items.join(", ") };
        let outcome = listed(&merged, (highlights.is_empty(), self.before.highlights.is_empty()));
        self.tell(Field::Highlights.path(), outcome, (&at, value));
        self.guide.highlights = merged.items;
        for list in LISTS {
            self.list(list);
        }
    }

    fn list(&mut self, list: &List) {
        let said = (list.of_page)(self.page);
        let existing = std::mem::take((list.of_guide)(&mut self.guide));
        let path = list.field.path();
        let merged = self.lines_into(&path, &existing, said);
        let at: Vec<usize> = said.iter().flat_map(|said| said.at.iter().copied()).collect();
        let outcome = listed(&merged, (said.is_empty(), existing.is_empty()));
        let value = summary(&merged, (said.len(), existing.len()), list.nouns);
        let full = merged.places.iter().filter(|place| place.is_none()).count();
        self.tell(path.clone(), outcome, (&at, value));
        if full > 0 {
            self.why(&path, &format!("{full} left out: the list may have {} entries", limits::LINES));
        }
        *(list.of_guide)(&mut self.guide) = merged.items;
    }

    /// Lines of a page put into lines of a guide, with the fates of the lines.
    pub(super) fn lines_into(&mut self, path: &Path, existing: &[Line], said: &[Said<String>]) -> Merged<Line> {
        let texts: Vec<&str> = said.iter().map(|said| said.value.as_str()).collect();
        let into = Into { existing, known: |line: &Line| (line.key.as_str(), line.text.as_str()), kind: Kind::Texts, most: limits::LINES };
        let taken = &mut self.taken;
        let merged = merge(&into, &texts, |at, before| {
            let text = texts.get(at).copied().unwrap_or_default();
            let key = before.map_or_else(|| taken.from_text(text), |line| line.key.clone());
            Line { key, text: text.to_owned() }
        });
        for (said, place) in said.iter().zip(&merged.places) {
            match place.and_then(|place| merged.items.get(place)) {
                Some(line) => self.place(&said.at, &path.at(&line.key)),
                None => self.displace(&said.at),
            }
        }
        merged
    }
}

/// Short entries without keys put into others.
pub(super) fn words(existing: &[String], said: &[Said<String>]) -> Merged<String> {
    let texts: Vec<&str> = said.iter().map(|said| said.value.as_str()).collect();
    let into = Into { existing, known: |word: &String| ("", word.as_str()), kind: Kind::Texts, most: limits::LINES };
    merge(&into, &texts, |at, _| texts.get(at).copied().unwrap_or_default().to_owned())
}

/// What became of a list. `(silent, empty)`: the page says nothing, the guide had nothing.
pub(super) fn listed<T>(merged: &Merged<T>, (silent, empty): (bool, bool)) -> Outcome {
    match (silent, empty) {
        (true, true) => Outcome::Missing,
        (true, false) => Outcome::Untouched,
        (false, false) if merged.kept && merged.added == 0 => Outcome::Same,
        (false, false) if merged.kept => Outcome::WouldAdd,
        (false, _) => Outcome::WouldSet,
    }
}

/// `6 tips`, `6 tips, 2 of them new`, `4 tips stay`.
pub(super) fn summary<T>(merged: &Merged<T>, (said, existing): (usize, usize), (noun, nouns): (&str, &str)) -> String {
    match (said, existing) {
        (0, 0) => String::new(),
        (0, existing) => format!("{} in the guide", counted(existing, noun, nouns)),
        (said, existing) if existing == 0 || merged.added == 0 => counted(said, noun, nouns),
        (said, _) => format!("{}, {} of them new", counted(said, noun, nouns), merged.added),
    }
}
