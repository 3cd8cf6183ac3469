//! Answers that were given before: found by the question as it came, paid for like any other, and sent without being made again. A reader who has
//! one still is told only that it is good (RFC 9110, 13.1.2).

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::Method;
use actix_web::http::header::{
    AGE, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, EntityTag, Header, HeaderName, HeaderValue, IF_NONE_MATCH, IfNoneMatch, VARY,
};
use actix_web::web::Bytes;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use content::WireId;
use content::store::Beat;
use content::view::{Shown, Viewer};

use super::accept::Media;
use super::answer::Figures;
use super::encoding::Encoding;
use super::graphql::ESTIMATE;
use super::watch::{self, Operation};
use super::{ENDPOINT, Site, quota};
use crate::answers::{Answer, Cause, Flight, Found};

/// What an answer is good for while nobody proves who they are: everybody who asks the same may have it, for a second; and while the cache asks for a
/// new one, or cannot, the old one.
const EVERYBODYS: &str = "public, max-age=1, stale-while-revalidate=60, stale-if-error=3600";
/// What an answer to a key is good for: its own asker, who asks each time whether it is good still.
const OWN: &str = "private, no-cache";
/// What an answer to a POST is good for: caches do not keep those.
const POSTED: &str = "no-cache";
/// The headers of a request on which an answer depends.
pub(super) const DEPENDS: &str = "Accept, Accept-Encoding, Authorization, X-API-Key";
/// The header that names what is in an answer, for caches that can be told what to forget.
const CACHE_TAG: HeaderName = HeaderName::from_static("cache-tag");
/// What is in an answer that any company can change.
const CATALOGUE: &str = "companies";
/// Companies that are named; of more, the answer changes with nearly every publishing, and the header would be too long for proxies.
const MOST_NAMED: usize = 100;
/// An answer that may be older than it should be says how old.
const OLD: Duration = Duration::from_secs(1);

/// What a request is like beside its question, as far as its answer depends on it or is sent by it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    media: Media,
    encoding: Encoding,
    beat: Beat,
    /// Whether whoever asks proves nothing.
    open: bool,
}

impl Manner {
    /// That of a request of this viewer.
    pub(super) fn of(request: &impl HttpMessage, media: Media, viewer: &Viewer, beat: Beat) -> Self {
        Self { media, encoding: Encoding::of(request), beat, open: matches!(viewer, Viewer::Anonymous) }
    }
}

/// A question as it came.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question<'a> {
    Body(&'a [u8]),
    Address(&'a str),
}

impl<'a> Question<'a> {
    /// What the answer to it depends on, if this viewer asks, who may spend so many points on it.
    pub(super) fn cause(self, (viewer, limit): (&Viewer, u64), manner: &Manner) -> Cause<'a> {
        let (way, question) = match self {
            Self::Body(bytes) => ("body", bytes),
            Self::Address(text) => ("address", text.as_bytes()),
        };
        Cause {
            version: manner.beat.version,
            epoch: manner.beat.epoch,
            sight: viewer.sight(),
            limit,
            media: manner.media.content_type(),
            encoding: manner.encoding.name(),
            way,
            question: question.into(),
        }
    }
}

/// Where the answer to a request is kept, and how it is sent.
#[derive(Debug)]
pub(super) struct Place {
    cause: Cause<'static>,
    manner: Manner,
    /// While it lasts, whoever asks the same waits for this answer.
    flight: Option<Flight>,
}

impl Place {
    /// Lets nobody wait for this answer any more.
    pub(super) fn land(&mut self) {
        self.flight = None;
    }
}

/// The place of the answer to a question; nothing if none can be kept for it.
pub(super) async fn place(site: &Site, request: &HttpRequest, (media, viewer): (Media, &Viewer), question: Question<'_>) -> Option<Place> {
    if site.answers.are_none() || request.headers().get(ESTIMATE).is_some_and(|asked| asked == "cost") {
        return None;
    }
    // Without a database that ever answered there is no content to keep anything of.
    let beat = site.store.beat().await.ok()?;
    let manner = Manner::of(request, media, viewer, beat);
    let cause = question.cause((viewer, quota::limit(site, request)), &manner).into_owned();
    Some(Place { cause, manner, flight: None })
}

/// The answer at a place, paid for; nothing if none is kept there, and whoever asked has to make it.
pub(super) async fn give(site: &Site, request: &HttpRequest, place: &mut Place) -> Option<HttpResponse> {
    let answer = match site.answers.find(&place.cause).await {
        Found::Kept(answer) => answer,
        Found::Nothing(flight) => {
            site.metrics.answers("miss");
            place.flight = flight;
            return None;
        }
    };
    site.metrics.answers("hit");
    if let Some(operation) = &answer.operation {
        request.extensions_mut().insert(Operation(Arc::clone(operation)));
    }
    Some(match quota::take(site, request, answer.points).await {
        Ok(()) => send((request, request.method()), &place.manner, &answer),
        Err(refused) => refused,
    })
}

/// Keeps an answer that was just made, and sends it.
pub(super) fn keep(site: &Site, request: &HttpRequest, place: Place, (body, shown): (Vec<u8>, &Shown)) -> HttpResponse {
    let Place { cause, manner, flight } = place;
    let points = Figures::of(request).map_or(1, Figures::points);
    let operation = request.extensions().get::<Operation>().map(|operation| Arc::clone(&operation.0));
    let encoded = manner.encoding.encode(&body);
    let encoding = encoded.is_some().then(|| manner.encoding.name());
    let tag = Answer::tag(&body, encoding);
    let body = encoded.unwrap_or_else(|| body.into());
    let line = site.metrics.line(ENDPOINT, operation.as_deref().map(watch::shortened), "ok");
    let answer = Arc::new(Answer { cause, body, encoding, tag, tags: tags(shown), points, operation, line });
    // What a statement saw meanwhile may be of a newer version, and an answer is kept under the one that it is of.
    if site.store.is_newest(&manner.beat) {
        site.answers.keep(flight.as_ref(), &answer);
    }
    send((request, request.method()), &manner, &answer)
}

/// The names of what is in an answer.
fn tags(shown: &Shown) -> HeaderValue {
    let companies = shown.companies();
    let catalogue = shown.catalogue() || companies.len() > MOST_NAMED || companies.is_empty();
    let named = if companies.len() > MOST_NAMED { &[][..] } else { &companies };
    let all = catalogue.then(|| CATALOGUE.to_owned()).into_iter().chain(named.iter().map(|company| WireId::from(*company).to_string()));
    let all = all.collect::<Vec<_>>().join(", ");
    HeaderValue::from_maybe_shared(Bytes::from(all)).unwrap_or_else(|_| HeaderValue::from_static(CATALOGUE))
}

/// The response with an answer.
pub(super) fn send((request, method): (&impl HttpMessage, &Method), manner: &Manner, answer: &Answer) -> HttpResponse {
    let reads = matches!(*method, Method::GET | Method::HEAD);
    let known = reads && has(request, &answer.tag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    let good_for = match (reads, manner.open) {
        (false, _) => POSTED,
        (true, true) => EVERYBODYS,
        (true, false) => OWN,
    };
    for (name, value) in [
        (ETAG, answer.tag.clone()),
        (CACHE_TAG, answer.tags.clone()),
        (CACHE_CONTROL, HeaderValue::from_static(good_for)),
        (VARY, HeaderValue::from_static(DEPENDS)),
    ] {
        response.insert_header((name, value));
    }
    if manner.beat.age > OLD {
        response.insert_header((AGE, HeaderValue::from(manner.beat.age.as_secs())));
    }
    if known {
        return response.finish();
    }
    if let Some(encoding) = answer.encoding {
        response.insert_header((CONTENT_ENCODING, HeaderValue::from_static(encoding)));
    }
    response.insert_header((CONTENT_TYPE, HeaderValue::from_static(manner.media.content_type()))).body(answer.body.clone())
}

/// Whether the reader has this answer still.
fn has(request: &impl HttpMessage, tag: &HeaderValue) -> bool {
    if !request.headers().contains_key(IF_NONE_MATCH) {
        return false;
    }
    let tag = tag.to_str().ok().and_then(|tag| tag.parse::<EntityTag>().ok());
    match (IfNoneMatch::parse(request), tag) {
        (Ok(IfNoneMatch::Any), _) => true,
        (Ok(IfNoneMatch::Items(tags)), Some(tag)) => tags.iter().any(|own| own.weak_eq(&tag)),
        (Ok(IfNoneMatch::Items(_)), None) | (Err(_), _) => false,
    }
}
