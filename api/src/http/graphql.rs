//! `/graphql`: reads the request, lets the schema answer, writes the answer. The way of a document is the same for both schemas.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderName;
use actix_web::web::{Data, Payload};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use async_graphql::parser::types::OperationDefinition;
use async_graphql::{Request, Response, ServerError};
use content::code::Code;
use content::view::Viewer;
use serde_json::{Map, Value as Json};
use tracing::Instrument;

use super::accept::Media;
use super::answer::{self, Figures, Reply, Written};
use super::asker::Asker;
use super::kept::{self, Place, Question};
use super::permission::{may, refuse_by_method};
use super::request::{self, Asked, Unreadable};
use super::watch::Operation;
use super::work::{Known, Work};
use super::{Site, credential, document, quota};
use crate::graphql::{self, Cost, Refusal, Sent, Types, Values};
use crate::limiter::Owner;
use crate::traces;

/// How long somebody waits to be told that too many expensive operations of theirs wait already.
const HELD_BACK: Duration = Duration::from_millis(500);

/// With the value `cost`, the header of a request that is not executed: its answer says what it would cost.
pub(super) const ESTIMATE: HeaderName = HeaderName::from_static("x-greenroom-estimate");

/// A query in the address.
pub(super) async fn get(site: Data<Site>, request: HttpRequest) -> HttpResponse {
    let (media, viewer) = match admit(&site, &request).await {
        Ok(admitted) => admitted,
        Err((code, message)) => return answer::refusal(&request, code, &message),
    };
    if let Err(refused) = quota::knock(&site, &request) {
        return refused;
    }
    read(&site, &request, (media, viewer), Question::Address(request.query_string())).await
}

/// An operation in the body.
pub(super) async fn post(site: Data<Site>, request: HttpRequest, payload: Payload) -> HttpResponse {
    let (media, viewer) = match admit(&site, &request).await {
        Ok(admitted) => admitted,
        Err((code, message)) => return answer::refusal(&request, code, &message),
    };
    if let Err(refused) = quota::knock(&site, &request) {
        return refused;
    }
    let bytes = match body(&site, &request, payload, site.limits.body_bytes).await {
        Ok(bytes) => bytes,
        Err(refused) => return refused,
    };
    read(&site, &request, (media, viewer), Question::Body(&bytes)).await
}

/// Answers a reader: with what was answered before, or with an answer that is made now.
async fn read(site: &Site, request: &HttpRequest, (media, viewer): (Media, Viewer), question: Question<'_>) -> HttpResponse {
    let mut place = kept::place(site, request, (media, &viewer), question).await;
    if let Some(place) = &mut place
        && let Some(given) = kept::give(site, request, place).await
    {
        return given;
    }
    let asked = match question {
        Question::Body(bytes) => Asked::of_bytes(bytes),
        Question::Address(text) => Asked::of_address(text),
    };
    answer((site, Asker::Reader(viewer, place)), request, media, asked).await
}

/// The body of a request, or why there is none. One that trickles in holds a connection: it has as long as the execution after it.
pub(super) async fn body(site: &Site, request: &HttpRequest, payload: Payload, most_bytes: usize) -> Result<Vec<u8>, HttpResponse> {
    let bytes = request::body(request, payload, most_bytes);
    match tokio::time::timeout(Duration::from_millis(site.limits.time_ms), bytes).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(Unreadable { code, message })) => Err(answer::refusal(request, code, &message)),
        Err(_elapsed) => {
            let mut late = answer::refusal(request, Code::Time, &format!("The body took longer than {} ms.", site.limits.time_ms));
            *late.status_mut() = StatusCode::REQUEST_TIMEOUT;
            Err(late)
        }
    }
}

/// The whole way of a document, from the request to the answer.
pub(super) async fn answer(
    (site, who): (&Site, Asker),
    request: &HttpRequest,
    media: Media,
    asked: Result<Asked, Unreadable>,
) -> HttpResponse {
    // At the level of errors, so that no line of whichever level misses it.
    let span = tracing::error_span!("request", request_id = answer::request_id(request).0);
    respond((site, who), request, media, asked).instrument(span).await.unwrap_or_else(|refused| refused)
}

async fn respond(
    (site, mut who): (&Site, Asker),
    request: &HttpRequest,
    media: Media,
    asked: Result<Asked, Unreadable>,
) -> Result<HttpResponse, HttpResponse> {
    let mut asked = asked.map_err(|Unreadable { code, message }| answer::refusal(request, code, &message))?;
    let document = document::of(site, &who, (request, media), &asked.document);
    let document = traces::within(site.traces.as_ref(), "graphql.parse", document).await?;
    let unexecuted = |refusal| answer::unexecuted(request, media, document.refused(refusal));
    if let Some(name) = document.name(asked.operation_name.as_deref()) {
        request.extensions_mut().insert(Operation(name.into()));
    }
    if let Some(refused) = refuse_by_method(request, media, &document, asked.operation_name.as_deref()) {
        return Err(refused);
    }
    let running = document.running(asked.operation_name.as_deref());
    if let Some(operation) = running {
        may(site, request, (&who, media), (&document, operation)).await?;
    }
    document.require_variables(asked.operation_name.as_deref(), &asked.variables).map_err(unexecuted)?;
    let types = match &who {
        Asker::Reader(..) => Types::public(),
        Asker::Editor { .. } => Types::admin(),
    };
    let arrangement =
        document.arrangement(running, &asked.variables, types).map_err(|errors| unexecuted(Refusal { code: Code::Validation, errors }))?;
    let cost = match (&who, running) {
        (Asker::Reader(..), Some(operation)) => Some(document.cost(operation, &asked.variables, &site.limits)),
        (Asker::Reader(..), None) | (Asker::Editor { .. }, _) => None,
    };
    if let (Some(cost), Asker::Reader(_, Some(place))) = (&cost, &mut who)
        && is_heavy(site, cost)
    {
        // It waits for its caller's turn, which is nothing for others to wait for.
        place.land();
    }
    let heavy_of = match &cost {
        Some(cost) => charge(site, request, media, cost).await?,
        None => None,
    };
    let place = match &mut who {
        // What is said of the caller is for the caller. No document can ask for it without the word.
        Asker::Reader(_, place) => place.take().filter(|_| !document.names_viewer),
        Asker::Editor { .. } => None,
    };
    let proven = document.is_proven(running, &asked.variables);
    let values = match (&who, running) {
        (Asker::Reader(..), Some(operation)) => Values::of(&document, operation, &asked.variables),
        (Asker::Reader(..), None) | (Asker::Editor { .. }, _) => Values::default(),
    };
    if let (true, None, Some(operation), Asker::Reader(viewer, _)) = (proven, &heavy_of, running, &who)
        && let Some(written) = from_parts(site, request, (media, viewer), (&document, operation), (&asked.variables, &values)).await
    {
        return Ok(finish(site, request, place, written));
    }
    let mut variables = asked.take_variables();
    if let Some(operation) = running {
        graphql::fill_in(operation, &mut variables);
    }
    let mut operation = Request::new(String::new()).variables(variables);
    operation.operation_name = asked.operation_name;
    operation.set_parsed_query(document.parsed.clone());
    if let Some(allowance) = quota::allowance(site, request) {
        operation = operation.data(allowance);
    }
    let hints = matches!(&who, Asker::Reader(viewer, _) if has_hints(viewer));
    let known = Known { document: document.clone(), arrangement, values, proven };
    let work = Work::new(site, who, operation, known, Reply::to(request, media, hints));
    match work.run(site, heavy_of).await {
        Ok(written) => Ok(finish(site, request, place, written)),
        Err((code, message)) => Err(answer::refusal(request, code, &message)),
    }
}

/// Whoever proved a key has agreed to something; a stranger who guesses names is not led to them.
const fn has_hints(viewer: &Viewer) -> bool {
    matches!(viewer, Viewer::Partner(_))
}

/// An answer all parts of which were written before; nothing if one is missing, and the operation has to be executed.
async fn from_parts(
    site: &Site,
    request: &HttpRequest,
    (media, viewer): (Media, &Viewer),
    (document, operation): (&Sent, &OperationDefinition),
    (variables, values): (&Map<String, Json>, &Values),
) -> Option<Written> {
    let view = site.store.view(viewer.clone());
    let data = graphql::put_together((document, operation), (variables, values), (&view, &site.answers.parts, site.limits.entries)).await?;
    site.metrics.answers("parts");
    Some(answer::executed(&Reply::to(request, media, has_hints(viewer)), Response::new(data), view.shown()))
}

/// Keeps an answer for whoever asks the same, if it is one to keep, and sends it.
fn finish(site: &Site, request: &HttpRequest, place: Option<Place>, written: Written) -> HttpResponse {
    let Some(place) = place else { return written.send() };
    match written.whole() {
        Ok((body, shown)) => kept::keep(site, request, place, (body, &shown)),
        Err(written) => written.send(),
    }
}

/// Whether an operation is one for the lane.
fn is_heavy(site: &Site, cost: &Cost) -> bool {
    cost.points > u64::from(site.limits.heavy_cost)
}

/// Takes the points of an operation, or says why it does not run: because it costs too much at all, more than is left, or because only its cost is
/// asked for. Gives whose operation it is if it is one for the lane.
async fn charge(site: &Site, request: &HttpRequest, media: Media, cost: &Cost) -> Result<Option<Owner>, HttpResponse> {
    let account = quota::account(site, request);
    let limit = quota::limit(site, request);
    request.extensions_mut().insert(Figures::new(cost, limit));
    if request.headers().get(ESTIMATE).is_some_and(|asked| asked == "cost") {
        return Err(answer::estimated(request, media));
    }
    if cost.points > limit {
        let errors = vec![ServerError::new(cost.told(limit), None)];
        return Err(answer::unexecuted(request, media, Refusal { code: Code::Cost, errors }));
    }
    let heavy = is_heavy(site, cost).then_some(account.owner);
    if let Some(owner) = heavy {
        // Before the points are taken: what cannot even wait should not cost them.
        if let Err(crowded) = site.lane.ask(owner) {
            // Told at once, the same caller would be back at once, and reading what they ask costs others. To wait costs nobody anything.
            tokio::time::sleep(HELD_BACK).await;
            return Err(answer::refusal(request, Code::Crowded, &crowded.to_string()));
        }
    }
    quota::take(site, request, cost.points).await?;
    Ok(heavy)
}

/// What is said to those who accept neither of our media types.
pub(super) const UNACCEPTABLE: &str =
    "None of the media types that you accept can be given; right would be application/graphql-response+json or application/json.";

/// Who asks, and in which media type they are answered.
async fn admit(site: &Site, request: &HttpRequest) -> Result<(Media, Viewer), (Code, String)> {
    let media = Media::of(request).ok_or_else(|| (Code::Accept, UNACCEPTABLE.to_owned()))?;
    Ok((media, credential::viewer(site, request).await?))
}
