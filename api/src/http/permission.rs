//! Whether an operation may be asked for: by whom, and with which method.

use actix_web::http::Method;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use async_graphql::ServerError;
use async_graphql::parser::types::{OperationDefinition, OperationType, Selection};
use content::audit::{self, Act};
use content::code::Code;

use super::accept::Media;
use super::asker::Asker;
use super::{Site, answer};
use crate::graphql::admin::needs;
use crate::graphql::{Document, Refusal, Sent, scopes};

/// Whether whoever asks may ask for each field of an operation: by the role of an editor, or by the scopes of a key.
pub(super) async fn may(
    site: &Site,
    request: &HttpRequest,
    (who, media): (&Asker, Media),
    (document, operation): (&Sent, &OperationDefinition),
) -> Result<(), HttpResponse> {
    match who {
        Asker::Reader(viewer, _) => scopes::check(&document.parsed, operation, viewer)
            .map_err(|refusal| answer::unexecuted(request, media, document.refused(refusal))),
        Asker::Editor { desk, .. } => match needs::check(&document.parsed, operation, desk.as_deref()) {
            Ok(()) => Ok(()),
            Err((code, message)) => {
                refuse_act(site, who, operation, code).await;
                Err(answer::refusal(request, code, &message))
            }
        },
    }
}

/// Writes down that somebody tried what they may not. Of somebody who is not logged in that is the server's log's business: any stranger could fill
/// the record.
async fn refuse_act(site: &Site, who: &Asker, operation: &OperationDefinition, code: Code) {
    let Asker::Editor { desk: Some(desk), caller } = who else { return };
    let first = operation.selection_set.node.items.iter().find_map(|item| match &item.node {
        Selection::Field(field) => Some(field.node.name.node.to_string()),
        Selection::FragmentSpread(_) | Selection::InlineFragment(_) => None,
    });
    let act = Act { actor: Some(desk.author().clone()), act: first.unwrap_or_default(), refused: Some(code) };
    if let Err(error) = audit::note(&site.store.gate(), act, caller).await {
        tracing::error!(request_id = caller.request, error = %error, "the audit record could not be written");
    }
}

/// A GET is repeated by browsers and proxies as they like, so it may only read.
pub(super) fn refuse_by_method(request: &HttpRequest, media: Media, document: &Document, name: Option<&str>) -> Option<HttpResponse> {
    match document.operation(name)? {
        OperationType::Mutation | OperationType::Subscription if request.method() == Method::GET => {
            let mut refused = answer::refusal(request, Code::Method, "Only a query can be sent with GET.");
            refused.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
            Some(refused)
        }
        OperationType::Subscription => {
            let errors = vec![ServerError::new("There are no subscriptions.", None)];
            Some(answer::unexecuted(request, media, Refusal { code: Code::Validation, errors }))
        }
        OperationType::Query | OperationType::Mutation => None,
    }
}
