//! What this server is and what it allows, in figures.

use async_graphql::{Context, Object, Result, SimpleObject};
use content::guide::limits as guide;
use content::view::View;

use super::fault::fault;
use super::filter;
use super::scalars::Long;
use crate::limits::Limits;

/// The server that answers.
pub(super) struct Service;

/// The server that answers.
#[Object]
impl Service {
    /// Its version.
    async fn version(&self) -> &str {
        env!("CARGO_PKG_VERSION")
    }

    /// The version of the whole catalogue: a number that rises with every change that a reader can see.
    async fn catalogue_version(&self, context: &Context<'_>) -> Result<Long> {
        let version = content::catalogue::version(context.data::<View>()?).await.map_err(|error| fault(context, &error))?;
        Ok(Long(version.0))
    }

    /// The limits that a request can run into, and those of the texts of a guide.
    async fn limits(&self, context: &Context<'_>) -> Result<ServiceLimits> {
        Ok(ServiceLimits::from(*context.data::<Limits>()?))
    }
}

/// Limits. A request above one of them is refused with a code and the figure; nothing is ever cut in silence.
#[derive(SimpleObject)]
pub(super) struct ServiceLimits {
    /// Bytes of a request's body (LIM-001).
    body_bytes: i32,
    /// Tokens of a document (LIM-002).
    query_tokens: i32,
    /// Selection sets inside of each other, introspection aside (LIM-003).
    query_depth: i32,
    /// Fields at the root of an operation (LIM-004).
    root_fields: i32,
    /// Times that one selection set may ask for the same field under different names (LIM-005).
    aliases_of_one_field: i32,
    /// Directives in one place (LIM-006).
    directives_in_one_place: i32,
    /// Fields of a document, with each fragment counted wherever it is used (LIM-009).
    query_fields: i32,
    /// Entries of all lists of an answer together (LIM-010).
    answer_entries: i32,
    /// Entries of a page, and ids of one `nodes` (LIM-007).
    page_size: i32,
    /// Milliseconds that a request may take (LIM-008).
    request_milliseconds: Long,
    /// Tests that one filter may have, in all of its parts (REQ-009).
    filter_tests: i32,
    /// Filters that may stand inside of each other (REQ-009).
    filter_depth: i32,
    /// Values of one list of a filter (REQ-009).
    filter_values: i32,
    /// Characters of one text of a filter, and of a search (REQ-009).
    filter_characters: i32,
    /// Words of a search (REQ-009).
    search_words: i32,
    /// Characters of one text of a guide.
    text_characters: i32,
    /// Bytes of a whole guide.
    guide_bytes: i32,
}

impl From<Limits> for ServiceLimits {
    fn from(limits: Limits) -> Self {
        let figure = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        Self {
            body_bytes: figure(limits.body_bytes),
            query_tokens: figure(limits.tokens),
            query_depth: figure(limits.depth),
            root_fields: figure(limits.root_fields),
            aliases_of_one_field: figure(limits.aliases),
            directives_in_one_place: figure(limits.directives),
            query_fields: figure(limits.fields),
            answer_entries: figure(limits.entries),
            page_size: i32::try_from(limits.page).unwrap_or(i32::MAX),
            request_milliseconds: Long(i64::try_from(limits.time_ms).unwrap_or(i64::MAX)),
            filter_tests: figure(filter::MOST_TESTS),
            filter_depth: figure(filter::MOST_DEPTH),
            filter_values: figure(filter::MOST_VALUES),
            filter_characters: figure(filter::MOST_CHARS),
            search_words: figure(content::SEARCH_WORDS),
            text_characters: figure(guide::TEXT),
            guide_bytes: figure(guide::GUIDE_BYTES),
        }
    }
}
