//! Files for the tests: the starter guides, and guides at random with texts that YAML would like to understand otherwise.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use entity::{Basis, CompanyId};

use super::GuideFile;
use crate::guide::keys::Taken;
use crate::guide::{Guide, edits};

/// Texts that mean something else to YAML, or that it writes in another way.
const ODD: &[&str] = &[
    "NO",
    "1.10",
    "- x",
    "a: b",
    "#",
    "a #b",
    " leading",
    "trailing ",
    "two  blanks",
    "it's",
    "\"quoted\" text",
    "it\u{2019}s \u{661f}",
    "\u{1f389} party",
    "|",
    ">",
    "@x",
    "`x`",
    "%",
    "?",
    "? x",
    "~",
    "null",
    "[a, b]",
    "{a: b}",
    "a, b",
    "x]",
    "!t",
    "&a",
    "*a",
    "---",
    "...",
    ":",
    "a:",
    "=",
    "<<",
    "2026-10-14",
    "0x1f",
    "1_000",
    "12:30",
    "1e5",
    ".5",
    "\\",
    "a\\nb",
    "no\u{a0}break",
    "\u{200d}a",
    "-",
    "yes",
    "it is long enough to be written in a line of its own only",
];

/// A text that a guide may have.
pub(super) fn text() -> impl Strategy<Value = String> {
    let free = vec(any::<char>(), 1..12).prop_map(|signs| signs.into_iter().filter(|sign| !sign.is_control()).collect::<String>());
    let free = free.prop_map(|text| text.replace(crate::guide::rules::misleading, "")).prop_filter("a text", |text| !text.is_empty());
    prop_oneof![3 => select(ODD).prop_map(str::to_owned), 1 => free]
}

/// What makes a guide of the tests odd: texts for some places of it, terms for the levels, and whether keys follow from their texts.
type Oddities = (Vec<String>, Vec<u8>);

/// A valid guide with odd texts, in which some keys follow from the text, some nearly do and some do not.
pub(super) fn guide() -> impl Strategy<Value = Guide> {
    (edits::guide(), vec(text(), 8), vec(any::<u8>(), 24)).prop_map(|(guide, texts, dice)| odd(guide, (texts, dice)))
}

/// A file with and without an id.
pub(super) fn file() -> impl Strategy<Value = GuideFile> {
    let slug = select(&["acorn", "no", "123", "1e5", "halden-systems"][..]);
    (guide(), slug, proptest::option::of(any::<u128>())).prop_map(|(guide, slug, id)| {
        let id = id.map(|id| CompanyId(uuid::Uuid::from_u128(id)));
        GuideFile { id, slug: slug.parse().unwrap(), guide }
    })
}

fn odd(mut guide: Guide, (texts, dice): Oddities) -> Guide {
    let (mut texts, mut dice) = (texts.into_iter().cycle(), dice.into_iter().cycle());
    let mut swap = |text: &mut String, one_in: u8| {
        if dice.next().unwrap().is_multiple_of(one_in) {
            *text = texts.next().unwrap();
        }
        dice.next().unwrap()
    };
    swap(&mut guide.name, 2);
    for text in &mut guide.highlights {
        swap(text, 2);
    }
    let mut taken = Taken::new(guide.keys().cloned());
    let mut follow = |key: &mut entity::Key, text: &str, roll: u8| {
        if roll.is_multiple_of(2) {
            *key = taken.from_text(text);
        }
    };
    for round in &mut guide.interview_loop {
        swap(&mut round.title, 3);
        for text in &mut round.focus {
            swap(text, 2);
        }
        if swap(&mut round.title, 9) > 200 {
            round.focus = std::iter::repeat_n(round.focus.clone(), 8).flatten().collect();
        }
    }
    for category in &mut guide.question_categories {
        swap(&mut category.name, 3);
        for question in &mut category.questions {
            let roll = swap(&mut question.text, 3);
            follow(&mut question.key, &question.text, roll);
            for text in &mut question.tags {
                swap(text, 2);
            }
            let mut guidance = String::new();
            swap(&mut guidance, 3);
            question.guidance = Some(guidance).filter(|text| !text.is_empty());
        }
    }
    let tips = guide.interview_loop.iter_mut().flat_map(|round| &mut round.tips);
    for line in tips.chain(&mut guide.focus_areas).chain(&mut guide.red_flags).chain(&mut guide.insider_tips) {
        let roll = swap(&mut line.text, 3);
        follow(&mut line.key, &line.text, roll);
    }
    for range in &mut guide.salary_ranges {
        let roll = swap(&mut range.level, 3);
        range.figures = ["120500-130000", "480k+", "90k", "1-2", "600k-900k+"][usize::from(roll % 5)].parse().ok();
        range.currency = [None, "EUR".parse().ok(), "USD".parse().ok()][usize::from(roll % 3)];
        range.basis = roll.is_multiple_of(3).then_some(Basis::Base);
        range.as_of = "2026-10".parse().ok().filter(|_| roll > 60);
        let mut source = "Survey".to_owned();
        range.source = (swap(&mut source, 2) > 60).then_some(source);
    }
    for week in &mut guide.prep_plan {
        swap(&mut week.text, 3);
    }
    guide.verified_on = "2026-10-14".parse().ok().filter(|_| guide.sample);
    guide
}

/// A part of the usual number of cases, for tests that read every case several times.
pub(super) fn fewer() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 4, ..usual }
}

/// The texts of the starter guides.
pub(super) fn starters() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../seed/guides");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}
