//! Text in columns of a terminal: how wide it is, where it breaks, where it is cut; and the pager.

use std::io::Write;
use std::process::{Command, Stdio};

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::plain::{line, plain};

/// How many columns a text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// A text of at most so many columns, without signs that steer; what is cut off shows as `...`.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let text = plain(text);
    if columns(&text) <= most {
        return text.into_owned();
    }
    let (mut kept, mut taken) = (String::new(), 0);
    for sign in text.chars() {
        taken += sign.width().unwrap_or(0);
        if taken > most.saturating_sub(3) {
            break;
        }
        kept.push(sign);
    }
    format!("{}...", kept.trim_end())
}

/// A text in lines of at most so many columns, without signs that steer; a longer word stands alone.
pub(crate) fn wrap(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in plain(text).split_whitespace() {
        let last = lines.last_mut();
        match last {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if columns(line) + 1 + columns(word) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Shows lines in a pager; not if it cannot be started.
pub(super) fn page(pager: &str, lines: &[String]) -> bool {
    let Some(words) = shlex::split(pager).filter(|words| !words.is_empty()) else { return false };
    let Some((program, arguments)) = words.split_first() else { return false };
    let mut command = Command::new(program);
    let started = command.args(arguments).stdin(Stdio::piped()).spawn();
    let Ok(mut child) = started else { return false };
    if let Some(mut input) = child.stdin.take() {
        let text = lines.join("\n") + "\n";
        // A pager stands between us and the terminal, so nobody strips the styles on the way if they are not wanted.
        let text = match AutoStream::choice(&std::io::stdout()) {
            ColorChoice::Never => strip_str(&line(&text)).to_string(),
            ColorChoice::Auto | ColorChoice::AlwaysAnsi | ColorChoice::Always => line(&text).into_owned(),
        };
        // Whoever leaves the pager early has read enough.
        let _ = input.write_all(text.as_bytes());
    }
    let _ = child.wait();
    true
}

#[cfg(test)]
mod tests {
    use super::{columns, cut, wrap};

    #[test]
    fn a_text_is_cut_by_what_it_takes_on_the_screen() {
        assert_eq!(cut("Halden Systems", 14), "Halden Systems");
        assert_eq!(cut("Halden Systems", 10), "Halden...");
        assert_eq!(columns(&cut("星港計算機株式会社", 10)), 9);
    }

    #[test]
    fn a_long_word_stands_alone() {
        assert_eq!(wrap("a storage or queueing system", 12), ["a storage or", "queueing", "system"]);
        assert_eq!(wrap("incomprehensibilities are rare", 9), ["incomprehensibilities", "are rare"]);
    }
}
