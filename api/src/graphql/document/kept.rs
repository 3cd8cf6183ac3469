//! Documents that were read before, by the hash of their text, or of another text that says the same: a client asks the same few with other variables, and
//! may put a comment of its own into each.

use std::sync::Arc;

use content::trusted_document::Hash;
use moka::sync::Cache;

use super::scan::{Essence, scan};
use super::{Document, Refusal, Sent};
use crate::limits::Limits;

/// Bytes of documents in memory, by an estimate.
const DOCUMENT_BYTES: u64 = 32 * 1_024 * 1_024;
/// Bytes that a document takes for each byte of its text: names, places and lists of a few fields are small pieces of memory.
const PARSED: usize = 24;
/// Bytes that the form of its answer takes for each field, fragments counted where they are used.
const FORM: usize = 512;
/// What one takes however short it is.
const ENTRY: usize = 1_024;

/// Essences in memory, of some hundred bytes each.
const ESSENCES: u64 = 16_384;

/// The documents of one server. A clone holds the same ones.
#[derive(Clone, Debug)]
pub struct Documents {
    by_text: Cache<Hash, (Arc<Document>, u32)>,
    /// For the essence of a text, the text that was read.
    by_essence: Cache<Essence, Hash>,
}

impl Default for Documents {
    fn default() -> Self {
        let by_text = Cache::builder().max_capacity(DOCUMENT_BYTES).weigher(|_, (_, bytes): &(Arc<Document>, u32)| *bytes).build();
        Self { by_text, by_essence: Cache::new(ESSENCES) }
    }
}

impl Documents {
    /// The document of a text: as it was read before, in these words or with other comments, or read now.
    ///
    /// # Errors
    ///
    /// As [`Document::read`]. What is not read is not kept.
    pub fn read(&self, text: &str, limits: &Limits) -> Result<Sent, Refusal> {
        let hash = Hash::of(text);
        if let Some(document) = self.find(&hash) {
            return Ok(document);
        }
        let essence = scan(text, limits)?;
        match self.by_essence.get(&essence).and_then(|hash| self.find(&hash)) {
            Some(read) => Ok(read.in_words(text)),
            None => self.keep(text, (hash, essence), limits),
        }
    }

    /// The same, and it can be asked for by the hash of this very text from now on.
    ///
    /// # Errors
    ///
    /// The same.
    pub fn learn(&self, text: &str, limits: &Limits) -> Result<Sent, Refusal> {
        let hash = Hash::of(text);
        match self.find(&hash) {
            Some(document) => Ok(document),
            None => self.keep(text, (hash, scan(text, limits)?), limits),
        }
    }

    /// The document whose text has this hash, if it was read here and is kept still.
    #[must_use]
    pub fn find(&self, hash: &Hash) -> Option<Sent> {
        self.by_text.get(hash).map(|(document, _)| Sent::as_read(document))
    }

    fn keep(&self, text: &str, (hash, essence): (Hash, Essence), limits: &Limits) -> Result<Sent, Refusal> {
        let document = Arc::new(Document::parse(text, limits)?);
        let bytes = text.len().saturating_mul(PARSED).saturating_add(document.fields.saturating_mul(FORM)).saturating_add(ENTRY);
        self.by_essence.insert(essence, hash);
        self.by_text.insert(hash, (Arc::clone(&document), u32::try_from(bytes).unwrap_or(u32::MAX)));
        Ok(Sent::as_read(document))
    }
}

#[cfg(test)]
mod tests {
    use content::trusted_document::Hash;

    use super::{Documents, Sent};
    use crate::limits::Limits;

    #[test]
    fn what_differs_in_comments_alone_is_read_once_and_errors_stand_where_they_were_sent() {
        let (documents, limits) = (Documents::default(), Limits::default());
        let first = documents.read("query A($a: Int!) { tiers { name } }", &limits).unwrap();
        let other = "# 7\nquery A(\n  $a: Int!) { tiers { name } }";
        let second = documents.read(other, &limits).unwrap();
        assert!(std::ptr::eq(&raw const *first, &raw const *second));
        let place = |sent: &Sent| {
            let refusal = sent.refused(sent.require_variables(None, &serde_json::Map::new()).unwrap_err());
            (refusal.errors[0].locations[0].line, refusal.errors[0].locations[0].column)
        };
        assert_eq!((place(&first), place(&second)), ((1, 9), (3, 3)));
        assert!(documents.find(&Hash::of(other)).is_none(), "it was not read itself");
        let learnt = documents.learn(other, &limits).unwrap();
        assert_eq!(place(&learnt), (3, 3));
        assert!(documents.find(&Hash::of(other)).is_some_and(|found| place(&found) == (3, 3)));
    }
}
