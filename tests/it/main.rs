//! End-to-end tests: a file for each journey or noun.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_docs_in_private_items,
    reason = "a test fails by a panic, and its name says what it is for"
)]

mod architecture;
mod crash;
mod drafts;
mod errors;
mod explorer;
mod filters;
mod http;
mod integrity;
mod lists;
mod pages;
mod plans;
mod publishing;
mod races;
mod readme;
mod renaming;
mod schema;
mod search;
mod starter;
mod startup;
mod statements;
mod undo;
