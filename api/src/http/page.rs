//! `/` for people, and the schema as a file.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::Site;
use crate::graphql::admin::admin_sdl;
use crate::graphql::public_sdl;
use crate::startup::{Counts, counts};

const HOME: &str = include_str!("home.html");

/// What runs here, where to look, and first queries to copy.
pub(super) async fn home(site: Data<Site>, request: HttpRequest) -> HttpResponse {
    // The page is also there when the database is not.
    let counts = counts(&site).await.map_or_else(
        |_| "The database does not answer just now".to_owned(),
        |Counts { companies, questions }| format!("{companies} published guides with {questions} questions"),
    );
    let connection = request.connection_info();
    let base = format!("{}://{}", escaped(connection.scheme()), escaped(connection.host()));
    let html = HOME.replace("{{version}}", env!("CARGO_PKG_VERSION")).replace("{{counts}}", &counts).replace("{{base}}", &base);
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/html; charset=utf-8")).insert_header((CACHE_CONTROL, "no-cache")).body(html)
}

fn escaped(text: &str) -> String {
    text.chars().filter(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '.' | ':' | '-' | '[' | ']' | '_')).collect()
}

/// The public schema as a file.
pub(super) async fn schema() -> HttpResponse {
    text(public_sdl())
}

/// The schema of the admin API as a file. It says nothing that this project does not say in public.
pub(super) async fn admin_schema() -> HttpResponse {
    text(admin_sdl())
}

fn text(text: &'static str) -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/plain; charset=utf-8")).insert_header((CACHE_CONTROL, "no-cache")).body(text)
}
