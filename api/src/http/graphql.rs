//! `/graphql`: reads the request, lets the schema answer, writes the answer.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Response};
use content::code::Code;
use content::view::Viewer;
use futures_util::FutureExt;

use super::Site;
use super::accept::Media;
use super::answer;
use super::request::{Asked, Unreadable};
use crate::graphql::fault::{MISTAKE, RequestId};
use crate::graphql::{Arrangement, Budget, Document, Refusal, ground};

/// A query in the address.
pub(super) async fn get(site: Data<Site>, request: HttpRequest) -> HttpResponse {
    let media = match admit(&site, &request) {
        Ok(media) => media,
        Err((code, message)) => return answer::refusal(&request, code, message),
    };
    answer(&site, &request, media, Asked::of_address(&request)).await
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
    answer(&site, &request, media, asked).await
}

async fn answer(site: &Site, request: &HttpRequest, media: Media, asked: Result<Asked, Unreadable>) -> HttpResponse {
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
    if let Err(refusal) = document.require_variables(asked.operation_name.as_deref(), &asked.variables) {
        return answer::unexecuted(request, media, refusal);
    }
    let running = document.running(asked.operation_name.as_deref());
    let arrangement = match Arrangement::of(&document.parsed, running, &asked.variables) {
        Ok(arrangement) => arrangement,
        Err(errors) => return answer::unexecuted(request, media, Refusal { code: Code::Validation, errors }),
    };
    let mut document = document;
    ground(&mut document.parsed);
    let mut operation = Request::new(String::new()).variables(asked.take_variables());
    operation.operation_name = asked.operation_name;
    operation.set_parsed_query(document.parsed);
    match run(site, &answer::request_id(request), operation).await {
        Ok(mut response) => {
            arrangement.arrange(&mut response.data, &response.errors);
            answer::executed(request, media, response)
        }
        Err((code, message)) => answer::refusal(request, code, &message),
    }
}

/// Who may ask at all, and in which media type they are answered.
/// Keys are not known to this version, so one that is given is refused rather than passed over.
fn admit(site: &Site, request: &HttpRequest) -> Result<Media, (Code, &'static str)> {
    let media = Media::of(request).ok_or((
        Code::Accept,
        "None of the media types that you accept can be given; right would be application/graphql-response+json or application/json.",
    ))?;
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

async fn run(site: &Site, id: &RequestId, operation: Request) -> Result<Response, (Code, String)> {
    let operation = operation.data(site.store.view(Viewer::Anonymous)).data(id.clone()).data(Budget::new(site.limits.entries));
    let limit = Duration::from_millis(site.limits.time_ms);
    // A panic of ours ends this request with an id for the log, not the connection.
    let execution = AssertUnwindSafe(site.schema.execute(operation)).catch_unwind();
    match tokio::time::timeout(limit, execution).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(_panic)) => {
            tracing::error!(request_id = id.0, "a panic while answering");
            Err((Code::Bug, MISTAKE.to_owned()))
        }
        Err(_elapsed) => Err((Code::Time, format!("The request took longer than {} ms.", site.limits.time_ms))),
    }
}
