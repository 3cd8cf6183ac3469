//! Each kind of change, and lists of changes at random.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{At, Change, Changed, Field, List, New, Patch, Pay, Revised, RevisedPay, apply};
use crate::code::Code;
use crate::error::Error;
use crate::guide::keys::Taken;
use crate::guide::parts::{Label, Parts};
use crate::guide::{Guide, edits};
use crate::{Key, Period};

const SMALL: &str = "interview_loop: [{key: screen, title: Screen, duration: 60m, tips: [{key: tip, text: Sleep}]}, {key: panel, title: Panel}]\n\
    question_categories: [{key: code, name: Coding, weight: 30%, questions: [{key: q-1, text: Queue}, {key: q-2, text: Heap}]}, \
    {key: talk, name: Talking}]\nred_flags: [{key: flag, text: Late}]\nprep_plan: [{week: 1, text: Read}]\n\
    salary_ranges: {levels: [{key: l5, level: L5, range: 90k-100k, note: Wide}]}\n";

fn guide(text: &str) -> Guide {
    crate::file::read(&format!("format: greenroom/guide@1\nslug: a\nname: A\n{text}")).unwrap().guide
}

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

fn label(text: &str) -> Label {
    Label::Key(key(text))
}

fn done(changes: &[Change]) -> Changed {
    apply(&guide(SMALL), changes, &mut Taken::default()).unwrap()
}

fn wrong(changes: &[Change], taken: &mut Taken) -> Vec<(Code, String)> {
    match apply(&guide(SMALL), changes, taken) {
        Err(Error::Findings(findings)) => findings.0.into_iter().map(|finding| (finding.code, finding.path.to_string())).collect(),
        other => panic!("{other:?}"),
    }
}

fn line(list: List, text: &str) -> Change {
    Change::Add { item: New::Line { list, text: text.to_owned() }, key: None, at: At::default() }
}

#[test]
fn fields_of_the_guide_are_set_and_cleared() {
    let day = "2026-10-14".parse().ok();
    let changes =
        [Field::Name(" B  C ".into()), Field::Tier(Some(key("top"))), Field::VerifiedOn(day), Field::Sample(true)].map(Change::Set);
    let set = done(&changes).guide;
    assert_eq!((set.name.as_str(), set.tier, set.verified_on, set.sample), ("B C", Some(key("top")), day, true));
    let changes = [Field::Tier(Some(key("top"))), Field::Tier(None), Field::Highlights(vec!["x".into()])].map(Change::Set);
    let cleared = done(&changes).guide;
    assert_eq!((cleared.tier, cleared.highlights), (None, vec!["x".to_owned()]));
}

#[test]
fn items_are_added_where_they_are_wanted_and_their_keys_are_told() {
    let question = |at| Change::Add {
        item: New::Question { category: key("code"), text: "Tree  walk".into(), difficulty: None, tags: vec![], guidance: None },
        key: None,
        at,
    };
    let round = Change::Add { item: New::Round { title: "Take home".into(), duration: None, focus: vec![] }, key: None, at: At::First };
    let category = Change::Add { item: New::Category { name: "AI".into(), weight_percent: Some(5) }, key: Some(key("ml")), at: At::Last };
    let pay =
        Pay { level: "L6".into(), figures: None, currency: None, period: Period::Year, basis: None, note: None, source: None, as_of: None };
    let pay = Change::Add { item: New::SalaryRange(pay), key: None, at: At::Before(label("l5")) };
    let week = Change::Add { item: New::Week { week: 2, text: "Rest".into() }, key: None, at: At::After(Label::Week(1)) };
    let tip = line(List::Tips(key("panel")), "Smile");
    let Changed { guide, made } = done(&[question(At::After(label("q-1"))), round, category, pay, week, tip]);
    assert_eq!(guide.question_categories[0].questions[1].text, "Tree walk");
    assert_eq!((guide.interview_loop[0].key.as_str(), guide.question_categories[2].key.as_str()), ("take-home", "ml"));
    assert_eq!((guide.salary_ranges[0].key.as_str(), guide.prep_plan[1].week), ("l6", 2));
    assert_eq!(guide.interview_loop[2].tips[0].text, "Smile");
    assert_eq!(made.iter().map(|made| made.change).collect::<Vec<_>>(), [0, 1, 3, 5]);
    assert_eq!(made[1].key, key("take-home"));
}

#[test]
fn a_change_leaves_sets_and_clears() {
    let round = Revised::Round { key: key("screen"), title: None, duration: Patch::Clear, focus: Patch::Set(vec!["a  b".into()]) };
    let category = Revised::Category { key: key("code"), name: Some("Code".into()), weight_percent: Patch::Set(40) };
    let question = Revised::Question {
        key: key("q-1"),
        text: None,
        difficulty: Patch::Keep,
        tags: Patch::Clear,
        guidance: Patch::Set("Names it".into()),
    };
    let pay = Revised::SalaryRange { key: key("l5"), pay: RevisedPay { note: Patch::Clear, ..RevisedPay::default() } };
    let line = Revised::Line { key: key("tip"), text: "Rest".into() };
    let week = Revised::Week { week: 1, text: "Write".into() };
    let guide = done(&[round, category, question, pay, line, week].map(Change::Change)).guide;
    let screen = &guide.interview_loop[0];
    assert_eq!((screen.title.as_str(), screen.duration, screen.focus.as_slice()), ("Screen", None, &["a b".to_owned()][..]));
    assert_eq!((guide.question_categories[0].name.as_str(), guide.question_categories[0].weight_percent), ("Code", Some(40)));
    assert_eq!(guide.question_categories[0].questions[0].guidance.as_deref(), Some("Names it"));
    assert_eq!((guide.salary_ranges[0].note.as_deref(), guide.salary_ranges[0].figures.is_some()), (None, true));
    assert_eq!((screen.tips[0].text.as_str(), guide.prep_plan[0].text.as_str()), ("Rest", "Write"));
}

#[test]
fn items_move_inside_their_list_and_into_others_and_are_removed_with_what_they_hold() {
    let moved = |item: &str, list, at| Change::Move { item: label(item), list, at };
    let changes = [
        moved("q-1", Some(List::Questions(key("talk"))), At::Last),
        moved("panel", None, At::Before(label("screen"))),
        moved("tip", Some(List::Tips(key("panel"))), At::First),
        moved("flag", None, At::After(label("flag"))),
        Change::Remove(label("code")),
        Change::Remove(Label::Week(1)),
    ];
    let guide = done(&changes).guide;
    assert_eq!(guide.question_categories.len(), 1);
    assert_eq!(guide.question_categories[0].questions[0].key, key("q-1"));
    assert_eq!((guide.interview_loop[0].key.as_str(), guide.interview_loop[0].tips.len()), ("panel", 1));
    assert_eq!((guide.red_flags.len(), guide.prep_plan.len()), (1, 0));
}

#[test]
fn all_that_is_wrong_is_told_at_once_and_no_key_is_taken() {
    let mut taken = Taken::new([key("old")]);
    let given =
        |name: &str| Change::Add { item: New::Category { name: "X".into(), weight_percent: None }, key: Some(key(name)), at: At::Last };
    let changes = [
        given("old"),
        given("screen"),
        given("fresh"),
        Change::Remove(label("nobody")),
        line(List::Tips(key("nowhere")), "x"),
        line(List::Questions(key("code")), "x"),
        Change::Move { item: label("q-1"), list: Some(List::Traits), at: At::Last },
        Change::Move { item: label("q-1"), list: None, at: At::After(label("flag")) },
        Change::Add { item: New::Week { week: 1, text: "x".into() }, key: None, at: At::Last },
    ];
    let expected = [
        (Code::KeyRetired, "question_categories.old"),
        (Code::KeyDouble, "question_categories.screen"),
        (Code::NotFound, "nobody"),
        (Code::NotFound, "interview_loop.nowhere.tips"),
        (Code::Term, "question_categories.code.questions"),
        (Code::Term, "question_categories.code.questions.q-1"),
        (Code::NotFound, "question_categories.code.questions.flag"),
        (Code::WeekDouble, "prep_plan.1"),
    ];
    assert_eq!(wrong(&changes, &mut taken), expected.map(|(code, path)| (code, path.to_owned())));
    assert!(taken.claim(key("fresh")));
}

fn any_key() -> impl Strategy<Value = Key> {
    (0..16_u8).prop_map(|number| key(&format!("k{number}")))
}

fn any_label() -> impl Strategy<Value = Label> {
    prop_oneof![5 => any_key().prop_map(Label::Key), 1 => (1..4_i32).prop_map(Label::Week)]
}

fn any_at() -> impl Strategy<Value = At> {
    prop_oneof![Just(At::First), Just(At::Last), any_label().prop_map(At::Before), any_label().prop_map(At::After)]
}

fn any_list() -> impl Strategy<Value = List> {
    prop_oneof![Just(List::RedFlags), Just(List::InsiderTips), any_key().prop_map(List::Tips), any_key().prop_map(List::Questions)]
}

fn any_change() -> impl Strategy<Value = Change> {
    let new = prop_oneof![
        any_list().prop_map(|list| New::Line { list, text: "New".into() }),
        Just(New::Category { name: "New".into(), weight_percent: None }),
        (1..6_i32).prop_map(|week| New::Week { week, text: "New".into() }),
    ];
    prop_oneof![
        (new, proptest::option::of(any_key()), any_at()).prop_map(|(item, key, at)| Change::Add { item, key, at }),
        any_key().prop_map(|key| Change::Change(Revised::Round { key, title: None, duration: Patch::Clear, focus: Patch::Keep })),
        (any_label(), proptest::option::of(any_list()), any_at()).prop_map(|(item, list, at)| Change::Move { item, list, at }),
        any_label().prop_map(Change::Remove),
    ]
}

proptest! {
    #[test]
    fn any_list_of_changes_is_carried_out_or_refused(guide in edits::guide(), changes in vec(any_change(), 0..5)) {
        let mut taken = Taken::default();
        match apply(&guide, &changes, &mut taken) {
            Ok(changed) => {
                let parts = Parts::of(&changed.guide).unwrap();
                prop_assert!(parts.items.keys().all(|name| name.nth == 0));
                for made in &changed.made {
                    prop_assert!(!taken.claim(made.key.clone()));
                }
            }
            Err(Error::Findings(findings)) => prop_assert!(!findings.0.is_empty()),
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn changes_that_change_nothing_leave_the_guide_as_it_is(guide in edits::guide()) {
        let parts = Parts::of(&guide).unwrap();
        let beside = |(list, number): (&Vec<_>, usize)| {
            let names: &Vec<crate::guide::parts::Name> = list;
            let at = names.get(number + 1).map_or(At::Last, |next| At::Before(next.label.clone()));
            Change::Move { item: names[number].label.clone(), list: None, at }
        };
        let moves = parts.lists.values().flat_map(|list| (0..list.len()).map(move |number| (list, number))).map(beside);
        let changes: Vec<Change> = moves.chain([Change::Set(Field::Tier(guide.tier.clone())), Change::Set(Field::Sample(guide.sample))]).collect();
        prop_assert_eq!(apply(&guide, &changes, &mut Taken::default()).unwrap().guide, guide.clone());
        prop_assert_eq!(apply(&guide, &[], &mut Taken::default()).unwrap().guide, guide);
    }
}
