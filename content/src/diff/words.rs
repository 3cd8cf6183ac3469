//! Two texts compared word by word.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{Word, WordKind};

/// Words of both texts together above which they are not compared word by word: the work grows with their square.
const MOST: usize = 1_000;

/// The words of both: those of the old text are the same and the removed ones, those of the new text the same and the added ones.
pub(super) fn between(from: &str, to: &str) -> Vec<Word> {
    let [old, new]: [Vec<&str>; 2] = [from, to].map(|text| text.split(' ').collect());
    let mut words = Vec::new();
    let mut put = |kind, run: Option<&[&str]>| {
        if let Some(run) = run.filter(|run| !run.is_empty()) {
            words.push(Word { kind, text: run.join(" ") });
        }
    };
    if old.len() + new.len() > MOST {
        put(WordKind::Removed, Some(&old));
        put(WordKind::Added, Some(&new));
        return words;
    }
    for (tag, of_old, of_new) in capture_diff_slices(Algorithm::Myers, &old, &new).iter().map(similar::DiffOp::as_tag_tuple) {
        if tag == DiffTag::Equal {
            put(WordKind::Same, old.get(of_old));
        } else {
            put(WordKind::Removed, old.get(of_old));
            put(WordKind::Added, new.get(of_new));
        }
    }
    words
}
