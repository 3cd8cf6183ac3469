//! Whether the process lives, and whether it can answer.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, http::header::CACHE_CONTROL};
use serde_json::json;

use super::{Site, answer};

/// The process runs.
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(json!({ "status": "alive" }))
}

/// The database answers. A Redis that does not is said, and is no reason to send requests elsewhere.
pub(super) async fn ready(site: Data<Site>, request: HttpRequest) -> HttpResponse {
    let redis = site.limiter.redis_answers().map(|answers| if answers { "answers" } else { "does not answer; each server counts alone" });
    match site.store.ping().await {
        Ok(()) => {
            let mut body = json!({ "status": "ready", "database": "answers" });
            if let Some(redis) = redis {
                body["redis"] = redis.into();
            }
            HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(body)
        }
        Err(error) => {
            tracing::warn!(request_id = answer::request_id(&request).0, error = %error, "not ready");
            let body = json!({ "status": "not ready", "database": "does not answer" });
            HttpResponse::ServiceUnavailable().insert_header((CACHE_CONTROL, "no-store")).json(body)
        }
    }
}
