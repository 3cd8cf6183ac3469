//! The house itself: which crate may know which, what each may not use, and that no file is forgotten.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

/// The arrows between the rooms. A crate may know these and no other of ours.
const ARROWS: &[(&str, &[&str])] = &[
    ("entity", &[]),
    ("migration", &[]),
    ("content", &["entity"]),
    ("seed", &["content"]),
    ("api", &["content", "migration", "seed"]),
    // Its own tests stand on the harness of the others.
    ("admin-cli", &["api", "content", "seed", "tests"]),
    ("tests", &["api", "content", "entity", "migration", "seed"]),
    // It asks the server from outside, as others do.
    ("bench", &["content", "migration", "seed"]),
];

/// What a crate may not use, by the beginning of the name.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("entity", &["actix", "async-graphql", "reqwest", "clap"]),
    ("migration", &["actix", "async-graphql", "reqwest", "clap"]),
    ("content", &["actix", "async-graphql", "axum", "hyper", "reqwest", "clap", "tracing-subscriber"]),
    ("seed", &["sea-orm", "sqlx", "actix", "async-graphql"]),
    ("api", &["sea-orm", "sea-query", "sqlx", "rusqlite"]),
    ("admin-cli", &["sea-orm", "sea-query", "sqlx", "rusqlite", "actix", "async-graphql"]),
];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The packages of the workspace as cargo sees them.
fn packages() -> Vec<Json> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]).current_dir(workspace());
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Json = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// Every crate with what it depends on, in its tests and its build, too.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let name = |json: &Json| json["name"].as_str().unwrap().to_owned();
    packages().iter().map(|package| (name(package), package["dependencies"].as_array().unwrap().iter().map(name).collect())).collect()
}

#[test]
fn every_crate_knows_only_the_crates_that_it_may_know() {
    let dependencies = dependencies();
    let ours: BTreeSet<&str> = dependencies.keys().map(String::as_str).collect();
    let planned: BTreeSet<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    assert_eq!(ours, planned, "every crate has its place in the plan");
    for (name, allowed) in ARROWS {
        let known = dependencies[*name].iter().map(String::as_str).filter(|other| ours.contains(other));
        let wrong: Vec<&str> = known.filter(|other| !allowed.contains(other)).collect();
        assert!(wrong.is_empty(), "{name} knows {wrong:?}");
    }
    for (name, known) in [("content", "entity"), ("seed", "content"), ("api", "content"), ("admin-cli", "api")] {
        assert!(dependencies[name].contains(known), "{name} stands on {known}");
    }
}

#[test]
fn no_crate_uses_what_belongs_to_another_room() {
    let dependencies = dependencies();
    for (name, forbidden) in FORBIDDEN {
        let used = dependencies[*name].iter().filter(|other| forbidden.iter().any(|start| other.starts_with(start)));
        let used: Vec<&String> = used.collect();
        assert!(used.is_empty(), "{name} uses {used:?}");
    }
}

/// Every Rust file under a folder.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.insert(path);
        }
    }
    found
}

/// The file itself and all that its `mod` lines lead to. Modules with a body have no file, and none of ours has a file inside of one.
fn reached(file: &Path, is_root: bool) -> BTreeSet<PathBuf> {
    let name = file.file_stem().unwrap().to_str().unwrap();
    let folder = file.parent().unwrap();
    let inside = if is_root || name == "mod" { folder.to_owned() } else { folder.join(name) };
    let mut found = BTreeSet::from([file.to_owned()]);
    for line in std::fs::read_to_string(file).unwrap().lines() {
        let declared = line.trim().trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ").trim_start_matches("pub ");
        let Some(module) = declared.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) else { continue };
        let places = [inside.join(format!("{module}.rs")), inside.join(module).join("mod.rs")];
        let place = places.iter().find(|place| place.is_file()).unwrap_or_else(|| panic!("{}: no file for {line:?}", file.display()));
        found.extend(reached(place, false));
    }
    found
}

#[test]
fn no_file_is_forgotten() {
    let mut forgotten = Vec::new();
    let mut seen = 0;
    for package in packages() {
        let folder = Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned();
        let roots = package["targets"].as_array().unwrap().iter().map(|target| PathBuf::from(target["src_path"].as_str().unwrap()));
        let reached: BTreeSet<PathBuf> = roots.flat_map(|root| reached(&root, true)).collect();
        for part in ["src", "it", "tests", "benches", "examples"] {
            let all = files(&folder.join(part));
            seen += all.len();
            forgotten.extend(all.difference(&reached).cloned());
        }
    }
    assert!(seen > 80, "only {seen} files were looked at");
    assert!(forgotten.is_empty(), "no mod line leads to {forgotten:#?}");
}

#[test]
fn every_test_that_the_page_on_security_names_is_there() {
    let page = include_str!("../../SECURITY.md");
    let named: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.rsplit('|').nth(1))
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect();
    assert!(named.len() > 20, "{named:?}");
    let mut sources = String::new();
    let mut folders: Vec<PathBuf> = ["tests/it", "api/tests", "content/src"].iter().map(|folder| workspace().join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                sources.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    for name in named {
        assert!(sources.contains(&format!("fn {name}(")), "{name}");
    }
}
