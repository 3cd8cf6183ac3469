//! How an answer is written: the body, the status that goes with it, and the code and request id of every error.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER, VARY, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use async_graphql::indexmap::IndexMap;
use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use content::code::{Code, Fault};
use serde::Serialize;

use super::accept::Media;
use crate::graphql::Refusal;
use crate::graphql::fault::{MISTAKE, RequestId};

/// Errors of one answer; a document of ten thousand wrong fields must not make an answer of megabytes.
const MOST_ERRORS: usize = 50;

/// Characters of one message.
const MOST_CHARS: usize = 400;

#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "<[ServerError]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
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
    let mut response = write(status_of_transport(code), media, &Body { errors: &errors, data: None });
    if code.kind() == Fault::Access {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"greenroom\""));
    }
    response
}

/// The answer to a document that is not executed.
pub(super) fn unexecuted(request: &HttpRequest, media: Media, refusal: Refusal) -> HttpResponse {
    let Refusal { code, mut errors } = refusal;
    mark(&mut errors, code, &request_id(request));
    write(status_of_document(media), media, &Body { errors: &errors, data: None })
}

/// The answer to a document that was executed, or that the validation did not let through.
pub(super) fn executed(request: &HttpRequest, media: Media, response: Response) -> HttpResponse {
    let Response { data, mut errors, .. } = response;
    // A value that does not fit its type is found only when its field is resolved, but it is the request that is wrong.
    let never_ran = data == Value::Null && !errors.is_empty() && errors.iter().all(|error| error.path.is_empty() || misfit(error));
    // An operation whose fields are all skipped selects nothing, and that is an object without fields.
    let data = if data == Value::Null && errors.is_empty() { Value::Object(IndexMap::new()) } else { data };
    mark(&mut errors, Code::Validation, &request_id(request));
    if never_ran {
        return write(status_of_document(media), media, &Body { errors: &errors, data: None });
    }
    let mut response = write(status_of_data(&data, &errors), media, &Body { errors: &errors, data: Some(&data) });
    if let Some(seconds) = errors.iter().find_map(wait_of) {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
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

fn write(status: StatusCode, media: Media, body: &Body<'_>) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    response
        .insert_header((CONTENT_TYPE, media.content_type()))
        .insert_header((VARY, "Accept"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CACHE_CONTROL, "no-cache"));
    match serde_json::to_vec(body) {
        Ok(bytes) => response.body(bytes),
        // Values of ours and of the library's are all JSON; this is never met, and would be a fault without words.
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}
