//! Partners and their keys, made as an administrator makes them, and requests that carry one.

#![allow(clippy::expect_used, reason = "a harness fails loudly")]

use std::collections::BTreeSet;

use content::access::secret::Secret;
use content::api_key::{self, Made, NewKey, Overlap, Terms};
use content::edit::Edit;
use content::partner::{self, Named, NewPartner};
use content::trusted_document::{self, Hash, NewDocument};
use content::{ApiKeyId, KeyMode, OperationId, OperationKind, PartnerId, Scope, Slug};
use serde_json::{Value, json};

use crate::admin::{Answer, send};
use crate::{Server, Stage};

/// Terms that allow everything from everywhere.
#[must_use]
pub fn open_terms() -> Terms {
    Terms {
        scopes: Scope::ALL.iter().copied().collect(),
        points_per_minute: 1_000_000,
        requests_per_day: None,
        origins: Vec::new(),
        networks: Vec::new(),
        trusted_only: false,
        expires_at: None,
    }
}

/// Terms that allow these scopes.
#[must_use]
pub fn scoped(scopes: &[Scope]) -> Terms {
    Terms { scopes: scopes.iter().copied().collect::<BTreeSet<_>>(), ..open_terms() }
}

/// The partner Aldermere, who is made the first time.
///
/// # Panics
///
/// If the database fails.
pub async fn aldermere(stage: &Stage) -> PartnerId {
    let slug: Slug = "aldermere".parse().expect("a slug");
    let desk = stage.desk("ada");
    if let Some(partner) = partner::find(&desk, &Named::Slug(slug.clone())).await.expect("partners are read") {
        return partner.id;
    }
    let mut edit = Edit::begin(&desk, OperationKind::Partners, "").await.expect("an edit");
    let partner = partner::create(&mut edit, NewPartner { slug, name: "Aldermere".to_owned(), contact: None }).await.expect("a partner");
    edit.commit().await.expect("a commit");
    partner.id
}

/// Makes a key of Aldermere.
///
/// # Panics
///
/// If it is refused.
pub async fn key(stage: &Stage, name: &str, mode: KeyMode, terms: Terms) -> Made {
    let asked = NewKey { partner: aldermere(stage).await, name: name.parse().expect("a name"), mode, terms };
    let mut edit = Edit::begin(&stage.desk("ada"), OperationKind::Keys, "").await.expect("an edit");
    let new_key = api_key::create(&mut edit, asked).await.expect("a key");
    edit.commit().await.expect("a commit");
    new_key
}

/// Gives a key another secret.
///
/// # Panics
///
/// If it is refused.
pub async fn rotate(stage: &Stage, key: ApiKeyId, overlap: Overlap) -> Secret {
    let mut edit = Edit::begin(&stage.desk("ada"), OperationKind::Keys, "").await.expect("an edit");
    let made = api_key::rotate(&mut edit, key, overlap, None).await.expect("another secret");
    edit.commit().await.expect("a commit");
    made.secret
}

/// Stops a key for good.
///
/// # Panics
///
/// If it is refused.
pub async fn revoke(stage: &Stage, key: ApiKeyId) {
    let mut edit = Edit::begin(&stage.desk("ada"), OperationKind::Keys, "").await.expect("an edit");
    api_key::revoke(&mut edit, key, None).await.expect("it stops");
    edit.commit().await.expect("a commit");
}

/// Terms that allow everything from everywhere, but only documents that are registered for the partner.
#[must_use]
pub fn trusted_terms() -> Terms {
    Terms { trusted_only: true, ..open_terms() }
}

/// Registers documents for Aldermere.
///
/// # Panics
///
/// If they are refused.
pub async fn register(stage: &Stage, texts: &[&str]) -> OperationId {
    let new = |text: &&str| NewDocument { name: String::new(), text: (*text).to_owned() };
    let partner = aldermere(stage).await;
    let mut edit = Edit::begin(&stage.desk("ada"), OperationKind::Partners, "").await.expect("an edit");
    trusted_document::register(&mut edit, partner, texts.iter().map(new).collect()).await.expect("they are registered");
    edit.commit().await.expect("a commit").operation
}

/// Takes documents of Aldermere off its list.
///
/// # Panics
///
/// If they are not there.
pub async fn unregister(stage: &Stage, texts: &[&str]) -> OperationId {
    let partner = aldermere(stage).await;
    let hashes: Vec<Hash> = texts.iter().map(|text| Hash::of(text)).collect();
    let mut edit = Edit::begin(&stage.desk("ada"), OperationKind::Partners, "").await.expect("an edit");
    trusted_document::unregister(&mut edit, partner, &hashes).await.expect("they are taken off");
    edit.commit().await.expect("a commit").operation
}

/// A query that carries a key.
pub async fn ask(server: &Server, secret: &Secret, query: &str) -> Answer {
    send(server.body(json!({ "query": query }).to_string()).bearer_auth(secret.reveal())).await
}

/// The codes of all errors of an answer.
#[must_use]
pub fn codes(answer: &Answer) -> Vec<String> {
    let errors = answer.body["errors"].as_array().into_iter().flatten();
    errors.filter_map(|error| error["extensions"]["code"].as_str().map(str::to_owned)).collect()
}

/// What a query that must be answered gives.
///
/// # Panics
///
/// If it has errors.
pub async fn data(server: &Server, secret: &Secret, query: &str) -> Value {
    let answer = ask(server, secret, query).await;
    assert!(answer.body.get("errors").is_none(), "{query}: {}", answer.body);
    answer.body["data"].clone()
}
