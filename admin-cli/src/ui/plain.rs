//! Text from outside (a server, a file, a cell) must not steer the terminal: signs that would are shown instead of obeyed. Our own styles stay.

use std::borrow::Cow;
use std::fmt::Write;

/// A text of somebody else's for a line of ours: every sign that steers shows as `\u001b`. This is also how JSON and YAML write such a sign in
/// quotes, so a line of JSON says the same afterwards.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    shown(text, |_| None)
}

/// A whole line as it goes out: the colours and the bold of `paint` are left in it. Text that imitates them can be coloured, and no more.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    shown(text, style)
}

/// What steers a terminal: the control characters of both sets but tab and line feed, and the marks that turn the direction of writing.
const fn steers(sign: char) -> bool {
    match sign {
        '\n' | '\t' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => false,
    }
}

fn shown(text: &str, kept: fn(&str) -> Option<usize>) -> Cow<'_, str> {
    let Some(first) = text.find(steers) else { return Cow::Borrowed(text) };
    let (before, mut rest) = text.split_at(first);
    let mut shown = before.to_owned();
    while let Some(sign) = rest.chars().next() {
        let length = kept(rest).unwrap_or(0);
        if length > 0 {
            shown.push_str(rest.get(..length).unwrap_or_default());
        } else if steers(sign) {
            let _ = write!(shown, "\\u{:04x}", u32::from(sign));
        } else {
            shown.push(sign);
        }
        rest = rest.get(length.max(sign.len_utf8())..).unwrap_or_default();
    }
    Cow::Owned(shown)
}

/// The length of a style that a text begins with. Hidden and blinking text is no style of ours.
fn style(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("\u{1b}[")?;
    let end = inner.find('m')?;
    let ours = |part: &str| matches!(part.parse(), Ok(0..=4 | 30..=37 | 39 | 90..=97_u8));
    inner.get(..end)?.split(';').all(ours).then_some(end + 3)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{line, plain};
    use crate::ui::{RED, paint};

    #[test]
    fn what_steers_the_terminal_is_shown_instead() {
        assert_eq!(plain("a\u{1b}[2Jb\rc\u{9b}d\u{202e}e\u{7f}"), "a\\u001b[2Jb\\u000dc\\u009bd\\u202ee\\u007f");
        assert!(matches!(plain("Büro\t星港\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn our_own_styles_stay_in_a_line_and_no_others() {
        let painted = paint(RED, "a\u{1b}]0;b\u{7}");
        assert_eq!(line(&painted), "\u{1b}[31ma\\u001b]0;b\\u0007\u{1b}[0m");
        assert_eq!(line("\u{1b}[8mhidden\u{1b}[2J\u{1b}["), "\\u001b[8mhidden\\u001b[2J\\u001b[");
    }

    #[test]
    fn a_line_of_json_says_the_same() {
        let value = serde_json::json!({ "name": "a\u{9b}\u{202e}\u{1b}" });
        let read: serde_json::Value = serde_json::from_str(&line(&value.to_string())).unwrap();
        assert_eq!(read, value);
    }
}
