//! End-to-end tests: a file for each journey or noun.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_docs_in_private_items,
    reason = "a test fails by a panic, and its name says what it is for"
)]

mod access;
mod architecture;
mod backup;
mod crash;
mod drafts;
mod errors;
mod explorer;
mod filters;
mod http;
mod integrity;
mod invisible;
mod jobs;
mod keys;
mod lists;
mod logins;
mod merging;
mod mutations;
mod pages;
mod plans;
mod publishing;
mod races;
mod readme;
mod renaming;
mod schema;
mod search;
mod sessions;
mod starter;
mod startup;
mod statements;
mod tiers;
mod tokens;
mod undo;
mod undoing;
mod users;
