//! `/graphql`: reads the request, lets the schema answer, writes the answer. The way of a document is the same for both schemas.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Response};
use content::access::Caller;
use content::code::Code;
use content::view::{Desk, Viewer};
use futures_util::FutureExt;

use super::Site;
use super::accept::Media;
use super::answer;
use super::request::{Asked, Unreadable};
use crate::graphql::admin::{Now, needs};
use crate::graphql::fault::{MISTAKE, RequestId};
use crate::graphql::{Arrangement, Budget, Document, Refusal, Types, ground};

/// Who asks, and with that which schema answers.
pub(super) enum Asker {
    /// A reader of the public schema.
    Reader,
    /// An editor, or somebody who wants to become one, at the admin schema.
    Editor { desk: Option<Box<Desk>>, caller: Caller },
}

/// A query in the address.
pub(super) async fn get(site: Data<Site>, request: HttpRequest) -> HttpResponse {
    let media = match admit(&site, &request) {
        Ok(media) => media,
        Err((code, message)) => return answer::refusal(&request, code, message),
    };
    answer((&site, Asker::Reader), &request, media, Asked::of_address(&request)).await
}

/// An operation in the body.
pub(super) async fn post(site: Data<Site>, request: HttpRequest, payload: Payload) -> HttpResponse {
    let media = match admit(&site, &request) {
        Ok(media) => media,
        Err((code, message)) => return answer::refusal(&request, code, message),
    };
    // A body that trickles in holds a connection: it has as long as the execution after it.
    let body = Asked::of_body(&request, payload, site.limits.body_bytes);
    let Ok(asked) = tokio::time::timeout(Duration::from_millis(site.limits.time_ms), body).await else {
        let mut late = answer::refusal(&request, Code::Time, &format!("The body took longer than {} ms.", site.limits.time_ms));
        *late.status_mut() = StatusCode::REQUEST_TIMEOUT;
        return late;
    };
    answer((&site, Asker::Reader), &request, media, asked).await
}

/// The whole way of a document, from the request to the answer.
pub(super) async fn answer(
    (site, who): (&Site, Asker),
    request: &HttpRequest,
    media: Media,
    asked: Result<Asked, Unreadable>,
) -> HttpResponse {
    let mut asked = match asked {
        Ok(asked) => asked,
        Err(Unreadable { code, message }) => return answer::refusal(request, code, &message),
    };
    let document = match Document::read(&asked.query, &site.limits) {
        Ok(document) => document,
        Err(refusal) => return answer::unexecuted(request, media, refusal),
    };
    if let Some(refused) = refuse_by_method(request, media, &document, asked.operation_name.as_deref()) {
        return refused;
    }
    let running = document.running(asked.operation_name.as_deref());
    if let (Asker::Editor { desk, .. }, Some(operation)) = (&who, running)
        && let Err((code, message)) = needs::check(&document.parsed, operation, desk.as_deref())
    {
        return answer::refusal(request, code, &message);
    }
    if let Err(refusal) = document.require_variables(asked.operation_name.as_deref(), &asked.variables) {
        return answer::unexecuted(request, media, refusal);
    }
    let types = match &who {
        Asker::Reader => Types::public(),
        Asker::Editor { .. } => Types::admin(),
    };
    let arrangement = match Arrangement::of(&document.parsed, running, &asked.variables, types) {
        Ok(arrangement) => arrangement,
        Err(errors) => return answer::unexecuted(request, media, Refusal { code: Code::Validation, errors }),
    };
    let mut document = document;
    ground(&mut document.parsed);
    let mut operation = Request::new(String::new()).variables(asked.take_variables());
    operation.operation_name = asked.operation_name;
    operation.set_parsed_query(document.parsed);
    match run(site, who, &answer::request_id(request), operation).await {
        Ok(mut response) => {
            arrangement.arrange(&mut response.data, &response.errors);
            answer::executed(request, media, response)
        }
        Err((code, message)) => answer::refusal(request, code, &message),
    }
}

/// What is said to those who accept neither of our media types.
pub(super) const UNACCEPTABLE: &str =
    "None of the media types that you accept can be given; right would be application/graphql-response+json or application/json.";

/// Who may ask at all, and in which media type they are answered.
/// Keys are not known to this version, so one that is given is refused rather than passed over.
fn admit(site: &Site, request: &HttpRequest) -> Result<Media, (Code, &'static str)> {
    let media = Media::of(request).ok_or((Code::Accept, UNACCEPTABLE))?;
    let headers = request.headers();
    if headers.contains_key(AUTHORIZATION) || headers.contains_key("x-api-key") {
        return Err((Code::CredentialUnknown, "The key or token is not known here."));
    }
    if !site.anonymous {
        return Err((Code::AnonymousRefused, "This server answers only to those who prove who they are."));
    }
    Ok(media)
}

/// A GET is repeated by browsers and proxies as they like, so it may only read.
fn refuse_by_method(request: &HttpRequest, media: Media, document: &Document, name: Option<&str>) -> Option<HttpResponse> {
    match document.operation(name)? {
        OperationType::Mutation | OperationType::Subscription if request.method() == actix_web::http::Method::GET => {
            let mut refused = answer::refusal(request, Code::Method, "Only a query can be sent with GET.");
            refused.headers_mut().insert(actix_web::http::header::ALLOW, actix_web::http::header::HeaderValue::from_static("POST"));
            Some(refused)
        }
        OperationType::Subscription => {
            let errors = vec![async_graphql::ServerError::new("There are no subscriptions.", None)];
            Some(answer::unexecuted(request, media, Refusal { code: Code::Validation, errors }))
        }
        OperationType::Query | OperationType::Mutation => None,
    }
}

async fn run(site: &Site, who: Asker, id: &RequestId, operation: Request) -> Result<Response, (Code, String)> {
    let operation = operation.data(id.clone()).data(Budget::new(site.limits.entries));
    let limit = Duration::from_millis(site.limits.time_ms);
    // A panic of ours ends this request with an id for the log, not the connection.
    let execution = AssertUnwindSafe(execute(site, who, operation)).catch_unwind();
    match tokio::time::timeout(limit, execution).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(_panic)) => {
            tracing::error!(request_id = id.0, "a panic while answering");
            Err((Code::Bug, MISTAKE.to_owned()))
        }
        Err(_elapsed) => Err((Code::Time, format!("The request took longer than {} ms.", site.limits.time_ms))),
    }
}

async fn execute(site: &Site, who: Asker, operation: Request) -> Response {
    match who {
        Asker::Reader => site.schema.execute(operation.data(site.store.view(Viewer::Anonymous))).await,
        Asker::Editor { desk, caller } => {
            let operation = operation.data(site.store.gate()).data(site.keys.clone()).data(caller).data(Now(site.store.now()));
            match desk {
                // Who is nobody yet comes no further than the login, and is shown no schema either.
                None => site.admin.execute(operation.disable_introspection()).await,
                Some(desk) => site.admin.execute(operation.data(desk.view()).data(*desk)).await,
            }
        }
    }
}
