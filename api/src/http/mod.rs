//! HTTP: who may ask in which way, and how an answer is written. Everything behind it speaks GraphQL or content.

mod accept;
mod admin;
mod answer;
mod explorer;
mod graphql;
mod health;
mod page;
mod request;
mod request_id;

use actix_cors::Cors;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data};
use actix_web::{
    App, Error, FromRequest, Handler, HttpRequest, HttpResponse, Resource, Responder, dev::ServiceFactory, dev::ServiceRequest,
    dev::ServiceResponse,
};
use content::code::Code;
use content::finding::quoted;
use content::store::Store;

use crate::access::Keys;
use crate::graphql::admin::{AdminSchema, admin};
use crate::graphql::{PublicSchema, public};
use crate::limits::Limits;

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
    /// The admin schema, built once.
    pub admin: AdminSchema,
    /// The keys that sign and verify logins.
    pub keys: Keys,
    /// The limits of a request.
    pub limits: Limits,
    /// Whether somebody who proves nothing is answered.
    pub anonymous: bool,
    /// The web origins that may ask from a browser.
    pub origins: Origins,
    /// The header that says where a request comes from, if a proxy in front sets one.
    pub address_header: Option<String>,
}

impl Site {
    /// A site over this content, open to all. Its key for logins lasts as long as the process.
    #[must_use]
    pub fn new(store: Store, limits: Limits) -> Self {
        let keys = Keys::new(store.gate(), None);
        let (schema, admin) = (public(limits), admin(limits));
        Self { store, schema, admin, keys, limits, anonymous: true, origins: Origins::All, address_header: None }
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
    let cors = cors(&site.origins);
    App::new()
        .app_data(Data::new(site))
        .service(
            web::resource("/graphql")
                .route(web::get().to(graphql::get))
                .route(web::head().to(graphql::get))
                .route(web::post().to(graphql::post))
                .default_service(web::to(only_get_and_post)),
        )
        .service(web::resource("/admin/graphql").route(web::post().to(admin::post)).default_service(web::to(only_post)))
        .service(readable("/.well-known/jwks.json", admin::keys))
        .service(readable("/admin/schema.graphql", page::admin_schema))
        .service(readable("/", page::home))
        .service(readable("/schema.graphql", page::schema))
        .service(readable("/livez", health::live))
        .service(readable("/readyz", health::ready))
        .service(readable("/graphiql", explorer::index))
        .service(readable("/graphiql/{file:.*}", explorer::file))
        .default_service(web::to(nothing_here))
        .wrap(cors)
        .wrap(from_fn(request_id::carry))
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

/// Any page may ask, because nothing here is given for a cookie; what a browser must prove, it proves in a header.
fn cors(origins: &Origins) -> Cors {
    let cors = Cors::default().allowed_methods(["GET", "POST"]).allow_any_header().expose_headers(["x-request-id"]).max_age(86_400);
    match origins {
        Origins::All => cors.allow_any_origin().send_wildcard(),
        Origins::These(origins) => origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin)),
    }
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
