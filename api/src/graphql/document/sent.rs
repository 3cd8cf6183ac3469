//! A document as somebody sent it: it may have been read from a text with other comments, and whoever sent it counts lines in their own.

use std::ops::Deref;
use std::sync::Arc;

use async_graphql::ServerError;

use super::scan::relocate;
use super::{Document, Refusal};

/// A document as it was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    document: Arc<Document>,
    /// Its own text, if another one was read.
    text: Option<Arc<str>>,
}

impl Sent {
    /// A document that was read from this very text.
    #[must_use]
    pub const fn as_read(document: Arc<Document>) -> Self {
        Self { document, text: None }
    }

    /// The same document, as somebody else sent it: in a text with the same tokens.
    #[must_use]
    pub(super) fn in_words(self, text: &str) -> Self {
        Self { text: Some(text.into()), ..self }
    }

    /// Puts errors to where they are in the text that was sent.
    pub fn place(&self, errors: &mut [ServerError]) {
        let Some(text) = &self.text else { return };
        if !errors.is_empty() {
            relocate(errors.iter_mut().flat_map(|error| &mut error.locations), &self.document.text, text);
        }
    }

    /// A refusal of it, at the places of the text that was sent.
    #[must_use]
    pub fn refused(&self, mut refusal: Refusal) -> Refusal {
        self.place(&mut refusal.errors);
        refusal
    }
}

impl Deref for Sent {
    type Target = Document;

    fn deref(&self) -> &Document {
        &self.document
    }
}
