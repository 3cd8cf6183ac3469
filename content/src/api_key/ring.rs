//! The ring: keys that a server has seen, kept in memory so that a request costs no statement, and dropped within a second of a change.
//!
//! Whatever changes a partner, its documents or a key raises the access version in the same transaction. What the ring read under another number than the pulse has
//! now, or in another database, is read anew.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use sea_orm::EntityTrait;

use entity::{PartnerId, Timestamp, api_key, api_secret, partner};

use super::pass::{Pass, Stopped};
use super::secret::Fingerprint;
use super::usage::{self, Uses};
use super::{label, rules, secret};
use crate::access::secret::Secret;
use crate::code::{Code, Fault};
use crate::error::{Doing, Error, Result};
use crate::pulse::Beat;
use crate::room::{Room, Takes};
use crate::store::Store;
use crate::trusted_document::Registry;

/// How long keys that were seen go on while the database does not answer.
pub const KEPT: Duration = Duration::from_mins(1);
/// Bytes of keys in memory, those that are none included: some thirty thousand.
const KEY_BYTES: u64 = 64 * 1_024 * 1_024;
/// Bytes of the documents of partners: 64 KB for each that has as many as there can be.
const REGISTRY_BYTES: u64 = 32 * 1_024 * 1_024;

/// A state of all keys: of which database, and which access version of it.
type State = (u64, i64);

/// The keys that one server has seen.
#[derive(Clone, Debug)]
pub struct Ring {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Store,
    kept: Room<String, Arc<Seen>>,
    /// The documents of partners, which all of their keys share.
    registries: Room<PartnerId, Held>,
    uses: Uses,
}

/// What a fingerprint was found to open.
#[derive(Debug)]
struct Seen {
    /// The state that it was read under.
    state: State,
    pass: Option<Arc<Pass>>,
    /// When the database last said that this is the state still, in microseconds since 1970.
    good_at: AtomicI64,
}

/// The documents of a partner, and the state that they were read under.
#[derive(Clone, Debug)]
struct Held {
    state: State,
    registry: Arc<Registry>,
}

impl Takes for PartnerId {}

impl Takes for Held {
    fn beside(&self) -> usize {
        self.registry.beside()
    }
}

impl Takes for Seen {
    /// The documents are counted for each key: a pass that nobody uses any more may be the last one that holds them.
    fn beside(&self) -> usize {
        const TEXTS: usize = 512;
        self.pass.as_ref().map_or(0, |pass| size_of::<Pass>() + TEXTS + pass.documents.beside())
    }
}

impl Seen {
    /// Notes that it was good at this time.
    fn is_good(&self, then: Timestamp) {
        self.good_at.store(then.0, Ordering::Relaxed);
    }

    /// Whether it was good a moment ago. After a clock was set back by more than that, nobody knows.
    fn was_good(&self, now: Timestamp) -> bool {
        Duration::from_micros(now.0.abs_diff(self.good_at.load(Ordering::Relaxed))) < KEPT
    }
}

impl Ring {
    /// An empty ring.
    #[must_use]
    pub fn new(store: Store) -> Self {
        let (kept, registries) = (Room::within(KEY_BYTES, 1_024), Room::within(REGISTRY_BYTES, 4_096));
        Self { inner: Arc::new(Inner { store, kept, registries, uses: Uses::default() }) }
    }

    /// The fingerprint of what was sent, if it has the form of a secret.
    ///
    /// # Errors
    ///
    /// [`Code::KeyMalformed`].
    pub fn read(secret: &Secret) -> Result<Fingerprint> {
        secret::read(secret.reveal()).map_err(|error| Error::refused(Code::KeyMalformed, format!("{}.", capital(&error.to_string()))))?;
        Ok(Fingerprint(secret.fingerprint()))
    }

    /// The pass that a secret opens. Whether it is good now, and from where, the pass says.
    ///
    /// # Errors
    ///
    /// [`Code::CredentialUnknown`] for what opens nothing, or if the database does not answer and the key was not seen lately.
    pub async fn find(&self, Fingerprint(hash): Fingerprint) -> Result<Arc<Pass>> {
        let (beat, now) = (self.inner.beat().await?, self.inner.store.now());
        let state = (beat.epoch, beat.access);
        let unknown = || Error::refused(Code::CredentialUnknown, "The key is not known here.");
        let kept = self.inner.kept.find(&hash);
        if let Some(seen) = kept.as_ref().filter(|seen| seen.state == state) {
            seen.is_good(before(now, beat.age));
            return seen.pass.clone().ok_or_else(unknown);
        }
        match self.inner.load(&hash, state).await {
            Ok(pass) => {
                let seen = Seen { state, pass: pass.clone(), good_at: AtomicI64::new(now.0) };
                self.inner.kept.keep(hash, Arc::new(seen));
                pass.ok_or_else(unknown)
            }
            // What was good in an older state a moment ago most likely still is. What was good long ago may have been revoked since.
            Err(error) if error.code().kind() == Fault::Unwell => {
                kept.filter(|seen| seen.was_good(now)).and_then(|seen| seen.pass.clone()).ok_or(error)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether a secret has opened something here before, as far as it is still in memory.
    #[must_use]
    pub fn has(&self, Fingerprint(hash): &Fingerprint) -> bool {
        self.inner.kept.find(hash).is_some_and(|seen| seen.pass.is_some())
    }

    /// Counts a request of a key.
    pub fn count(&self, pass: &Pass, points: u32, refused: bool) {
        self.inner.uses.add(&pass.hash, self.inner.store.clock.now(), (points, refused));
    }

    /// Writes down what was counted since the last time. What cannot be written is kept for the next time.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn write_uses(&self) -> Result<()> {
        self.inner.uses.write(&self.inner.store).await
    }

    /// Puts minutes that are over for days together, so that the record of use stays small.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn tidy(&self) -> Result<()> {
        usage::tidy(&self.inner.store).await
    }
}

impl Inner {
    /// The state of the keys, at most a second old while the database answers.
    async fn beat(&self) -> Result<Beat> {
        let beat = self.store.beat().await?;
        if beat.age >= KEPT {
            // Nobody can change a key while the database is away; but a server must not go on alone for long.
            return Err(Error::Refused { code: Code::DatabaseAway, message: Code::DatabaseAway.meaning().to_owned() });
        }
        Ok(beat)
    }

    /// The documents of a partner, read once for all of its keys.
    async fn registry(&self, partner: PartnerId, state: State) -> Result<Arc<Registry>> {
        let kept = self.registries.find(&partner);
        if let Some(held) = kept.as_ref().filter(|held| held.state == state) {
            return Ok(Arc::clone(&held.registry));
        }
        let read = Registry::read(self.store.reader(), partner).await?;
        // Most changes are of something else: then passes of before and after share one set.
        let registry = kept.map(|held| held.registry).filter(|kept| **kept == read).unwrap_or_else(|| Arc::new(read));
        self.registries.keep(partner, Held { state, registry: Arc::clone(&registry) });
        Ok(registry)
    }

    /// Reads what a fingerprint opens.
    async fn load(&self, hash: &str, state: State) -> Result<Option<Arc<Pass>>> {
        let database = self.store.reader();
        let secret = api_secret::Entity::find_by_id(hash.to_owned()).find_also_related(api_key::Entity).one(database).await;
        let Some((secret, Some(key))) = secret.doing("find a key")? else { return Ok(None) };
        let partner = partner::Entity::find_by_id(key.partner_id).one(database).await.doing("find a partner")?;
        let Some(partner) = partner else { return Ok(None) };
        let terms = rules::terms(&key)?;
        let stopped = match (key.revoked_at, partner.disabled_at) {
            (Some(at), _) => Some(Stopped::Revoked(at)),
            (None, Some(_)) => Some(Stopped::Disabled),
            (None, None) => None,
        };
        // Only a key that is held to so many requests a day needs to know how many there were.
        let spent_today = match terms.requests_per_day {
            Some(_) => usage::granted_today(&self.store, key.id).await?,
            None => 0,
        };
        let figure = |number: i32| u32::try_from(number).unwrap_or_default();
        Ok(Some(Arc::new(Pass {
            key: key.id,
            label: label(&partner.slug, &key.name),
            partner: partner.name,
            partner_id: partner.id,
            trusted_only: terms.trusted_only,
            documents: self.registry(partner.id, state).await?,
            mode: key.mode,
            scopes: terms.scopes,
            points_per_minute: figure(terms.points_per_minute),
            requests_per_day: terms.requests_per_day.map(figure),
            spent_today,
            made_out_at: self.store.clock.now(),
            expires_at: terms.expires_at,
            shown: secret.shown,
            ends_at: secret.ends_at,
            origins: terms.origins,
            networks: terms.networks.iter().filter_map(|text| rules::network(text)).collect(),
            hash: secret.hash,
            stopped,
        })))
    }
}

fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// The instant so long before another one.
fn before(now: Timestamp, age: Duration) -> Timestamp {
    Timestamp(now.0.saturating_sub(i64::try_from(age.as_micros()).unwrap_or(i64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::{AtomicI64, KEPT, Seen, Timestamp, before};

    #[test]
    fn what_was_good_a_minute_ago_is_not_good_while_it_cannot_be_looked_up() {
        let minute = i64::try_from(KEPT.as_micros()).unwrap();
        let seen = Seen { state: (0, 7), pass: None, good_at: AtomicI64::new(1_000) };
        assert!(seen.was_good(Timestamp(999 + minute)) && !seen.was_good(Timestamp(1_000 + minute)));
        // Looked up half a minute after the database last said so.
        seen.is_good(before(Timestamp(2 * minute), KEPT / 2));
        let last = minute + minute / 2;
        assert!(seen.was_good(Timestamp(last + minute - 1)) && !seen.was_good(Timestamp(last + minute)));
        assert!(!seen.was_good(Timestamp(last - minute)), "a clock that was set back");
    }
}
