//! How long something takes: one figure or a range, in minutes.

use std::fmt;
use std::ops::Add;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// From `min` to `max` minutes; both are the same where there is one figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinuteRange {
    /// The least minutes.
    pub min: i32,
    /// The most minutes.
    pub max: i32,
}

/// The text is not a duration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("minutes or hours such as 45m, 1h15m or 45m-60m")]
pub struct DurationError;

impl Add for MinuteRange {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { min: self.min + other.min, max: self.max + other.max }
    }
}

impl fmt::Display for MinuteRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.min == self.max { write!(f, "{}m", self.min) } else { write!(f, "{}m-{}m", self.min, self.max) }
    }
}

impl FromStr for MinuteRange {
    type Err = DurationError;

    fn from_str(text: &str) -> Result<Self, DurationError> {
        let (min, max) = text.split_once('-').unwrap_or((text, text));
        Ok(Self { min: minutes(min.trim())?, max: minutes(max.trim())? })
    }
}

fn minutes(text: &str) -> Result<i32, DurationError> {
    let number = |digits: &str| -> Result<i32, DurationError> {
        let plain = !digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if plain { digits.parse().map_err(|_| DurationError) } else { Err(DurationError) }
    };
    match (text.split_once('h'), text.strip_suffix('m')) {
        (Some((hours, "")), _) => Ok(number(hours)? * 60),
        (Some((hours, rest)), _) => Ok(number(hours)? * 60 + number(rest.strip_suffix('m').ok_or(DurationError)?)?),
        (None, Some(digits)) => number(digits),
        (None, None) => Err(DurationError),
    }
}

#[cfg(test)]
mod tests {
    use super::MinuteRange;

    #[test]
    fn minutes_hours_and_ranges_are_read() {
        let range = |min, max| Ok(MinuteRange { min, max });
        assert_eq!("60m".parse(), range(60, 60));
        assert_eq!("1h15m".parse(), range(75, 75));
        assert_eq!("2h".parse(), range(120, 120));
        assert_eq!("45m-60m".parse(), range(45, 60));
    }

    #[test]
    fn what_leaves_the_unit_open_is_refused() {
        for text in ["", "60", "1 hour 15", "m", "h", "1h15", "45m-", "99999999m"] {
            assert!(text.parse::<MinuteRange>().is_err(), "{text}");
        }
    }
}
