//! The program as people hold it: the manual is run as it stands, every command is put through what all commands promise, and a terminal is
//! played where one is needed.
//!
//! These tests stand here and not with the others because Cargo builds a binary only for the tests of its own package.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod crashes;
mod manual;
mod promises;
mod samples;
mod stage;
mod terminal;
mod transcript;
