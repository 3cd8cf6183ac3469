//! The script that counts in Redis, all at once and by the clock of Redis, so that servers whose clocks differ count the same.

use content::ApiKeyId;
use redis::aio::MultiplexedConnection;
use redis::{RedisResult, Script};
use uuid::Uuid;

use super::bucket::{Ask, Count, Counted, day, rate};
use super::{Account, Owner, Window};

const SCRIPT: &str = include_str!("take.lua");
/// All keys begin like this, so that a Redis can be used for other things as well.
const PREFIX: &str = "greenroom";

/// Requests of a day that a server knows of: should Redis have forgotten them, they still count.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    pub(super) requests: u32,
    /// Microseconds since 1970, of the day in question.
    pub(super) at: u64,
}

#[derive(Debug)]
pub(super) struct Taking(Script);

impl Taking {
    pub(super) fn new() -> Self {
        Self(Script::new(SCRIPT))
    }

    /// Takes what is asked for, or nothing.
    pub(super) async fn run(
        &self,
        connection: &mut MultiplexedConnection,
        account: &Account,
        ask: Ask,
        known: Known,
    ) -> RedisResult<Counted> {
        let mut call = self.0.prepare_invoke();
        // The braces keep both keys of an account in one slot of a cluster.
        let owner = account.owner;
        call.key(format!("{PREFIX}:minute:{{{owner}}}")).key(format!("{PREFIX}:day:{{{owner}}}"));
        let most = account.requests_per_day.map_or(-1, i64::from);
        call.arg(ask.points).arg(rate(account)).arg(ask.requests).arg(most).arg(day(known.at)).arg(known.requests);
        let (refused, used, requests, at): (u8, u64, u32, u64) = call.invoke_async(connection).await?;
        let refused = match refused {
            1 => Some(Window::Minute),
            2 => Some(Window::Day),
            _ => None,
        };
        Ok(Counted { count: Count { used, requests, at }, refused })
    }

    /// Counts for an account that nobody has.
    pub(super) async fn try_out(&self, connection: &mut MultiplexedConnection) -> RedisResult<()> {
        let account = Account { owner: Owner::Key(ApiKeyId(Uuid::nil())), points_per_minute: 60, requests_per_day: None, spent_today: 0 };
        self.run(connection, &account, Ask { points: 1, requests: 1 }, Known::default()).await.map(drop)
    }
}
