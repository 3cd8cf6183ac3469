//! A difference is there exactly if the guides differ, and says it in few words.

use proptest::prelude::*;

use super::{Change, Kind, WordKind, between};
use crate::guide::{Guide, edits};

proptest! {
    #[test]
    fn equal_guides_have_no_difference_and_others_have_one(guide in edits::guide(), script in edits::script()) {
        let to = edits::apply(&guide, &script);
        prop_assert!(between(&guide, &guide).is_empty());
        prop_assert_eq!(between(&guide, &to).is_empty(), guide == to);
    }

    #[test]
    fn also_where_keys_are_doubled(from in edits::doubled(), to in edits::doubled()) {
        prop_assert_eq!(between(&from, &to).is_empty(), from == to);
    }

    #[test]
    fn a_difference_survives_being_kept(from in edits::guide(), to in edits::guide()) {
        let changes = between(&from, &to);
        let kept: Vec<Change> = serde_json::from_str(&serde_json::to_string(&changes).unwrap()).unwrap();
        prop_assert_eq!(kept, changes);
    }

    #[test]
    fn the_words_give_both_texts(from in edits::guide(), to in edits::guide()) {
        for change in between(&from, &to).into_iter().filter(|change| change.kind == Kind::Reworded) {
            let text = |but: WordKind| {
                change.words.iter().filter(|word| word.kind != but).map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
            };
            prop_assert_eq!(Some(text(WordKind::Added)), change.from.clone());
            prop_assert_eq!(Some(text(WordKind::Removed)), change.to.clone());
        }
    }
}

fn guide(text: &str) -> Guide {
    crate::file::read(&format!("format: greenroom/guide@1\nslug: a\nname: A\n{text}")).unwrap().guide
}

fn told(from: &str, to: &str) -> Vec<String> {
    let shown = |change: Change| {
        let [from, to] = [change.from, change.to].map(|value| value.unwrap_or("-".to_owned()));
        format!("{:?} {}: {from} > {to}", change.kind, change.path)
    };
    between(&guide(from), &guide(to)).into_iter().map(shown).collect()
}

#[test]
fn values_are_told_as_people_write_them() {
    let from =
        "interview_loop: [{key: screen, title: Screen, duration: 60m}]\nquestion_categories: [{key: code, name: Coding, weight: 30%}]\n";
    let to = "highlights: [Small, Calm]\ninterview_loop: [{key: screen, title: Screen, duration: 1h15m}]\n\
        question_categories: [{key: code, name: Coding, weight: 35%, questions: [{key: q-1, text: Queue}]}, {key: ai, name: AI, weight: 5%}]\n";
    assert_eq!(
        told(from, to),
        [
            "Added highlights: - > Small; Calm",
            "Changed interview_loop.screen.duration: 60m > 75m",
            "Changed question_categories.code.weight: 30% > 35%",
            "Added question_categories.code.questions.q-1: - > Queue",
            "Added question_categories.ai: - > AI (5%)",
        ]
    );
}

#[test]
fn as_few_items_as_possible_are_moved() {
    let lines = |keys: &[&str]| {
        let lines: Vec<String> = keys.iter().map(|key| format!("{{key: {key}, text: {key}}}")).collect();
        format!("traits: [{}]\n", lines.join(", "))
    };
    assert_eq!(told(&lines(&["a", "b", "c", "d"]), &lines(&["d", "a", "b", "c"])), ["Moved traits.d: d > d"]);
    assert_eq!(told(&lines(&["a", "b", "c"]), &lines(&["a", "c"])), ["Removed traits.b: b > -"]);
}

#[test]
fn words_that_stay_are_told_from_those_that_do_not() {
    let changes =
        between(&guide("traits: [{key: t, text: Explains in one minute}]"), &guide("traits: [{key: t, text: Explains in a minute}]"));
    let words: Vec<_> = changes[0].words.iter().map(|word| (word.kind, word.text.as_str())).collect();
    assert_eq!(words, [(WordKind::Same, "Explains in"), (WordKind::Removed, "one"), (WordKind::Added, "a"), (WordKind::Same, "minute")]);
}
