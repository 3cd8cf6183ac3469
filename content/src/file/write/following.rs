//! Which keys of lines and questions must be written, because reading the text would give another one.

use std::collections::BTreeSet;

use entity::Key;

use crate::guide::keys::Taken;
use crate::guide::{Guide, Line};

/// The keys that do not follow from the text. Written keys are taken before any is made, so each one can change what follows for others.
pub(super) fn not_from_text(guide: &Guide) -> BTreeSet<Key> {
    let texts = texts(guide);
    let might_follow = |key: &Key, text: &str| {
        let made = Taken::default().from_text(text);
        key.as_str().strip_prefix(made.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    let mut written: BTreeSet<Key> = texts.iter().filter(|(key, text)| !might_follow(key, text)).map(|(key, _)| (*key).clone()).collect();
    loop {
        let mut taken = Taken::new(titled(guide).chain(&written).cloned());
        let mut open = texts.iter().filter(|(key, _)| !written.contains(*key));
        let Some((key, _)) = open.find(|(key, text)| taken.from_text(text) != **key) else { return written };
        written.insert((*key).clone());
    }
}

/// Keys that are always written.
fn titled(guide: &Guide) -> impl Iterator<Item = &Key> {
    let rounds = guide.interview_loop.iter().map(|round| &round.key);
    let categories = guide.question_categories.iter().map(|category| &category.key);
    rounds.chain(categories).chain(guide.salary_ranges.iter().map(|range| &range.key))
}

/// Everything whose key can follow from its text, in the order in which reading makes keys.
fn texts(guide: &Guide) -> Vec<(&Key, &str)> {
    fn line(line: &Line) -> (&Key, &str) {
        (&line.key, &line.text)
    }
    let tips = guide.interview_loop.iter().flat_map(|round| &round.tips).map(line);
    let questions = guide.question_categories.iter().flat_map(|category| &category.questions).map(|each| (&each.key, each.text.as_str()));
    let rest = [&guide.insider_tips, &guide.red_flags, &guide.traits, &guide.sources].into_iter().flatten().map(line);
    guide.focus_areas.iter().map(line).chain(tips).chain(questions).chain(rest).collect()
}
