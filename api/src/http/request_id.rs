//! A request id in and out: the caller's if it is harmless, else a new one. It is in the answer's header, in every error, in the log and in traces.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage};

use super::Site;
use crate::graphql::fault::RequestId;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");
const MOST_CHARS: usize = 64;

/// Finds or makes the id, and carries it through the request.
pub(super) async fn carry(request: ServiceRequest, next: Next<impl MessageBody>) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let id = given(&request).unwrap_or_else(|| made(&request));
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.call(request).await?;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    Ok(response)
}

fn given(request: &ServiceRequest) -> Option<String> {
    let text = request.headers().get(HEADER)?.to_str().ok()?;
    let harmless = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'-' | b'_' | b'.');
    (!text.is_empty() && text.len() <= MOST_CHARS && text.bytes().all(harmless)).then(|| text.to_owned())
}

fn made(request: &ServiceRequest) -> String {
    request.app_data::<Data<Site>>().map_or_else(String::new, |site| site.store.request_id())
}
