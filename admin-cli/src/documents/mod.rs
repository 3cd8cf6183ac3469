//! What is asked of the admin schema: typed documents, checked against the committed SDL while they are compiled. They know no transport.

pub(crate) mod audit;
pub(crate) mod company;
pub(crate) mod edit;
pub(crate) mod guide;
pub(crate) mod importing;
mod inputs;
mod mutations;
pub(crate) mod operation;
pub(crate) mod partner;
mod partner_edits;
mod partner_inputs;
mod payloads;
pub(crate) mod plan;
pub(crate) mod session;
pub(crate) mod tier;
pub(crate) mod trusted_document;
pub(crate) mod user;

/// The schema's own names, made from the SDL.
#[cynic::schema("admin")]
#[allow(missing_docs, unreachable_pub, clippy::pedantic, reason = "these are made from the SDL, which has the words")]
pub(crate) mod schema {}

/// An instant, as the wire writes it (RFC 3339, UTC).
#[derive(cynic::Scalar, Clone, Debug, PartialEq, Eq)]
pub(crate) struct DateTime(pub(crate) String);

/// A day, as the wire writes it.
#[derive(cynic::Scalar, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Date(pub(crate) String);

/// A month of a year.
#[derive(cynic::Scalar, Clone, Debug, PartialEq, Eq)]
pub(crate) struct YearMonth(pub(crate) String);

/// A currency of ISO 4217.
#[derive(cynic::Scalar, Clone, Debug, PartialEq, Eq)]
pub(crate) struct CurrencyCode(pub(crate) String);

/// A figure beyond 32 bits.
#[derive(cynic::Scalar, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Long(pub(crate) i64);

/// A value of a guide in its JSON form.
#[derive(cynic::Scalar, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "JSON")]
pub(crate) struct Json(pub(crate) serde_json::Value);

/// Where a page of a list ends.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct PageInfo {
    pub(crate) has_next_page: bool,
    pub(crate) end_cursor: Option<String>,
}
