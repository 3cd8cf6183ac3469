//! Days and months as guides use them, without a time and without a zone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::{Date, Month};

/// A day of the calendar: `2026-10-14` (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

/// A month of a year: `2026-10` (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct YearMonth(Date);

/// The text is not a day or month.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CalendarError(&'static str);

fn numbers<const N: usize>(text: &str, widths: [usize; N]) -> Option<[u16; N]> {
    let mut found = [0; N];
    let mut parts = text.split('-');
    for (number, width) in found.iter_mut().zip(widths) {
        let part = parts.next().filter(|part| part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

fn date(year: u16, month: u16, day: u16) -> Option<Date> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()
}

impl FromStr for Day {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, CalendarError> {
        numbers(text, [4, 2, 2])
            .and_then(|[year, month, day]| date(year, month, day))
            .map(Self)
            .ok_or(CalendarError("a day such as 2026-10-14"))
    }
}

impl FromStr for YearMonth {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, CalendarError> {
        numbers(text, [4, 2]).and_then(|[year, month]| date(year, month, 1)).map(Self).ok_or(CalendarError("a month such as 2026-10"))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), u8::from(self.0.month()))
    }
}

macro_rules! as_text {
    ($($name:ident),*) => {$(
        impl TryFrom<String> for $name {
            type Error = CalendarError;

            fn try_from(text: String) -> Result<Self, CalendarError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }
    )*};
}
as_text!(Day, YearMonth);

#[cfg(test)]
mod tests {
    use super::{Day, YearMonth};

    #[test]
    fn days_and_months_come_back_as_they_were_written() {
        assert_eq!("2024-02-29".parse::<Day>().unwrap().to_string(), "2024-02-29");
        assert_eq!("2026-10".parse::<YearMonth>().unwrap().to_string(), "2026-10");
    }

    #[test]
    fn what_the_calendar_does_not_have_is_refused() {
        for text in ["2026-02-29", "2026-13-01", "2026-1-01", "26-01-01", "2026-01-01T00:00", ""] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
        for text in ["2026-00", "2026-13", "2026", "2026-10-01"] {
            assert!(text.parse::<YearMonth>().is_err(), "{text}");
        }
    }
}
