//! Who asks at the public schema: somebody who proves an API key, or somebody who proves nothing. And where a request comes from.

use std::sync::Arc;

use actix_web::dev::RequestHead;
use actix_web::http::header::{AUTHORIZATION, HeaderName, ORIGIN, USER_AGENT};
use actix_web::{HttpMessage, HttpRequest};
use content::access::Caller;
use content::access::secret::Secret;
use content::api_key::secret::Fingerprint;
use content::api_key::{Pass, Ring};
use content::code::{Code, Fault};
use content::view::Viewer;

use super::{Site, address, answer, quota};
use crate::graphql::fault::MISTAKE;

const X_API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// Who asks.
///
/// # Errors
///
/// A code and a sentence for a key that is no good here and now: to pass over it would let a partner work on without noticing.
pub(super) async fn viewer(site: &Site, request: &HttpRequest) -> Result<Viewer, (Code, String)> {
    let Some(secret) = key(request.head())? else {
        if site.anonymous {
            return Ok(Viewer::Anonymous);
        }
        let message = "This server answers only to those who prove who they are. Send a key in Authorization: Bearer grk_...";
        return Err((Code::AnonymousRefused, message.to_owned()));
    };
    let fingerprint = Ring::read(&secret).map_err(|error| (error.code(), error.to_string()))?;
    if !site.ring.has(&fingerprint) && quota::is_too_early(site, request) {
        // Whoever tries keys pays for each with the points of their address, and without any no key is looked up.
        let message =
            "This address has no points left and was told when to come again. A key that was not seen here lately is looked at then.";
        return Err((Code::QuotaMinute, message.to_owned()));
    }
    let now = site.store.now();
    let found = open(site, request.head(), fingerprint).await;
    if let Ok(pass) = &found {
        quota::count_on(pass, request, now);
        request.extensions_mut().insert(Arc::clone(pass));
    }
    found.map(Viewer::Partner).map_err(|error| told(request, &error))
}

/// What is said of an error in front of the schema. What is not the caller's is logged here, once.
pub(super) fn told(request: &HttpRequest, error: &content::Error) -> (Code, String) {
    let code = error.code();
    match code.kind() {
        Fault::Unwell | Fault::Ours => {
            tracing::error!(request_id = answer::request_id(request).0, error = %error, "a key or a document could not be looked up");
            (code, if code.kind() == Fault::Ours { MISTAKE.to_owned() } else { code.meaning().to_owned() })
        }
        Fault::Request | Fault::Missing | Fault::Conflict | Fault::Limit | Fault::Access | Fault::Permission => (code, error.to_string()),
    }
}

/// Who asks, if it is somebody whose key was seen here lately, or nobody in particular; of others, and of keys that are no good, the application says
/// what is wrong.
pub(super) async fn known(site: &Site, request: &RequestHead) -> Option<Viewer> {
    let Some(secret) = key(request).ok()? else { return site.anonymous.then_some(Viewer::Anonymous) };
    let fingerprint = Ring::read(&secret).ok().filter(|fingerprint| site.ring.has(fingerprint))?;
    open(site, request, fingerprint).await.ok().map(Viewer::Partner)
}

/// The pass of a key, if it is good now and from there.
async fn open(site: &Site, request: &RequestHead, fingerprint: Fingerprint) -> content::error::Result<Arc<Pass>> {
    let pass = site.ring.find(fingerprint).await?;
    let origin = request.headers().get(ORIGIN).and_then(|origin| origin.to_str().ok());
    pass.check(site.store.now(), origin, address::of(site, request))?;
    Ok(pass)
}

/// The key that was sent, in either of the two headers.
fn key(request: &RequestHead) -> Result<Option<Secret>, (Code, String)> {
    let malformed =
        |what: &str| (Code::KeyMalformed, format!("{what}; right would be Authorization: Bearer grk_..., or X-API-Key: grk_..."));
    let all = |name: HeaderName| request.headers().get_all(name).collect::<Vec<_>>();
    if !request.headers().contains_key(AUTHORIZATION) && !request.headers().contains_key(X_API_KEY) {
        return Ok(None);
    }
    let (bearer, plain) = (all(AUTHORIZATION), all(X_API_KEY));
    let value = match (&bearer[..], &plain[..]) {
        ([], []) => return Ok(None),
        ([one], []) => {
            let text = one.to_str().ok().and_then(|text| text.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
            text.map(|(_, token)| token).ok_or_else(|| malformed("The header Authorization has no key"))?
        }
        ([], [one]) => one.to_str().map_err(|_| malformed("The header X-API-Key has no key"))?,
        _ => return Err(malformed("More than one key was sent")),
    };
    Ok(Some(Secret::new(value.trim())))
}

/// Where a request comes from, for the record: with what the client calls itself and the id of the request.
pub(super) fn caller(site: &Site, request: &HttpRequest) -> Caller {
    let address = address::of(site, request.head()).map_or_else(String::new, |address| address.to_string());
    let agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Caller::new(address, agent).with_request(answer::request_id(request).0)
}
