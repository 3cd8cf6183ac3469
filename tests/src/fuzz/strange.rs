//! Texts and numbers that no honest caller sends.

use super::Dice;

/// Short texts that have broken programs.
const TEXTS: &[&str] = &[
    "",
    " ",
    "\0",
    "a\0b",
    "\u{feff}",
    "\u{202e}txet",
    "\u{200f}\u{200e}",
    "\u{ffff}",
    "\u{10ffff}",
    "\u{d7ff}\u{e000}",
    "e\u{301}\u{301}\u{301}",
    "👩‍👩‍👧‍👦",
    "\u{1b}[31m",
    "\r\nX-Injected: yes",
    "' OR 1=1 --",
    "\"; DROP TABLE company; --",
    "%00%s%n",
    "%",
    "_",
    "\\",
    "* NEAR(",
    "\"a\" AND",
    "a:b*",
    "{{7*7}}",
    "<script>",
    "../../../../etc/passwd",
    "NaN",
    "-0",
    "null",
    "0001-01-01",
    "9999-12-31T23:59:60Z",
    "-262143-01-01T00:00:00Z",
    "+262142-12-31T23:59:59.999999999Z",
    "2026-02-30",
    "2026-13",
    "company_7zzzzzzzzzzzzzzzzzzzzzzzzz",
    "company_01h455vb4pex5vsknk084sn02q",
];

/// Numbers at the edges of what can be held.
const NUMBERS: &[&str] = &[
    "-1",
    "2147483647",
    "2147483648",
    "-2147483649",
    "9007199254740991",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "1e400",
    "-1e308",
    "1e-400",
    "0.1",
    "-0",
    "1E5",
    "99999999999999999999999999999999999999",
];

/// A strange text; one in a while is very long.
pub fn text(dice: &mut Dice) -> String {
    let text = *dice.pick(TEXTS);
    match dice.below(12) {
        0 => text.repeat(1 + dice.below(300)),
        1 => {
            let letter = *dice.pick(&["x", "ß", "字", "\u{202b}", "("]);
            letter.repeat(1 + dice.below(9_000))
        }
        _ => text.to_owned(),
    }
}

/// A strange number, as it is written.
pub fn number(dice: &mut Dice) -> &'static str {
    NUMBERS[dice.below(NUMBERS.len())]
}
