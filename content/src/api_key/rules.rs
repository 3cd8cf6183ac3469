//! What a key may be: its scopes, its quotas, where it may be used from, and until when. All findings are told at once.

use std::net::IpAddr;

use entity::{Scope, Slug, Timestamp, api_key};
use ipnet::IpNet;
use sea_orm::Set;

use super::acts::Terms;
use crate::code::Code;
use crate::error::{Error, Result};
use crate::finding::{Findings, Level, Path, quoted};

/// The most points that a key may spend in a minute.
pub const MOST_POINTS: i32 = 10_000_000;
/// The most requests that a key may be held to in a day.
pub const MOST_REQUESTS: i32 = 1_000_000_000;
/// The most origins or networks of one key.
const MOST_PLACES: usize = 50;

/// Checks the terms of a key.
pub(super) fn check(terms: &Terms, now: Timestamp) -> Result<()> {
    let mut findings = Findings::default();
    let mut add = |code, place: &str, found: String, expected: &str| {
        findings.add(Level::Saving, code, Path::root().at(place), (found, expected));
    };
    if terms.scopes.is_empty() {
        add(Code::KeyScopes, "scopes", "none".to_owned(), "at least one of companies:read, questions:read, salaries:read");
    }
    if !(1..=MOST_POINTS).contains(&terms.points_per_minute) {
        add(Code::Quota, "points_per_minute", terms.points_per_minute.to_string(), "1 to 10,000,000 points");
    }
    if let Some(requests) = terms.requests_per_day.filter(|requests| !(1..=MOST_REQUESTS).contains(requests)) {
        add(Code::Quota, "requests_per_day", requests.to_string(), "1 to 1,000,000,000 requests, or no figure for any number");
    }
    if terms.expires_at.is_some_and(|at| at <= now) {
        add(Code::Expiry, "expires_at", "an instant that is over".to_owned(), "one to come, or none for a key that does not expire");
    }
    for (place, list) in [("origins", &terms.origins), ("networks", &terms.networks)] {
        if list.len() > MOST_PLACES {
            add(Code::ListLong, place, format!("{} entries", list.len()), "at most 50 entries");
        }
    }
    for origin in terms.origins.iter().filter(|origin| !is_origin(origin)) {
        add(Code::Origin, "origins", quoted(origin), "an origin as browsers send it, such as https://prep.example");
    }
    for network in terms.networks.iter().filter(|network| self::network(network).is_none()) {
        add(Code::Network, "networks", quoted(network), "a network such as 192.0.2.0/24, or one address");
    }
    if findings.0.is_empty() { Ok(()) } else { Err(Error::Findings(findings)) }
}

/// Scheme, host and port, in lower case, without anything behind it (RFC 6454, 6.2).
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || matches!(sign, '.' | '-' | ':' | '[' | ']');
    !host.is_empty() && host.len() <= 255 && host.chars().all(plain)
}

/// A network, or an address as a network of one.
pub(super) fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

/// The columns that hold the terms.
pub(super) fn columns(terms: &Terms) -> api_key::ActiveModel {
    let words: Vec<&str> = terms.scopes.iter().map(|scope| scope.word()).collect();
    api_key::ActiveModel {
        scopes: Set(json(&words)),
        points_per_minute: Set(terms.points_per_minute),
        requests_per_day: Set(terms.requests_per_day),
        origins: Set(json(&terms.origins)),
        networks: Set(json(&terms.networks)),
        trusted_only: Set(terms.trusted_only),
        expires_at: Set(terms.expires_at),
        ..Default::default()
    }
}

/// A list as its column holds it.
fn json<T: serde::Serialize>(list: &[T]) -> String {
    // A list of texts is always JSON.
    serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned())
}

/// The list that a column holds.
fn list<T: serde::de::DeserializeOwned>(text: &str, key: &Slug) -> Result<Vec<T>> {
    serde_json::from_str(text).map_err(|error| Error::Damaged { what: format!("the key {key}"), why: error.to_string() })
}

/// The terms that a row holds.
pub(super) fn terms(row: &api_key::Model) -> Result<Terms> {
    let scopes: Vec<Scope> = list(&row.scopes, &row.name)?;
    Ok(Terms {
        scopes: scopes.into_iter().collect(),
        points_per_minute: row.points_per_minute,
        requests_per_day: row.requests_per_day,
        origins: list(&row.origins, &row.name)?,
        networks: list(&row.networks, &row.name)?,
        trusted_only: row.trusted_only,
        expires_at: row.expires_at,
    })
}
