//! What stands before a text: bullets and numbers, alone or stacked, and the signs of Markdown.

use super::lines::visible;

/// A line of a section without what stands before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    /// Its place in the page, from 0.
    pub(super) at: usize,
    /// Its text; empty if there is only a mark.
    pub(super) text: &'a str,
    /// What stood before.
    pub(super) mark: Mark,
    /// Whether a blank line stands above.
    pub(super) gap: bool,
}

/// What stood before a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing.
    None,
    /// A bullet of some kind.
    Bullet,
    /// A number, as in `1.`, `2)` or `(3)`.
    Number(u32),
    /// Markdown's sign of a heading, this deep.
    Depth(u8),
}

impl Row<'_> {
    /// Whether a bullet or a number stood before.
    pub(super) fn listed(&self) -> bool {
        matches!(self.mark, Mark::Bullet | Mark::Number(_))
    }
}

const BULLETS: &[char] = &[
    '•', '·', '◦', '▪', '‣', '✓', '✔', '✗', '✘', '●', '○', '■', '□', '►', '▶', '→', '➤', '⁃', '∙', '◆', '◇', '»', '›', '–', '—', '−', '☐',
    '☑', '★', '・', '☆', '➔', '▸', '✅', '❌', '⭐',
];

/// Takes the marks off a line.
pub(super) fn row(at: usize, line: &str, gap: bool) -> Row<'_> {
    let depth = line.len() - line.trim_start_matches('#').len();
    if (1..=6).contains(&depth) {
        let text = line.get(depth..).unwrap_or_default().trim_matches(['#', ' ']);
        let depth = u8::try_from(depth).unwrap_or(1);
        return Row { at, text: plain(text), mark: Mark::Depth(depth), gap };
    }
    // A row of a table in Markdown.
    let mut text = line.strip_prefix('|').and_then(|line| line.strip_suffix('|')).map_or(line, str::trim);
    let mut mark = Mark::None;
    while let Some(rest) = bullet(text, mark) {
        text = rest.trim_start_matches(['\u{fe0f}', ' ']);
        mark = Mark::Bullet;
    }
    if let Some((number, rest)) = numbered(text) {
        text = rest;
        mark = Mark::Number(number);
    }
    let text = plain(text);
    Row { at, text: if visible(text) { text } else { "" }, mark, gap }
}

/// A text without a bullet. A sign before a figure is part of the figure, unless a bullet stood before it already.
fn bullet(text: &str, before: Mark) -> Option<&str> {
    if let Some(rest) = text.strip_prefix("[ ] ").or_else(|| text.strip_prefix("[x] ")) {
        return Some(rest);
    }
    let first = text.chars().next()?;
    let rest = text.get(first.len_utf8()..)?;
    let spaced = rest.is_empty() || rest.starts_with(' ');
    let figure = rest.starts_with(|sign: char| sign.is_ascii_digit());
    let taken = match first {
        '*' => spaced || (!rest.starts_with('*') && !rest.contains('*')),
        '+' | '-' => spaced || !figure || before == Mark::Bullet,
        _ => BULLETS.contains(&first) && (spaced || !figure),
    };
    taken.then_some(rest)
}

/// A number of at most three digits and the text after it.
fn numbered(text: &str) -> Option<(u32, &str)> {
    let open = text.strip_prefix('(').or_else(|| text.strip_prefix('#')).unwrap_or(text);
    let digits = open.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = open.split_at_checked(digits)?;
    let number: u32 = (digits <= 3).then(|| number.parse().ok())??;
    let rest = rest.strip_prefix(['.', ')']).or_else(|| rest.strip_prefix('\u{fe0f}'))?;
    let follows = rest.is_empty() || rest.starts_with(' ') || rest.starts_with(char::is_alphabetic);
    (follows && (open.len() == text.len() || rest.len() < text.len())).then(|| (number, rest.trim_start()))
}

/// The text without Markdown's stars around all of it.
fn plain(text: &str) -> &str {
    let inner = text.strip_prefix("**").and_then(|text| text.strip_suffix("**")).filter(|inner| !inner.contains("**"));
    inner.unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::{Mark, row};

    #[test]
    fn bullets_of_all_kinds_come_off_also_stacked() {
        for line in ["+Text", "- Text", "* Text", "• +Text", "•-Text", "– Text", "✓ Text", "· Text", "[x] Text", "- [ ] Text"] {
            let row = row(0, line, false);
            assert_eq!((row.text, row.mark), ("Text", Mark::Bullet), "{line}");
        }
    }

    #[test]
    fn numbers_come_off_and_figures_stay() {
        for line in ["1. Text", "1) Text", "(1) Text", "1.Text"] {
            assert_eq!((row(0, line, false).text, row(0, line, false).mark), ("Text", Mark::Number(1)), "{line}");
        }
        for line in ["1.5 hours", "45 min", "-5 degrees", "+200 million", "2026. A year", "*emphasis* matters"] {
            assert_eq!((row(0, line, false).text, row(0, line, false).mark), (line, Mark::None), "{line}");
        }
        assert_eq!(row(0, "•", false).text, "");
    }

    #[test]
    fn markdown_is_not_part_of_the_text() {
        assert_eq!((row(0, "## **Red flags** ##", false).text, row(0, "## X", false).mark), ("Red flags", Mark::Depth(2)));
        assert_eq!(row(0, "- **Bold**", false).text, "Bold");
    }
}
