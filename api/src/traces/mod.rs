//! Traces for OpenTelemetry: a span for each request, for the parts of its way, and for every statement. What callers send as values is in none.
//!
//! Without an endpoint there is no value of this room at all, so that nothing of it runs.

mod collector;

use std::time::Duration;

use actix_web::http::header::HeaderMap;
use futures_util::future::Either;
use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::{FutureExt, Span, SpanKind, Status, TraceContextExt, Tracer, TracerProvider};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};

use self::collector::Collector;

/// How long the end of the program waits for the last spans.
const LAST_SPANS: Duration = Duration::from_secs(3);

/// Characters of a statement that are told.
const MOST_CHARS: usize = 2_000;

/// Makes spans and sends them away.
#[derive(Clone, Debug)]
pub struct Traces {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
}

/// The span of a request. It ends when the value is dropped.
#[derive(Debug)]
pub struct Request(Context);

impl Traces {
    /// Sends traces to the collector at this base address, as protobuf over HTTP. One that is away is noticed later, and disturbs nobody.
    ///
    /// # Errors
    ///
    /// What is wrong with the address, or with the system's certificates.
    pub fn to(endpoint: &str) -> Result<Self, String> {
        let collector = Collector::at(endpoint)?;
        let resource = Resource::builder()
            .with_service_name("greenroom-api")
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        let provider = SdkTracerProvider::builder().with_batch_exporter(collector).with_resource(resource).build();
        let tracer = provider.tracer("greenroom");
        Ok(Self { provider, tracer })
    }

    /// Begins the span of a request, below the caller's one if the header `traceparent` names one.
    #[must_use]
    pub fn request(&self, headers: &HeaderMap, method: &str, request_id: &str) -> Request {
        let parent = TraceContextPropagator::new().extract_with_context(&Context::new(), &Headers(headers));
        let attributes = [KeyValue::new("http.request.method", method.to_owned()), KeyValue::new("request_id", request_id.to_owned())];
        let span = self.tracer.span_builder(method.to_owned()).with_kind(SpanKind::Server).with_attributes(attributes);
        let span = span.start_with_context(&self.tracer, &parent);
        Request(parent.with_span(span))
    }

    /// Tells of a statement that has just ended, below what is under way. Its values are not told: they are no part of its text.
    pub fn statement(&self, text: &str, took: Duration, failed: bool) {
        let around = Context::current();
        if !around.span().span_context().is_sampled() {
            return;
        }
        let verb = text.split_ascii_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        let shown: String = text.chars().take(MOST_CHARS).collect();
        let attributes = [KeyValue::new("db.operation.name", verb.clone()), KeyValue::new("db.query.text", shown)];
        let begun = opentelemetry::time::now().checked_sub(took);
        let builder = self.tracer.span_builder(verb).with_kind(SpanKind::Client).with_attributes(attributes);
        let builder = if let Some(begun) = begun { builder.with_start_time(begun) } else { builder };
        let mut span = builder.start_with_context(&self.tracer, &around);
        if failed {
            span.set_status(Status::error(""));
        }
        span.end();
    }

    /// Sends what is left, and ends. It blocks for a moment, so it is the last thing that is done.
    pub fn end(&self) {
        if self.provider.shutdown_with_timeout(LAST_SPANS).is_err() {
            tracing::warn!("the last traces were not sent");
        }
    }
}

impl Request {
    /// What the work of this request is done in.
    #[must_use]
    pub fn context(&self) -> Context {
        self.0.clone()
    }

    /// Says how it ended.
    pub fn answered(&self, route: &'static str, operation: Option<&str>, status: u16, outcome: &'static str) {
        let span = self.0.span();
        span.set_attribute(KeyValue::new("http.route", route));
        span.set_attribute(KeyValue::new("http.response.status_code", i64::from(status)));
        span.set_attribute(KeyValue::new("outcome", outcome));
        if let Some(operation) = operation {
            span.set_attribute(KeyValue::new("graphql.operation.name", operation.to_owned()));
        }
        if status >= 500 {
            span.set_status(Status::error(outcome));
        }
        span.end();
    }
}

/// Does a part of a request's way in a span of its own, which begins now, on whichever thread the work is done.
pub fn within<T, F: Future<Output = T>>(traces: Option<&Traces>, name: &'static str, work: F) -> impl Future<Output = T> + use<T, F> {
    let Some(traces) = traces else { return Either::Left(work) };
    let span = traces.tracer.start_with_context(name, &Context::current());
    Either::Right(work.with_context(Context::current_with_span(span)))
}

/// Does something at once in a span of its own.
pub fn around<T>(traces: Option<&Traces>, name: &'static str, work: impl FnOnce() -> T) -> T {
    let Some(traces) = traces else { return work() };
    let mut span = traces.tracer.start_with_context(name, &Context::current());
    let done = work();
    span.end();
    done
}

/// Does the work of a request inside of its span, if it has one.
pub fn below<T>(request: Option<&Request>, work: impl Future<Output = T>) -> impl Future<Output = T> {
    match request {
        Some(request) => Either::Left(work.with_context(request.context())),
        None => Either::Right(work),
    }
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(actix_web::http::header::HeaderName::as_str).collect()
    }
}
