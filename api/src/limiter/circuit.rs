//! The connection to Redis, and what happens while there is none: nobody waits for it, one task asks again, and the log says it once.

use std::sync::{Arc, PoisonError, RwLock};

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, RedisResult};
use tokio::time::sleep;

use super::Patience;
use super::script::Taking;
use crate::threads::Threads;

/// A connection that may be away.
#[derive(Debug)]
pub(super) struct Circuit {
    client: Client,
    pub(super) taking: Taking,
    pub(super) patience: Patience,
    connection: RwLock<Option<MultiplexedConnection>>,
    /// The connection lives on a thread of its own: no worker that is busy with an answer keeps it waiting.
    threads: Threads,
}

impl Circuit {
    /// Connects, if that is possible just now.
    pub(super) async fn start(client: Client, patience: Patience, threads: Threads) -> Arc<Self> {
        let circuit = Arc::new(Self { client, taking: Taking::new(), patience, connection: RwLock::new(None), threads });
        let connecting = Arc::clone(&circuit);
        let connected = circuit.threads.spawn(async move { connecting.connect().await }).await;
        let why = match connected {
            Ok(Ok(())) => {
                tracing::info!("quotas are counted in Redis");
                return circuit;
            }
            Ok(Err(error)) => error.to_string(),
            Err(error) => error.to_string(),
        };
        circuit.tell(&why);
        circuit
    }

    /// The connection; nothing while Redis does not answer.
    pub(super) fn connection(&self) -> Option<MultiplexedConnection> {
        self.connection.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives the connection up. Of many who find out at the same time, one says so and has it watched.
    pub(super) fn open(self: &Arc<Self>, why: &str) {
        let given_up = self.connection.write().unwrap_or_else(PoisonError::into_inner).take();
        if given_up.is_some() {
            self.tell(why);
        }
    }

    fn tell(self: &Arc<Self>, why: &str) {
        tracing::warn!(why, "Redis does not answer; this server counts quotas alone until it does");
        // Weakly, so that the watch ends with the site.
        let watched = Arc::downgrade(self);
        let again = self.patience.again;
        self.threads.spawn(async move {
            loop {
                sleep(again).await;
                let Some(circuit) = watched.upgrade() else { return };
                if circuit.connect().await.is_ok() {
                    tracing::info!("Redis answers again; quotas are counted in it");
                    return;
                }
            }
        });
    }

    /// Connects and counts something, because a Redis that answers may still refuse to count: as a replica, or for want of a permission.
    async fn connect(&self) -> RedisResult<()> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(self.patience.connect))
            .set_response_timeout(Some(self.patience.connect));
        let mut connection = self.client.get_multiplexed_async_connection_with_config(&config).await?;
        self.taking.try_out(&mut connection).await?;
        *self.connection.write().unwrap_or_else(PoisonError::into_inner) = Some(connection);
        Ok(())
    }
}
