//! Imports are folders of data: a page goes in, and beside it stands what a careful editor would expect of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic, and its name says what it is for")]

mod bounds;
mod pages;
mod promises;
mod rules;

use std::path::PathBuf;

use content::tier::Tier;

/// The tiers that the pages are sorted into.
fn tiers() -> Vec<Tier> {
    let tiers = [("big-tech", "Big Tech"), ("ai-lab", "AI Lab"), ("startup", "Startup"), ("enterprise", "Enterprise")];
    let tier = |((key, name), position): (&(&str, &str), i32)| Tier { key: key.parse().unwrap(), name: (*name).to_owned(), position };
    tiers.iter().zip(1..).map(tier).collect()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/pages")
}

/// Every page with its name, in the order of the names.
fn all() -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<(String, String)> = entries
        .filter(|path| path.is_dir())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(path.join("page.txt")).unwrap()))
        .collect();
    pages.sort();
    pages
}
