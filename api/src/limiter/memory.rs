//! The counts of this process. Bounded: of very many accounts the ones that come again, and those that came last, are remembered.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use content::Timestamp;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, UnitWeighter};

use super::bucket::{Ask, Count, Counted, day};
use super::script::Known;
use super::{Account, Owner};

/// Accounts that are remembered, some hundred bytes each. An account that is forgotten begins anew.
const MOST_ACCOUNTS: usize = 100_000;
/// The part of them that those who come again may take. The rest is for those who are new.
const AGAIN: f64 = 0.5;

#[derive(Debug)]
pub(super) struct Memory {
    accounts: Cache<Owner, Arc<Mutex<Kept>>>,
}

/// What is remembered of an account.
#[derive(Debug)]
struct Kept {
    count: Count,
    /// Until when it was last told to wait, in microseconds since 1970.
    told_until: u64,
}

impl Memory {
    pub(super) fn new() -> Self {
        // A new account is let in however often others come: where it was not, it would never be limited. So nobody is remembered who had to go: whoever
        // is, comes in as one who came again, and in the end leaves no place for those who are new.
        let layout = OptionsBuilder::new()
            .estimated_items_capacity(MOST_ACCOUNTS)
            .weight_capacity(MOST_ACCOUNTS as u64)
            .hot_allocation(AGAIN)
            .ghost_allocation(0.0)
            .build();
        let accounts = match layout {
            Ok(layout) => Cache::with_options(layout, UnitWeighter, DefaultHashBuilder::default(), DefaultLifecycle::default()),
            Err(_) => Cache::new(MOST_ACCOUNTS),
        };
        Self { accounts }
    }

    /// Takes what is asked for, or nothing.
    pub(super) fn count(&self, account: &Account, ask: Ask, now: Timestamp) -> Counted {
        self.with(account, now, |count| {
            let counted = count.take(account, ask);
            *count = counted.count;
            counted
        })
    }

    /// Notes that an account was told to wait for so many seconds.
    pub(super) fn tell(&self, account: &Account, wait_s: u64, now: Timestamp) {
        self.kept(account, now, |kept| kept.told_until = kept.count.at.saturating_add(wait_s.saturating_mul(1_000_000)));
    }

    /// What becomes of a request of an account that has nothing left and comes before the time that it was told; nothing if it has something left, or
    /// waited as it was told.
    pub(super) fn too_early(&self, account: &Account, ask: Ask, now: Timestamp) -> Option<(Counted, u64)> {
        self.kept(account, now, |kept| {
            let counted = kept.count.take(account, ask);
            let left = kept.told_until.saturating_sub(kept.count.at);
            (counted.refused.is_some() && left > 0).then_some((counted, left.div_ceil(1_000_000)))
        })
    }

    /// Requests of today, as far as this process knows.
    pub(super) fn known(&self, account: &Account, now: Timestamp) -> Known {
        self.with(account, now, |count| Known { requests: count.requests, at: count.at })
    }

    /// Remembers what was counted elsewhere.
    pub(super) fn keep(&self, account: &Account, counted: &Counted, now: Timestamp) {
        self.with(account, now, |count| {
            // Answers may overtake each other, and within a day requests only become more. But around midnight, or by another clock, what was counted
            // may be another day's, and must not use up this one.
            if day(counted.count.at) == day(count.at) {
                count.requests = count.requests.max(counted.count.requests);
            }
            count.used = counted.count.used;
        });
    }

    fn with<T>(&self, account: &Account, now: Timestamp, act: impl FnOnce(&mut Count) -> T) -> T {
        self.kept(account, now, |kept| act(&mut kept.count))
    }

    /// Shows what is kept of an account, with its count as it is now. The lock is held for a few additions and never while anything is awaited.
    fn kept<T>(&self, account: &Account, now: Timestamp, act: impl FnOnce(&mut Kept) -> T) -> T {
        let micros = u64::try_from(now.0).unwrap_or_default();
        let count = Count { used: 0, requests: account.spent_today, at: micros };
        let fresh = || Ok::<_, Infallible>(Arc::new(Mutex::new(Kept { count, told_until: 0 })));
        let Ok(kept) = self.accounts.get_or_insert_with(&account.owner, fresh);
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if day(micros) > day(kept.count.at) {
            kept.count.requests = account.spent_today;
        }
        kept.count = kept.count.at(account, micros);
        act(&mut kept)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use content::Timestamp;

    use super::{Account, Ask, Count, Counted, MOST_ACCOUNTS, Memory, Owner};

    const ONE: Ask = Ask { points: 1, requests: 1 };
    const MIDNIGHT: u64 = 1_800_057_600_000_000;

    fn at(micros: u64) -> Timestamp {
        Timestamp(i64::try_from(micros).unwrap())
    }

    #[test]
    fn what_was_counted_on_another_day_does_not_use_up_this_one() {
        assert_eq!(MIDNIGHT % 86_400_000_000, 0);
        let memory = Memory::new();
        let account = Account { owner: Owner::at(None), points_per_minute: 60, requests_per_day: Some(10), spent_today: 0 };
        let counted = |micros, requests| Counted { count: Count { used: 0, requests, at: micros }, refused: None };
        memory.keep(&account, &counted(MIDNIGHT - 5, 9), at(MIDNIGHT - 3));
        assert_eq!(memory.known(&account, at(MIDNIGHT - 2)).requests, 9);
        memory.keep(&account, &counted(MIDNIGHT - 1, 10), at(MIDNIGHT + 1));
        assert_eq!(memory.known(&account, at(MIDNIGHT + 2)).requests, 0);
        memory.keep(&account, &counted(MIDNIGHT + 3, 2), at(MIDNIGHT + 4));
        assert_eq!(memory.count(&account, ONE, at(MIDNIGHT + 5)).count.requests, 3);
    }

    #[test]
    fn a_new_account_is_remembered_however_many_others_come_more_often() {
        let memory = Memory::new();
        let account = |number: u32| Account {
            owner: Owner::at(Some(Ipv4Addr::from(number).into())),
            points_per_minute: 60,
            requests_per_day: None,
            spent_today: 0,
        };
        let count = |number, ask| memory.count(&account(number), ask, at(MIDNIGHT)).refused.is_some();
        let others = u32::try_from(MOST_ACCOUNTS).unwrap() * 5 / 4;
        for number in (0..2).flat_map(|_| 0..others) {
            count(number, ONE);
        }
        assert!(!count(u32::MAX, Ask { points: 60, ..ONE }));
        for number in others..others + 30_000 {
            count(number, ONE);
        }
        assert!(count(u32::MAX, ONE), "its points are used up");
    }
}
