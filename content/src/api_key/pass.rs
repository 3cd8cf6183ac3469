//! A pass: what somebody may who proved a key just now. It is what a reader of the public schema carries.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;

use entity::{ApiKeyId, KeyMode, PartnerId, Scope, Timestamp};
use ipnet::IpNet;

use super::usage::DAY_US;
use crate::code::Code;
use crate::error::{Error, Result};
use crate::trusted_document::{Hash, Registry};

/// What a key allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Which key.
    pub key: ApiKeyId,
    /// Its name for people.
    pub label: String,
    /// What its partner is called.
    pub partner: String,
    /// Which partner.
    pub(crate) partner_id: PartnerId,
    /// Whether it is for documents alone that are registered for its partner.
    pub trusted_only: bool,
    /// Which these are.
    pub documents: Arc<Registry>,
    /// What it is for.
    pub mode: KeyMode,
    /// What it may read.
    pub scopes: BTreeSet<Scope>,
    /// Points that it may spend in a minute.
    pub points_per_minute: u32,
    /// Requests that it may make in a day of UTC; any number if it is not said.
    pub requests_per_day: Option<u32>,
    /// When the key stops by itself.
    pub expires_at: Option<Timestamp>,
    /// How the secret that was sent begins.
    pub shown: String,
    /// When that secret stops.
    pub ends_at: Option<Timestamp>,
    /// The web origins that may use it.
    pub origins: Vec<String>,
    /// The networks that it may be used from.
    pub networks: Vec<IpNet>,
    /// The fingerprint of the secret, under which its use is counted.
    pub(crate) hash: String,
    pub(super) stopped: Option<Stopped>,
    /// Requests of the day when the pass was made out, by all servers.
    pub(super) spent_today: u32,
    pub(super) made_out_at: Timestamp,
}

/// Why a key opens nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    Revoked(Timestamp),
    Disabled,
}

impl Pass {
    /// Requests of the day that an instant is in, as far as the pass knows of them.
    #[must_use]
    pub const fn spent_on(&self, now: Timestamp) -> u32 {
        // On another day than that of the pass nothing is known, and little can have happened.
        if now.0.div_euclid(DAY_US) == self.made_out_at.0.div_euclid(DAY_US) { self.spent_today } else { 0 }
    }

    /// Refuses a pass that is not good now, or not from there.
    ///
    /// # Errors
    ///
    /// [`Code::KeyRevoked`], [`Code::KeyExpired`], [`Code::PartnerDisabled`], [`Code::KeyOrigin`], [`Code::KeyNetwork`].
    pub fn check(&self, now: Timestamp, origin: Option<&str>, address: Option<IpAddr>) -> Result<()> {
        let Self { label, shown, .. } = self;
        match self.stopped {
            Some(Stopped::Revoked(at)) => {
                return Err(Error::refused(Code::KeyRevoked, format!("{label} was revoked on {}.", day(at))));
            }
            Some(Stopped::Disabled) => {
                return Err(Error::refused(Code::PartnerDisabled, format!("The keys of {} do not work just now.", self.partner)));
            }
            None => {}
        }
        if let Some(at) = self.ends_at.filter(|at| *at <= now) {
            let message = format!("This secret of {label} ({shown}_...) was replaced, and stopped on {}. Use the new one.", day(at));
            return Err(Error::refused(Code::KeyRevoked, message));
        }
        if let Some(at) = self.expires_at.filter(|at| *at <= now) {
            return Err(Error::refused(Code::KeyExpired, format!("{label} expired on {}.", day(at))));
        }
        if !self.origins.is_empty() && !origin.is_some_and(|origin| self.origins.iter().any(|each| each == origin)) {
            let found = origin.map_or_else(|| "it came without an Origin".to_owned(), |origin| format!("it came from {}", short(origin)));
            let message = format!("{label} works from {} alone; {found}.", self.origins.join(", "));
            return Err(Error::refused(Code::KeyOrigin, message));
        }
        let inside = |address: IpAddr| self.networks.iter().any(|network| network.contains(&address.to_canonical()));
        if !self.networks.is_empty() && !address.is_some_and(inside) {
            let from = address.map_or_else(|| "an unknown address".to_owned(), |address| address.to_canonical().to_string());
            return Err(Error::refused(Code::KeyNetwork, format!("{label} does not work from {from}.")));
        }
        Ok(())
    }
}

impl Pass {
    /// Refuses a document that the key is not for.
    ///
    /// # Errors
    ///
    /// [`Code::DocumentUntrusted`], with the hash under which it would have to be registered.
    pub fn require(&self, document: &Hash) -> Result<()> {
        if !self.trusted_only || self.documents.has(document) {
            return Ok(());
        }
        let Self { label, partner, .. } = self;
        let message = format!(
            "{label} is for the registered documents of {partner} alone, and none of them has the hash {document}. Ask whoever gave you the key \
            to register it."
        );
        Err(Error::refused(Code::DocumentUntrusted, message))
    }
}

fn day(at: Timestamp) -> time::Date {
    at.to_utc().date()
}

fn short(origin: &str) -> String {
    crate::finding::quoted(origin)
}
