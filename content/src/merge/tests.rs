//! Two editors at random: nothing of either gets lost, and it does not matter who comes first.

use proptest::prelude::*;
use serde_json::Value;

use super::{Conflict, Merged, Take, merge, merge_taking};
use crate::guide::parts::{Name, Parts, Place, spoken};
use crate::guide::{Guide, edits};

fn three() -> impl Strategy<Value = (Guide, Guide, Guide)> {
    (edits::guide(), edits::script(), edits::script())
        .prop_map(|(base, theirs, yours)| (base.clone(), edits::apply(&base, &theirs), edits::apply(&base, &yours)))
}

fn swapped(merged: &Merged) -> Vec<Conflict> {
    let swap = |each: &Conflict| Conflict { theirs: each.yours.clone(), yours: each.theirs.clone(), ..each.clone() };
    merged.conflicts.iter().map(swap).collect()
}

fn distinct(guide: &Guide) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    guide.keys().all(|key| seen.insert(key))
}

/// Whether a conflict speaks of this path or of something that holds it.
fn told(merged: &Merged, path: &str) -> bool {
    merged
        .conflicts
        .iter()
        .map(|conflict| conflict.path.to_string())
        .any(|at| at.is_empty() || path == at || path.starts_with(&format!("{at}.")))
}

fn exactly(merged: &Merged, path: &str) -> bool {
    merged.conflicts.iter().any(|conflict| conflict.path.to_string() == path)
}

/// Every way to say where an item is: it may be told at the place where it was or at a new one.
fn ways(sides: &[&Parts], name: &Name) -> Vec<String> {
    sides.iter().filter_map(|parts| parts.path(name)).map(|path| path.to_string()).collect()
}

/// What one side did to the base and the merge neither holds nor tells.
fn lost(merged: &Merged, base: &Parts, side: &Parts, other: &Parts) -> Vec<String> {
    let held = Parts::of(&merged.guide).unwrap();
    let all = [base, side, other];
    let said = |name: &Name, field: &str| ways(&all, name).iter().any(|path| told(merged, &format!("{path}{field}")));
    let mut lost = Vec::new();
    for field in base.root.keys().chain(side.root.keys()) {
        let (was, now) = (base.root.get(field), side.root.get(field));
        if was != now && held.root.get(field) != now && !told(merged, spoken(field)) {
            lost.push(format!("root {field}"));
        }
    }
    for (name, item) in &side.items {
        let was = base.items.get(name);
        let Some(now) = held.items.get(name) else {
            if was != Some(item) && !said(name, "") {
                lost.push(format!("item {name:?}"));
            }
            continue;
        };
        if was.map(|was| &was.place) != Some(&item.place) && now.place != item.place && !said(name, ".place") {
            lost.push(format!("place {name:?}"));
        }
        let before = was.map(|was| was.fields.clone()).unwrap_or_default();
        for field in before.keys().chain(item.fields.keys()) {
            let set = item.fields.get(field);
            if before.get(field) != set && now.fields.get(field) != set && !said(name, &format!(".{}", spoken(field))) {
                lost.push(format!("field {name:?} {field}"));
            }
        }
    }
    for name in base.items.keys().filter(|name| !side.items.contains_key(name)) {
        if held.items.contains_key(name) && !said(name, "") {
            lost.push(format!("removal {name:?}"));
        }
    }
    lost.extend(disordered(merged, [base, side, other, &held]));
    lost
}

/// The lists in which the order that one side gave is neither held nor told.
fn disordered(merged: &Merged, [base, side, other, held]: [&Parts; 4]) -> Vec<String> {
    let mut lost = Vec::new();
    for place in side.lists.keys() {
        let everywhere = |name: &&Name| [base, side, other, held].iter().all(|parts| parts.list(place).contains(name));
        let order = |parts: &Parts| parts.list(place).iter().filter(everywhere).cloned().collect::<Vec<_>>();
        let kept = order(side) == order(base) || order(side) == order(held);
        if !kept && !told(merged, &format!("{}.order", place.path())) {
            lost.push(format!("order {place:?}"));
        }
    }
    lost
}

proptest! {
        #[test]
    fn it_does_not_matter_who_comes_first((base, theirs, yours) in three()) {
        let one = merge(&base, &theirs, &yours);
        let other = merge(&base, &yours, &theirs);
        prop_assert_eq!(&other.conflicts, &swapped(&one));
        if one.conflicts.is_empty() {
            prop_assert_eq!(&one.guide, &other.guide);
        }
        prop_assert_eq!(&one.guide, &merge_taking(&base, &yours, &theirs, Take::Yours));
        prop_assert_eq!(&other.guide, &merge_taking(&base, &theirs, &yours, Take::Yours));
    }

    #[test]
    fn nothing_of_either_side_gets_lost((base, theirs, yours) in three()) {
        let merged = merge(&base, &theirs, &yours);
        let [base, theirs, yours] = [&base, &theirs, &yours].map(|guide| Parts::of(guide).unwrap());
        prop_assert_eq!(lost(&merged, &base, &theirs, &yours), Vec::<String>::new());
        prop_assert_eq!(lost(&merged, &base, &yours, &theirs), Vec::<String>::new());
    }

    #[test]
    fn an_item_is_never_in_the_merge_twice((base, theirs, yours) in three()) {
        prop_assert!(distinct(&merge(&base, &theirs, &yours).guide));
        prop_assert!(distinct(&merge_taking(&base, &theirs, &yours, Take::Yours)));
    }

    #[test]
    fn one_side_alone_is_taken_as_it_is((base, theirs, _) in three()) {
        let whole = Merged { guide: theirs.clone(), conflicts: Vec::new() };
        prop_assert_eq!(&merge(&base, &base, &theirs), &whole);
        prop_assert_eq!(&merge(&base, &theirs, &base), &whole);
        prop_assert_eq!(&merge(&base, &theirs, &theirs), &whole);
    }

    #[test]
    fn guides_that_have_nothing_in_common_are_merged_too(base in edits::guide(), theirs in edits::guide(), yours in edits::guide()) {
        let merged = merge(&base, &theirs, &yours);
        prop_assert!(distinct(&merged.guide));
        prop_assert_eq!(&merge(&base, &yours, &theirs).conflicts, &swapped(&merged));
        let [base, theirs, yours] = [&base, &theirs, &yours].map(|guide| Parts::of(guide).unwrap());
        prop_assert_eq!(lost(&merged, &base, &theirs, &yours), Vec::<String>::new());
        prop_assert_eq!(lost(&merged, &base, &yours, &theirs), Vec::<String>::new());
    }

    #[test]
    fn doubled_keys_do_no_harm(base in edits::doubled(), theirs in edits::doubled(), yours in edits::doubled()) {
        let whole = Merged { guide: theirs.clone(), conflicts: Vec::new() };
        prop_assert_eq!(&merge(&base, &theirs, &base), &whole);
        prop_assert_eq!(merge(&base, &theirs, &yours).guide, merge_taking(&base, &theirs, &yours, Take::Theirs));
        let yours_alone = Merged { guide: merge_taking(&base, &theirs, &yours, Take::Yours), conflicts: Vec::new() };
        prop_assert_eq!(&merge(&base, &base, &yours_alone.guide), &yours_alone);
    }

    #[test]
    fn a_decided_merge_says_what_the_believed_side_says((base, theirs, yours) in three()) {
        let merged = merge(&base, &theirs, &yours);
        let settled = Parts::of(&merge_taking(&base, &theirs, &yours, Take::Yours)).unwrap();
        let yours = Parts::of(&yours).unwrap();
        let [base, theirs] = [&base, &theirs].map(|guide| Parts::of(guide).unwrap());
        // What they moved out of a contested item is not part of that conflict.
        let decided = |name: &Name, path: &str| if theirs.items.contains_key(name) { exactly(&merged, path) } else { told(&merged, path) };
        for (name, item) in &yours.items {
            for path in ways(&[&base, &yours], name) {
                if told(&merged, &path) {
                    prop_assert_eq!(settled.items.contains_key(name), true, "{} is not there", path);
                }
                for (field, value) in item.fields.iter().filter(|(field, _)| decided(name, &format!("{path}.{}", spoken(field)))) {
                    prop_assert_eq!(settled.items[name].fields.get(field), Some(value));
                }
            }
        }
        for name in settled.items.keys().filter(|name| !yours.items.contains_key(name)) {
            let path = settled.path(name).unwrap().to_string();
            prop_assert!(!told(&merged, &path), "{} is still there", path);
        }
        for place in yours.lists.keys().filter(|place| told(&merged, &format!("{}.order", place.path()))) {
            let here = |name: &&Name| settled.list(place).contains(name) && yours.list(place).contains(name) && base.list(place).contains(name);
            let order = |parts: &Parts, place: &Place| parts.list(place).iter().filter(here).cloned().collect::<Vec<_>>();
            prop_assert_eq!(order(&settled, place), order(&yours, place));
        }
    }
}

fn guide(text: &str) -> Guide {
    crate::file::read(&format!("format: greenroom/guide@1\nslug: a\nname: A\n{text}")).unwrap().guide
}

fn paths(merged: &Merged) -> Vec<String> {
    merged.conflicts.iter().map(|conflict| conflict.path.to_string()).collect()
}

const CATEGORIES: &str = "question_categories:\n  - {key: code, name: Coding, weight: 30%, questions: [{key: q-1, text: Queue}]}\n  - {key: talk, name: Talking, questions: []}\n";

#[test]
fn fields_that_only_one_side_changed_come_together() {
    let base = guide(CATEGORIES);
    let theirs = guide(&CATEGORIES.replace("30%", "40%"));
    let yours = guide(&CATEGORIES.replace("Queue", "Heap"));
    let merged = merge(&base, &theirs, &yours);
    assert_eq!(merged.guide, guide(&CATEGORIES.replace("30%", "40%").replace("Queue", "Heap")));
    assert_eq!(paths(&merged), Vec::<String>::new());
}

#[test]
fn a_field_that_both_changed_is_named_as_the_rules_name_it() {
    let merged = merge(&guide(CATEGORIES), &guide(&CATEGORIES.replace("30%", "40%")), &guide(&CATEGORIES.replace("30%", "50%")));
    let value = |weight: i32| Some(Value::from(weight));
    let path = "question_categories.code.weight".to_owned().into();
    assert_eq!(merged.conflicts, [Conflict { path, base: value(30), theirs: value(40), yours: value(50) }]);
    assert_eq!(merged.guide.question_categories[0].weight_percent, Some(40));
}

#[test]
fn a_question_added_to_a_removed_category_is_a_conflict_of_the_category() {
    let base = guide(CATEGORIES);
    let theirs = guide(&CATEGORIES.replace("text: Queue}", "text: Queue}, {key: q-2, text: Heap}"));
    let mut yours = base.clone();
    yours.question_categories.remove(0);
    let merged = merge(&base, &theirs, &yours);
    assert_eq!(paths(&merged), ["question_categories.code"]);
    assert_eq!(merged.guide, theirs);
    assert_eq!(merge_taking(&base, &theirs, &yours, Take::Yours), yours);
}

#[test]
fn a_question_may_be_moved_by_one_and_reworded_by_the_other() {
    let base = guide(CATEGORIES);
    let theirs = guide(&CATEGORIES.replace("Queue", "Heap"));
    let mut yours = base.clone();
    let question = yours.question_categories[0].questions.remove(0);
    yours.question_categories[1].questions.push(question);
    yours.question_categories.remove(0);
    let merged = merge(&base, &theirs, &yours);
    assert_eq!(paths(&merged), Vec::<String>::new());
    assert_eq!(merged.guide.question_categories[0].questions[0].text, "Heap");
    assert_eq!(merged.guide.question_categories.len(), 1);
}

#[test]
fn two_orders_of_one_list_are_a_conflict_and_additions_keep_their_place() {
    let [base, theirs, yours] = ["[a, b, c]", "[b, a, x, c]", "[a, c, b]"].map(|keys| {
        let lines = keys.trim_matches(['[', ']']).split(", ").map(|key| format!("{{key: {key}, text: {key}}}")).collect::<Vec<_>>();
        guide(&format!("traits: [{}]\n", lines.join(", ")))
    });
    let merged = merge(&base, &theirs, &yours);
    assert_eq!(paths(&merged), ["traits.order"]);
    assert_eq!(merged.guide, theirs);
    let keys = |guide: &Guide| guide.traits.iter().map(|line| line.key.to_string()).collect::<Vec<_>>();
    assert_eq!(keys(&merge_taking(&base, &theirs, &yours, Take::Yours)), ["a", "x", "c", "b"]);
    assert_eq!(keys(&merge(&base, &theirs, &base).guide), ["b", "a", "x", "c"]);
}
