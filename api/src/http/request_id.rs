//! A request id in and out: the caller's if it is harmless, else a new one. It is in the answer's header, in every error, in the log and in traces.

use actix_web::HttpMessage;
use actix_web::dev::{RequestHead, ServiceRequest};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::web::Data;

use super::Site;
use crate::graphql::fault::RequestId;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");
const MOST_CHARS: usize = 64;

/// Finds or makes the id of a request, and keeps it with the request.
pub(super) fn begin(request: &ServiceRequest) -> RequestId {
    let id = request.app_data::<Data<Site>>().map_or_else(|| RequestId(String::new()), |site| of(site, request.head()));
    request.extensions_mut().insert(id.clone());
    id
}

/// The id of a request.
pub(super) fn of(site: &Site, request: &RequestHead) -> RequestId {
    RequestId(given(request).unwrap_or_else(|| site.store.request_id()))
}

/// Puts the id onto the answer.
pub(super) fn put(id: &RequestId, headers: &mut HeaderMap) {
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        headers.insert(HEADER, value);
    }
}

fn given(request: &RequestHead) -> Option<String> {
    let text = request.headers().get(HEADER)?.to_str().ok()?;
    let harmless = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'-' | b'_' | b'.');
    (!text.is_empty() && text.len() <= MOST_CHARS && text.bytes().all(harmless)).then(|| text.to_owned())
}
