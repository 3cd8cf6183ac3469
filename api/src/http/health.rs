//! Whether the process lives, and whether it can answer.

use actix_web::web::Data;
use actix_web::{HttpResponse, http::header::CACHE_CONTROL};
use serde_json::json;

use super::Site;

/// The process runs.
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({ "status": "alive" }))
}

/// The database answers.
pub(super) async fn ready(site: Data<Site>) -> HttpResponse {
    match site.store.ping().await {
        Ok(()) => HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({ "status": "ready", "database": "answers" })),
        Err(error) => {
            tracing::warn!(error = %error, "not ready");
            let body = json!({ "status": "not ready", "database": "does not answer" });
            HttpResponse::ServiceUnavailable().insert_header((CACHE_CONTROL, "no-store")).json(body)
        }
    }
}
