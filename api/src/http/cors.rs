//! Which pages in browsers may read our answers (the CORS protocol of the Fetch standard). Any may by default, because nothing here is given for a
//! cookie; what a browser must prove, it proves in a header.

use std::sync::LazyLock;

use actix_cors::Cors;
use actix_web::dev::RequestHead;
use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, HeaderMap, HeaderValue, ORIGIN, VARY};
use actix_web::web::Bytes;

use super::{Origins, kept};

/// The headers of an answer that a page may read.
const TOLD: &str = "x-request-id, etag, age, ratelimit, ratelimit-policy, retry-after";
/// The headers of a request on which an answer that is kept depends, with those of the protocol as the library adds them.
static DEPENDS: LazyLock<HeaderValue> = LazyLock::new(|| {
    let all = format!("{}, Origin, Access-Control-Request-Method, Access-Control-Request-Headers", kept::DEPENDS);
    HeaderValue::from_maybe_shared(Bytes::from(all)).unwrap_or_else(|_| HeaderValue::from_static("*"))
});

/// What looks at every request, answers those who only ask whether they may, and tells browsers.
pub(super) fn of(origins: &Origins) -> Cors {
    let cors = Cors::default().allowed_methods(["GET", "POST"]).allow_any_header().expose_headers(TOLD.split(", ")).max_age(86_400);
    match origins {
        Origins::All => cors.allow_any_origin().send_wildcard(),
        Origins::These(origins) => origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin)),
    }
}

/// Whether nothing has to be looked up to tell the browser behind a request.
pub(super) fn is_plain(origins: &Origins, request: &RequestHead) -> bool {
    *origins == Origins::All || !request.headers().contains_key(ORIGIN)
}

/// Tells the browser behind such a request, on an answer that is kept.
pub(super) fn put(request: &RequestHead, headers: &mut HeaderMap) {
    if request.headers().contains_key(ORIGIN) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(TOLD));
    }
    headers.insert(VARY, DEPENDS.clone());
}

/// Takes back what the library tells a browser where no page asks.
pub(super) fn tell_pages_alone(request: &RequestHead, headers: &mut HeaderMap) {
    if !request.headers().contains_key(ORIGIN) {
        headers.remove(ACCESS_CONTROL_EXPOSE_HEADERS);
    }
}
