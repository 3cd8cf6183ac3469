//! The bare text of a document, before a parser sees it: its tokens, how many they are, and how deep its brackets are.

use async_graphql::{Pos, ServerError};
use content::code::Code;
use sha2::{Digest, Sha256};

use super::Refusal;
use crate::limits::Limits;

/// Brackets of any kind inside of each other, in the text. Far more than any honest document has, and far less than the parser's stack can take.
pub(super) const MOST_NESTING: usize = 100;

/// What of the text of a document says something, as a fingerprint (SHA-256). A carriage return that ends no line says something, too: it puts things that
/// stand behind each other into one place, as places are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Essence([u8; 32]);

/// Counts tokens and the nesting of brackets in the bare text. Gives the essence of the document: texts with the same one differ in nothing but comments,
/// commas and white space, and those say nothing (GraphQL, September 2025, 2.1.7).
pub(super) fn scan(text: &str, limits: &Limits) -> Result<Essence, Refusal> {
    let (mut tokens, mut depth) = (0_usize, 0_usize);
    let mut essence = Vec::with_capacity(text.len() + text.len() / 2);
    for token in Tokens::of(text) {
        match text.as_bytes()[token.start] {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        tokens += 1;
        if tokens > limits.tokens {
            return Err(Refusal::new(Code::Tokens, format!("The document has more than {} tokens.", limits.tokens)));
        }
        if depth > MOST_NESTING {
            return Err(Refusal::new(Code::Depth, format!("The document has more than {MOST_NESTING} brackets inside of each other.")));
        }
        if token.is_open {
            // The parser would take its beginning for a string without anything in it, and go on with what was not looked at here.
            let place = places(text, Tokens::of(text)).nth(tokens - 1);
            let error = ServerError::new("A block string (\"\"\") does not end.", place);
            return Err(Refusal { code: Code::Syntax, errors: vec![error] });
        }
        // Whether something stands between two tokens can make a difference, and to this parser whether that is a comment, too (behind `on`); what is in
        // it cannot. Beside a bracket none of it can, but for those of types.
        let is_bracket = |byte: Option<&u8>| byte.is_none_or(|byte| b"(){}".contains(byte));
        if !is_bracket(essence.last()) && !is_bracket(text.as_bytes().get(token.start)) {
            match token.gap {
                Gap::None => {}
                Gap::Space => essence.push(b' '),
                Gap::Comment => essence.push(b'#'),
            }
        }
        // In a string there may be anything, and one that does not end is no shorter one.
        if text.as_bytes()[token.start] == b'"' {
            essence.extend_from_slice(&(token.end - token.start).to_be_bytes());
        }
        essence.extend_from_slice(&text.as_bytes()[token.start..token.end]);
    }
    if text.contains('\r') && text.replace("\r\n", "").contains('\r') {
        essence.push(b'\r');
    }
    Ok(Essence(Sha256::digest(essence).into()))
}

/// Moves places in one text to where the same is in another one with the same tokens.
pub(super) fn relocate<'a>(found: impl Iterator<Item = &'a mut Pos>, from: &str, to: &str) {
    let moves: Vec<(Pos, Pos)> = places(from, Tokens::of(from)).zip(places(to, Tokens::of(to))).collect();
    for place in found {
        // The token that it is in, or at the beginning of.
        let behind = moves.partition_point(|(own, _)| own <= place);
        let Some((own, new)) = behind.checked_sub(1).and_then(|at| moves.get(at)) else { continue };
        *place = if own.line == place.line {
            Pos { line: new.line, column: new.column + (place.column - own.column) }
        } else {
            Pos { line: new.line + (place.line - own.line), column: place.column }
        };
    }
}

/// The places of tokens as the parser counts them: lines and characters, from one on.
fn places<'a>(text: &'a str, tokens: impl Iterator<Item = Token> + 'a) -> impl Iterator<Item = Pos> + 'a {
    let (mut at, mut place) = (0, Pos { line: 1, column: 1 });
    tokens.map(move |token| {
        for sign in text[at..token.start].chars() {
            match sign {
                '\r' => place.column = 1,
                '\n' => place = Pos { line: place.line + 1, column: 1 },
                _ => place.column += 1,
            }
        }
        at = token.start;
        place
    })
}

/// A piece of a text that nothing can be put into without changing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Token {
    start: usize,
    end: usize,
    gap: Gap,
    /// Whether it is a block string that does not end.
    is_open: bool,
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    None,
    /// White space and commas.
    Space,
    /// A comment, at least.
    Comment,
}

/// The tokens of a text. They are a little larger than those of the grammar: a sign and the word behind it are one.
struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    const fn of(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), at: 0 }
    }

    /// Goes on while the bytes are such.
    fn pass(&mut self, is_such: impl Fn(u8) -> bool) {
        while self.bytes.get(self.at).is_some_and(|byte| is_such(*byte)) {
            self.at += 1;
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let (before, mut has_comment) = (self.at, false);
        loop {
            self.pass(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b','));
            if self.bytes.get(self.at) != Some(&b'#') {
                break;
            }
            has_comment = true;
            self.pass(|byte| !matches!(byte, b'\n' | b'\r'));
        }
        let (start, mut is_open) = (self.at, false);
        let gap = match (has_comment, start > before) {
            (true, _) => Gap::Comment,
            (false, true) => Gap::Space,
            (false, false) => Gap::None,
        };
        match self.bytes.get(start)? {
            b'"' => {
                let (length, ends) = string_end(&self.bytes[start..]);
                (self.at, is_open) = (start + length, !ends);
            }
            b'(' | b'[' | b'{' | b')' | b']' | b'}' => self.at += 1,
            _ => {
                self.at += 1;
                // The rest of a sign that takes several bytes belongs to it.
                self.pass(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.') || !byte.is_ascii());
            }
        }
        Some(Token { start, end: self.at, gap, is_open })
    }
}

/// Where a string that begins at the start of these bytes ends, and whether it does if it is a block. Of one in a line the parser will say that it does
/// not.
fn string_end(bytes: &[u8]) -> (usize, bool) {
    let block = bytes.starts_with(b"\"\"\"");
    let mut at = if block { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if block && bytes[at..].starts_with(b"\\\"\"\"") => at += 4,
            b'\\' if !block => at += 2,
            b'"' if !block => return (at + 1, true),
            b'"' if bytes[at..].starts_with(b"\"\"\"") => return (at + 3, true),
            b'\n' | b'\r' if !block => return (at, true),
            _ => at += 1,
        }
    }
    (bytes.len(), !block)
}

#[cfg(test)]
mod tests {
    use async_graphql::Pos;

    use super::{Tokens, relocate, scan};
    use crate::limits::Limits;

    fn is_same(a: &str, b: &str) -> bool {
        let of = |text: &str| scan(text, &Limits::default()).unwrap();
        of(a) == of(b)
    }

    #[test]
    fn comments_commas_and_white_space_say_nothing() {
        let text = "query($a: Int) { list(first: $a, text: \"a, # b\") { name } }";
        for same in [
            "# 7\nquery($a: Int) { list(first: $a, text: \"a, # b\") { name } }",
            "query($a: Int) { # a {\r\n list(first:,$a\ttext: \"a, # b\") {\n# }\n name } } #",
            ",query\n(\n  $a: Int\n){list(first: $a,text: \"a, # b\"){name}}",
        ] {
            assert!(is_same(text, same), "{same}");
        }
    }

    #[test]
    fn whatever_else_differs_is_another_document() {
        for (a, b) in [
            ("{ a(b: \"x y\") }", "{ a(b: \"x  y\") }"),
            ("{ a(b: \"x,y\") }", "{ a(b: \"x y\") }"),
            ("{ a(b: \"\"\"x\ny\"\"\") }", "{ a(b: \"\"\"x y\"\"\") }"),
            ("{ a(b: \"x\n y\") }", "{ a(b: \"x y\") }"),
            ("{ a(b: \"#\") }", "{ a(b: \"\") }"),
            ("{ a b }", "{ ab }"),
            ("{ a(b: [1 2]) }", "{ a(b: [12]) }"),
            ("{ a(b: 12e +5) }", "{ a(b: 12e+5) }"),
            ("{ a: b }", "{ a b }"),
            ("{ a } # b", "{ a } b"),
            ("{ ...a }", "{ a }"),
            ("{ ... on A { b } }", "{ ... on #\n A { b } }"),
            ("query($a: [Int]) { a }", "query($a: [ Int ]) { a }"),
            ("{ \u{e9} }", "{ \u{e8} }"),
            ("{ a }", "{\ra }"),
        ] {
            assert!(!is_same(a, b), "{a} {b}");
        }
    }

    #[test]
    fn a_place_is_found_again_in_a_text_with_other_comments() {
        let (from, to) = ("{ a b(c: $d) }", "# \u{e9}\u{e9}\r\n{\n  a # x\n\n b(c:\r   $d) }");
        let place = |line, column| Pos { line, column };
        let mut moved = [place(1, 3), place(1, 5), place(1, 9), place(1, 10), place(0, 0)];
        relocate(moved.iter_mut(), from, to);
        assert_eq!(moved, [place(3, 3), place(5, 2), place(5, 6), place(5, 4), place(0, 0)], "what has no place has none there either");
        assert_eq!(Tokens::of(from).count(), Tokens::of(to).count());
    }
}
