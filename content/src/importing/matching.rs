//! Which item of a page is which item of the guide: the same text, the same text but for case and signs, the same key, or mutually the best pair.

use std::collections::{BTreeMap, HashMap};

use similar::{Algorithm, capture_diff_slices, diff_ratio};

use crate::fold::fold;

/// Pairs that are less alike are two items.
const REWORDED: f32 = 0.75;
/// Up to this many characters texts are compared by the character, longer ones by the word.
const SHORT: usize = 120;

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
    if one.len().max(other.len()) <= SHORT {
        return ratio(one.as_bytes(), other.as_bytes());
    }
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    ratio(&words(one), &words(other))
}

fn ratio<T: Eq + std::hash::Hash + Ord + Clone>(one: &[T], other: &[T]) -> f32 {
    diff_ratio(&capture_diff_slices(Algorithm::Myers, one, other), one.len(), other.len())
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
        let mut best_of_text: BTreeMap<usize, (f32, usize)> = BTreeMap::new();
        let mut best_of_known: BTreeMap<usize, (f32, usize)> = BTreeMap::new();
        let bags: Vec<Bag> = known.iter().map(|text| Bag::of(text)).collect();
        for (at, text) in texts.iter().enumerate().filter(|(at, _)| self.of_text.get(*at) == Some(&None)) {
            let bag = Bag::of(text);
            for (place, other) in known.iter().enumerate().filter(|(place, _)| self.free.get(*place) == Some(&true)) {
                let possible = bags.get(place).is_some_and(|other| bag.bound(other) > REWORDED);
                if !possible || (kind == Kind::Titles && figures(text) != figures(other)) {
                    continue;
                }
                let alike = alike(text, other);
                if alike > REWORDED {
                    better(&mut best_of_text, at, (alike, place));
                    better(&mut best_of_known, place, (alike, at));
                }
            }
        }
        for (at, (_, place)) in best_of_text {
            let mutual = best_of_known.get(&place).is_some_and(|(_, back)| *back == at);
            if let (true, Some(pair)) = (mutual, self.of_text.get_mut(at)) {
                *pair = Some(place);
            }
        }
    }
}

fn better(best: &mut BTreeMap<usize, (f32, usize)>, of: usize, new: (f32, usize)) {
    let old = best.entry(of).or_insert(new);
    if new.0 > old.0 {
        *old = new;
    }
}

fn figures(text: &str) -> Vec<&str> {
    text.split(' ').filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()) || ROMAN.contains(word)).collect()
}

const ROMAN: &[&str] = &["i", "ii", "iii", "iv", "v", "vi"];

/// How often each letter stands in a text: a bound for the likeness that costs little, so that most pairs are never compared.
struct Bag([u16; 27], usize);

impl Bag {
    fn of(text: &str) -> Self {
        let mut counts = [0_u16; 27];
        for byte in text.bytes() {
            let letter = if byte.is_ascii_lowercase() { usize::from(byte - b'a') } else { 26 };
            if let Some(count) = counts.get_mut(letter) {
                *count = count.saturating_add(1);
            }
        }
        Self(counts, text.len())
    }

    #[expect(clippy::cast_precision_loss, reason = "texts are short, and it is a bound")]
    fn bound(&self, other: &Self) -> f32 {
        let common: u32 = self.0.iter().zip(&other.0).map(|(one, other)| u32::from(*one.min(other))).sum();
        // Words weigh alike when long texts are compared, so the bound by letters is made a little wider.
        2.0 * common as f32 / (self.1 + other.1).max(1) as f32 + 0.1
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
