//! The committed schemas are those that are served, and everything in them is described.

use content::Role;
use serde_json::Value;
use tests::admin::{ask, login, person};
use tests::{Backend, Server, Stage};

#[test]
fn the_committed_schema_is_the_one_that_is_served() {
    let committed = include_str!("../../schema.graphql");
    assert!(
        committed == api::graphql::public_sdl(),
        "schema.graphql is not current. Look at the difference, then write it anew: cargo run -p api -- --print-schema > schema.graphql"
    );
}

#[test]
fn the_public_schema_has_nothing_that_writes() {
    let sdl = api::graphql::public_sdl();
    assert!(!sdl.contains("type Mutation") && !sdl.contains("type Subscription"));
}

#[test]
fn the_committed_admin_schema_is_the_one_that_is_served() {
    let committed = include_str!("../../admin-schema.graphql");
    assert!(
        committed == api::graphql::admin::admin_sdl(),
        "admin-schema.graphql is not current. Write it anew: cargo run -p api -- --print-admin-schema > admin-schema.graphql"
    );
}

const EVERYTHING: &str = "{ __schema { types { name kind description \
    fields(includeDeprecated: true) { name description args { name description } } inputFields { name description } enumValues { name description } } } }";

#[tokio::test]
async fn every_type_field_argument_and_value_is_described() {
    let stage = Stage::empty(Backend::Sqlite).await;
    let answer = Server::of(&stage).ask(EVERYTHING).await;
    assert_eq!(silent(&answer, 40), Vec::<String>::new());
}

#[tokio::test]
async fn every_type_field_argument_and_value_of_the_admin_schema_is_described() {
    let stage = Stage::empty(Backend::Sqlite).await;
    let server = Server::of(&stage);
    let tokens = login(&server, &person(&stage.store, "nora", Role::Reader).await).await;
    let answer = ask(&server, &tokens.access, EVERYTHING).await;
    assert_eq!(silent(&answer.body, 100), Vec::<String>::new());
}

/// What has no description, in a schema of more than so many types.
fn silent(answer: &Value, least_types: usize) -> Vec<String> {
    let mut silent = Vec::new();
    let types = answer["data"]["__schema"]["types"].as_array().unwrap();
    for kind in types.iter().filter(|kind| !name(kind).starts_with("__") && name(kind) != "ID") {
        look(&mut silent, name(kind), kind);
        for list in ["fields", "inputFields", "enumValues"] {
            for part in kind[list].as_array().into_iter().flatten() {
                let place = format!("{}.{}", name(kind), name(part));
                look(&mut silent, &place, part);
                for argument in part["args"].as_array().into_iter().flatten() {
                    look(&mut silent, &format!("{place}({})", name(argument)), argument);
                }
            }
        }
    }
    assert!(types.len() > least_types, "the schema was looked at");
    silent
}

fn name(part: &Value) -> &str {
    part["name"].as_str().unwrap()
}

fn look(silent: &mut Vec<String>, place: &str, part: &Value) {
    if part["description"].as_str().is_none_or(|text| text.trim().is_empty()) {
        silent.push(place.to_owned());
    }
}
