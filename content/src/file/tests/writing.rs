//! What is written reads back as it was, and is written in one form.

use proptest::prelude::*;

use crate::file::{GuideFile, read, samples, write};

proptest! {
    #![proptest_config(samples::fewer())]

    #[test]
    fn what_was_written_is_read_again(file in samples::file()) {
        let text = write(&file);
        prop_assert_eq!(read(&text).unwrap(), file, "{}", text);
    }

    #[test]
    fn what_was_written_has_no_key_that_follows_from_the_text(file in samples::file()) {
        let text = write(&file);
        let lines: Vec<&str> = text.lines().collect();
        // Only keys of lines and questions come after their text.
        for (number, _) in lines.iter().enumerate().filter(|(_, line)| line.starts_with(' ') && line.trim_start().starts_with("key: ")) {
            let mut without = lines.clone();
            without.remove(number);
            prop_assert_ne!(read(&without.join("\n")).ok(), Some(file.clone()), "{} of {}", number, text);
        }
    }
}

#[test]
fn the_starter_guides_are_written_as_they_are() {
    for text in samples::starters() {
        assert_eq!(write(&read(&text).unwrap()), text);
    }
}

fn again(text: &str) -> String {
    let text = format!("format: greenroom/guide@1\nslug: a\nname: A\n{text}");
    let file: GuideFile = read(&text).unwrap();
    write(&file).split_off("format: greenroom/guide@1\nslug: a\nname: A\n".len())
}

#[test]
fn what_levels_share_stands_once_above_them() {
    let level = |more: &str| format!("    - key: {}\n      level: X\n{more}", 'x');
    let one = format!("\nsalary_ranges:\n  currency: EUR\n  period: year\n  levels:\n{}", level(""));
    assert_eq!(again("salary_ranges: {levels: [{level: X, currency: EUR}]}\n"), one);
    assert_eq!(
        again(
            "salary_ranges:\n  currency: USD\n  source: Us\n  levels:\n    - {level: L3, range: 100k-110k}\n    - {level: L4, currency: EUR, as_of: 2026-10}\n    - {level: L5}\n"
        ),
        r"
salary_ranges:
  currency: USD
  period: year
  source: Us
  levels:
    - key: l3
      level: L3
      range: 100k-110k
    - key: l4
      level: L4
      currency: EUR
      as_of: 2026-10
    - key: l5
      level: L5
"
    );
}

#[test]
fn words_stand_in_one_line_as_long_as_they_fit() {
    assert_eq!(
        again(&format!(
            "interview_loop:\n  - title: T\n    focus: [a, \"b, c\", {}]\n  - title: U\n    focus: [\"{}\", 'it: is']\n",
            "d".repeat(70),
            "e".repeat(90)
        )),
        r#"
interview_loop:
  - key: t
    title: T
    focus: [a, "b, c", dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd]
  - key: u
    title: U
    focus:
      - eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee
      - "it: is"
"#
    );
}

#[test]
fn a_key_stands_only_where_it_does_not_follow_from_the_text() {
    assert_eq!(
        again(
            "traits: [Same, Same, {text: Other, key: mine}]\nquestion_categories:\n  - name: Coding\n    questions:\n      - text: Why\n        tags: [b, a]\n      - {text: How}\n"
        ),
        r"
question_categories:
  - key: coding
    name: Coding
    questions:
      - text: Why
        tags: [b, a]
      - How

traits:
  - Same
  - Same
  - text: Other
    key: mine
"
    );
}
