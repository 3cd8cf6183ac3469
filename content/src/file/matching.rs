//! Which item of a file is which item of the guide that it was written from, where the file does not say.

use std::collections::{BTreeMap, VecDeque};

use entity::Key;
use similar::{Algorithm, capture_diff_slices, diff_ratio};

use crate::finding::Path;
use crate::fold::tidy;

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
        let [texts, others] = [news.iter().map(|new| new.text.as_str()).collect(), known.iter().map(|other| other.text).collect()]
            .map(|texts: Vec<&str>| texts.into_iter().map(Comparable::of).collect::<Vec<_>>());
        let mut best_of_new: BTreeMap<usize, (f32, usize)> = BTreeMap::new();
        let mut best_of_known: BTreeMap<usize, (f32, usize)> = BTreeMap::new();
        let open = self.found.iter().zip(&texts).enumerate().filter(|(_, (found, _))| found.is_none()).map(|(at, (_, text))| (at, text));
        let mut open: Vec<_> = open.collect();
        // Where two are equally good the texts decide, not the order of the file.
        open.sort_by_key(|(_, text)| &text.text);
        for (at, text) in open {
            for ((place, other), _) in others.iter().enumerate().zip(&self.free).filter(|(_, free)| **free) {
                if text.bound(other) <= ALIKE || (sort == Sort::Titles && text.figures() != other.figures()) {
                    continue;
                }
                let alike = text.alike(other);
                if alike > ALIKE {
                    better(&mut best_of_new, at, (alike, place));
                    better(&mut best_of_known, place, (alike, at));
                }
            }
        }
        for (at, (alike, place)) in best_of_new {
            if best_of_known.get(&place).is_some_and(|(_, back)| *back == at)
                && let Some(found) = self.found.get_mut(at)
            {
                *found = Some((place, Some(How::Similar(percent(alike)))));
            }
        }
    }
}

/// Pairs that are less alike are two items.
const ALIKE: f32 = 0.75;
/// Up to this many characters texts are compared by the character, longer ones by the word: the work grows with the square.
const SHORT: usize = 120;

fn better(best: &mut BTreeMap<usize, (f32, usize)>, of: usize, new: (f32, usize)) {
    let old = best.entry(of).or_insert(new);
    if new.0 > old.0 {
        *old = new;
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share between 0 and 1")]
fn percent(alike: f32) -> u8 {
    (alike * 100.0).floor() as u8
}

/// A text made ready for being compared with many.
struct Comparable {
    text: String,
    signs: Vec<char>,
    /// In order, for the bound.
    sorted: Vec<char>,
}

impl Comparable {
    fn of(text: &str) -> Self {
        let text = normal(text);
        let signs: Vec<char> = text.chars().collect();
        let mut sorted = signs.clone();
        sorted.sort_unstable();
        Self { text, signs, sorted }
    }

    fn alike(&self, other: &Self) -> f32 {
        if self.signs.len().max(other.signs.len()) <= SHORT {
            return ratio(&self.signs, &other.signs);
        }
        let [one, two]: [Vec<&str>; 2] = [&self.text, &other.text].map(|text| text.split(' ').collect());
        ratio(&one, &two)
    }

    /// What the likeness is at most. It costs little, so most pairs are never compared.
    #[expect(clippy::cast_precision_loss, reason = "texts are short, and it is a bound")]
    fn bound(&self, other: &Self) -> f32 {
        let (mut one, mut two, mut common) = (self.sorted.as_slice(), other.sorted.as_slice(), 0_u32);
        while let ([first, rest @ ..], [second, others @ ..]) = (one, two) {
            common += u32::from(first == second);
            one = if first <= second { rest } else { one };
            two = if second <= first { others } else { two };
        }
        // Words weigh alike when long texts are compared, so the bound by signs is made a little wider.
        2.0 * common as f32 / (self.signs.len() + other.signs.len()).max(1) as f32 + 0.1
    }

    fn figures(&self) -> Vec<&str> {
        const ROMAN: [&str; 6] = ["i", "ii", "iii", "iv", "v", "vi"];
        self.text.split(' ').filter(|word| word.chars().any(char::is_numeric) || ROMAN.contains(word)).collect()
    }
}

fn ratio<T: Eq + std::hash::Hash + Ord + Clone>(one: &[T], other: &[T]) -> f32 {
    diff_ratio(&capture_diff_slices(Algorithm::Myers, one, other), one.len(), other.len())
}
