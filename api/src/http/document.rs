//! The document of a request: as it was read before, read now, or as it is registered for whoever asks.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};
use content::code::Code;
use content::trusted_document::{self, Hash};
use content::view::Viewer;

use super::accept::Media;
use super::asker::Asker;
use super::request::Named;
use super::{Site, answer, credential};
use crate::graphql::{Document, Refusal, Sent};

/// The document that a request names. One that the key is not for is refused before anybody reads it. Editors send theirs whole.
pub(super) async fn of(site: &Site, who: &Asker, (request, media): (&HttpRequest, Media), named: &Named) -> Result<Sent, HttpResponse> {
    let unexecuted = |refusal| answer::unexecuted(request, media, refusal);
    let unknown = |word: &str| unexecuted(Refusal::new(Code::DocumentUnknown, word));
    match (who, named) {
        (Asker::Reader(viewer, _), Named::Text(text)) => {
            require(viewer, || Hash::of(text)).map_err(|refusal| unexecuted(*refusal))?;
            site.documents.read(text, &site.limits).map_err(unexecuted)
        }
        (Asker::Reader(viewer, _), Named::New(text)) => {
            require(viewer, || Hash::of(text)).map_err(|refusal| unexecuted(*refusal))?;
            site.documents.learn(text, &site.limits).map_err(unexecuted)
        }
        (Asker::Reader(viewer, _), Named::Hash(hash)) => {
            require(viewer, || *hash).map_err(|refusal| unexecuted(*refusal))?;
            if let Some(document) = site.documents.find(hash) {
                return Ok(document);
            }
            let refused = |error| {
                let (code, message) = credential::told(request, &error);
                answer::refusal(request, code, &message)
            };
            match trusted_document::text(&site.store.view(viewer.clone()), hash).await.map_err(refused)? {
                Some(text) => site.documents.learn(&text, &site.limits).map_err(unexecuted),
                // The word is what clients go by: they send the text beside the hash then.
                None => Err(unknown("PersistedQueryNotFound")),
            }
        }
        (Asker::Editor { .. }, Named::Text(text) | Named::New(text)) => {
            let read = Document::read(text, &site.limits).map_err(unexecuted)?;
            Ok(Sent::as_read(Arc::new(read)))
        }
        (Asker::Editor { .. }, Named::Hash(_)) => Err(unknown("PersistedQueryNotSupported")),
    }
}

/// Refuses a document that the key of whoever asks is not for. Of another key the hash is not even worked out.
fn require(viewer: &Viewer, hash: impl FnOnce() -> Hash) -> Result<(), Box<Refusal>> {
    match viewer {
        Viewer::Partner(pass) if pass.trusted_only => {
            pass.require(&hash()).map_err(|error| Box::new(Refusal::new(error.code(), error.to_string())))
        }
        Viewer::Partner(_) | Viewer::Anonymous | Viewer::Operator => Ok(()),
    }
}
