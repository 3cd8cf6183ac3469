//! Comments stay where they are, whatever happens around them.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::file::shape::fitted;
use crate::file::tree::Tree;
use crate::file::{GuideFile, blend, format, read, samples, write};
use crate::guide::edits;

/// Where comments are put into a text: which line, how far in, and whether beside it.
fn places() -> impl Strategy<Value = Vec<(u16, u8, bool)>> {
    vec((any::<u16>(), 0..12_u8, any::<bool>()), 0..12)
}

/// A text with a comment in each place, all different, and the lines that they stand at.
fn commented(text: &str, places: &[(u16, u8, bool)]) -> (String, Vec<(String, usize)>) {
    let lines: Vec<&str> = text.lines().collect();
    let (mut above, mut beside) = (vec![String::new(); lines.len() + 1], vec![String::new(); lines.len()]);
    let mut put = Vec::new();
    for (number, (at, indent, aside)) in places.iter().enumerate() {
        let comment = format!("# c{number}.");
        let line = usize::from(*at) % (lines.len() + 1);
        if *aside && lines.get(line).is_some_and(|text| !text.is_empty()) && beside[line].is_empty() {
            beside[line] = format!(" {comment}");
            put.push((comment, line));
        } else {
            // Now and then as far in as the line.
            let own = lines.get(line).map_or(0, |text| text.len() - text.trim_start().len());
            let indent = if indent % 3 == 0 { own } else { usize::from(*indent) };
            writeln!(above[line], "{}{comment}", " ".repeat(indent)).unwrap();
            put.push((comment, if indent == own { line } else { usize::MAX }));
        }
    }
    let mut text = String::new();
    for (number, line) in lines.iter().enumerate() {
        writeln!(text, "{}{line}{}", above[number], beside[number]).unwrap();
    }
    text.push_str(&above[lines.len()]);
    (text, put)
}

fn times(text: &str, comment: &str) -> usize {
    text.matches(comment).count()
}

/// The whole file in braces and brackets, with every key.
fn in_brackets(file: &GuideFile) -> String {
    let mut root = Tree::of(&write(file)).root.unwrap();
    crate::file::keys::give(&mut root, None);
    serde_json::to_string_pretty(&fitted(&root).0.unwrap()).unwrap()
}

proptest! {
    #![proptest_config(samples::fewer())]

    #[test]
    fn formatting_keeps_content_and_comments_and_is_done_once(file in samples::file(), places in places(), brackets in any::<bool>()) {
        let plain = if brackets { in_brackets(&file) } else { write(&file) };
        let (text, put) = commented(&plain, &places);
        let formatted = format(&text).unwrap();
        prop_assert_eq!(&read(&formatted.text).unwrap(), &file);
        for (comment, _) in &put {
            prop_assert_eq!(times(&formatted.text, comment), 1, "{} in {}\nbefore {}", comment, formatted.text, text);
        }
        let again = format(&formatted.text).unwrap();
        prop_assert_eq!(&again.text, &formatted.text, "of {}", text);
        prop_assert!(!again.changed);
    }

    #[test]
    fn new_content_takes_the_comments_along(file in samples::file(), script in edits::script(), places in places()) {
        let (old, put) = commented(&write(&file), &places);
        let new = GuideFile { guide: edits::apply(&file.guide, &script), ..file.clone() };
        let blended = blend(&old, &new);
        prop_assert_eq!(&read(&blended.text).unwrap(), &new);
        let (before, after) = (crate::file::write::sheet(&file), crate::file::write::sheet(&new));
        let after = after.places();
        for (comment, line) in &put {
            let lost = usize::from(blended.lost.contains(comment));
            prop_assert_eq!(times(&blended.text, comment) + lost, 1, "{} of {}\nin {}", comment, old, blended.text);
            // Comments at a line all of whose content is still there.
            let stays = before.lines.get(*line).is_some_and(|line| !line.text.is_empty() && line.anchors.iter().all(|anchor| after.contains_key(anchor)));
            prop_assert!(!stays || lost == 0, "{} of {}\nin {}", comment, old, blended.text);
        }
        if new == file {
            prop_assert_eq!(blended.text, old);
        }
    }
}

#[test]
fn comments_stay_above_beside_and_below_what_they_are_about() {
    let text = "# yaml-language-server: $schema=x\n\n# A note for all.\nformat: greenroom/guide@1\nslug: acorn # the address\nname:   Acorn\ntier:  # not known yet\n\
        interview_loop:\n# The first round.\n- title: Screen\n  focus: [One, # half\n    Two] # both\n  tips: # few\n  - A tip # good\n  # - Another tip\n\
        traits:\n  - text: Calm # always\n  # The end.\n# Goodbye.\n";
    let expected = "# yaml-language-server: $schema=x\n# A note for all.\nformat: greenroom/guide@1\nslug: acorn  # the address\nname: Acorn\n\n# not known yet\n\
        interview_loop:\n  # The first round.\n  - key: screen\n    title: Screen\n    # both\n    focus: [One, Two]  # half\n    tips:  # few\n      - A tip  # good\n\
        \x20     # - Another tip\n\ntraits:\n  - Calm  # always\n  # The end.\n# Goodbye.\n";
    assert_eq!(format(text).unwrap().text, expected);
}

#[test]
fn a_comment_goes_with_its_line_and_is_told_when_the_line_goes() {
    let text = "format: greenroom/guide@1\nslug: a\nname: A\ntraits:\n  # On calm.\n  - Calm\n  - Kind # of course\nhighlights:\n  - One\n  # On two.\n  - Two\n";
    let mut new = read(text).unwrap();
    new.guide.traits.swap(0, 1);
    new.guide.traits[1].text = "Calm under fire".to_owned();
    new.guide.traits.remove(0);
    new.guide.highlights.insert(0, "Zero".to_owned());
    let blended = blend(text, &new);
    assert_eq!(blended.lost, ["# of course"]);
    let key = &new.guide.traits[0].key;
    let expected = format!(
        "format: greenroom/guide@1\nslug: a\nname: A\nhighlights:\n  - Zero\n  - One\n  # On two.\n  - Two\n\ntraits:\n  # On calm.\n  - text: Calm under fire\n    key: {key}\n"
    );
    assert_eq!(blended.text, expected);
}

#[test]
fn of_a_text_that_breaks_off_all_comments_are_told() {
    let new = read("format: greenroom/guide@1\nslug: a\nname: A\n").unwrap();
    let blended = blend("# One.\nformat: [\n  # Two.\nname: A\n", &new);
    assert_eq!((blended.text, blended.lost), (write(&new), vec!["# One.".to_owned(), "# Two.".to_owned()]));
}
