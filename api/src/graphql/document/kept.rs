//! Documents that were read before, by the hash of their text: a client asks the same few with other variables.

use std::sync::Arc;

use content::trusted_document::Hash;
use moka::sync::Cache;

use super::{Document, Refusal};
use crate::limits::Limits;

/// Bytes of documents in memory, by an estimate.
const DOCUMENT_BYTES: u64 = 32 * 1_024 * 1_024;
/// Bytes that a document takes for each byte of its text: names, places and lists of a few fields are small pieces of memory.
const PARSED: usize = 24;
/// Bytes that the form of its answer takes for each field, fragments counted where they are used.
const FORM: usize = 512;
/// What one takes however short it is.
const ENTRY: usize = 1_024;

/// The documents of one server. A clone holds the same ones.
#[derive(Clone, Debug)]
pub struct Documents(Cache<Hash, (Arc<Document>, u32)>);

impl Default for Documents {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(DOCUMENT_BYTES).weigher(|_, (_, bytes): &(Arc<Document>, u32)| *bytes).build())
    }
}

impl Documents {
    /// The document of a text: as it was read before, or read now.
    ///
    /// # Errors
    ///
    /// As [`Document::read`]. What is not read is not kept.
    pub fn read(&self, text: &str, limits: &Limits) -> Result<Arc<Document>, Refusal> {
        let hash = Hash::of(text);
        if let Some(document) = self.find(&hash) {
            return Ok(document);
        }
        let document = Arc::new(Document::read(text, limits)?);
        let bytes = text.len().saturating_mul(PARSED).saturating_add(document.fields.saturating_mul(FORM)).saturating_add(ENTRY);
        self.0.insert(hash, (Arc::clone(&document), u32::try_from(bytes).unwrap_or(u32::MAX)));
        Ok(document)
    }

    /// The document whose text has this hash, if it was read here and is kept still.
    #[must_use]
    pub fn find(&self, hash: &Hash) -> Option<Arc<Document>> {
        self.0.get(hash).map(|(document, _)| document)
    }
}
