//! A moment to come as it is typed: `30d`, `12h`, `2027-10-01`.

use std::str::FromStr;

use time::{Duration, OffsetDateTime};

use super::since::Since;
use crate::documents::DateTime;
use crate::settings::wire;

/// The moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Until(Since);

impl FromStr for Until {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self)
    }
}

impl Until {
    /// As the wire has it.
    pub(crate) fn instant(self, now: OffsetDateTime) -> DateTime {
        DateTime(wire(match self.0 {
            // Nobody agrees on a fraction of a second.
            Since::Ago(duration) => now.replace_nanosecond(0).unwrap_or(now).saturating_add(duration),
            Since::From(instant) => instant,
        }))
    }

    /// How long it is until then.
    pub(crate) fn duration(self, now: OffsetDateTime) -> Duration {
        match self.0 {
            Since::Ago(duration) => duration,
            Since::From(instant) => instant - now,
        }
    }
}
