//! The ring: keys that a server has seen, kept in memory so that a request costs no statement, and dropped within a second of a change.
//!
//! Whatever changes a partner, its documents or a key raises the access version in the same transaction. What the ring read under another number than the pulse has
//! now is read anew.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use quick_cache::sync::Cache;
use sea_orm::EntityTrait;

use entity::{PartnerId, Timestamp, api_key, api_secret, partner};

use super::pass::{Pass, Stopped};
use super::secret::Fingerprint;
use super::usage::{self, Uses};
use super::{label, rules, secret};
use crate::access::secret::Secret;
use crate::code::{Code, Fault};
use crate::error::{Doing, Error, Result};
use crate::store::Store;
use crate::trusted_document::Registry;

/// How long keys that were seen go on while the database does not answer.
pub const KEPT: Duration = Duration::from_mins(1);
/// Keys in memory, those that are none included.
const MOST: usize = 50_000;
/// Partners whose documents are in memory: 64 KB for each that has as many as there can be.
const MOST_PARTNERS: usize = 1_000;

/// The keys that one server has seen.
#[derive(Clone, Debug)]
pub struct Ring {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Store,
    kept: Cache<String, Arc<Seen>>,
    /// The documents of partners, which all of their keys share.
    registries: Cache<PartnerId, (i64, Arc<Registry>)>,
    uses: Uses,
}

/// What a fingerprint was found to open.
#[derive(Debug)]
struct Seen {
    /// The access version that it was read under.
    version: i64,
    pass: Option<Arc<Pass>>,
    /// When that was known to be the version still, in microseconds since 1970.
    good_at: AtomicI64,
}

impl Seen {
    /// Notes that it is good now.
    fn is_good(&self, now: Timestamp) {
        self.good_at.store(now.0, Ordering::Relaxed);
    }

    /// Whether it was good a moment ago.
    fn was_good(&self, now: Timestamp) -> bool {
        let since = now.0.saturating_sub(self.good_at.load(Ordering::Relaxed));
        Duration::from_micros(u64::try_from(since).unwrap_or_default()) < KEPT
    }
}

impl Ring {
    /// An empty ring.
    #[must_use]
    pub fn new(store: Store) -> Self {
        let (kept, registries) = (Cache::new(MOST), Cache::new(MOST_PARTNERS));
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
        let (version, now) = (self.inner.version().await?, self.inner.store.now());
        let unknown = || Error::refused(Code::CredentialUnknown, "The key is not known here.");
        let kept = self.inner.kept.get(&hash);
        if let Some(seen) = kept.as_ref().filter(|seen| seen.version == version) {
            seen.is_good(now);
            return seen.pass.clone().ok_or_else(unknown);
        }
        match self.inner.load(&hash, version).await {
            Ok(pass) => {
                let seen = Seen { version, pass: pass.clone(), good_at: AtomicI64::new(now.0) };
                self.inner.kept.insert(hash, Arc::new(seen));
                pass.ok_or_else(unknown)
            }
            // What was good under an older number a moment ago most likely still is. What was good long ago may have been revoked since.
            Err(error) if error.code().kind() == Fault::Unwell => {
                kept.filter(|seen| seen.was_good(now)).and_then(|seen| seen.pass.clone()).ok_or(error)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether a secret has opened something here before, as far as it is still in memory.
    #[must_use]
    pub fn has(&self, Fingerprint(hash): &Fingerprint) -> bool {
        self.inner.kept.get(hash).is_some_and(|seen| seen.pass.is_some())
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
    /// The access version, at most a second old while the database answers.
    async fn version(&self) -> Result<i64> {
        let beat = self.store.beat().await?;
        if beat.age >= KEPT {
            // Nobody can change a key while the database is away; but a server must not go on alone for long.
            return Err(Error::Refused { code: Code::DatabaseAway, message: Code::DatabaseAway.meaning().to_owned() });
        }
        Ok(beat.access)
    }

    /// The documents of a partner, read once for all of its keys.
    async fn registry(&self, partner: PartnerId, version: i64) -> Result<Arc<Registry>> {
        let kept = self.registries.get(&partner);
        if let Some((at, registry)) = &kept
            && *at == version
        {
            return Ok(Arc::clone(registry));
        }
        let read = Registry::read(self.store.reader(), partner).await?;
        // Most changes are of something else: then passes of before and after share one set.
        let registry = kept.map(|(_, kept)| kept).filter(|kept| **kept == read).unwrap_or_else(|| Arc::new(read));
        self.registries.insert(partner, (version, Arc::clone(&registry)));
        Ok(registry)
    }

    /// Reads what a fingerprint opens.
    async fn load(&self, hash: &str, version: i64) -> Result<Option<Arc<Pass>>> {
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
            documents: self.registry(partner.id, version).await?,
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

#[cfg(test)]
mod tests {
    use super::{AtomicI64, KEPT, Seen, Timestamp};

    #[test]
    fn what_was_good_a_minute_ago_is_not_good_while_it_cannot_be_looked_up() {
        let minute = i64::try_from(KEPT.as_micros()).unwrap();
        let seen = Seen { version: 7, pass: None, good_at: AtomicI64::new(1_000) };
        assert!(seen.was_good(Timestamp(999 + minute)) && !seen.was_good(Timestamp(1_000 + minute)));
        seen.is_good(Timestamp(minute));
        assert!(seen.was_good(Timestamp(1_000 + minute)));
        assert!(seen.was_good(Timestamp(0)), "a clock that was set back");
    }
}
