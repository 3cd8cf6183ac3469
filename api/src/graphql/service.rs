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
    /// Bytes of a request's body at the admin API (LIM-001).
    admin_body_bytes: i32,
    /// Points that a request may cost (LIM-012).
    request_cost: i32,
    /// Points a minute for those who prove nothing, by their address (LIM-013).
    anonymous_points_per_minute: i32,
    /// Points above which an operation runs on threads of its own, after others of the same caller (LIM-015).
    heavy_cost: i32,
    /// Such operations of one caller that may wait (LIM-015).
    heavy_waiting: i32,
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
        // Taken apart, so that a limit which is not told is a warning of the compiler.
        let Limits {
            body_bytes,
            admin_body_bytes,
            tokens,
            depth,
            root_fields,
            aliases,
            directives,
            fields,
            entries,
            page,
            time_ms,
            cost,
            anonymous_points_per_minute,
            heavy_cost,
            heavy_waiting,
        } = limits;
        let count = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        Self {
            body_bytes: figure(body_bytes),
            query_tokens: figure(tokens),
            query_depth: figure(depth),
            root_fields: figure(root_fields),
            aliases_of_one_field: figure(aliases),
            directives_in_one_place: figure(directives),
            query_fields: figure(fields),
            answer_entries: figure(entries),
            page_size: count(page),
            request_milliseconds: Long(i64::try_from(time_ms).unwrap_or(i64::MAX)),
            admin_body_bytes: figure(admin_body_bytes),
            request_cost: count(cost),
            anonymous_points_per_minute: count(anonymous_points_per_minute),
            heavy_cost: count(heavy_cost),
            heavy_waiting: figure(heavy_waiting),
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
