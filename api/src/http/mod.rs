//! HTTP: who may ask in which way, and how an answer is written. Everything behind it speaks GraphQL or content.

mod accept;
mod address;
mod admin;
mod answer;
mod asker;
mod body;
mod cors;
mod credential;
mod document;
mod encoding;
mod escapes;
mod explorer;
mod graphql;
mod hatch;
mod headers;
mod health;
mod json;
mod kept;
mod metrics;
mod page;
mod permission;
mod quota;
mod request;
mod request_id;
mod watch;
mod work;

use actix_web::body::MessageBody;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Data};
use actix_web::{
    App, Error, FromRequest, Handler, HttpRequest, HttpResponse, Resource, Responder, dev::ServiceFactory, dev::ServiceRequest,
    dev::ServiceResponse,
};
use content::api_key::Ring;
use content::code::Code;
use content::finding::quoted;
use content::store::Store;

pub use hatch::Hatch;

use crate::access::Keys;
use crate::answers::{ANSWER_BYTES, Answers};
use crate::graphql::admin::{AdminSchema, admin};
use crate::graphql::{Documents, PublicSchema, proven, public};
use crate::lane::Lane;
use crate::limiter::Limiter;
use crate::limits::Limits;
use crate::metrics::{Metrics, Readers};
use crate::traces::Traces;

/// Where readers ask.
const ENDPOINT: &str = "/graphql";

/// Every address, as it is told to those who watch.
const ENDPOINTS: &[&str] = &[
    ENDPOINT,
    "/admin/graphql",
    "/.well-known/jwks.json",
    "/admin/schema.graphql",
    "/",
    "/schema.graphql",
    "/livez",
    "/readyz",
    "/metrics",
    "/graphiql",
    "/graphiql/{file:.*}",
];

/// Web origins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origins {
    /// All of them.
    All,
    /// These, such as `https://prep.example`; none at all if the list is empty.
    These(Vec<String>),
}

/// What all requests share.
#[derive(Clone)]
pub struct Site {
    /// The content.
    pub store: Store,
    /// The public schema, built once.
    pub schema: PublicSchema,
    /// The public schema for documents that are known to be right.
    pub proven: PublicSchema,
    /// Documents that readers sent.
    pub documents: Documents,
    /// The admin schema, built once.
    pub admin: AdminSchema,
    /// The keys that sign and verify logins.
    pub keys: Keys,
    /// The API keys that this server has seen.
    pub ring: Ring,
    /// The limits of a request.
    pub limits: Limits,
    /// Answers that were given.
    pub answers: Answers,
    /// Counts what callers take of their quotas.
    pub limiter: Limiter,
    /// Where expensive operations run.
    pub lane: Lane,
    /// Whether somebody who proves nothing is answered.
    pub anonymous: bool,
    /// The web origins that may ask from a browser.
    pub origins: Origins,
    /// The header that says where a request comes from, if a proxy in front sets one.
    pub address_header: Option<String>,
    /// What is counted.
    pub metrics: Metrics,
    /// Who may read what is counted.
    pub metrics_readers: Readers,
    /// Where traces go, if somebody wants them.
    pub traces: Option<Traces>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").finish_non_exhaustive()
    }
}

impl Site {
    /// A site over this content, open to all, which counts quotas for itself. Its key for logins lasts as long as the process.
    #[must_use]
    pub fn new(store: Store, limits: Limits) -> Self {
        let keys = Keys::new(store.gate(), None);
        let (schema, admin) = (public(limits), admin(limits));
        let ring = Ring::new(store.clone());
        let (limiter, lane) = (Limiter::alone(store.clock().clone()), Lane::of_machine(limits.heavy_waiting));
        let metrics = Metrics::new(&store);
        Self {
            store,
            schema,
            proven: proven(limits),
            documents: Documents::default(),
            admin,
            keys,
            ring,
            limits,
            answers: Answers::within(ANSWER_BYTES),
            limiter,
            lane,
            anonymous: true,
            origins: Origins::All,
            address_header: None,
            metrics,
            metrics_readers: Readers::Local,
            traces: None,
        }
    }
}

/// The whole application.
pub fn app(
    site: Site,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl actix_web::body::MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let cors = cors::of(&site.origins);
    App::new()
        .app_data(Data::new(site))
        .service(
            web::resource(ENDPOINT)
                .route(web::get().to(graphql::get))
                .route(web::head().to(graphql::get))
                .route(web::post().to(graphql::post))
                .default_service(web::to(only_get_and_post))
                .wrap(from_fn(quota::meter)),
        )
        .service(web::resource("/admin/graphql").route(web::post().to(admin::post)).default_service(web::to(only_post)))
        .service(readable("/.well-known/jwks.json", admin::keys))
        .service(readable("/admin/schema.graphql", page::admin_schema))
        .service(readable("/", page::home))
        .service(readable("/schema.graphql", page::schema))
        .service(readable("/livez", health::live))
        .service(readable("/readyz", health::ready))
        .service(web::resource("/metrics").default_service(web::to(metrics::read)))
        .service(readable("/graphiql", explorer::index))
        .service(readable("/graphiql/{file:.*}", explorer::file))
        .default_service(web::to(nothing_here))
        .wrap(from_fn(escapes::check))
        .wrap(cors)
        // One function for all that is around a request: each wrapper costs a piece of memory.
        .wrap(from_fn(around))
}

/// Gives a request its id, watches it, and puts onto its answer what stands on every answer.
async fn around(request: ServiceRequest, next: Next<impl MessageBody>) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let id = request_id::begin(&request);
    let standing = headers::of(request.path());
    let (request, mut response) = watch::over(request, next, &id).await?.into_parts();
    cors::tell_pages_alone(request.head(), response.headers_mut());
    standing.put(response.headers_mut());
    request_id::put(&id, response.headers_mut());
    Ok(ServiceResponse::new(request, response))
}

/// An address that can be read, and nothing else.
fn readable<F, Args>(path: &'static str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let head = web::head().to(handler.clone());
    web::resource(path).route(web::get().to(handler)).route(head).default_service(web::to(only_get))
}

async fn nothing_here(request: HttpRequest) -> HttpResponse {
    let message = format!("Nothing is at {}. The API is at /graphql, the explorer at /graphiql.", quoted(request.path()));
    answer::refusal(&request, Code::Address, &message)
}

async fn only_get(request: HttpRequest) -> HttpResponse {
    method(&request, "GET, HEAD")
}

async fn only_post(request: HttpRequest) -> HttpResponse {
    method(&request, "POST")
}

async fn only_get_and_post(request: HttpRequest) -> HttpResponse {
    method(&request, "GET, HEAD, POST")
}

fn method(request: &HttpRequest, allowed: &'static str) -> HttpResponse {
    let message = format!("{} is not allowed here; right would be {allowed}.", request.method());
    let mut response = answer::refusal(request, Code::Method, &message);
    response.headers_mut().insert(actix_web::http::header::ALLOW, actix_web::http::header::HeaderValue::from_static(allowed));
    response
}
