//! Documents that are registered for a partner, as administrators see them.

use async_graphql::Object;
use content::trusted_document;
use time::OffsetDateTime;

/// A document that is registered for a partner.
pub(super) struct TrustedDocument(pub trusted_document::TrustedDocument);

/// A document that is registered for a partner.
#[Object]
impl TrustedDocument {
    /// The SHA-256 of its text, in 64 hexadecimal digits: what it is asked by.
    async fn hash(&self) -> &str {
        &self.0.hash
    }

    /// The names of its operations, with commas between them; empty if they have none.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The text.
    async fn text(&self) -> &str {
        &self.0.body
    }

    /// When it was registered.
    async fn created_at(&self) -> OffsetDateTime {
        self.0.created_at.to_utc()
    }
}

crate::graphql::connection::connection! {
    /// A list of registered documents.
    TrustedDocumentConnection,
    /// A registered document in a list.
    TrustedDocumentEdge, TrustedDocument, trusted_document::TrustedDocument, Vec, Vec<TrustedDocument>
}
