//! A file that comes back from a person: what was there stays what it was, wherever it stands now and whatever it says now.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proptest::prelude::*;

use entity::Key;

use crate::file::{Adopted, GuideFile, How, Match, Matching, read, read_over, samples, write};
use crate::finding::Path;
use crate::guide::keys::Taken;
use crate::guide::{Guide, Line};

/// The file as a person may send it back: without any key, so that all of them must be found again.
fn without_keys(file: &GuideFile) -> String {
    let lines: Vec<String> = write(file).lines().map(str::to_owned).collect();
    let mut text = String::new();
    for line in lines {
        match line.trim_start() {
            // The first line of an item goes on with its next field.
            first if first.starts_with("- key: ") => writeln!(text, "{}-", " ".repeat(line.len() - first.len())).unwrap(),
            rest if rest.starts_with("key: ") => {}
            _ => writeln!(text, "{line}").unwrap(),
        }
    }
    text
}

/// A guide in which no two items of a list say the same.
fn distinct(mut guide: Guide) -> Guide {
    let mut number = 0;
    let mut mark = |text: &mut String| {
        number += 1;
        *text = format!(
            "{number} {} {}",
            "abcdefghijklmnopqrstuvwxyz".chars().cycle().skip(number * 7).step_by(number % 5 + 1).take(24).collect::<String>(),
            text.trim()
        );
        *text = crate::fold::tidy(text);
    };
    for round in &mut guide.interview_loop {
        mark(&mut round.title);
        round.tips.iter_mut().for_each(|line| mark(&mut line.text));
    }
    for category in &mut guide.question_categories {
        mark(&mut category.name);
        category.questions.iter_mut().for_each(|question| mark(&mut question.text));
    }
    for lines in [&mut guide.focus_areas, &mut guide.insider_tips, &mut guide.red_flags, &mut guide.traits, &mut guide.sources] {
        for line in lines {
            mark(&mut line.text);
        }
    }
    guide.salary_ranges.iter_mut().for_each(|range| mark(&mut range.level));
    guide
}

fn shuffled<T>(list: &mut [T], die: usize) {
    if !list.is_empty() {
        let by = die % list.len();
        list.rotate_left(by);
        if die.is_multiple_of(2) {
            list.reverse();
        }
    }
}

/// The guide with every list in another order.
fn reordered(guide: &Guide, die: usize) -> Guide {
    let mut guide = guide.clone();
    for lines in [&mut guide.focus_areas, &mut guide.insider_tips, &mut guide.red_flags, &mut guide.traits, &mut guide.sources] {
        shuffled(lines, die);
    }
    guide.interview_loop.iter_mut().for_each(|round| shuffled(&mut round.tips, die / 2));
    guide.question_categories.iter_mut().for_each(|category| shuffled(&mut category.questions, die / 3));
    shuffled(&mut guide.interview_loop, die);
    shuffled(&mut guide.question_categories, die / 5);
    shuffled(&mut guide.salary_ranges, die / 7);
    guide
}

fn base() -> impl Strategy<Value = GuideFile> {
    samples::file().prop_map(|file| GuideFile { guide: distinct(file.guide), ..file })
}

fn questions(guide: &Guide) -> BTreeMap<&Key, &str> {
    guide.question_categories.iter().flat_map(|category| &category.questions).map(|each| (&each.key, each.text.as_str())).collect()
}

proptest! {
    #![proptest_config(samples::fewer())]

    #[test]
    fn another_order_changes_no_key(file in base(), die in any::<usize>()) {
        let other = GuideFile { guide: reordered(&file.guide, die), ..file.clone() };
        for matching in [Matching::Exact, Matching::Similar] {
            let Adopted { file: back, matches, .. } = read_over(&without_keys(&other), &file.guide, matching).unwrap();
            prop_assert_eq!(&back, &other);
            prop_assert_eq!(matches, []);
        }
    }

    #[test]
    fn a_file_that_was_not_touched_comes_back_as_it_was(file in samples::file()) {
        for matching in [Matching::Key, Matching::Exact, Matching::Similar] {
            let back = read_over(&write(&file), &file.guide, matching).unwrap();
            prop_assert_eq!(&back.file, &file);
            prop_assert_eq!(back.matches, []);
        }
    }

    #[test]
    fn other_words_for_one_item_change_no_key_of_another(file in base(), at in any::<usize>(), words in samples::text(), whole in any::<bool>()) {
        let mut other = file.clone();
        let mut texts: Vec<(&Key, &mut String)> =
            other.guide.question_categories.iter_mut().flat_map(|category| &mut category.questions).map(|each| (&each.key, &mut each.text)).collect();
        if texts.is_empty() {
            return Ok(());
        }
        let at = at % texts.len();
        let reworded = texts[at].0.clone();
        *texts[at].1 = if whole { format!("{words} 0") } else { format!("{} {words}", texts[at].1) };
        let back = read_over(&without_keys(&other), &file.guide, Matching::Similar).unwrap().file;
        let (was, is) = (questions(&file.guide), questions(&back.guide));
        for (key, text) in was.iter().filter(|(key, _)| ***key != reworded) {
            prop_assert_eq!(is.get(*key), Some(text));
        }
    }

    #[test]
    fn no_key_is_used_twice_and_new_ones_are_new(file in samples::file(), other in samples::file()) {
        let back = read_over(&without_keys(&other), &file.guide, Matching::Similar).unwrap().file;
        let mut seen = BTreeSet::new();
        prop_assert!(back.guide.keys().all(|key| seen.insert(key)));
    }
}

fn guide(lines: &[(&str, &str)]) -> Guide {
    let traits = lines.iter().map(|(key, text)| Line { key: key.parse().unwrap(), text: (*text).to_owned() });
    Guide { name: "A".to_owned(), traits: traits.collect(), ..Guide::default() }
}

fn back(lines: &str, base: &Guide, matching: Matching) -> (Vec<String>, Vec<Match>) {
    let adopted = read_over(&format!("format: greenroom/guide@1\nslug: a\nname: A\n{lines}"), base, matching).unwrap();
    (adopted.file.guide.keys().map(Key::to_string).collect(), adopted.matches)
}

fn matched(key: &str, how: How) -> Match {
    Match { path: Path::root().at("traits").at(key), how }
}

#[test]
fn a_line_in_other_words_is_the_same_line_and_is_told() {
    let base = guide(&[("one", "Explains a choice in one minute"), ("two", "Brings numbers"), ("three", "Says \"no\" early")]);
    let lines =
        "traits:\n  - Says \u{201c}No\u{201d} early\n  - Something else\n  - Explains a choice in two minutes\n  - Brings numbers\n";
    let made = |text| Taken::default().from_text(text).to_string();
    let (keys, matches) = back(lines, &base, Matching::Similar);
    assert_eq!(keys, ["three", &made("Something else"), "one", "two"]);
    assert_eq!(matches, [matched("three", How::Exact), matched("one", How::Similar(92))]);
    let (keys, matches) = back(lines, &base, Matching::Exact);
    assert_eq!(keys, ["three", &made("Something else"), &made("Explains a choice in two minutes"), "two"]);
    assert_eq!(matches, [matched("three", How::Exact)]);
    let (keys, matches) = back(lines, &base, Matching::Key);
    assert_eq!((keys.contains(&"two".to_owned()), matches), (false, vec![]));
}

#[test]
fn a_new_line_does_not_get_the_key_of_one_that_was_reworded() {
    let follows = Taken::default().from_text("Calm").to_string();
    let base = guide(&[(&follows, "Calm under fire")]);
    let (keys, _) = back(&format!("traits:\n  - Calm\n  - text: Calm under fire\n    key: {follows}\n"), &base, Matching::Similar);
    assert_eq!(keys, [format!("{follows}-2"), follows]);
}

#[test]
fn a_title_with_another_figure_and_a_level_in_other_words_are_new() {
    let text = |round: &str, level: &str| {
        format!(
            "format: greenroom/guide@1\nslug: a\nname: A\ninterview_loop:\n  - title: {round}\nsalary_ranges:\n  levels:\n    - level: {level}\n"
        )
    };
    let base = read(&text("Interview 1", "Senior PM II")).unwrap().guide;
    let other = read_over(&text("Interview 2", "Senior PM III"), &base, Matching::Similar).unwrap().file.guide;
    assert_eq!(other.keys().map(Key::as_str).collect::<Vec<_>>(), ["interview-2", "senior-pm-iii"]);
    let same = read_over(&text("Interviews 1", "senior pm ii"), &base, Matching::Similar).unwrap().file.guide;
    assert_eq!(same.keys().map(Key::as_str).collect::<Vec<_>>(), ["interview-1", "senior-pm-ii"]);
}
