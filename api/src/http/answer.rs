//! How an answer is written: the body, the status that goes with it, and the code and request id of every error.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER, VARY, WWW_AUTHENTICATE};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use async_graphql::indexmap::IndexMap;
use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use content::code::{Code, Fault};
use content::view::Shown;
use serde::Serialize;

use super::accept::Media;
use super::body::{Body, Extensions};
use super::watch::Told;
use crate::graphql::fault::{MISTAKE, RequestId};
use crate::graphql::{Cost, Refusal};

/// Errors of one answer; a document of ten thousand wrong fields must not make an answer of megabytes.
const MOST_ERRORS: usize = 50;

/// Characters of one message.
const MOST_CHARS: usize = 400;

/// The cost of an operation as it is told. It is kept with the request as soon as it is known, and is in every answer from then on.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Figures {
    points: u64,
    objects: u64,
    limit: u64,
}

impl Figures {
    /// The figures of a cost where so many points are allowed.
    pub(super) const fn new(cost: &Cost, limit: u64) -> Self {
        Self { points: cost.points, objects: cost.objects, limit }
    }

    /// The points that the operation costs.
    pub(super) const fn points(self) -> u64 {
        self.points
    }

    /// Those of a request, if they are known already.
    pub(super) fn of(request: &HttpRequest) -> Option<Self> {
        request.extensions().get().copied()
    }
}

/// What an answer has of its request.
pub(super) struct Reply {
    /// The id of the request.
    pub(super) id: RequestId,
    media: Media,
    cost: Option<Figures>,
    /// Whether names that resemble unknown ones are told.
    hints: bool,
}

impl Reply {
    /// The reply to a request, in this media type.
    pub(super) fn to(request: &HttpRequest, media: Media, hints: bool) -> Self {
        Self { id: request_id(request), media, cost: Figures::of(request), hints }
    }
}

/// An answer that only has to be sent. It is made where the document was executed.
pub(super) struct Written {
    status: StatusCode,
    media: Media,
    /// The body; nothing if it is none of JSON.
    bytes: Option<Vec<u8>>,
    retry_after_s: Option<u64>,
    /// The code of the first error, for those who watch.
    told: Option<Code>,
    faultless: bool,
    /// What of the content is in it.
    shown: Shown,
}

impl Written {
    fn new(status: StatusCode, media: Media, body: &Body<'_>) -> Self {
        let first = body.errors.first().and_then(code_of);
        let told = first.and_then(|text| Code::ALL.iter().copied().find(|code| code.text() == text));
        Self {
            status,
            media,
            bytes: body.json().ok(),
            retry_after_s: None,
            told,
            faultless: body.errors.is_empty(),
            shown: Shown::default(),
        }
    }

    /// The body of an answer without any error, which is as good for whoever else asks, with what is in it; back itself if it is none.
    pub(super) fn whole(self) -> Result<(Vec<u8>, Shown), Self> {
        match self.bytes {
            Some(bytes) if self.status == StatusCode::OK && self.faultless => Ok((bytes, self.shown)),
            _ => Err(self),
        }
    }

    /// The response with its headers.
    pub(super) fn send(self) -> HttpResponse {
        // Values of ours and of the library's are all JSON; this is never met, and would be a fault without words.
        let Some(bytes) = self.bytes else { return HttpResponse::InternalServerError().finish() };
        let mut response = HttpResponse::build(self.status);
        response
            .insert_header((CONTENT_TYPE, self.media.content_type()))
            .insert_header((VARY, "Accept"))
            .insert_header((CACHE_CONTROL, "no-cache"));
        // What is away is asked again every second.
        let away = (self.status == StatusCode::SERVICE_UNAVAILABLE).then_some(1);
        if let Some(seconds) = self.retry_after_s.or(away) {
            response.insert_header((RETRY_AFTER, HeaderValue::from(seconds)));
        }
        if let Some(code) = self.told {
            response.extensions_mut().insert(Told(code));
        }
        response.body(bytes)
    }
}

/// The id of the request, as the middleware has set it.
pub(super) fn request_id(request: &HttpRequest) -> RequestId {
    request.extensions().get::<RequestId>().cloned().unwrap_or_else(|| RequestId(String::new()))
}

/// The answer to a request that never became a document.
pub(super) fn refusal(request: &HttpRequest, code: Code, message: &str) -> HttpResponse {
    let media = Media::of(request).unwrap_or(Media::Json);
    let mut errors = vec![ServerError::new(message, None)];
    mark(&mut errors, code, &request_id(request));
    let mut response = write(request, status_of_transport(code), media, &errors);
    if code == Code::Crowded {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    if code.kind() == Fault::Access {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"greenroom\""));
    }
    response
}

/// The answer to a document that is not executed.
pub(super) fn unexecuted(request: &HttpRequest, media: Media, refusal: Refusal) -> HttpResponse {
    let Refusal { code, mut errors } = refusal;
    mark(&mut errors, code, &request_id(request));
    // Who asks for what their key is not for did not make a mistake in the document.
    let status = if code.kind() == Fault::Permission { StatusCode::FORBIDDEN } else { status_of_document(media) };
    write(request, status, media, &errors)
}

/// The answer to somebody who only wants to know what a document would cost.
pub(super) fn estimated(request: &HttpRequest, media: Media) -> HttpResponse {
    let extensions = Figures::of(request).map(|cost| Extensions { cost });
    Written::new(StatusCode::OK, media, &Body { errors: &[], data: Some(&Value::Null), extensions }).send()
}

/// The answer to a document that was executed, or that the validation did not let through.
/// Where the caller may have them, the library says which names of the schema resemble one that is not in it.
pub(super) fn executed(reply: &Reply, response: Response, shown: Shown) -> Written {
    let media = reply.media;
    let Response { data, mut errors, .. } = response;
    if !reply.hints {
        errors.iter_mut().filter(|error| code_of(error).is_none()).for_each(|error| without_hint(&mut error.message));
    }
    // A value that does not fit its type is found only when its field is resolved, but it is the request that is wrong.
    let never_ran = data == Value::Null && !errors.is_empty() && errors.iter().all(|error| error.path.is_empty() || misfit(error));
    // An operation whose fields are all skipped selects nothing, and that is an object without fields.
    let data = if data == Value::Null && errors.is_empty() { Value::Object(IndexMap::new()) } else { data };
    mark(&mut errors, Code::Validation, &reply.id);
    let extensions = reply.cost.map(|cost| Extensions { cost });
    if never_ran {
        return Written::new(status_of_document(media), media, &Body { errors: &errors, data: None, extensions });
    }
    let written = Written::new(status_of_data(&data, &errors), media, &Body { errors: &errors, data: Some(&data), extensions });
    Written { retry_after_s: errors.iter().find_map(wait_of), shown, ..written }
}

/// Whether an answer was given up because it took too long.
pub(super) fn is_late(response: &Response) -> bool {
    response.errors.iter().any(|error| code_of(error).as_deref() == Some(Code::Time.text()))
}

/// A well-formed request whose document is at fault: the newer media type says so with the status, the older one answers 200.
const fn status_of_document(media: Media) -> StatusCode {
    match media {
        Media::Json => StatusCode::OK,
        Media::GraphqlResponse => StatusCode::BAD_REQUEST,
    }
}

fn status_of_transport(code: Code) -> StatusCode {
    const OWN: &[(Code, StatusCode)] = &[
        (Code::ContentType, StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (Code::Accept, StatusCode::NOT_ACCEPTABLE),
        (Code::Method, StatusCode::METHOD_NOT_ALLOWED),
        (Code::BodyLarge, StatusCode::PAYLOAD_TOO_LARGE),
        (Code::Time, StatusCode::SERVICE_UNAVAILABLE),
        (Code::QuotaMinute, StatusCode::TOO_MANY_REQUESTS),
        (Code::QuotaDay, StatusCode::TOO_MANY_REQUESTS),
        (Code::Crowded, StatusCode::TOO_MANY_REQUESTS),
    ];
    let of_kind = match code.kind() {
        Fault::Request | Fault::Limit => StatusCode::BAD_REQUEST,
        Fault::Missing => StatusCode::NOT_FOUND,
        Fault::Conflict => StatusCode::CONFLICT,
        Fault::Access => StatusCode::UNAUTHORIZED,
        Fault::Permission => StatusCode::FORBIDDEN,
        Fault::Unwell => StatusCode::SERVICE_UNAVAILABLE,
        Fault::Ours => StatusCode::INTERNAL_SERVER_ERROR,
    };
    OWN.iter().find(|(own, _)| *own == code).map_or(of_kind, |(_, status)| *status)
}

/// With any data, 200. Without, a fault that is not the caller's must be seen by whatever watches status codes.
fn status_of_data(data: &Value, errors: &[ServerError]) -> StatusCode {
    let has = |code: Code| errors.iter().any(|error| code_of(error).as_deref() == Some(code.text()));
    let nothing = *data == Value::Null;
    if nothing && has(Code::LoginSlow) {
        StatusCode::TOO_MANY_REQUESTS
    } else if nothing && has(Code::DatabaseAway) {
        StatusCode::SERVICE_UNAVAILABLE
    } else if nothing && has(Code::Bug) {
        StatusCode::INTERNAL_SERVER_ERROR
    } else {
        StatusCode::OK
    }
}

/// Gives every error its code and the request id, and bounds their number.
fn mark(errors: &mut Vec<ServerError>, otherwise: Code, id: &RequestId) {
    let all = errors.len();
    if all > MOST_ERRORS {
        errors.truncate(MOST_ERRORS);
        errors.push(ServerError::new(format!("There are {} more errors.", all - MOST_ERRORS), None));
    }
    for error in errors {
        shorten(&mut error.message);
        if code_of(error).is_none() {
            let code = if foreign(error) { unforeseen(error, id) } else { otherwise };
            extensions(error).set("code", code.text());
        }
        extensions(error).set("requestId", id.0.as_str());
    }
}

/// A message quotes what was sent, and what was sent may be long.
fn shorten(message: &mut String) {
    if let Some((end, _)) = message.char_indices().nth(MOST_CHARS) {
        message.truncate(end);
        message.push_str(" ...");
    }
}

/// The library puts its guesses behind its finding, and not all of them can be turned off where the schema is built.
fn without_hint(message: &mut String) {
    if let Some(end) = message.find(" Did you mean ") {
        message.truncate(end);
    }
}

/// Whether the library says that a value of the caller does not fit. It marks these by their words alone.
fn misfit(error: &ServerError) -> bool {
    let words = ["Failed to parse", "Expected input type", "Invalid value", "Variable "];
    code_of(error).is_none() && words.iter().any(|words| error.message.starts_with(words))
}

/// An error without a code from within the execution that is not about the caller's values: nothing of ours gives one.
fn foreign(error: &ServerError) -> bool {
    !error.path.is_empty() && !misfit(error)
}

fn unforeseen(error: &mut ServerError, id: &RequestId) -> Code {
    tracing::error!(request_id = id.0, message = error.message, "an error without a code");
    MISTAKE.clone_into(&mut error.message);
    Code::Bug
}

fn extensions(error: &mut ServerError) -> &mut ErrorExtensionValues {
    error.extensions.get_or_insert_with(ErrorExtensionValues::default)
}

/// Seconds after which the same may be tried again.
fn wait_of(error: &ServerError) -> Option<u64> {
    let Value::Number(seconds) = error.extensions.as_ref()?.get("retryAfterSeconds")? else { return None };
    seconds.as_u64()
}

fn code_of(error: &ServerError) -> Option<String> {
    let Value::String(code) = error.extensions.as_ref()?.get("code")? else { return None };
    Some(code.clone())
}

/// An answer of nothing but errors.
fn write(request: &HttpRequest, status: StatusCode, media: Media, errors: &[ServerError]) -> HttpResponse {
    let extensions = Figures::of(request).map(|cost| Extensions { cost });
    Written::new(status, media, &Body { errors, data: None, extensions }).send()
}
