//! Ways to spoil a document: by what a careless client would send, and by what a careless parser would choke on.

use serde_json::{Value as Json, json};

use super::{Dice, Document, strange};

/// What means something to a parser.
const MARKS: &[&str] = &["{", "}", "(", ")", "[", "]", "$", "...", "\"\"\"", "\"", "#", "!", ":", "@", "&", "|", "\\u{D800}"];

/// Beginnings of what is no operation, or none of this schema.
const HEADS: &[&str] = &["subscription", "query Q($a: Query)", "query Q($a: [[Int!]!]! = [[null]])", "schema", "type A", "{", "extend"];

/// Spoils a document once or a few times.
pub fn spoil(dice: &mut Dice, document: &mut Document) {
    for _ in 0..=dice.below(3) {
        match dice.below(4) {
            0 => variables(dice, document),
            1 => names(dice, &mut document.text),
            2 => letters(dice, &mut document.text),
            _ => shapes(dice, document),
        }
    }
}

fn variables(dice: &mut Dice, document: &mut Document) {
    let names: Vec<String> = document.variables.keys().cloned().collect();
    let wrong = match dice.below(7) {
        0 => json!(strange::text(dice)),
        1 => serde_json::from_str(strange::number(dice)).unwrap_or_default(),
        2 => json!([[[null]]]),
        3 => json!({ "a": { "b": [1, "c"] } }),
        4 => json!(true),
        5 => (0..=dice.below(110)).fold(Json::Null, |inner, _| json!([inner])),
        _ => Json::Null,
    };
    if names.is_empty() || dice.chance(10) {
        document.variables.insert(strange::text(dice), wrong);
    } else if dice.chance(30) {
        document.variables.remove(dice.pick(&names));
    } else {
        document.variables.insert(dice.pick(&names).clone(), wrong);
    }
}

/// The ranges of all names and numbers of a text.
fn words(text: &str) -> Vec<(usize, usize)> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let bytes = text.as_bytes();
    let begins = |at: &usize| is_word(bytes[*at]) && (*at == 0 || !is_word(bytes[*at - 1]));
    (0..bytes.len()).filter(begins).map(|at| (at, at + bytes[at..].iter().take_while(|byte| is_word(**byte)).count())).collect()
}

fn names(dice: &mut Dice, text: &mut String) {
    let words = words(text);
    if words.is_empty() {
        return;
    }
    let (begin, end) = *dice.pick(&words);
    let other = *dice.pick(&words);
    let other = text[other.0..other.1].to_owned();
    match dice.below(8) {
        0 => text.replace_range(begin..end, &other),
        1 => text.replace_range(begin..end, "nothing"),
        2 => text.replace_range(begin..end, strange::number(dice)),
        3 => text.insert_str(end, "(none: 1)"),
        4 => text.insert_str(end, " @none"),
        5 => text.insert_str(end, " { id }"),
        6 => text.replace_range(begin..end, &"n".repeat(1 + dice.below(5_000))),
        _ => text.replace_range(begin..end, ""),
    }
}

fn letters(dice: &mut Dice, text: &mut String) {
    let (one, two) = (dice.place(text), dice.place(text));
    let (begin, end) = (one.min(two), one.max(two));
    match dice.below(7) {
        0 => text.truncate(one),
        1 => text.replace_range(begin..end, ""),
        2 => text.insert_str(one, &strange::text(dice)),
        3 => {
            let part = text[begin..end].to_owned();
            text.insert_str(begin, &part);
        }
        4 => text.insert_str(one, MARKS[dice.below(MARKS.len())]),
        5 => {
            let Some(letter) = text[one..].chars().next() else { return };
            text.remove(one);
            let place = dice.place(text);
            text.insert(place, letter);
        }
        _ => *text = text.chars().rev().collect(),
    }
}

fn shapes(dice: &mut Dice, document: &mut Document) {
    let most = if dice.chance(20) { 5_000 } else { 40 };
    let many = 1 + dice.below(most);
    let text = &mut document.text;
    let place = dice.place(text);
    match dice.below(8) {
        0 => text.insert_str(place, &format!("{}{}", "{ company ".repeat(many), "}".repeat(many))),
        1 => text.insert_str(place, &"[".repeat(many)),
        2 => text.insert_str(place, &format!("x: {}1{}", "{a: ".repeat(many), "}".repeat(many))),
        3 => *text = format!("{text} {text}"),
        4 => text.push_str(&" fragment F0 on Query { ...F0 }".repeat(1 + many % 3)),
        5 => *text = format!("{{ {} }}", "__typename ".repeat(many)),
        6 => document.name = Some(strange::text(dice)),
        _ => *text = format!("{} {{ __typename }}", dice.pick(HEADS)),
    }
}
