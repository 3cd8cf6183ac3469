//! A pasted text as lines: numbered as the editor sees them, with single blanks, without the signs that cannot be seen.

use crate::guide::rules::{misleading, unseen};

/// The lines of a text. A line ends at `\n`, `\r\n` or a bare `\r`; one that ends the text begins no further line.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['\n', '\r']);
        let line = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        lines.push(tidy(line));
        let after = end.and_then(|end| rest.get(end..)).unwrap_or_default();
        rest = after.strip_prefix("\r\n").or_else(|| after.get(1..)).unwrap_or_default();
    }
    lines
}

/// Whether a reader would see anything of the text.
pub(super) fn visible(text: &str) -> bool {
    text.chars().any(|sign| !sign.is_whitespace() && !unseen(sign))
}

/// Single blanks, nothing that the rules refuse. Joiners and marks of direction stay: some scripts and emoji need them.
fn tidy(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut gap = false;
    for sign in line.chars() {
        if sign.is_whitespace() {
            gap = true;
        } else if !dropped(sign) {
            if gap && !text.is_empty() {
                text.push(' ');
            }
            gap = false;
            text.push(sign);
        }
    }
    if visible(&text) { text } else { String::new() }
}

fn dropped(sign: char) -> bool {
    sign.is_control() || misleading(sign) || matches!(sign, '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{00ad}')
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn lines_end_in_three_ways_and_the_last_end_begins_no_line() {
        assert_eq!(split("a\nb\r\nc\rd\n\n"), ["a", "b", "c", "d", ""]);
        assert_eq!(split("\r\r\n"), ["", ""]);
        assert!(split("").is_empty());
    }

    #[test]
    fn what_cannot_be_seen_is_gone() {
        assert_eq!(split("\u{feff}A\u{a0}\tb\u{200b}c\u{7}\u{202e}  "), ["A bc"]);
        assert_eq!(split("\u{200d}\u{200e}\n\u{1}"), ["", ""]);
    }
}
