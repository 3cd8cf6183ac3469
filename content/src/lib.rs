//! Guides and everything that is done with them: the document, its rules, drafts, publishing, search. Every act stands here once.
//!
//! This crate is the only reader and writer of the database. It knows no HTTP and no GraphQL, and it prints nothing.

pub mod access;
pub mod api_key;
pub mod audit;
pub mod backup;
pub mod calendar;
pub mod catalogue;
pub mod changes;
pub mod clock;
pub mod code;
pub mod company;
pub mod cursor;
pub mod diff;
pub mod draft;
pub mod edit;
pub mod error;
pub mod file;
pub mod filter;
pub mod finding;
pub mod fold;
pub mod guide;
pub mod history;
pub mod importing;
mod index;
pub mod integrity;
mod likeness;
pub mod merge;
mod moment;
pub mod money;
pub mod node;
pub mod operation;
pub mod page;
pub mod partner;
pub mod plan;
pub mod published;
pub mod publishing;
mod pulse;
pub mod question;
pub mod revision;
pub mod room;
mod row;
pub mod salary_range;
mod search;
pub mod serving;
mod shelf;
pub mod signing_key;
pub mod store;
pub mod tier;
pub mod trusted_document;
pub mod undo;
pub mod user;
pub mod view;
mod walk;

pub use entity::name::NameError;
pub use entity::{
    ApiKeyId, AuditId, AuditOutcome, Basis, CatalogueVersion, ChangeKind, CompanyId, Difficulty, ItemId, JobId, Key, KeyMode, Kind,
    OperationId, OperationKind, PartnerId, Period, RevisionNumber, Role, Scope, SessionEnd, SessionId, Slug, Timestamp, UserId, WireId,
};
pub use error::{Error, Result};
pub use search::MAX_WORDS as SEARCH_WORDS;
