//! Slowing down those who guess passwords, without locking anybody out for good.
//!
//! Failures are counted for each pair of account and address, for each address, and for each account. The waits double and end at a bound. An
//! attacker who fails again and again under somebody's e-mail address slows that account for strangers only: addresses from which the person
//! had a session before are not subject to the count of the account.

use entity::Timestamp;
use entity::login_failure::{self, Column::Failures, Column::Id};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use super::Gate;
use super::secret::fingerprint;
use crate::code::Code;
use crate::error::{Doing, Error, Result};

/// Microseconds after which failures are forgotten.
pub(super) const KEPT_US: i64 = 86_400_000_000;

/// What is counted, with the failures that are free, and the longest wait in seconds.
struct Count {
    id: String,
    free: i32,
    longest_s: i64,
}

/// The counts that a login is subject to.
pub(super) struct Counts(Vec<Count>);

impl Counts {
    /// Those of this account and address. An account is a text here: that there is none of this name must make no difference.
    pub(super) fn of(email: &str, address: &str, known_here: bool) -> Self {
        let count = |parts: &[&str], free, longest_s| Count { id: fingerprint(parts.join("\n").as_bytes()), free, longest_s };
        let mut counts = vec![count(&["pair", email, address], 3, 900), count(&["address", address], 20, 300)];
        if !known_here {
            counts.push(count(&["account", email], 10, 60));
        }
        Self(counts)
    }

    /// Refuses a login that comes before its time, and counts any other as a failure before its password is looked at: of a hundred at the same time
    /// no more are looked at than of a hundred one after the other.
    pub(super) async fn attempt(&self, gate: &Gate) -> Result<()> {
        // Whoever has to wait is told so without a write.
        self.wait(&self.rows(gate.store.reader()).await?, gate.store.clock.now())?;
        let transaction = gate.store.begin().await?;
        self.lock(&transaction).await?;
        let (rows, now) = (self.rows(&transaction).await?, gate.store.clock.now());
        self.wait(&rows, now)?;
        let counted = rows.into_iter().map(|row| {
            let earlier = if row.last_at.0 < now.0 - KEPT_US { 0 } else { row.failures };
            login_failure::Model { failures: earlier.saturating_add(1), last_at: now, ..row }
        });
        for row in counted {
            let change = login_failure::ActiveModel { failures: Set(row.failures), last_at: Set(row.last_at), ..Default::default() };
            let this = login_failure::Entity::update_many().set(change).filter(Id.eq(row.id));
            this.exec(&transaction).await.doing("count a failed login")?;
        }
        transaction.commit().await.doing("count a failed login")
    }

    fn wait(&self, rows: &[login_failure::Model], now: Timestamp) -> Result<()> {
        let left = self.0.iter().filter_map(|count| {
            let row = rows.iter().find(|row| row.id == count.id)?;
            let wait_s = wait_s(row.failures - count.free, count.longest_s);
            Some((row.last_at.0 + wait_s * 1_000_000 - now.0).div_euclid(1_000_000) + i64::from(wait_s > 0))
        });
        match left.max().filter(|seconds| *seconds > 0) {
            None => Ok(()),
            Some(seconds) => Err(Error::Wait { code: Code::LoginSlow, seconds: u64::try_from(seconds).unwrap_or(1) }),
        }
    }

    /// Makes the rows that are missing, and locks all of them in the same order as everybody else does.
    async fn lock(&self, database: &impl ConnectionTrait) -> Result<()> {
        let none = |count: &Count| login_failure::ActiveModel { id: Set(count.id.clone()), failures: Set(0), last_at: Set(Timestamp(0)) };
        let as_it_is = OnConflict::column(Id).value(Failures, Expr::col((login_failure::Entity, Failures))).to_owned();
        let rows = login_failure::Entity::insert_many(self.0.iter().map(none)).on_conflict(as_it_is);
        rows.exec_without_returning(database).await.doing("count a failed login").map(drop)
    }

    async fn rows(&self, database: &impl ConnectionTrait) -> Result<Vec<login_failure::Model>> {
        let ids = self.0.iter().map(|count| count.id.as_str());
        login_failure::Entity::find().filter(Id.is_in(ids)).all(database).await.doing("look for failed logins")
    }

    /// Takes a good login back out of the counts, and forgets the failures of the pair and of the account. Those of the address stay: one good login
    /// is no licence to guess others.
    pub(super) async fn forgive(&self, gate: &Gate, email: &str, address: &str) -> Result<()> {
        let id = |parts: &[&str]| fingerprint(parts.join("\n").as_bytes());
        let gone = login_failure::Entity::delete_many().filter(Id.is_in([id(&["pair", email, address]), id(&["account", email])]));
        gone.exec(gate.store.writer()).await.doing("forget failed logins")?;
        let less = login_failure::Entity::update_many()
            .col_expr(Failures, Expr::col(Failures).sub(1))
            .filter(Id.eq(id(&["address", address])))
            .filter(Failures.gt(0));
        less.exec(gate.store.writer()).await.doing("take a good login back out").map(drop)
    }
}

/// One second after the first failure that is not free, then twice as many each time.
fn wait_s(failures: i32, longest_s: i64) -> i64 {
    match failures {
        ..=0 => 0,
        1..=15 => Ord::min(1 << (failures - 1), longest_s),
        _ => longest_s,
    }
}

#[cfg(test)]
mod tests {
    use super::wait_s;

    #[test]
    fn waits_double_and_end() {
        let waits: Vec<i64> = (0..12).map(|failures| wait_s(failures, 300)).collect();
        assert_eq!(waits, [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert_eq!(wait_s(i32::MAX, 60), 60);
    }
}
