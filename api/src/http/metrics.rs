//! `/metrics`: the counters for Prometheus, for those who may read them. For others there is nothing here.

use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use content::code::Code;

use super::{Site, answer, nothing_here, only_get};
use crate::graphql::fault::MISTAKE;

/// What proxies add to a request that they pass on.
const OF_PROXIES: [&str; 4] = ["forwarded", "via", "x-forwarded-for", "x-real-ip"];

pub(super) async fn read(site: Data<Site>, request: HttpRequest) -> HttpResponse {
    let has = |name: &str| HeaderName::try_from(name).is_ok_and(|name| request.headers().contains_key(name));
    let forwarded = OF_PROXIES.into_iter().chain(site.address_header.as_deref()).any(has);
    if !site.metrics_readers.admit(request.peer_addr().map(|peer| peer.ip()), forwarded) {
        return nothing_here(request).await;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return only_get(request).await;
    }
    match site.metrics.text() {
        Ok(text) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"))
            .insert_header((CACHE_CONTROL, "no-store"))
            .body(text),
        Err(_) => answer::refusal(&request, Code::Bug, MISTAKE),
    }
}
