//! Quotas: points a minute and requests a day, for each account. Counted in this process, or in a Redis that several servers share.
//!
//! A minute's quota is a bucket as large as the quota, which fills evenly: nobody loses a minute because they came at its end. A day is a day of
//! UTC. What does not fit is refused whole and costs nothing.

mod bucket;
mod circuit;
mod memory;
mod owner;
mod script;
mod shared;

use std::sync::Arc;
use std::time::Duration;

use content::clock::Clock;

use self::bucket::{Ask, Count};
use self::memory::Memory;
use self::shared::Shared;

pub use owner::Owner;

/// Whose quota it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Who has it.
    pub owner: Owner,
    /// Points a minute, and as many at once.
    pub points_per_minute: u32,
    /// Requests a day of UTC; nothing for no such limit.
    pub requests_per_day: Option<u32>,
    /// Requests of today with which the count begins where nobody has counted any yet.
    pub spent_today: u32,
}

/// Which quota was too small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Points of a minute.
    Minute,
    /// Requests of a day.
    Day,
}

/// What is left of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayStanding {
    /// Requests.
    pub left: u32,
    /// Seconds until the next day.
    pub reset_s: u64,
}

/// What is left of the quotas of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Points.
    pub points_left: u32,
    /// Seconds until all points of a minute are there again.
    pub points_reset_s: u64,
    /// What is left of the day, if it has a limit.
    pub day: Option<DayStanding>,
    /// Whether all servers count together.
    pub shared: bool,
}

/// Whether points were taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They were.
    Granted(Standing),
    /// They were not, and nothing was.
    Refused {
        /// Which quota was too small. If both were, the day: it takes longer.
        which: Window,
        /// What is left.
        standing: Standing,
        /// Seconds after which the same will be granted, unless others take it first.
        wait_s: u64,
    },
    /// They never will be: these are more points than a minute has.
    TooBig,
}

/// How patient a server is with its Redis.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// A count that takes longer is made without it.
    pub answer: Duration,
    /// While it does not answer, it is asked so often whether it does again.
    pub again: Duration,
    /// How long one such question may take.
    pub connect: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { answer: Duration::from_millis(250), again: Duration::from_secs(1), connect: Duration::from_secs(1) }
    }
}

/// Counts what accounts take. Clones count together.
#[derive(Clone, Debug)]
pub struct Limiter {
    memory: Arc<Memory>,
    shared: Option<Arc<Shared>>,
    clock: Clock,
}

impl Limiter {
    /// One that counts in this process, by this clock.
    #[must_use]
    pub fn alone(clock: Clock) -> Self {
        Self { memory: Arc::new(Memory::new()), shared: None, clock }
    }

    /// One that counts in a Redis together with others, by the clock of the Redis. While it does not answer, this process counts for itself.
    ///
    /// # Errors
    ///
    /// If the address cannot be one of a Redis, or this machine cannot start a thread. That the Redis is away is no error.
    pub async fn shared(url: &str, clock: Clock, patience: Patience) -> Result<Self, String> {
        Ok(Self { shared: Some(Arc::new(Shared::open(url, patience).await?)), ..Self::alone(clock) })
    }

    /// Takes points and counts a request, or neither.
    pub async fn take(&self, account: &Account, points: u32) -> Verdict {
        if points > account.points_per_minute.min(bucket::MOST_POINTS) {
            return Verdict::TooBig;
        }
        let verdict = self.ask(account, Ask { points, requests: 1 }).await;
        if let Verdict::Refused { wait_s, .. } = verdict {
            self.memory.tell(account, wait_s, self.clock.now());
        }
        verdict
    }

    /// Takes points and counts a request, if nothing is in the way. What is, `take` says.
    pub async fn grant(&self, account: &Account, points: u32) -> Option<Standing> {
        let is_too_big = points > account.points_per_minute.min(bucket::MOST_POINTS);
        // Who comes too early is no question for others.
        if is_too_big || (self.shared.is_some() && self.too_early(account).is_some()) {
            return None;
        }
        match self.ask(account, Ask { points, requests: 1 }).await {
            Verdict::Granted(standing) => Some(standing),
            Verdict::Refused { .. } | Verdict::TooBig => None,
        }
    }

    /// The refusal of an account that, as far as this process knows, has nothing left at all, and comes again before the time that it was told. Asks
    /// nobody else and takes nothing: it is for the door, before anything that is sent is looked at. Whoever waits as told never meets it, so that
    /// what they are told next is about what they ask next.
    #[must_use]
    pub fn too_early(&self, account: &Account) -> Option<Verdict> {
        let ask = Ask { points: 1, requests: 1 };
        let (counted, left_s) = self.memory.too_early(account, ask, self.clock.now())?;
        match counted.verdict(account, ask, self.redis_answers() == Some(true)) {
            Verdict::Refused { which, standing, wait_s } => Some(Verdict::Refused { which, standing, wait_s: wait_s.max(left_s) }),
            Verdict::Granted(_) | Verdict::TooBig => None,
        }
    }

    /// What is left.
    pub async fn look(&self, account: &Account) -> Standing {
        match self.ask(account, Ask { points: 0, requests: 0 }).await {
            Verdict::Granted(standing) | Verdict::Refused { standing, .. } => standing,
            // Nothing is never more than a minute has.
            Verdict::TooBig => Count::default().standing(account, 0, false),
        }
    }

    /// Whether the Redis answers; nothing if none is used.
    #[must_use]
    pub fn redis_answers(&self) -> Option<bool> {
        self.shared.as_ref().map(|shared| shared.answers())
    }

    async fn ask(&self, account: &Account, ask: Ask) -> Verdict {
        if let Some(shared) = &self.shared {
            let known = self.memory.known(account, self.clock.now());
            if let Some(counted) = shared.count(account, ask, known).await {
                // Should Redis go away, this process goes on from here.
                self.memory.keep(account, &counted, self.clock.now());
                return counted.verdict(account, ask, true);
            }
        }
        self.memory.count(account, ask, self.clock.now()).verdict(account, ask, false)
    }
}
