//! Documents that were read before, by the hash of their text, or of another text that says the same: a client asks the same few with other variables, and
//! may put a comment of its own into each.

use std::sync::Arc;

use content::room::{Room, Takes};
use content::trusted_document::Hash;

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
const LEAST: usize = 1_024;

/// Bytes of essences in memory: some twenty thousand.
const ESSENCE_BYTES: u64 = 4 * 1_024 * 1_024;

/// The documents of one server. A clone holds the same ones.
#[derive(Clone, Debug)]
pub struct Documents {
    by_text: Room<Hash, Read>,
    /// For the essence of a text, the text that was read.
    by_essence: Room<Essence, Hash>,
}

#[derive(Clone, Debug)]
struct Read {
    document: Arc<Document>,
    bytes: usize,
}

impl Takes for Read {
    fn beside(&self) -> usize {
        self.bytes
    }
}

impl Takes for Essence {}

impl Default for Documents {
    fn default() -> Self {
        Self { by_text: Room::within(DOCUMENT_BYTES, 16 * 1_024), by_essence: Room::within(ESSENCE_BYTES, 256) }
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
        match self.by_essence.find(&essence).and_then(|hash| self.find(&hash)) {
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
        self.by_text.find(hash).map(|read| Sent::as_read(read.document))
    }

    fn keep(&self, text: &str, (hash, essence): (Hash, Essence), limits: &Limits) -> Result<Sent, Refusal> {
        let document = Arc::new(Document::parse(text, limits)?);
        let bytes = weight(text.len(), document.fields);
        self.by_essence.keep(essence, hash);
        self.by_text.keep(hash, Read { document: Arc::clone(&document), bytes });
        Ok(Sent::as_read(document))
    }
}

/// Bytes of a document of so long a text with so many fields, by an estimate.
const fn weight(text: usize, fields: usize) -> usize {
    text.saturating_mul(PARSED).saturating_add(fields.saturating_mul(FORM)).saturating_add(LEAST)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use content::trusted_document::Hash;

    use super::{Document, Documents, Read, Sent, weight};
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

    #[test]
    fn the_largest_document_that_is_answered_is_kept() {
        let (documents, limits) = (Documents::default(), Limits::default());
        let (text, hash) = ("{ tiers { name } }", Hash::of("x"));
        let document = Arc::new(Document::parse(text, &limits).unwrap());
        documents.by_text.keep(hash, Read { document, bytes: weight(limits.body_bytes, limits.fields) });
        assert!(documents.find(&hash).is_some());
    }
}
