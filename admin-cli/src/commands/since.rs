//! A moment in the past as it is typed: `7d`, `12h`, `2026-10-01`.

use std::str::FromStr;

use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, Duration, OffsetDateTime};

use crate::documents::DateTime;
use crate::settings::wire;

/// The moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Since {
    /// So long ago.
    Ago(Duration),
    /// From this instant on.
    From(OffsetDateTime),
}

impl FromStr for Since {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no time; right would be 7d, 12h, 2026-10-01 or 2026-10-01T12:00:00Z");
        if let Ok(instant) = OffsetDateTime::parse(text, &Rfc3339) {
            return Ok(Self::From(instant));
        }
        if let Ok(day) = Date::parse(text, format_description!("[year]-[month]-[day]")) {
            return Ok(Self::From(day.midnight().assume_utc()));
        }
        let unit = text.chars().last().ok_or_else(wrong)?;
        let number: i64 = text.strip_suffix(unit).and_then(|digits| digits.parse().ok()).filter(|number| *number >= 0).ok_or_else(wrong)?;
        match unit {
            'd' => Ok(Self::Ago(Duration::days(number.min(100_000)))),
            'h' => Ok(Self::Ago(Duration::hours(number.min(2_400_000)))),
            'm' => Ok(Self::Ago(Duration::minutes(number.min(100_000_000)))),
            _ => Err(wrong()),
        }
    }
}

impl Since {
    /// As the wire has it.
    pub(crate) fn instant(self, now: OffsetDateTime) -> DateTime {
        DateTime(wire(self.moment(now)))
    }

    /// The moment itself.
    pub(crate) fn moment(self, now: OffsetDateTime) -> OffsetDateTime {
        match self {
            Self::Ago(duration) => now - duration,
            Self::From(instant) => instant,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Since;
    use time::Duration;

    #[test]
    fn a_time_is_typed_as_people_say_it() {
        assert_eq!("7d".parse::<Since>(), Ok(Since::Ago(Duration::days(7))));
        assert!("2026-10-01".parse::<Since>().is_ok());
        assert!("yesterday".parse::<Since>().is_err());
        assert!("".parse::<Since>().is_err());
    }
}
