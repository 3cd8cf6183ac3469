//! The bare text of a document: how many tokens it has, and how deep its brackets are, before a parser sees it.

use content::code::Code;

use super::Refusal;
use crate::limits::Limits;

/// Brackets of any kind inside of each other, in the text. Far more than any honest document has, and far less than the parser's stack can take.
pub(super) const MOST_NESTING: usize = 100;
/// Counts tokens and the nesting of brackets in the bare text.
pub(super) fn scan(text: &str, limits: &Limits) -> Result<(), Refusal> {
    let (mut tokens, mut depth) = (0_usize, 0_usize);
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((start, byte)) = bytes.next() {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => continue,
            b'#' => {
                while bytes.next_if(|(_, byte)| !matches!(byte, b'\n' | b'\r')).is_some() {}
                continue;
            }
            b'"' => {
                let end = string_end(&text.as_bytes()[start..]) + start;
                while bytes.next_if(|(at, _)| *at < end).is_some() {}
            }
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => while bytes.next_if(|(_, byte)| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')).is_some() {},
        }
        tokens += 1;
        if tokens > limits.tokens {
            return Err(Refusal::new(Code::Tokens, format!("The document has more than {} tokens.", limits.tokens)));
        }
        if depth > MOST_NESTING {
            return Err(Refusal::new(Code::Depth, format!("The document has more than {MOST_NESTING} brackets inside of each other.")));
        }
    }
    Ok(())
}

/// Where a string that begins at the start of these bytes ends. An unfinished one ends with the text; the parser will say so.
fn string_end(bytes: &[u8]) -> usize {
    let block = bytes.starts_with(b"\"\"\"");
    let mut at = if block { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if block && bytes[at..].starts_with(b"\\\"\"\"") => at += 4,
            b'\\' if !block => at += 2,
            b'"' if !block => return at + 1,
            b'"' if bytes[at..].starts_with(b"\"\"\"") => return at + 3,
            b'\n' | b'\r' if !block => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}
