//! The arithmetic of a quota, in whole numbers. `take.lua` does the same in Redis.
//!
//! Used points leak out of the bucket evenly (the "generic cell rate algorithm" of ATM Forum TM 4.1, 4.4.2, as a leaky bucket). They are counted in
//! 60,000,000ths of a point: in a microsecond so many of these leak out as the account has points a minute, so nothing is ever rounded.

use super::{Account, DayStanding, Standing, Verdict, Window};

/// Parts of a point: the microseconds of a minute.
pub(super) const PARTS: u64 = 60_000_000;
/// Points a minute beyond which an account has no more. Redis counts in numbers of 53 bits.
pub(super) const MOST_POINTS: u32 = 100_000_000;
/// Seconds of a day.
pub(super) const DAY_S: u64 = 86_400;

/// What is to be taken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask {
    pub(super) points: u32,
    pub(super) requests: u32,
}

/// What an account has used at an instant.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    /// Parts of points that have not leaked out yet.
    pub(super) used: u64,
    /// Requests of the day.
    pub(super) requests: u32,
    /// Microseconds since 1970.
    pub(super) at: u64,
}

/// What was counted: the state after it, and which quota was too small, if one was.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    pub(super) count: Count,
    pub(super) refused: Option<Window>,
}

/// The parts of points that leak out in a microsecond.
pub(super) fn rate(account: &Account) -> u64 {
    u64::from(account.points_per_minute.min(MOST_POINTS))
}

/// The day of an instant, from 1970.
pub(super) const fn day(micros: u64) -> u64 {
    micros / 1_000_000 / DAY_S
}

impl Count {
    /// The count at a later instant. A clock that was set back does not refill anything.
    pub(super) fn at(self, account: &Account, micros: u64) -> Self {
        let leaked = micros.saturating_sub(self.at).saturating_mul(rate(account));
        Self { used: self.used.saturating_sub(leaked), at: micros.max(self.at), ..self }
    }

    /// Takes what is asked for, or nothing.
    pub(super) fn take(self, account: &Account, ask: Ask) -> Counted {
        let requests = self.requests.saturating_add(ask.requests);
        let used = self.used.saturating_add(u64::from(ask.points) * PARTS);
        if ask.requests > 0 && account.requests_per_day.is_some_and(|most| requests > most) {
            return Counted { count: self, refused: Some(Window::Day) };
        }
        if ask.points > 0 && used > rate(account) * PARTS {
            return Counted { count: self, refused: Some(Window::Minute) };
        }
        Counted { count: Self { used, requests, ..self }, refused: None }
    }

    /// What is left for the account.
    pub(super) fn standing(&self, account: &Account, day_left_s: u64, shared: bool) -> Standing {
        let rate = rate(account);
        let left = (rate * PARTS).saturating_sub(self.used) / PARTS;
        Standing {
            points_left: u32::try_from(left).unwrap_or(u32::MAX),
            points_reset_s: seconds(self.used, rate),
            day: account.requests_per_day.map(|most| DayStanding { left: most.saturating_sub(self.requests), reset_s: day_left_s }),
            shared,
        }
    }
}

impl Counted {
    /// What is told to whoever asked.
    pub(super) fn verdict(&self, account: &Account, ask: Ask, shared: bool) -> Verdict {
        let day_left_s = DAY_S - self.count.at / 1_000_000 % DAY_S;
        let standing = self.count.standing(account, day_left_s, shared);
        let Some(which) = self.refused else { return Verdict::Granted(standing) };
        let rate = rate(account);
        let missing = (self.count.used + u64::from(ask.points) * PARTS).saturating_sub(rate * PARTS);
        let wait_s = match which {
            Window::Minute => seconds(missing, rate).max(1),
            Window::Day => day_left_s,
        };
        Verdict::Refused { which, standing, wait_s }
    }
}

/// The seconds in which so much leaks out, rounded up.
fn seconds(parts: u64, rate: u64) -> u64 {
    parts.div_ceil(rate.max(1)).div_ceil(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::{Ask, Count, PARTS};
    use crate::limiter::{Account, Owner, Verdict, Window};

    fn account(points_per_minute: u32) -> Account {
        Account { owner: Owner::at(None), points_per_minute, requests_per_day: None, spent_today: 0 }
    }

    const fn ask(points: u32) -> Ask {
        Ask { points, requests: 1 }
    }

    #[test]
    fn a_bucket_holds_exactly_the_quota_whatever_the_figure() {
        for quota in [1, 7, 1_000, 999_983, 100_000_000] {
            let account = account(quota);
            let full = Count::default().at(&account, 5).take(&account, ask(quota - 1));
            let last = full.count.take(&account, ask(1));
            assert!(full.refused.is_none() && last.refused.is_none(), "{quota}");
            assert_eq!(last.count.take(&account, ask(1)).refused, Some(Window::Minute), "{quota}");
        }
    }

    #[test]
    fn who_waits_as_long_as_told_is_answered_and_not_much_sooner() {
        for (quota, points) in [(1, 1), (7, 3), (60, 1), (1_000, 250), (999_983, 5)] {
            let account = account(quota);
            let empty = Count::default().at(&account, 1_000).take(&account, ask(quota)).count;
            let Verdict::Refused { wait_s, .. } = empty.take(&account, ask(points)).verdict(&account, ask(points), false) else {
                panic!("the bucket is empty")
            };
            let after = |micros: u64| empty.at(&account, 1_000 + micros).take(&account, ask(points)).refused;
            assert_eq!(after(wait_s * 1_000_000), None, "{quota} {points}");
            assert!(wait_s == 1 || after((wait_s - 1) * 1_000_000 - 1).is_some(), "{quota} {points}");
        }
    }

    #[test]
    fn a_clock_that_goes_back_refills_nothing() {
        let account = account(60);
        let used = Count::default().at(&account, 9_000_000).take(&account, ask(60)).count;
        assert_eq!(used.at(&account, 1_000_000).used, 60 * PARTS);
        assert_eq!(used.at(&account, 10_000_000).used, 59 * PARTS);
    }
}
