//! What is read, and what is found where.

use proptest::prelude::*;

use crate::code::Code;
use crate::error::Error;
use crate::file::scalar::scalar;
use crate::file::{Placed, Places, Source, format, locate, read, samples, write};
use crate::finding::Path;

const HEAD: &str = "format: greenroom/guide@1\nslug: acorn\nname: Acorn\n";

fn found(text: &str) -> Vec<(Code, String, String)> {
    let told = |placed: &Placed| {
        let line = text.lines().nth(placed.spot.line - 1).unwrap_or_default();
        let under: String = line.chars().skip(placed.spot.column - 1).take(placed.spot.length).collect();
        (placed.finding.code, placed.finding.path.to_string(), under)
    };
    Source::of(text).findings().iter().map(told).collect()
}

fn one(text: &str) -> (String, String, String) {
    let source = Source::of(&format!("{HEAD}{text}"));
    let [placed] = source.findings() else { panic!("{:?}", source.findings()) };
    (
        format!("{}:{}:{}", placed.spot.line, placed.spot.column, placed.spot.length),
        placed.finding.found.clone(),
        placed.finding.expected.clone(),
    )
}

fn triple(place: &str, found: &str, expected: &str) -> (String, String, String) {
    (place.to_owned(), found.to_owned(), expected.to_owned())
}

#[test]
fn an_unknown_field_names_the_nearest_one() {
    assert_eq!(one("highlight: [A]\n"), triple("4:1:9", "\"highlight\"", "\"highlights\""));
    assert_eq!(one("interview_loop:\n  - title: Screen\n    duraton: 5m\n"), triple("6:5:7", "\"duraton\"", "\"duration\""));
    let (_, _, expected) = one("question_categories:\n  - name: Coding\n    questions:\n      - text: Why\n        answer: Because\n");
    assert_eq!(expected, "one of: difficulty, guidance, key, tags, text");
}

#[test]
fn all_that_is_not_understood_is_found_at_once_in_the_order_of_the_lines() {
    let text = "format: greenroom/guide@1\nslug: Not A Slug\nname: Acorn\nverified_on: yesterday\n\
        interview_loop:\n  - title: Phone screen\n    duration: 1 hour 15\n\
        question_categories:\n  - name: Coding\n    weight: much\n\
        salary_ranges:\n  currency: dollars\n  levels:\n    - level: L5\n      range: \"lots\"\n";
    let expected = [
        (Code::NameMalformed, "slug", "Not A Slug"),
        (Code::Calendar, "verified_on", "yesterday"),
        (Code::Duration, "interview_loop.phone-screen.duration", "1 hour 15"),
        (Code::Weight, "question_categories.coding.weight", "much"),
        (Code::Currency, "salary_ranges.currency", "dollars"),
        (Code::Figures, "salary_ranges.l5.range", "\"lots\""),
    ];
    assert_eq!(found(text), expected.map(|(code, path, under)| (code, path.to_owned(), under.to_owned())));
}

#[test]
fn a_text_is_what_its_field_says_whatever_it_looks_like() {
    let file = read("format: greenroom/guide@1\nslug: no\nname: NO\nhighlights: [1.10, true, 2026-10]\ntraits: [~, 0x1f, null]\n").unwrap();
    assert_eq!(file.guide.name, "NO");
    assert_eq!(file.guide.highlights, ["1.10", "true", "2026-10"]);
    assert_eq!(file.guide.traits.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["~", "0x1f", "null"]);
}

#[test]
fn two_equal_lines_get_two_keys() {
    let file = read("format: greenroom/guide@1\nslug: a\nname: A\ntraits: [Same, Same]\n").unwrap();
    assert_ne!(file.guide.traits[0].key, file.guide.traits[1].key);
}

#[test]
fn a_field_without_a_value_is_absent() {
    let file = read(&format!("{HEAD}tier:\ntraits:\nsalary_ranges:\n")).unwrap();
    assert_eq!((file.guide.tier, file.guide.traits.len(), file.guide.salary_ranges.len()), (None, 0, 0));
}

#[test]
fn what_plain_yaml_has_and_guide_files_do_not_is_refused_with_its_line() {
    let place = |text: &str| {
        let (place, found, _) = one(text);
        format!("{place} {found}")
    };
    assert_eq!(place("tier: &x startup\n"), "4:10:7 an anchor");
    assert_eq!(place("traits:\n  - *x\n"), "5:5:2 an alias");
    assert_eq!(place("tier: !t startup\n"), "4:10:7 a tag");
    assert_eq!(place("<<: {tier: startup}\n"), "4:1:2 a merge key");
    assert_eq!(place("name: Twice\n"), "4:1:4 \"name\" twice, also in line 3");
    assert_eq!(place("---\nname: Other\n"), "4:1:3 a second document");
    assert_eq!(place("traits: A\n"), "4:9:1 a text");
    assert_eq!(place("highlights:\n  - Use: of a colon\n"), "5:5:3 a group of fields");
}

#[test]
fn a_fault_of_the_form_says_its_line_also_without_places() {
    let Err(Error::Findings(findings)) = read(&format!("{HEAD}tier: [a\n")) else { panic!() };
    assert_eq!(findings.0.len(), 1);
    assert!(findings.0[0].found.contains("in line 4, column 7"), "{findings}");
    assert!(matches!(read(""), Err(Error::Findings(_))));
}

#[test]
fn what_is_missing_is_found_where_it_belongs() {
    let missing = found("format: greenroom/guide@1\nname:\nprep_plan:\n  - week: 1\n");
    let expected = [("slug", "format"), ("name", "name"), ("prep_plan.1.text", "week")];
    assert_eq!(missing, expected.map(|(path, under)| (Code::FileUnreadable, path.to_owned(), under.to_owned())));
}

#[test]
fn a_path_stands_where_it_is_written_or_in_what_it_would_stand_in() {
    let text = format!(
        "{HEAD}highlights: [One, \"Two, too\"]\ntraits:\n  - Plain\n  - text: With a key\n    key: keyed\n\
        interview_loop:\n- key: tech-screen\n  title: Screen\n  duration: 45m   # a comment\n  tips:\n    - A tip\n\
        question_categories:\n  - name: Coding\n    questions:\n      - text: Why?\n        guidance: >-\n          Because\n          it is.\n\
        salary_ranges:\n  currency: EUR\n  levels:\n    - level: L5\nprep_plan:\n  - week: 3\n    text: Rest\n"
    );
    let places = locate(&text);
    let under = |path: &str| {
        let spot = places.of(&Path::from(path.to_owned()));
        let line: String = text.lines().nth(spot.line - 1).unwrap().chars().skip(spot.column - 1).take(spot.length).collect();
        format!("{} {line}", spot.line)
    };
    let why = read(&text).unwrap().guide.question_categories[0].questions[0].key.clone();
    assert_eq!(under(""), "1 greenroom/guide@1");
    assert_eq!(under("highlights"), "4 highlights");
    assert_eq!(under("highlights.2"), "4 \"Two, too\"");
    assert_eq!(under("traits.keyed"), "7 With a key");
    assert_eq!(under("traits.keyed.text"), "7 With a key");
    assert_eq!(under("interview_loop.tech-screen"), "10 tech-screen");
    assert_eq!(under("interview_loop.tech-screen.duration"), "12 45m");
    assert_eq!(under("interview_loop.tech-screen.focus.3"), "10 tech-screen");
    assert_eq!(under(&format!("question_categories.coding.questions.{why}.text")), "18 Why?");
    assert_eq!(under(&format!("question_categories.coding.questions.{why}.guidance")), "20 Because");
    assert_eq!(under("question_categories.coding.weight"), "16 Coding");
    assert_eq!(under("salary_ranges.l5.currency"), "23 EUR");
    assert_eq!(under("salary_ranges.l5.range"), "25 L5");
    assert_eq!(under("prep_plan.3.text"), "28 Rest");
    assert_eq!(under("tech-screen"), "10 tech-screen");
    assert_eq!(under("nothing.of.the.kind"), "1 greenroom/guide@1");
}

#[test]
fn two_items_with_one_key_have_both_their_lines() {
    let places = locate(&format!("{HEAD}traits:\n  - {{text: A, key: same}}\nsources:\n  - {{text: B, key: same}}\n"));
    let lines: Vec<usize> = places.all(&Path::root().at("same")).iter().map(|spot| spot.line).collect();
    assert_eq!(lines, [5, 7]);
}

#[test]
fn what_stands_before_a_fault_still_has_its_place() {
    let places = locate(&format!("{HEAD}interview_loop:\n  - title: Screen\n    duration: 1 hour\ntraits: [a\nsources: b\n"));
    assert_eq!(places.of(&Path::root().at("interview_loop").at("screen").at("duration")).line, 6);
}

#[test]
fn the_starter_guides_are_read_without_a_finding() {
    for text in samples::starters() {
        assert_eq!(found(&text), []);
    }
}

/// Lines as people and machines break them.
fn broken() -> impl Strategy<Value = String> {
    let pieces = [
        "format: greenroom/guide@1",
        "slug: a",
        "name: A",
        "traits:",
        "  - x",
        "- ",
        "interview_loop:",
        "  - title: T",
        "    tips: [",
        "]",
        "{",
        "}",
        "a: b",
        "? x",
        ": y",
        "salary_ranges:",
        "  levels:",
        "    - level: L",
        "prep_plan:",
        "  - week: 1",
        "    text: |",
        "      long",
        "&a",
        "*a",
        "!t",
        "\"",
        "'",
        "---",
        "...",
        "# c",
        "\t",
        ",",
        "%YAML 1.2",
        "\u{feff}",
        "\r",
        "<<: x",
        "question_categories: [{name: N, questions: [a, {text: b}]}]",
        "\u{1f389}",
    ];
    let piece = (prop::sample::select(pieces.to_vec()), prop::sample::select(vec!["\n", " ", "\n  ", "\r\n", ""]));
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.into_iter().flat_map(|(piece, end)| [piece, end]).collect())
}

/// What of a text stands in the place of a path.
fn under(text: &str, places: &Places, path: &Path) -> String {
    let spot = places.of(path);
    text.lines().nth(spot.line - 1).unwrap_or_default().chars().skip(spot.column - 1).take(spot.length).collect()
}

proptest! {
    #![proptest_config(samples::fewer())]

    #[test]
    fn every_text_of_a_guide_stands_in_its_place(file in samples::file()) {
        let text = write(&file);
        let places = locate(&text);
        for category in &file.guide.question_categories {
            let path = Path::root().at("question_categories").at(&category.key);
            prop_assert_eq!(under(&text, &places, &path.at("name")), scalar(&category.name, false));
            for question in &category.questions {
                let path = path.at("questions").at(&question.key);
                prop_assert_eq!(under(&text, &places, &path.at("text")), scalar(&question.text, false));
            }
        }
        for round in &file.guide.interview_loop {
            let path = Path::root().at("interview_loop").at(&round.key);
            prop_assert_eq!(under(&text, &places, &path.at("duration")), round.duration.map_or(round.key.to_string(), |range| range.to_string()));
            for tip in &round.tips {
                prop_assert_eq!(under(&text, &places, &path.at("tips").at(&tip.key)), scalar(&tip.text, false));
            }
        }
        for (word, number) in file.guide.highlights.iter().zip(1..) {
            prop_assert_eq!(under(&text, &places, &Path::root().at("highlights").at(number)), scalar(word, false));
        }
        for week in &file.guide.prep_plan {
            prop_assert_eq!(under(&text, &places, &Path::root().at("prep_plan").at(week.week).at("text")), scalar(&week.text, false));
        }
    }

    #[test]
    fn whatever_comes_in_is_read_or_told_in_a_place_that_is_there(text in broken()) {
        let source = Source::of(&text);
        prop_assert_eq!(source.file().is_none(), !source.findings().is_empty());
        for placed in source.findings() {
            let line: usize = text.lines().nth(placed.spot.line - 1).map_or(0, |line| line.chars().count());
            prop_assert!(placed.spot.column + placed.spot.length <= line + 2, "{:?} of {:?}", placed, text);
        }
        if let Some(file) = source.file() {
            let formatted = format(&text).unwrap().text;
            prop_assert_eq!(&read(&formatted).unwrap(), file);
            prop_assert_eq!(&format(&formatted).unwrap().text, &formatted);
        }
    }
}

#[test]
fn a_file_that_no_guide_could_be_is_refused_before_it_costs_much() {
    let first = |text: &str| Source::of(text).findings().first().map(|placed| placed.finding.found.clone());
    assert_eq!(first(&format!("{HEAD}traits:\n{}", "- a\n".repeat(20_000))), Some("too many entries".to_owned()));
    assert_eq!(first(&"a".repeat(3_000_000)), Some("3000000 bytes".to_owned()));
    let unknown = (0..20_000).map(|number| format!("x{number}: 1")).collect::<Vec<_>>().join("\n");
    assert_eq!(Source::of(&format!("{HEAD}{unknown}")).findings().len(), 1_000);
    assert!(first(&"[".repeat(100_000)).is_some());
}
