//! How much alike texts are, and which items of two lists are the same ones under other words: the pairs that are best for both. Files that come
//! back and pages that are pasted are recognised by it.

use std::collections::BTreeMap;

use similar::{Algorithm, capture_diff_slices, diff_ratio};

/// Pairs that are less alike are two items.
const ALIKE: f32 = 0.75;
/// Up to this many characters texts are compared by the character, longer ones by the word: the work grows with the square.
const SHORT: usize = 120;
/// Figures as titles have them beside digits.
const ROMAN: [&str; 6] = ["i", "ii", "iii", "iv", "v", "vi"];

/// A text, in the form in which its room compares, made ready for being compared with many.
pub(crate) struct Comparable {
    text: String,
    signs: Vec<char>,
    /// In order, for the bound.
    sorted: Vec<char>,
}

/// A pair of places in two lists, and how much alike their texts are, from 0 to 1.
pub(crate) type Pair = (usize, usize, f32);

/// The pairs that are best for both, of items that are still free in both lists. With `figures`, texts with other figures are other items.
pub(crate) fn pairs(news: &[(usize, Comparable)], known: &[(usize, Comparable)], figures: bool) -> Vec<Pair> {
    let mut best_of_new: BTreeMap<usize, (f32, usize)> = BTreeMap::new();
    let mut best_of_known: BTreeMap<usize, (f32, usize)> = BTreeMap::new();
    let mut news: Vec<&(usize, Comparable)> = news.iter().collect();
    // Where two are equally good the texts decide, not their order.
    news.sort_by_key(|(_, text)| &text.text);
    for (at, text) in news {
        for (place, other) in known {
            if text.bound(other) <= ALIKE || (figures && text.figures() != other.figures()) {
                continue;
            }
            let alike = text.alike(other);
            if alike > ALIKE {
                better(&mut best_of_new, *at, (alike, *place));
                better(&mut best_of_known, *place, (alike, *at));
            }
        }
    }
    let mutual = |(at, (alike, place)): (usize, (f32, usize))| {
        best_of_known.get(&place).is_some_and(|(_, back)| *back == at).then_some((at, place, alike))
    };
    best_of_new.into_iter().filter_map(mutual).collect()
}

fn better(best: &mut BTreeMap<usize, (f32, usize)>, of: usize, new: (f32, usize)) {
    let old = best.entry(of).or_insert(new);
    if new.0 > old.0 {
        *old = new;
    }
}

impl Comparable {
    /// A text in the form in which it is compared.
    pub(crate) fn of(text: impl Into<String>) -> Self {
        let text = text.into();
        let signs: Vec<char> = text.chars().collect();
        let mut sorted = signs.clone();
        sorted.sort_unstable();
        Self { text, signs, sorted }
    }

    /// How much alike two texts are, from 0 to 1.
    pub(crate) fn alike(&self, other: &Self) -> f32 {
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
        self.text.split(' ').filter(|word| word.chars().any(char::is_numeric) || ROMAN.contains(word)).collect()
    }
}

fn ratio<T: Eq + std::hash::Hash + Ord + Clone>(one: &[T], other: &[T]) -> f32 {
    diff_ratio(&capture_diff_slices(Algorithm::Myers, one, other), one.len(), other.len())
}
