//! End-to-end tests: a file for each journey or noun.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_docs_in_private_items,
    reason = "a test fails by a panic, and its name says what it is for"
)]

mod access;
mod answers;
mod architecture;
mod audit;
mod backup;
mod cost;
mod crash;
mod documents;
mod drafts;
mod encodings;
mod errors;
mod explorer;
mod filters;
mod freshness;
mod fuzz;
mod hatch;
mod host;
mod http;
mod integrity;
mod invisible;
mod jobs;
mod keys;
mod lane;
mod leak;
mod lists;
mod logins;
mod merging;
mod mutations;
mod outage;
mod pages;
mod partners;
mod parts;
mod plans;
mod publishing;
mod quotas;
mod races;
mod readme;
mod redis;
mod remembered;
mod renaming;
mod replica;
mod schema;
mod search;
mod sessions;
mod starter;
mod startup;
mod statements;
mod tiers;
mod tokens;
mod traps;
mod trusted;
mod undo;
mod undoing;
mod users;
