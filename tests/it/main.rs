//! End-to-end tests: a file for each journey or noun.

mod starter;
