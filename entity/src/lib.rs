//! Rows and value types: what the tables hold, and the small types that their columns are made of.
//!
//! Nothing here reads or writes; that is `content`'s. A row never derives a GraphQL type: a new column must not publish itself.

pub mod id;
pub mod name;
pub mod number;
pub mod term;
pub mod wire;

pub mod api_key;
pub mod api_secret;
pub mod api_use;
pub mod audit;
pub mod catalogue;
pub mod change;
pub mod company;
pub mod draft;
pub mod login_failure;
pub mod old_slug;
pub mod operation;
pub mod operation_change;
pub mod operation_subject;
pub mod partner;
pub mod published_category;
pub mod published_focus_area;
pub mod published_guide;
pub mod published_question;
pub mod published_round;
pub mod published_salary_range;
pub mod published_tag;
pub mod refresh_token;
pub mod revision;
pub mod session;
pub mod signing_key;
pub mod tier;
pub mod trusted_document;
pub mod user;

pub use id::{ApiKeyId, AuditId, CompanyId, ItemId, JobId, OperationId, PartnerId, SessionId, UserId};
pub use name::{Key, Slug};
pub use number::{CatalogueVersion, RevisionNumber, Timestamp};
pub use term::{AuditOutcome, Basis, ChangeKind, Difficulty, KeyMode, OperationKind, Period, Role, Scope, SessionEnd};
pub use wire::{Kind, WireId};
