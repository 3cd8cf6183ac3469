//! What the entries of a list ask for each by itself, asked for together: a statement for all of them, and not one for each, which would keep
//! everybody else from the database.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{Context, Result};
use content::access::Gate;
use content::access::session::{self, Session};
use content::api_key::usage::{self, Day};
use content::history::Operation;
use content::view::Desk;
use content::{ApiKeyId, OperationId, UserId, operation};
use tracing::Instrument;

use crate::graphql::fault::fault;

type Found<K, V> = std::result::Result<HashMap<K, V>, Arc<content::Error>>;

/// What is read at the gate: the sessions of users.
pub(super) struct AtGate(Gate);

/// What is read at the desk: the use of keys, and operations.
pub(super) struct AtDesk(Desk);

/// Asks for so many days of the use of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct UsageOf {
    pub(super) key: ApiKeyId,
    pub(super) days: u32,
}

/// For one request.
pub(super) fn at_gate(gate: Gate) -> DataLoader<AtGate> {
    loader(AtGate(gate))
}

/// For one request.
pub(super) fn at_desk(desk: Desk) -> DataLoader<AtDesk> {
    loader(AtDesk(desk))
}

fn loader<T>(of: T) -> DataLoader<T> {
    DataLoader::new(of, |work| tokio::spawn(work.in_current_span()))
}

/// The value of one key, read with those that others of the same request ask for at this moment.
pub(super) async fn one<T, K>(context: &Context<'_>, key: K) -> Result<Option<T::Value>>
where
    T: Loader<K, Error = Arc<content::Error>>,
    K: Send + Sync + Hash + Eq + Clone + 'static,
{
    context.data::<DataLoader<T>>()?.load_one(key).await.map_err(|error| fault(context, &error))
}

impl Loader<UserId> for AtGate {
    type Value = Vec<Session>;
    type Error = Arc<content::Error>;

    async fn load(&self, users: &[UserId]) -> Found<UserId, Vec<Session>> {
        Ok(session::of_users(&self.0, users).await?)
    }
}

impl Loader<UsageOf> for AtDesk {
    type Value = Vec<Day>;
    type Error = Arc<content::Error>;

    async fn load(&self, asked: &[UsageOf]) -> Found<UsageOf, Vec<Day>> {
        let mut keys: HashMap<u32, Vec<ApiKeyId>> = HashMap::new();
        for UsageOf { key, days } in asked {
            keys.entry(*days).or_default().push(*key);
        }
        let mut found = HashMap::new();
        for (days, keys) in keys {
            let of_keys = usage::by_day(&self.0, &keys, days).await?;
            found.extend(of_keys.into_iter().map(|(key, list)| (UsageOf { key, days }, list)));
        }
        Ok(found)
    }
}

impl Loader<OperationId> for AtDesk {
    type Value = Operation;
    type Error = Arc<content::Error>;

    async fn load(&self, ids: &[OperationId]) -> Found<OperationId, Operation> {
        let found = operation::find_many(&self.0, ids).await?;
        Ok(found.into_iter().map(|operation| (operation.id, operation)).collect())
    }
}
