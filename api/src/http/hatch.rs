//! The hatch in front of the application: whoever asks what was answered before gets it here, and the application hears nothing of it. What is not
//! kept, and whatever is unusual about a request, goes on to the application as it came; so there is nothing that is said here and not there.

use std::future::{Ready, poll_fn, ready};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use actix_http::error::PayloadError;
use actix_http::{BoxedPayloadStream, Payload, Request, Response};
use actix_service::{Service, Transform, forward_ready};
use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_LENGTH, HeaderMap};
use actix_web::web::Bytes;
use actix_web::{Error, HttpResponse};
use content::view::Viewer;
use futures_util::future::LocalBoxFuture;
use futures_util::{Stream, StreamExt, stream};

use super::accept::Media;
use super::graphql::ESTIMATE;
use super::kept::{self, Manner, Question};
use super::watch::{self, Answered};
use super::{ENDPOINT, Site, cors, credential, headers, quota, request, request_id};
use crate::answers::Answer;
use crate::limiter::{Account, Standing};

/// Bytes of a body that is looked for here. Questions are small; what is larger is read by the application.
const MOST_BYTES: usize = 16 * 1_024;

/// How often a body is looked at: before what came with its head is read, and after. One that is not there then is waited for by the application.
const LOOKS: usize = 2;

/// Puts a hatch in front of an application.
#[derive(Debug)]
pub struct Hatch(Site);

impl Hatch {
    /// One for this site.
    #[must_use]
    pub fn of(site: Site) -> Self {
        Self(site)
    }
}

impl<S, B> Transform<S, Request> for Hatch
where
    S: Service<Request, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = Response<EitherBody<BoxBody, B>>;
    type Error = Error;
    type Transform = Hatched<S>;
    type InitError = ();
    type Future = Ready<Result<Hatched<S>, ()>>;

    fn new_transform(&self, application: S) -> Self::Future {
        ready(Ok(Hatched { site: Rc::new(self.0.clone()), application: Rc::new(application) }))
    }
}

/// An application with a hatch in front of it.
#[derive(Debug)]
pub struct Hatched<S> {
    /// Its own, so that counting who uses it is nothing that threads do to each other.
    site: Rc<Site>,
    application: Rc<S>,
}

impl<S, B> Service<Request> for Hatched<S>
where
    S: Service<Request, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = Response<EitherBody<BoxBody, B>>;
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self::Response, Error>>;

    forward_ready!(application);

    fn call(&self, request: Request) -> Self::Future {
        let application = Rc::clone(&self.application);
        if !is_usual(&self.site, &request) {
            let answered = application.call(request);
            return Box::pin(async move { answered.await.map(inside) });
        }
        let site = Rc::clone(&self.site);
        Box::pin(async move {
            match hand_out(&site, request).await {
                Ok(response) => Ok(Response::from(response.map_body(|_, body| EitherBody::left(body)))),
                Err(request) => application.call(request).await.map(inside),
            }
        })
    }
}

/// What the application answered.
fn inside<B>(response: ServiceResponse<B>) -> Response<EitherBody<BoxBody, B>> {
    Response::from(response).map_body(|_, body| EitherBody::right(body))
}

/// Whether an answer to a request could be kept, and all that is said on it is known beforehand.
fn is_usual(site: &Site, request: &Request) -> bool {
    let headers = request.head().headers();
    let read = match *request.method() {
        Method::GET => true,
        // What stands behind its path is nothing to it, but is looked at as in every address.
        Method::POST => {
            request.uri().query().is_none() && request::is_plain_json(headers) && length(headers).is_some_and(|bytes| bytes <= MOST_BYTES)
        }
        _ => false,
    };
    read && request.path() == ENDPOINT
        && site.traces.is_none()
        && !site.answers.are_none()
        && !headers.contains_key(ESTIMATE)
        && cors::is_plain(&site.origins, request.head())
}

/// The answer to a request, if it is kept and can be paid for; else the request as it came.
async fn hand_out(site: &Site, mut request: Request) -> Result<HttpResponse, Request> {
    let began = Instant::now();
    if request.method() == Method::GET {
        let question = Question::Address(request.uri().query().unwrap_or_default());
        let given = find(site, &request, question).await;
        return given.map(|given| given.send(site, &request, began)).ok_or(request);
    }
    let body = read(&mut request).await;
    let given = if body.is_whole { find(site, &request, Question::Body(&body.bytes)).await } else { None };
    given.map(|given| given.send(site, &request, began)).ok_or_else(|| body.put_back(request))
}

/// An answer that is paid for.
struct Given {
    viewer: Viewer,
    manner: Manner,
    answer: Arc<Answer>,
    account: Account,
    standing: Standing,
}

async fn find(site: &Site, request: &Request, question: Question<'_>) -> Option<Given> {
    let media = Media::of(request)?;
    let viewer = credential::known(site, request.head()).await?;
    let account = quota::account_of(site, &viewer, request.head());
    let beat = site.store.beat().await.ok()?;
    let limit = quota::limit_of(site, &account);
    let manner = Manner::of(request, media, &viewer, beat);
    let answer = site.answers.kept(&question.cause((&viewer, limit), &manner))?;
    // Who has too little left is told so by the application.
    let standing = site.limiter.grant(&account, u32::try_from(answer.points).ok()?).await?;
    Some(Given { viewer, manner, answer, account, standing })
}

impl Given {
    /// The whole response, and what is counted of it.
    fn send(self, site: &Site, request: &Request, began: Instant) -> HttpResponse {
        let Self { viewer, manner, answer, account, standing } = self;
        let mut response = kept::send((request, request.method()), &manner, &answer);
        let (id, on_it) = (request_id::of(site, request.head()), response.headers_mut());
        quota::tell(on_it, &account, &standing);
        cors::put(request.head(), on_it);
        headers::of(ENDPOINT).put(on_it);
        request_id::put(&id, on_it);
        if let Viewer::Partner(pass) = &viewer {
            site.ring.count(pass, u32::try_from(answer.points).unwrap_or(u32::MAX), false);
        }
        let took = began.elapsed();
        site.metrics.hit(&answer.line, took);
        let operation = answer.operation.as_deref().map(watch::shortened);
        Answered { id: &id, head: request.head(), operation, status: response.status().as_u16(), took }.tell();
        response
    }
}

/// A body, as far as it was there.
struct Body {
    bytes: Bytes,
    is_whole: bool,
    /// Why there is no more of it.
    broken: Option<PayloadError>,
}

/// Reads a body, if it is there already.
///
/// Nobody is asked to wake this: the connection is read by the very task that this runs in, and whenever that has read something, it looks here again. To
/// be woken as well would be a second round over the connection for each request. (A request that came in one piece with another one, while its body never
/// follows, is looked at no more; the connection's own clock ends it.)
async fn read(request: &mut Request) -> Body {
    let expected = length(request.head().headers()).unwrap_or_default();
    let payload = request.payload();
    let (mut bytes, mut looks) = (Bytes::new(), 0);
    let broken = poll_fn(|_| {
        let context = &mut Context::from_waker(Waker::noop());
        looks += 1;
        while bytes.len() < expected {
            match Pin::new(&mut *payload).poll_next(context) {
                Poll::Ready(Some(Ok(more))) if bytes.is_empty() => bytes = more,
                Poll::Ready(Some(Ok(more))) => bytes = [bytes.as_ref(), more.as_ref()].concat().into(),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(error)),
                Poll::Pending if looks < LOOKS => return Poll::Pending,
                Poll::Ready(None) | Poll::Pending => break,
            }
        }
        Poll::Ready(None)
    });
    let broken = broken.await;
    Body { is_whole: bytes.len() == expected, bytes, broken }
}

impl Body {
    /// The request with all of its body again.
    fn put_back(self, mut request: Request) -> Request {
        let rest = request.take_payload();
        let seen = [Some(Ok(self.bytes)), self.broken.map(Err)].into_iter().flatten();
        let payload: BoxedPayloadStream = Box::pin(stream::iter(seen).chain(rest));
        request.replace_payload(Payload::Stream { payload }).0
    }
}

fn length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
