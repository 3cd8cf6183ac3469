//! The counts in Redis, for as long as it answers in time.

use std::sync::Arc;

use redis::Client;
use tokio::time::timeout;

use super::bucket::{Ask, Counted};
use super::circuit::Circuit;
use super::script::Known;
use super::{Account, Patience};
use crate::threads::Threads;

#[derive(Debug)]
pub(super) struct Shared(Arc<Circuit>);

impl Shared {
    /// Opens a Redis, whether it answers or not.
    pub(super) async fn open(url: &str, patience: Patience) -> Result<Self, String> {
        let client = Client::open(url).map_err(|error| format!("redis_url cannot be used: {error}."))?;
        let threads = Threads::start("redis", 1).map_err(|error| format!("A thread for Redis cannot be started: {error}."))?;
        Ok(Self(Circuit::start(client, patience, threads).await))
    }

    pub(super) fn answers(&self) -> bool {
        self.0.connection().is_some()
    }

    /// Takes what is asked for, or nothing; no answer if Redis gives none in time.
    pub(super) async fn count(&self, account: &Account, ask: Ask, known: Known) -> Option<Counted> {
        let mut connection = self.0.connection()?;
        let patience = self.0.patience.answer;
        let why = match timeout(patience, self.0.taking.run(&mut connection, account, ask, known)).await {
            Ok(Ok(counted)) => return Some(counted),
            Ok(Err(error)) => error.to_string(),
            Err(_elapsed) => format!("no answer in {} ms", patience.as_millis()),
        };
        self.0.open(&why);
        None
    }
}
