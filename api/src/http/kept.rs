//! Answers that were given before: found by the question as it came, paid for like any other, and sent without being made again. A reader who has
//! one still is told only that it is good (RFC 9110, 13.1.2).

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::Method;
use actix_web::http::header::{AGE, CACHE_CONTROL, CONTENT_TYPE, ETAG, EntityTag, Header, HeaderValue, IfNoneMatch, VARY};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use content::store::Beat;
use content::view::Viewer;

use super::accept::Media;
use super::answer::Figures;
use super::graphql::ESTIMATE;
use super::watch::Operation;
use super::{Site, quota};
use crate::answers::{Answer, Cause, Flight, Found, Name};

/// What an answer is good for while nobody proves who they are: everybody who asks the same may have it, for a second; and while the cache asks for a
/// new one, or cannot, the old one.
const EVERYBODYS: &str = "public, max-age=1, stale-while-revalidate=60, stale-if-error=3600";
/// What an answer to a key is good for: its own asker, who asks each time whether it is good still.
const OWN: &str = "private, no-cache";
/// What an answer to a POST is good for: caches do not keep those.
const POSTED: &str = "no-cache";
/// The headers of a request on which an answer depends.
const DEPENDS: &str = "Accept, Authorization, X-API-Key";
/// An answer that may be older than it should be says how old.
const OLD: Duration = Duration::from_secs(1);

/// Where the answer to a request is kept, and how it is sent.
#[derive(Debug)]
pub(super) struct Place {
    name: Name,
    media: Media,
    beat: Beat,
    open: bool,
    /// While it lasts, whoever asks the same waits for this answer.
    flight: Option<Flight>,
}

impl Place {
    /// Lets nobody wait for this answer any more.
    pub(super) fn land(&mut self) {
        self.flight = None;
    }
}

/// A question as it came.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question<'a> {
    Body(&'a [u8]),
    Address(&'a str),
}

/// The place of the answer to a question; nothing if none can be kept for it.
pub(super) async fn place(site: &Site, request: &HttpRequest, (media, viewer): (Media, &Viewer), question: Question<'_>) -> Option<Place> {
    if site.answers.are_none() || request.headers().contains_key(ESTIMATE) {
        return None;
    }
    // Without a database that ever answered there is no content to keep anything of.
    let beat = site.store.beat().await.ok()?;
    let (way, question) = match question {
        Question::Body(bytes) => ("body", bytes),
        Question::Address(text) => ("address", text.as_bytes()),
    };
    let limit = quota::limit(site, request);
    let name = Name::of(&Cause { version: beat.version, sight: &viewer.sight(), limit, media: media.content_type(), way, question });
    Some(Place { name, media, beat, open: matches!(viewer, Viewer::Anonymous), flight: None })
}

/// The answer at a place, paid for; nothing if none is kept there, and whoever asked has to make it.
pub(super) async fn give(site: &Site, request: &HttpRequest, place: &mut Place) -> Option<HttpResponse> {
    let answer = match site.answers.find(&place.name).await {
        Found::Kept(answer) => answer,
        Found::Nothing(flight) => {
            site.metrics.answers("miss");
            place.flight = flight;
            return None;
        }
    };
    site.metrics.answers("hit");
    if let Some(operation) = &answer.operation {
        request.extensions_mut().insert(Operation(operation.clone()));
    }
    Some(match quota::take(site, request, answer.points).await {
        Ok(()) => send(request, place, &answer, place.beat.age),
        Err(refused) => refused,
    })
}

/// Keeps an answer that was just made, and sends it.
pub(super) fn keep(site: &Site, request: &HttpRequest, place: &Place, body: Vec<u8>) -> HttpResponse {
    let points = Figures::of(request).map_or(1, Figures::points);
    let operation = request.extensions().get::<Operation>().map(|operation| operation.0.clone());
    let answer = Arc::new(Answer::new(body.into(), points, operation));
    site.answers.keep(place.name, Arc::clone(&answer));
    send(request, place, &answer, Duration::ZERO)
}

fn send(request: &HttpRequest, place: &Place, answer: &Answer, age: Duration) -> HttpResponse {
    let tag = EntityTag::new_strong(answer.tag.clone());
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = reads && has(request, &tag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    let good_for = match (reads, place.open) {
        (false, _) => POSTED,
        (true, true) => EVERYBODYS,
        (true, false) => OWN,
    };
    response.insert_header((ETAG, tag)).insert_header((CACHE_CONTROL, good_for)).insert_header((VARY, DEPENDS));
    if age > OLD {
        response.insert_header((AGE, HeaderValue::from(age.as_secs())));
    }
    if known {
        return response.finish();
    }
    response.insert_header((CONTENT_TYPE, place.media.content_type())).body(answer.body.clone())
}

/// Whether the reader has this answer still.
fn has(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => request.headers().contains_key("if-none-match"),
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|own| own.weak_eq(tag)),
        Err(_) => false,
    }
}
