//! Keys for items that came without one: made from the title or from the text, the same every time, and never one that was used before.

use std::collections::BTreeSet;

use uuid::Uuid;

use entity::Key;

use super::Guide;
use crate::fold::fold;

/// The keys that a new item may not get: those in use and those of items that are gone.
#[derive(Clone, Debug, Default)]
pub struct Taken(BTreeSet<Key>);

impl Taken {
    /// Starts with these.
    pub fn new(keys: impl IntoIterator<Item = Key>) -> Self {
        Self(keys.into_iter().collect())
    }

    /// Whether nobody has the key yet; it is taken from now on.
    pub fn claim(&mut self, key: Key) -> bool {
        self.0.insert(key)
    }

    /// A key for an item with a title: `Hiring Manager Screen` becomes `hiring-manager-screen`, a second one `hiring-manager-screen-2`.
    pub fn from_title(&mut self, title: &str) -> Key {
        self.free(&slugged(title, Key::MAX - 6))
    }

    /// A key for a line of text: eight characters that follow from the text, so that two installations give a line the same key.
    pub fn from_text(&mut self, text: &str) -> Key {
        // Any fixed namespace does; what counts is that the name, the text, gives the same key everywhere.
        let hash = Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes());
        let letters: String = hash.as_bytes().iter().take(8).map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect();
        self.free(&letters)
    }

    fn free(&mut self, wanted: &str) -> Key {
        let mut number = 1_u32;
        loop {
            let text = if number == 1 { wanted.to_owned() } else { format!("{wanted}-{number}") };
            let key: Option<Key> = text.parse().ok();
            if let Some(key) = key.filter(|key| self.claim(key.clone())) {
                return key;
            }
            number += 1;
        }
    }
}

/// Crockford's base 32 in lower case: no letter that looks like a figure.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A text as a slug of at most so many characters; `item` if nothing of it can be written in one.
#[must_use]
pub fn slugged(text: &str, most: usize) -> String {
    let folded = fold(text).replace(' ', "-");
    let cut = folded.get(..most.min(folded.len())).unwrap_or_default().trim_matches('-');
    if cut.is_empty() { "item".to_owned() } else { cut.to_owned() }
}

impl Guide {
    /// Every key in the guide, in the order of the guide; one that stands twice is given twice.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        let lines = [&self.focus_areas, &self.insider_tips, &self.red_flags, &self.traits, &self.sources];
        let rounds = self.interview_loop.iter().flat_map(|round| std::iter::once(&round.key).chain(round.tips.iter().map(|tip| &tip.key)));
        let categories = self.question_categories.iter();
        let questions =
            categories.flat_map(|category| std::iter::once(&category.key).chain(category.questions.iter().map(|each| &each.key)));
        let salaries = self.salary_ranges.iter().map(|range| &range.key);
        lines.into_iter().flatten().map(|line| &line.key).chain(rounds).chain(questions).chain(salaries)
    }
}

#[cfg(test)]
mod tests {
    use super::Taken;

    #[test]
    fn a_title_gives_a_key_that_can_be_read() {
        let mut taken = Taken::default();
        assert_eq!(taken.from_title("Culture & Values (Keeper Test)").as_str(), "culture-values-keeper-test");
        assert_eq!(taken.from_title("Culture & Values: Keeper Test").as_str(), "culture-values-keeper-test-2");
        assert_eq!(taken.from_title("!?").as_str(), "item");
    }

    #[test]
    fn a_text_gives_the_same_key_everywhere_and_another_one_if_it_is_taken() {
        let first = Taken::default().from_text("Read the memo.");
        assert_eq!(Taken::default().from_text("Read the memo."), first);
        let mut taken = Taken::new([first.clone()]);
        assert_eq!(taken.from_text("Read the memo.").to_string(), format!("{first}-2"));
    }
}
