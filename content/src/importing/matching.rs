//! Which item of a page is which item of the guide: the same text, the same text but for case and signs, the same key, or mutually the best pair.

use std::collections::HashMap;

use crate::fold::fold;
use crate::likeness::{self, Comparable};

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Sentences: a figure in them may change.
    Texts,
    /// Titles: another figure is another item, `Interview 1` and `Interview 2`. They make keys.
    Titles,
    /// Levels of seniority: nearly the same words are other levels, so only the same words count.
    Levels,
}

/// An item of the guide that may be met again: its key and its text.
pub(super) type Known<'a> = (&'a str, &'a str);

/// For each text of the page the place of its item in the guide. Each item is met once at most.
pub(super) fn matched(texts: &[&str], known: &[Known<'_>], kind: Kind) -> Vec<Option<usize>> {
    let mut pairs = Pairs { of_text: vec![None; texts.len()], free: vec![true; known.len()] };
    let folded: Vec<String> = texts.iter().map(|text| normal(text)).collect();
    let others: Vec<String> = known.iter().map(|(_, text)| normal(text)).collect();
    pairs.equal(texts.iter().copied(), known.iter().map(|(_, text)| *text));
    pairs.equal(folded.iter().map(String::as_str), others.iter().map(String::as_str));
    if kind != Kind::Texts {
        let slugs: Vec<String> = texts.iter().map(|text| crate::guide::keys::slugged(text, entity::Key::MAX - 6)).collect();
        pairs.equal(slugs.iter().map(String::as_str), known.iter().map(|(key, _)| *key));
    }
    if kind != Kind::Levels {
        pairs.reworded(&folded, &others, kind);
    }
    pairs.of_text
}

/// A text as it is compared: neither case nor accents nor signs count. A text of signs alone is compared as it is.
pub(super) fn normal(text: &str) -> String {
    let folded = fold(text);
    if folded.is_empty() { text.to_owned() } else { folded }
}

/// How much alike two folded texts are, from 0 to 1.
pub(super) fn alike(one: &str, other: &str) -> f32 {
    Comparable::of(one).alike(&Comparable::of(other))
}

struct Pairs {
    of_text: Vec<Option<usize>>,
    free: Vec<bool>,
}

impl Pairs {
    fn equal<'a>(&mut self, texts: impl Iterator<Item = &'a str>, known: impl Iterator<Item = &'a str>) {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (place, text) in known.enumerate() {
            places.entry(text).or_default().push(place);
        }
        for (pair, text) in self.of_text.iter_mut().zip(texts) {
            if pair.is_some() {
                continue;
            }
            *pair = places.get(text).into_iter().flatten().copied().find(|place| self.free.get(*place) == Some(&true));
            if let Some(free) = pair.and_then(|place| self.free.get_mut(place)) {
                *free = false;
            }
        }
    }

    fn reworded(&mut self, texts: &[String], known: &[String], kind: Kind) {
        let comparable = |texts: &[String], open: &dyn Fn(usize) -> bool| {
            let open = texts.iter().enumerate().filter(|(at, _)| open(*at));
            open.map(|(at, text)| (at, Comparable::of(text.as_str()))).collect::<Vec<_>>()
        };
        let news = comparable(texts, &|at| self.of_text.get(at) == Some(&None));
        let others = comparable(known, &|place| self.free.get(place) == Some(&true));
        for (at, place, _) in likeness::pairs(&news, &others, kind == Kind::Titles) {
            if let Some(pair) = self.of_text.get_mut(at) {
                *pair = Some(place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, matched};

    #[test]
    fn a_line_that_was_reworded_is_the_same_line() {
        let known = [("k1", "Read the culture memo twice."), ("k2", "Bring numbers.")];
        assert_eq!(matched(&["Bring numbers", "Read the culture memo three times."], &known, Kind::Texts), [Some(1), Some(0)]);
        assert_eq!(matched(&["Something else entirely"], &known, Kind::Texts), [None]);
    }

    #[test]
    fn titles_with_another_figure_are_another_item() {
        let known = [("technical-interview-1", "Technical Interview 1")];
        assert_eq!(matched(&["Technical Interview 2"], &known, Kind::Titles), [None]);
        assert_eq!(matched(&["Technical Interviews 1"], &known, Kind::Titles), [Some(0)]);
        assert_eq!(matched(&["Senior PM II"], &[("x", "Senior PM III")], Kind::Levels), [None]);
        assert_eq!(matched(&["PM"], &[("pm", "Product Manager")], Kind::Levels), [Some(0)]);
    }

    #[test]
    fn an_item_is_met_once() {
        assert_eq!(matched(&["Same", "same"], &[("k", "same")], Kind::Texts), [None, Some(0)]);
    }
}
