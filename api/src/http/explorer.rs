//! `/graphiql`: the explorer, with all of its files inside the binary. No request of it leaves for another host.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use content::code::Code;
use rust_embed::RustEmbed;

use super::answer;

/// The built explorer; each file is stored compressed, under its name with `.gz`. See `explorer/README.md` for how it is made.
#[derive(RustEmbed)]
#[folder = "explorer/dist"]
struct Files;

/// The page itself.
pub(super) async fn index(request: HttpRequest) -> HttpResponse {
    send(&request, "index.html")
}

/// A file that the page asks for.
pub(super) async fn file(request: HttpRequest, name: Path<String>) -> HttpResponse {
    let name = if name.is_empty() { "index.html" } else { name.as_str() };
    send(&request, name)
}

fn send(request: &HttpRequest, name: &str) -> HttpResponse {
    let Some(file) = Files::get(&format!("{name}.gz")) else {
        return answer::refusal(request, Code::Address, "The explorer has no such file.");
    };
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CONTENT_TYPE, content_type(name)))
        .insert_header((CONTENT_ENCODING, "gzip"))
        .insert_header((CACHE_CONTROL, if hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" }));
    response.body(file.data.into_owned())
}

/// Files below `assets` carry a hash of their content in their name, but for the list of licences.
fn hashed(name: &str) -> bool {
    name.starts_with("assets/") && ending(name) != "txt"
}

fn ending(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

fn content_type(name: &str) -> &'static str {
    match ending(name) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "ttf" => "font/ttf",
        "woff2" => "font/woff2",
        "json" => "application/json",
        _ => "text/plain; charset=utf-8",
    }
}
