//! What holds for every text: no panic, one fate for each line, a guide that can be saved, and a second import that changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use content::finding::Level;
use content::guide::{Guide, rules};
use content::importing::{Context, Counts, Outcome, plan, read};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

use super::{all, tiers};

fn stops(guide: &Guide) -> BTreeSet<(String, String)> {
    let tiers = tiers().into_iter().map(|tier| tier.key).collect();
    let findings = rules::check(guide, &tiers).0.into_iter().filter(|finding| finding.level == Level::Saving);
    findings.map(|finding| (finding.code.text().to_owned(), finding.path.to_string())).collect()
}

/// Checks all promises on a text, beside a guide that is there.
fn keeps_its_promises(text: &str, existing: Option<&Guide>, answers: &BTreeMap<String, String>) {
    let tiers = tiers();
    let context = Context { tiers: &tiers, answers: answers.clone(), ..Context::default() };
    let page = read(text);
    let counts = page.counts();
    assert_eq!(counts.placed + counts.set_aside + counts.not_placed, counts.lines);
    assert!(page.lines().iter().zip(1..).all(|(line, number)| line.number == number));
    let first = plan(&page, existing, &context);
    assert_eq!(first.counts, Counts::of(&first.lines));
    assert_eq!(first.lines.len(), page.lines().len());
    let before = existing.cloned().unwrap_or_default();
    let new: Vec<_> = stops(&first.guide).difference(&stops(&before)).cloned().collect();
    assert!(new.is_empty(), "{new:?}");
    let keys: BTreeSet<_> = first.guide.keys().collect();
    assert!(before.keys().all(|key| keys.contains(key)), "an import removes nothing");
    let second = plan(&page, Some(&first.guide), &context);
    assert_eq!(second.guide, first.guide);
    for field in &second.fields {
        assert!(!matches!(field.outcome, Outcome::WouldSet | Outcome::WouldAdd), "{} {}", field.path, field.value);
    }
    let mut paths: Vec<String> = first.fields.iter().map(|field| field.path.to_string()).collect();
    paths.sort();
    let all = paths.len();
    paths.dedup();
    assert_eq!(paths.len(), all, "a field has one plan");
}

/// Lines of all pages, and some that are hard to read.
fn lines() -> Vec<String> {
    let own = [
        "",
        "x",
        "1",
        "10",
        "Round 2",
        "30 min",
        "45-60 min",
        "35%",
        "Coding 140%",
        "Week 1",
        "Weeks 1-3",
        "## Salary",
        "### Part",
        "- ",
        "• +",
        "$",
        "€k",
        "L5 $1-$2K+",
        "Tips",
        "Focus:",
        "Tier: x",
        "Name: y",
        "Interview Loop",
        "Red flags",
        "Questions",
        "Salary Ranges (EUR)",
        "Prep plan",
        "|---|",
        "ß€ 1'0",
        "İ up to 200k",
        "½ hour",
        "as of 2026-13",
        "Verified 99/99/2026",
        "₹1 crore",
        "(((",
        "%%%",
        "a, ,, b",
        "›",
        "9999999999999999999 min",
    ];
    own.iter()
        .map(|line| (*line).to_owned())
        .chain(all().into_iter().flat_map(|(_, text)| text.lines().map(str::to_owned).collect::<Vec<_>>()))
        .collect()
}

fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![8 => proptest::sample::select(lines()), 1 => "\\PC{0,40}", 1 => "[-+*0-9.,%$€£¥kKmM:() a-z]{0,30}"]
}

fn end() -> impl Strategy<Value = &'static str> {
    prop_oneof![6 => Just("\n"), 2 => Just("\r\n"), 1 => Just("\r"), 1 => Just("\n\n")]
}

fn shuffled() -> impl Strategy<Value = String> {
    proptest::collection::vec((any_line(), end()), 0..60).prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

/// A page with some of its lines doubled, dropped, exchanged or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let change = (0..4_u8, any::<prop::sample::Index>(), any::<prop::sample::Index>(), any_line());
    (proptest::sample::select(all()), proptest::collection::vec(change, 0..12)).prop_map(|((_, text), changes)| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (kind, one, other, line) in changes {
            if lines.is_empty() {
                lines.push(String::new());
            }
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            match kind {
                0 => lines.insert(other, lines[one].clone()),
                1 => drop(lines.remove(one)),
                2 => lines.swap(one, other),
                _ => lines[one] = line,
            }
        }
        lines.join("\n")
    })
}

fn config() -> ProptestConfig {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/importing/promises.proptest-regressions");
    ProptestConfig { cases: 192, failure_persistence: Some(Box::new(FileFailurePersistence::Direct(folder))), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_keeps_the_promises(text in any::<String>()) {
        keeps_its_promises(&text, None, &BTreeMap::new());
    }

    #[test]
    fn shuffled_lines_keep_the_promises(text in shuffled()) {
        keeps_its_promises(&text, None, &BTreeMap::new());
    }

    #[test]
    fn mutated_pages_keep_the_promises_beside_the_guide_of_another(text in mutated(), other in mutated()) {
        let tiers = tiers();
        let existing = plan(&read(&other), None, &Context { tiers: &tiers, ..Context::default() }).guide;
        keeps_its_promises(&text, Some(&existing), &BTreeMap::new());
    }

    #[test]
    fn any_answers_keep_the_promises(text in mutated(), nonsense in "\\PC{0,12}", choose in any::<bool>()) {
        let tiers = tiers();
        let open = plan(&read(&text), None, &Context { tiers: &tiers, ..Context::default() });
        let answers = open.fields.iter().filter_map(|field| {
            let choice = field.choices.last().filter(|_| choose).map_or_else(|| nonsense.clone(), |choice| choice.id.clone());
            Some((field.question.clone()?, choice))
        });
        keeps_its_promises(&text, None, &answers.collect());
    }
}
