//! Every request as it is seen from outside: one line of the log at its end, the counters, and the trace.

use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{RequestHead, ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpRequest};
use content::code::Code;

use super::{ENDPOINTS, Site};
use crate::graphql::fault::RequestId;
use crate::traces;

/// What stands in a label for an address that is none of ours.
const NOWHERE: &str = "none";

/// Characters of an address, and of an operation's name, in a line of the log.
const MOST_CHARS: usize = 200;

/// The name of the operation that a request asks for, kept with the request by whoever has read it.
#[derive(Clone, Debug)]
pub(super) struct Operation(pub(super) Arc<str>);

/// The code of the first error of an answer, kept with the response by whoever wrote it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told(pub(super) Code);

/// Watches a request from its arrival to its answer. The request has its id already.
pub(super) async fn over<B: MessageBody>(request: ServiceRequest, next: Next<B>, id: &RequestId) -> Result<ServiceResponse<B>, Error> {
    let started = Instant::now();
    let Some(site) = request.app_data::<Data<Site>>().cloned() else { return next.call(request).await };
    let trace = site.traces.as_ref().map(|traces| traces.request(request.headers(), request.method().as_str(), &id.0));
    let response = match &trace {
        Some(trace) => traces::below(Some(trace), next.call(request)).await?,
        None => next.call(request).await?,
    };
    let took = started.elapsed();
    let status = response.status();
    let told = response.response().extensions().get::<Told>().copied();
    let outcome = outcome(status.as_u16(), told);
    let endpoint = endpoint(response.request(), ENDPOINTS);
    let operation = response.request().extensions().get::<Operation>().map(|operation| Arc::clone(&operation.0));
    let operation = operation.as_deref().map(shortened);
    let head = response.request().head();
    site.metrics.answered(endpoint, operation, outcome, took);
    Answered { id, head, operation, status: status.as_u16(), took }.tell();
    if let Some(trace) = trace {
        trace.answered(endpoint, operation, status.as_u16(), outcome);
    }
    Ok(response)
}

/// A request that was answered.
pub(super) struct Answered<'a> {
    pub(super) id: &'a RequestId,
    pub(super) head: &'a RequestHead,
    pub(super) operation: Option<&'a str>,
    pub(super) status: u16,
    pub(super) took: Duration,
}

impl Answered<'_> {
    /// Writes its line of the log.
    pub(super) fn tell(&self) {
        let Self { id, head, operation, status, took } = *self;
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        tracing::debug!(request_id = id.0, method = %head.method, path = shortened(head.uri.path()), operation, status, micros, "answered");
    }
}

/// The beginning of a text.
pub(super) fn shortened(text: &str) -> &str {
    text.char_indices().nth(MOST_CHARS).map_or(text, |(end, _)| &text[..end])
}

/// `ok`, the area of the first error's code, or the class of the status.
fn outcome(status: u16, told: Option<Told>) -> &'static str {
    match told {
        Some(Told(code)) => code.area(),
        None if status < 400 => "ok",
        None if status < 500 => "4xx",
        None => "5xx",
    }
}

/// The pattern of the address, as a word of a fixed set.
fn endpoint(request: &HttpRequest, known: &[&'static str]) -> &'static str {
    let find = |pattern: &str| known.iter().copied().find(|known| *known == pattern);
    // Most addresses are their own pattern, and the pattern of a request is a text that is put together.
    find(request.path()).or_else(|| request.match_pattern().as_deref().and_then(find)).unwrap_or(NOWHERE)
}
