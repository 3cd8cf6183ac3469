//! The two numbers of the catalogue as a server last heard them: what it keeps in memory is good for one of them, and nobody has to tell it anything.
//!
//! The row is asked for four times a second at most, and only while somebody wants to know. So what is kept is at most a second old while the
//! database answers; while it does not, whoever asks is told how old the numbers are, and decides.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use sea_orm::{DatabaseConnection, EntityTrait, QuerySelect};
use tokio::sync::{Mutex, MutexGuard};

use entity::{CatalogueVersion, catalogue};

use crate::clock::Clock;
use crate::code::Code;
use crate::error::{Doing, Error, Result};

/// Microseconds for which nobody asks again.
const FRESH_US: i64 = 250_000;
/// Microseconds after which whoever wants to know waits for the answer of whoever asks. With the patience below it stays within a second.
const STALE_US: i64 = 450_000;
/// Microseconds after a question without an answer for which nobody waits for the next one.
const AWAY_US: i64 = 2_000_000;
/// How long the question to a copy may take, and microseconds for which one that did not answer is not asked again: whoever waits could have been
/// answered by the database.
const COPY_PATIENCE: Duration = Duration::from_millis(250);
const COPY_AWAY_US: i64 = 5_000_000;
/// So many lower versions in a row are no answers that came late.
const LOWER_IN_A_ROW: u64 = 3;
/// An instant before all others.
const NEVER: i64 = i64::MIN / 2;
/// How long the question may take.
const PATIENCE: Duration = Duration::from_millis(400);

/// The numbers at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beat {
    /// Rises with every change that a reader can see.
    pub version: CatalogueVersion,
    /// Rises when the database is found to be another one, whose versions stand for something else: after a restore to an earlier point, or with a copy in
    /// its place that had not everything. A lower number of the keys shows it at once, a lower version when it comes again.
    pub epoch: u64,
    /// Rises with every change of a partner, of its documents, or of a key.
    pub access: i64,
    /// How long ago the database said so.
    pub age: Duration,
}

/// The database, and a copy of it.
type Readers<'a> = (&'a DatabaseConnection, Option<&'a DatabaseConnection>);

#[derive(Clone, Debug)]
pub(crate) struct Pulse(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    version: AtomicI64,
    epoch: AtomicU64,
    /// Questions in a row whose answer was a lower version than is known.
    lower: AtomicU64,
    access: AtomicI64,
    /// The version that a copy of the database had when it was last asked; below all others while it does not answer.
    copied: AtomicI64,
    copy_failed_at: AtomicI64,
    /// When the numbers were last known to be right, and when they were last asked for.
    known_at: AtomicI64,
    asked_at: AtomicI64,
    /// When a question last ended without an answer, if it was the last one.
    failed_at: AtomicI64,
    /// Writes of this process, and how many of them the numbers know of.
    written: AtomicU64,
    heard: AtomicU64,
    asking: Mutex<()>,
}

impl Default for Pulse {
    fn default() -> Self {
        let never = || AtomicI64::new(NEVER);
        let (unknown, none) = (|| AtomicI64::new(-1), || AtomicU64::new(0));
        Self(Arc::new(Inner {
            version: unknown(),
            epoch: none(),
            lower: none(),
            access: unknown(),
            copied: unknown(),
            copy_failed_at: never(),
            known_at: never(),
            asked_at: never(),
            failed_at: never(),
            written: none(),
            heard: none(),
            asking: Mutex::new(()),
        }))
    }
}

impl Pulse {
    /// The numbers, at most a second old while the database answers.
    ///
    /// # Errors
    ///
    /// If the database does not answer, and never did.
    pub(crate) async fn beat(&self, readers: Readers<'_>, clock: &Clock) -> Result<Beat> {
        let now = clock.now().0;
        let (known, asked) = (since(&self.0.known_at, now), since(&self.0.asked_at, now));
        let away = self.0.is_known() && since(&self.0.failed_at, now) < AWAY_US;
        if self.0.is_fresh(known) || (away && (0..FRESH_US).contains(&asked)) {
            return Ok(self.0.last(now));
        }
        let in_passing = away || (known < STALE_US && self.0.has_heard());
        let turn = if in_passing { self.0.asking.try_lock().ok() } else { Some(self.0.asking.lock().await) };
        match turn {
            Some(turn) => self.0.ask(readers, (clock, now), turn).await,
            None => Ok(self.0.last(now)),
        }
    }

    /// The newest version that is known.
    pub(crate) fn version(&self) -> CatalogueVersion {
        CatalogueVersion(self.0.version.load(Ordering::Acquire))
    }

    /// Which database it is a version of.
    pub(crate) fn epoch(&self) -> u64 {
        self.0.epoch.load(Ordering::Acquire)
    }

    /// Whether the copy has all that is known to be in the database.
    pub(crate) fn replica_is_current(&self) -> bool {
        self.0.is_known() && self.0.copied.load(Ordering::Acquire) >= self.0.version.load(Ordering::Acquire)
    }

    /// Says that the copy failed, or showed an older state than is known: it is not used until it is asked again.
    pub(crate) fn replica_failed(&self) {
        self.0.copied.store(-1, Ordering::Release);
    }

    /// Says that a statement saw this version: nobody who asks from now on is told an older one.
    pub(crate) fn saw(&self, version: CatalogueVersion) {
        if self.0.is_known() {
            self.0.version.fetch_max(version.0, Ordering::AcqRel);
        }
    }

    /// Says that this process has written. Whoever wants to know next asks, and reads what was written here; other processes hear of it in their time.
    pub(crate) fn stir(&self) {
        self.0.written.fetch_add(1, Ordering::AcqRel);
    }
}

impl Inner {
    fn is_known(&self) -> bool {
        self.version.load(Ordering::Acquire) >= 0
    }

    fn has_heard(&self) -> bool {
        self.heard.load(Ordering::Acquire) == self.written.load(Ordering::Acquire)
    }

    fn is_fresh(&self, known: i64) -> bool {
        (0..FRESH_US).contains(&known) && self.has_heard()
    }

    fn last(&self, now: i64) -> Beat {
        let age = u64::try_from(since(&self.known_at, now)).unwrap_or_default();
        let version = CatalogueVersion(self.version.load(Ordering::Acquire));
        Beat {
            version,
            epoch: self.epoch.load(Ordering::Acquire),
            access: self.access.load(Ordering::Acquire),
            age: Duration::from_micros(age),
        }
    }

    async fn ask(&self, (reader, replica): Readers<'_>, (clock, came): (&Clock, i64), _turn: MutexGuard<'_, ()>) -> Result<Beat> {
        let now = clock.now().0;
        let failed = self.is_known() && self.failed_at.load(Ordering::Acquire) >= came;
        if failed || self.is_fresh(since(&self.known_at, now)) {
            // Somebody asked while this one waited for its turn. If they got no answer, those who wait do not try one after the other.
            return Ok(self.last(now));
        }
        self.asked_at.store(now, Ordering::Release);
        let written = self.written.load(Ordering::Acquire);
        let (answer, copied) = tokio::join!(tokio::time::timeout(PATIENCE, read(reader)), self.ask_copy(replica, now));
        self.copied.store(copied, Ordering::Release);
        self.failed_at.store(if matches!(answer, Ok(Ok(_))) { NEVER } else { clock.now().0 }, Ordering::Release);
        match answer {
            Ok(Ok((version, access))) => {
                self.hear(version.0);
                self.hear_access(access);
                self.heard.store(written, Ordering::Release);
                self.known_at.store(now, Ordering::Release);
                Ok(self.last(now))
            }
            Ok(Err(_)) | Err(_) if self.is_known() => Ok(self.last(now)),
            Ok(Err(error)) => Err(error),
            Err(_elapsed) => Err(Error::Refused { code: Code::DatabaseAway, message: Code::DatabaseAway.meaning().to_owned() }),
        }
    }

    /// Takes a version that the database gave. One that is lower than what a statement saw meanwhile came too late; several in a row are another
    /// database's.
    fn hear(&self, version: i64) {
        if self.version.fetch_max(version, Ordering::AcqRel) <= version {
            self.lower.store(0, Ordering::Release);
        } else if self.lower.fetch_add(1, Ordering::AcqRel) + 1 >= LOWER_IN_A_ROW {
            self.lower.store(0, Ordering::Release);
            self.epoch.fetch_add(1, Ordering::AcqRel);
            self.version.store(version, Ordering::Release);
        }
    }

    /// Takes the number of the keys that the database gave. Nobody but whoever has the turn takes one, so a lower one is another database's.
    fn hear_access(&self, access: i64) {
        if self.access.swap(access, Ordering::AcqRel) > access {
            self.epoch.fetch_add(1, Ordering::AcqRel);
        }
    }

    /// The version that the copy has; below all others if there is none, or it did not answer, or did not a short while ago.
    async fn ask_copy(&self, replica: Option<&DatabaseConnection>, now: i64) -> i64 {
        let Some(replica) = replica.filter(|_| since(&self.copy_failed_at, now) > COPY_AWAY_US) else { return -1 };
        if let Ok(Ok((version, _))) = tokio::time::timeout(COPY_PATIENCE, read(replica)).await {
            return version.0;
        }
        self.copy_failed_at.store(now, Ordering::Release);
        -1
    }
}

fn since(instant: &AtomicI64, now: i64) -> i64 {
    now.saturating_sub(instant.load(Ordering::Acquire))
}

async fn read(reader: &DatabaseConnection) -> Result<(CatalogueVersion, i64)> {
    use catalogue::Column::{AccessVersion, Version};
    let row = catalogue::Entity::find_by_id(1).select_only().column(Version).column(AccessVersion).into_tuple();
    let row: Option<(CatalogueVersion, i64)> = row.one(reader).await.doing("read the catalogue's numbers")?;
    row.ok_or_else(|| Error::Damaged { what: "the catalogue".to_owned(), why: "its row is gone".to_owned() })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};
    use std::time::{Duration, Instant};

    use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};

    use super::Pulse;
    use crate::clock::Clock;

    /// A database with nothing but the numbers, on one connection.
    async fn numbers_in(file: &tempfile::NamedTempFile) -> DatabaseConnection {
        let mut options = ConnectOptions::new(format!("sqlite:{}", file.path().display()));
        options.max_connections(1).acquire_timeout(Duration::from_mins(1));
        let reader = Database::connect(options).await.unwrap();
        reader.execute_unprepared("CREATE TABLE catalogue (id INTEGER, version INTEGER, access_version INTEGER)").await.unwrap();
        reader.execute_unprepared("INSERT INTO catalogue VALUES (1, 7, 3)").await.unwrap();
        reader
    }

    #[tokio::test]
    async fn a_database_that_was_put_back_by_its_keys_alone_is_another_one() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let reader = numbers_in(&file).await;
        let (pulse, time) = (Pulse::default(), Arc::new(AtomicI64::new(0)));
        let clock = Clock::Counting(Arc::clone(&time));
        let mut seen = Vec::new();
        for access in [3, 4, 2, 3] {
            reader.execute_unprepared(&format!("UPDATE catalogue SET access_version = {access}")).await.unwrap();
            time.fetch_add(700_000, Ordering::Relaxed);
            let beat = pulse.beat((&reader, None), &clock).await.unwrap();
            seen.push((beat.epoch, beat.access));
        }
        assert_eq!(seen, [(0, 3), (0, 4), (1, 2), (1, 3)], "3 stands for something else now");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn of_many_who_wait_for_a_database_that_is_away_only_one_asks() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let reader = numbers_in(&file).await;
        let (pulse, time) = (Pulse::default(), Arc::new(AtomicI64::new(0)));
        let clock = Clock::Counting(Arc::clone(&time));
        let beat = pulse.beat((&reader, None), &clock).await.unwrap();
        assert_eq!((beat.version.0, beat.access), (7, 3));
        // Its only connection is taken, so no question comes through.
        let held = reader.get_sqlite_connection_pool().acquire().await.unwrap();
        time.fetch_add(700_000, Ordering::Relaxed);
        #[allow(clippy::disallowed_methods, reason = "what is looked at is whether they wait one behind the other")]
        let began = Instant::now();
        let waiting: Vec<_> = (0..20)
            .map(|_| {
                let (pulse, reader, clock) = (pulse.clone(), reader.clone(), clock.clone());
                tokio::spawn(async move { pulse.beat((&reader, None), &clock).await.unwrap() })
            })
            .collect();
        for beat in waiting {
            let beat = beat.await.unwrap();
            assert!(beat.version.0 == 7 && beat.age >= Duration::from_millis(700), "{beat:?}");
        }
        assert!(
            began.elapsed() < Duration::from_secs(4),
            "twenty questions, one behind the other, take eight seconds: {:?}",
            began.elapsed()
        );
        drop(held);
        time.fetch_add(700_000, Ordering::Relaxed);
        let beat = pulse.beat((&reader, None), &clock).await.unwrap();
        assert!(beat.age < Duration::from_millis(100), "it is back: {beat:?}");
    }
}
