//! One text as YAML writes it: without quotes wherever no reader of YAML could take it for something else, in one line in any case.

use std::fmt::Write as _;

use crate::fold::tidy;
use crate::guide::rules::misleading;

/// A text as a value, or as an entry of a list in brackets.
pub(super) fn scalar(text: &str, in_brackets: bool) -> String {
    let broken = in_brackets && text.contains([',', '[', ']', '{', '}']);
    if broken || !is_plain(text) || is_other(text) { quoted(text) } else { text.to_owned() }
}

/// Whether it comes back as it is.
fn is_plain(text: &str) -> bool {
    const FIRST: &str = "-?:,[]{}#&*!|>'\"%@`=<";
    let begins = text.chars().next().is_some_and(|sign| !FIRST.contains(sign));
    begins
        && tidy(text) == text
        && !text.starts_with("...")
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(hidden)
}

fn hidden(sign: char) -> bool {
    sign.is_control() || misleading(sign) || matches!(sign, '\u{fffe}' | '\u{ffff}')
}

/// Whether YAML 1.1 or 1.2 would take it for a number, a date, a switch or nothing.
fn is_other(text: &str) -> bool {
    const WORDS: [&str; 10] = ["~", "null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let lower = text.to_ascii_lowercase();
    if WORDS.contains(&lower.as_str()) {
        return true;
    }
    let digits = lower.replace(['_', ','], "");
    let unsigned = digits.trim_start_matches(['+', '-']);
    let based = [("0x", 16), ("0o", 8), ("0b", 2)];
    let of_base =
        based.iter().any(|(sign, base)| unsigned.strip_prefix(sign).is_some_and(|rest| rest.chars().all(|digit| digit.is_digit(*base))));
    of_base || unsigned.trim_start_matches('.').parse::<f64>().is_ok() || unsigned.parse::<f64>().is_ok() || is_time(unsigned)
}

/// `2026-10-14`, `2026-10-14T12:00:00Z`, and `12:30`, which YAML 1.1 counts in sixties.
fn is_time(text: &str) -> bool {
    let signs = |allowed: &str| text.chars().all(|sign| sign.is_ascii_digit() || allowed.contains(sign));
    let sixties = text.contains(':') && text.starts_with(|sign: char| sign.is_ascii_digit()) && signs(":.");
    let day = text.get(..5).is_some_and(|year| year.ends_with('-') && year.bytes().take(4).all(|digit| digit.is_ascii_digit()));
    sixties || (day && text.matches('-').count() > 1 && signs("-:.tz+ "))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for sign in text.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // Writing into a text cannot fail.
            sign if hidden(sign) => drop(write!(quoted, "\\u{:04x}", u32::from(sign))),
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn quotes_stand_only_where_they_are_needed() {
        for plain in ["60m", "4th", "a:b", "it's", "C#", "no one", "1 hour", "0d1c5ba9", "a, b", "100%", "2026-10", "\u{661f}", "a \"b\""] {
            assert_eq!(scalar(plain, false), plain);
        }
        for other in
            ["", " a", "a ", "NO", "1.10", "- x", "a: b", "#", "~", "null", "1e5", "0x1f", "12:30", "2026-10-14", "a #b", "a:", "1_000"]
        {
            assert_eq!(scalar(other, false), format!("\"{other}\""));
        }
        assert_eq!(scalar("a, b", true), "\"a, b\"");
        assert_eq!(scalar("\u{7}\\\"", false), "\"\\u0007\\\\\\\"\"");
    }
}
