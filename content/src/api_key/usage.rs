//! How much keys are used: counted in memory, written down every few seconds, by minutes at first and by days later.
//!
//! A server that is killed loses what it counted since it last wrote: some seconds of a record, and nothing else.

use std::collections::HashMap;
use std::sync::Mutex;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use entity::{ApiKeyId, Timestamp, api_secret, api_use};

use crate::error::{Doing, Error, Result};
use crate::store::Store;
use crate::view::{Desk, View, Viewer};

const MINUTE_US: i64 = 60_000_000;
pub(super) const DAY_US: i64 = 86_400_000_000;
/// Days for which every minute has a row of its own.
const DETAILED_DAYS: i64 = 2;
/// The most days that a list of days has.
pub const MOST_DAYS: u32 = 366;

/// What was counted and not written down yet, by fingerprint and slot.
#[derive(Debug, Default)]
pub(super) struct Uses(Mutex<HashMap<(String, i64), Count>>);

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    requests: i64,
    points: i64,
    refused: i64,
    last_at: i64,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.requests += other.requests;
        self.points += other.points;
        self.refused += other.refused;
        self.last_at = Ord::max(self.last_at, other.last_at);
    }
}

impl Uses {
    pub(super) fn add(&self, hash: &str, now: Timestamp, (points, refused): (u32, bool)) {
        let slot = now.0 - now.0.rem_euclid(MINUTE_US);
        let count = Count { requests: 1, points: i64::from(points), refused: i64::from(refused), last_at: now.0 };
        self.lock().entry((hash.to_owned(), slot)).or_default().add(count);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(String, i64), Count>> {
        // A panic while counting leaves numbers, which are as good as any.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub(super) async fn write(&self, store: &Store) -> Result<()> {
        let counted = std::mem::take(&mut *self.lock());
        if counted.is_empty() {
            return Ok(());
        }
        let written = write_all(store, &counted).await;
        if written.is_err() {
            let mut kept = self.lock();
            for (place, count) in counted {
                kept.entry(place).or_default().add(count);
            }
        }
        written
    }
}

async fn write_all(store: &Store, counted: &HashMap<(String, i64), Count>) -> Result<()> {
    let transaction = store.begin().await?;
    // The same order for all servers, so that two of them do not wait for each other.
    let mut rows: Vec<_> = counted.iter().collect();
    rows.sort_unstable_by_key(|(place, _)| (*place).clone());
    for ((hash, slot), count) in rows {
        add_row(&transaction, hash, *slot, *count).await?;
    }
    transaction.commit().await.doing("write down how keys are used")
}

async fn add_row(database: &impl sea_orm::ConnectionTrait, hash: &str, slot: i64, count: Count) -> Result<()> {
    use api_use::Column::{Hash, LastAt, Points, Refused, Requests, Slot};
    let row = api_use::ActiveModel {
        hash: Set(hash.to_owned()),
        slot: Set(Timestamp(slot)),
        requests: Set(count.requests),
        points: Set(count.points),
        refused: Set(count.refused),
        last_at: Set(Timestamp(count.last_at)),
    };
    let sum = |column: api_use::Column, more: i64| (column, Expr::col((api_use::Entity, column)).add(more));
    let added = OnConflict::columns([Hash, Slot])
        .values([sum(Requests, count.requests), sum(Points, count.points), sum(Refused, count.refused)])
        .value(LastAt, Expr::value(count.last_at))
        .to_owned();
    api_use::Entity::insert(row).on_conflict(added).exec_without_returning(database).await.doing("write down how keys are used").map(drop)
}

/// How a secret was used lately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recent {
    /// When it was used last, to some seconds.
    pub used_at: Option<Timestamp>,
    /// Requests of the last hour.
    pub last_hour: i64,
    /// Requests since it was made.
    pub requests: i64,
}

/// How these secrets were used lately, by fingerprint. One statement.
pub(super) async fn recent(desk: &Desk, hashes: &[String]) -> Result<HashMap<String, Recent>> {
    use api_use::Column::{Hash, LastAt, Requests, Slot};
    let hour_ago = Timestamp(desk.store.clock.now().0 - 60 * MINUTE_US);
    let lately = Expr::case(Slot.gt(hour_ago), Requests.into_expr()).finally(0_i64);
    // A sum of big integers is a numeric on PostgreSQL, and has to become one again.
    let whole = |sum: Expr| sum.cast_as("bigint");
    let sums = api_use::Entity::find()
        .select_only()
        .column(Hash)
        .column_as(LastAt.max(), "last")
        .column_as(whole(Expr::expr(lately).sum()), "lately")
        .column_as(whole(Requests.sum()), "requests")
        .filter(Hash.is_in(hashes))
        .group_by(Hash)
        .into_tuple();
    let rows: Vec<(String, Timestamp, i64, i64)> = sums.all(desk.store.reader()).await.doing("sum up how keys are used")?;
    Ok(rows.into_iter().map(|(hash, at, last_hour, requests)| (hash, Recent { used_at: Some(at), last_hour, requests })).collect())
}

/// The use of a key on one day of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: crate::calendar::Day,
    /// Requests, those included that were refused.
    pub requests: i64,
    /// Points spent.
    pub points: i64,
    /// Requests that were refused for a quota.
    pub refused: i64,
}

/// The use of each of these keys by day, the latest first; days without any are left out. Two statements.
///
/// # Errors
///
/// If the database fails.
pub async fn by_day(desk: &Desk, keys: &[ApiKeyId], days: u32) -> Result<HashMap<ApiKeyId, Vec<Day>>> {
    days_of(&desk.store, keys, days).await
}

/// The use of the key that a reader has proved.
///
/// # Errors
///
/// If the database fails.
pub async fn own(view: &View, days: u32) -> Result<Vec<Day>> {
    match view.viewer() {
        Viewer::Partner(pass) => Ok(days_of(&view.store, &[pass.key], days).await?.remove(&pass.key).unwrap_or_default()),
        Viewer::Anonymous | Viewer::Operator => Ok(Vec::new()),
    }
}

async fn days_of(store: &Store, keys: &[ApiKeyId], days: u32) -> Result<HashMap<ApiKeyId, Vec<Day>>> {
    let now = store.clock.now().0;
    let first = now - now.rem_euclid(DAY_US) - i64::from(days.clamp(1, MOST_DAYS) - 1) * DAY_US;
    let secrets = api_secret::Entity::find().filter(api_secret::Column::KeyId.is_in(keys.iter().copied()));
    let secrets = secrets.all(store.reader()).await.doing("find secrets")?;
    let owners: HashMap<_, _> = secrets.into_iter().map(|secret| (secret.hash, secret.key_id)).collect();
    let rows = api_use::Entity::find()
        .filter(api_use::Column::Hash.is_in(owners.keys()))
        .filter(api_use::Column::Slot.gte(Timestamp(first)))
        .order_by_desc(api_use::Column::Slot);
    let mut found: HashMap<ApiKeyId, Vec<Day>> = HashMap::new();
    for row in rows.all(store.reader()).await.doing("read how keys are used")? {
        let Some(key) = owners.get(&row.hash) else { continue };
        let all = found.entry(*key).or_default();
        let day = Day { date: row.slot.to_utc().date().into(), requests: row.requests, points: row.points, refused: row.refused };
        match all.last_mut().filter(|last| last.date == day.date) {
            Some(last) => {
                last.requests += day.requests;
                last.points += day.points;
                last.refused += day.refused;
            }
            None => all.push(day),
        }
    }
    Ok(found)
}

/// Requests of a key that were granted today, by all servers, as far as they have written them down. One statement.
pub(super) async fn granted_today(store: &Store, key: ApiKeyId) -> Result<u32> {
    let now = store.clock.now().0;
    let of_key =
        Query::select().column(api_secret::Column::Hash).from(api_secret::Entity).and_where(api_secret::Column::KeyId.eq(key)).take();
    let granted = api_use::Column::Requests.into_expr().sub(api_use::Column::Refused.into_expr());
    let sum = api_use::Entity::find()
        .select_only()
        .column_as(granted.sum().cast_as("bigint"), "granted")
        .filter(api_use::Column::Hash.in_subquery(of_key))
        .filter(api_use::Column::Slot.gte(Timestamp(now - now.rem_euclid(DAY_US))))
        .into_tuple::<Option<i64>>();
    let granted = sum.one(store.reader()).await.doing("count the requests of a day")?.flatten().unwrap_or_default();
    Ok(u32::try_from(granted).unwrap_or(u32::MAX))
}

/// Puts the minutes of days that are over for long together.
pub(super) async fn tidy(store: &Store) -> Result<()> {
    let now = store.clock.now().0;
    let today = now - now.rem_euclid(DAY_US);
    let transaction = store.begin().await?;
    let minutes = Expr::col(api_use::Column::Slot).modulo(DAY_US).ne(0_i64);
    let old = api_use::Column::Slot.lt(Timestamp(today - DETAILED_DAYS * DAY_US));
    let rows = api_use::Entity::find().filter(old).filter(minutes).all(&transaction).await.doing("look for old minutes")?;
    for row in rows {
        let count = Count { requests: row.requests, points: row.points, refused: row.refused, last_at: row.last_at.0 };
        let slot = row.slot.0 - row.slot.0.rem_euclid(DAY_US);
        let this = (row.hash.clone(), row.slot);
        api_use::Entity::delete_by_id(this).exec(&transaction).await.doing("put minutes together")?;
        add_row(&transaction, &row.hash, slot, count).await?;
    }
    transaction.commit().await.map_err(|source| Error::Database { doing: "put minutes together", source })
}
