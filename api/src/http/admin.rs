//! `/admin/graphql`: finds out who asks, and hands over to the schema. And the public keys of logins for those who verify them.

use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL, HeaderValue};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use content::code::{Code, Fault};
use content::view::Desk;

use super::accept::Media;
use super::asker::Asker;
use super::graphql;
use super::request::Asked;
use super::{Site, answer, credential, quota};
use crate::graphql::fault::MISTAKE;

/// An operation of an editor, or a login.
pub(super) async fn post(site: Data<Site>, request: HttpRequest, payload: Payload) -> HttpResponse {
    let mut response = respond(&site, &request, payload).await;
    // Drafts and tokens are nobody else's, so nothing on the way may keep them.
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn respond(site: &Site, request: &HttpRequest, payload: Payload) -> HttpResponse {
    let Some(media) = Media::of(request) else {
        return answer::refusal(request, Code::Accept, graphql::UNACCEPTABLE);
    };
    let desk = desk(site, request).await;
    // Who proves nothing has only the points of their address: whoever tries tokens or passwords soon has none.
    let stranger = !desk.as_ref().is_ok_and(Option::is_some);
    if stranger && let Err(refused) = quota::take(site, request, 1).await {
        return refused;
    }
    let desk = match desk {
        Ok(desk) => desk,
        Err((code, message)) => return answer::refusal(request, code, &message),
    };
    let bytes = match graphql::body(site, request, payload, site.limits.admin_body_bytes).await {
        Ok(bytes) => bytes,
        Err(refused) => return refused,
    };
    let caller = credential::caller(site, request);
    let desk = desk.map(|desk| Box::new(desk.called_by(caller.clone())));
    let who = Asker::Editor { desk, caller };
    graphql::answer((site, who), request, media, Asked::of_bytes(&bytes)).await
}

/// The desk of whoever proves who they are; nothing for those who prove nothing. A token that is no good is refused: to pass over it would let
/// somebody work on without noticing that they are out.
async fn desk(site: &Site, request: &HttpRequest) -> Result<Option<Desk>, (Code, String)> {
    let Some(header) = request.headers().get(AUTHORIZATION) else { return Ok(None) };
    let unknown =
        || (Code::CredentialUnknown, "The header Authorization has no token; right would be Bearer and an access token.".to_owned());
    let (scheme, token) = header.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(unknown)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(unknown());
    }
    match site.keys.verify(&site.store.gate(), token.trim(), site.store.now()).await {
        Ok(standing) => Ok(Some(site.store.desk_of(standing))),
        Err((code, message)) if code.kind() == Fault::Access => Err((code, message)),
        Err((code, message)) => {
            tracing::error!(request_id = answer::request_id(request).0, error = message, "a token could not be verified");
            Err((code, if code.kind() == Fault::Ours { MISTAKE.to_owned() } else { code.meaning().to_owned() }))
        }
    }
}

/// The public keys with which the tokens of logins are verified (JWKS, RFC 7517).
pub(super) async fn keys(site: Data<Site>, request: HttpRequest) -> HttpResponse {
    let ready = async {
        site.keys.ready().await?;
        Ok(site.keys.public().await?)
    };
    match ready.await {
        Ok(keys) => HttpResponse::Ok().insert_header((CACHE_CONTROL, "max-age=60")).json(keys),
        Err(error) => {
            let error: crate::access::KeyError = error;
            tracing::error!(request_id = answer::request_id(&request).0, error = %error, "the public keys could not be read");
            answer::refusal(&request, Code::DatabaseAway, Code::DatabaseAway.meaning())
        }
    }
}
