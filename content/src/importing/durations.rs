//! How long something takes, as people write it: `45-60 min`, `1.5 hours`, `1 h 15 min`. A guide holds minutes.

use super::page::Reading;
use crate::guide::{MinuteRange, limits};

/// Longer texts are not looked at.
const LONGEST: usize = 200;
/// The words at the end of a text in which a duration is looked for.
const TAIL_WORDS: usize = 8;

/// A duration that is all of a text; nothing if the text says something else.
pub(super) fn whole(text: &str) -> Option<Reading<MinuteRange>> {
    if text.len() > LONGEST {
        return None;
    }
    let tokens = tokens(text.trim_matches(|sign: char| sign.is_whitespace() || "()[]".contains(sign)))?;
    let start = tokens.iter().position(|token| !matches!(token, Token::About))?;
    let mut parser = Parser { tokens: tokens.get(start..)?, at: 0 };
    if parser.takes(&Token::UpTo) {
        let max = parser.range()?.1;
        let choices = vec![(MinuteRange { min: max, max }, 60)];
        return parser.done().then(|| Reading::unsure(text, "it says how long at most, not how long", choices));
    }
    let range = parser.range();
    match range {
        Some((min, max)) if parser.done() => Some(checked(text, min, max)),
        Some(_) => None,
        None => days(&tokens).then(|| {
            let choices = if tokens.contains(&Token::Half) { vec![(MinuteRange { min: 240, max: 240 }, 40)] } else { Vec::new() };
            Reading::unsure(text, "days and weeks are no number of minutes", choices)
        }),
    }
}

/// The duration at the end of a text, and the text without it.
pub(super) fn tail(text: &str) -> Option<(String, Reading<MinuteRange>)> {
    if text.len() > LONGEST {
        return None;
    }
    if let Some((head, inner)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        let pieces: Vec<&str> = inner.split([',', ';', '·']).map(str::trim).collect();
        let (place, reading) = pieces.iter().enumerate().find_map(|(place, piece)| whole(piece).map(|reading| (place, reading)))?;
        let rest: Vec<&str> = pieces.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, piece)| *piece).collect();
        let head = trimmed(head);
        let head = if rest.is_empty() { head.to_owned() } else { format!("{head} ({})", rest.join(", ")) };
        return Some((head, reading)).filter(|(head, _)| !head.is_empty());
    }
    let starts: Vec<usize> =
        text.char_indices().filter(|(at, sign)| *at > 0 && !sign.is_whitespace() && boundary(text, *at)).map(|(at, _)| at).collect();
    let near = starts.get(starts.len().saturating_sub(TAIL_WORDS)..)?;
    near.iter().find_map(|at| {
        let (head, tail) = text.split_at_checked(*at)?;
        let reading = whole(tail)?;
        let head = trimmed(head);
        head.chars().any(char::is_alphabetic).then(|| (head.to_owned(), reading))
    })
}

fn boundary(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.ends_with([' ', '(', '|', '·', ',', ':']))
}

fn trimmed(head: &str) -> &str {
    head.trim_end_matches(|sign: char| sign.is_whitespace() || "-–—|·:,(~".contains(sign))
}

fn checked(text: &str, min: i32, max: i32) -> Reading<MinuteRange> {
    if min > max {
        return Reading::unsure(text, "the longer figure stands first", vec![(MinuteRange { min: max, max: min }, 80)]);
    }
    if min < 1 || max > limits::MINUTES {
        return Reading::unsure(text, format!("a round takes 1 to {} minutes", limits::MINUTES), Vec::new());
    }
    Reading::Sure(MinuteRange { min, max })
}

fn days(tokens: &[Token]) -> bool {
    let quantity = matches!(tokens.first(), Some(Token::Figure(_) | Token::Half | Token::Word));
    quantity && tokens.len() <= 5 && tokens.contains(&Token::Day) && tokens.iter().filter(|token| **token == Token::Word).count() <= 1
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// In hundredths.
    Figure(i64),
    Half,
    Minute,
    Hour,
    Day,
    Dash,
    And,
    About,
    UpTo,
    /// `full`, as in `full day`.
    Word,
}

/// A text in tokens; nothing if it has a word that no duration has.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let lower = text.to_lowercase();
    let mut tokens = Vec::new();
    let mut rest = lower.as_str();
    while let Some(first) = rest.chars().next() {
        let end = if first.is_ascii_digit() {
            rest.find(|sign: char| !sign.is_ascii_digit() && sign != '.' && sign != ',').unwrap_or(rest.len())
        } else if first.is_alphabetic() {
            rest.find(|sign: char| !sign.is_alphabetic()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (piece, after) = rest.split_at_checked(end)?;
        rest = after;
        if piece == "." && tokens.last().is_some_and(|last| matches!(last, Token::Minute | Token::Hour)) {
            continue;
        }
        tokens.extend(token(piece.trim_end_matches(['.', ',']))?);
    }
    Some(tokens)
}

#[expect(clippy::option_option, reason = "a word may be known and say nothing")]
fn token(piece: &str) -> Option<Option<Token>> {
    if piece.starts_with(|sign: char| sign.is_ascii_digit()) {
        return hundredths(piece).map(|figure| Some(Token::Figure(figure)));
    }
    let words = ["one", "two", "three", "four", "five", "six"];
    if let Some((_, number)) = words.iter().zip(1_i64..).find(|(word, _)| **word == piece) {
        return Some(Some(Token::Figure(number * 100)));
    }
    Some(match piece {
        "" | " " | "each" | "total" | "long" | "the" | "of" | "duration" | "length" | "time" | ":" | "+" => None,
        "a" | "an" => Some(Token::Figure(100)),
        "half" | "½" => Some(Token::Half),
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "'" | "′" => Some(Token::Minute),
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" => Some(Token::Hour),
        "day" | "days" | "week" | "weeks" | "onsite" => Some(Token::Day),
        "-" | "–" | "—" | "‒" | "−" | "to" | "or" | "bis" => Some(Token::Dash),
        "and" | "&" => Some(Token::And),
        "about" | "approx" | "approximately" | "around" | "ca" | "circa" | "roughly" | "~" | "≈" | "usually" => Some(Token::About),
        "up" | "max" | "maximum" => Some(Token::UpTo),
        "full" | "whole" => Some(Token::Word),
        _ => return None,
    })
}

fn hundredths(digits: &str) -> Option<i64> {
    let (units, decimals) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if units.len() > 5 || decimals.len() > 2 || !plain(units) || !plain(decimals) {
        return None;
    }
    let units: i64 = units.parse().ok()?;
    let decimals: i64 = format!("{decimals:0<2}").parse().ok()?;
    Some(units * 100 + decimals)
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl Parser<'_> {
    /// The least and the most minutes. A figure without a unit has that of the figure after it.
    fn range(&mut self) -> Option<(i32, i32)> {
        self.takes(&Token::Dash);
        let start = self.at;
        if let Some(low) = self.amount() {
            if !self.takes(&Token::Dash) {
                return Some((low, low));
            }
            return Some((low, self.amount()?));
        }
        self.at = start;
        let Token::Figure(low) = self.next()? else { return None };
        if !self.takes(&Token::Dash) {
            return None;
        }
        let unit = self.tokens.get(self.at..)?.iter().find(|token| matches!(token, Token::Minute | Token::Hour))?;
        let low = minutes(low, *unit)?;
        Some((low, self.amount()?))
    }

    /// One figure with its unit: `45 min`, `1 h 15`, `half an hour`, `an hour and a half`.
    fn amount(&mut self) -> Option<i32> {
        if self.takes(&Token::Half) {
            self.takes(&Token::Figure(100));
            return self.takes(&Token::Hour).then_some(30);
        }
        let Token::Figure(figure) = self.next()? else { return None };
        let half = if self.takes(&Token::Half) { 50 } else { 0 };
        let unit = self.next().filter(|unit| matches!(unit, Token::Minute | Token::Hour))?;
        let mut sum = minutes(figure.checked_add(half)?, unit)?;
        if unit == Token::Hour {
            let start = self.at;
            self.takes(&Token::And);
            let more = match self.next() {
                Some(Token::Figure(100)) if self.takes(&Token::Half) => Some(30),
                Some(Token::Half) => Some(30),
                Some(Token::Figure(figure)) if self.takes(&Token::Minute) || self.done() => minutes(figure, Token::Minute),
                Some(_) | None => None,
            };
            if more.is_none() {
                self.at = start;
            }
            sum = sum.checked_add(more.unwrap_or(0))?;
        }
        Some(sum)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).copied();
        self.at += 1;
        token
    }

    fn takes(&mut self, wanted: &Token) -> bool {
        let taken = self.tokens.get(self.at) == Some(wanted);
        self.at += usize::from(taken);
        taken
    }

    fn done(&self) -> bool {
        self.at >= self.tokens.len()
    }
}

fn minutes(hundredths: i64, unit: Token) -> Option<i32> {
    let each = if unit == Token::Hour { 60 } else { 1 };
    i32::try_from(hundredths.checked_mul(each)? / 100).ok()
}

#[cfg(test)]
mod tests {
    use super::{Reading, tail, whole};

    fn shown(text: &str) -> String {
        match whole(text) {
            Some(Reading::Sure(range)) => range.to_string(),
            Some(Reading::Unsure(_)) => "unsure".to_owned(),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn durations_are_read_as_people_write_them() {
        let written = [
            ("30 min", "30m"),
            ("45-60 min", "45m-60m"),
            ("60–90 minutes", "60m-90m"),
            ("1 hour", "60m"),
            ("1.5 hours", "90m"),
            ("1 h 15 min", "75m"),
            ("1h15", "75m"),
            ("1-2 hours", "60m-120m"),
            ("45 min - 1 hour", "45m-60m"),
            ("half an hour", "30m"),
            ("an hour and a half", "90m"),
            ("~45 mins", "45m"),
            ("about 2 hrs", "120m"),
            ("(90 min.)", "90m"),
            ("1½ hours", "90m"),
            ("45 to 60 minutes", "45m-60m"),
            ("45min", "45m"),
            ("1,5 h", "90m"),
        ];
        for (text, expected) in written {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_of_minutes_is_unsure_and_prose_is_none() {
        for text in ["half a day", "2 days", "a full day", "90-60 min", "48 hours", "up to 60 min", "1 week"] {
            assert_eq!(shown(text), "unsure", "{text}");
        }
        for text in ["", "60", "5 minutes of small talk", "hour of power", "a", "Day one", "half", "999999999999 min"] {
            assert_eq!(shown(text), "none", "{text}");
        }
    }

    #[test]
    fn a_duration_at_the_end_comes_off_the_title() {
        let head = |text: &str| tail(text).map(|(head, _)| head);
        assert_eq!(head("Phone Screen (45 min)").as_deref(), Some("Phone Screen"));
        assert_eq!(head("Phone Screen (45 min, video)").as_deref(), Some("Phone Screen (video)"));
        assert_eq!(head("Phone Screen - 45-60 min").as_deref(), Some("Phone Screen"));
        assert_eq!(head("Phone Screen — 1 h 15 min").as_deref(), Some("Phone Screen"));
        assert_eq!(head("Phone Screen: 1 hour").as_deref(), Some("Phone Screen"));
        assert_eq!(head("Phone Screen"), None);
    }
}
