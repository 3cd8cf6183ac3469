//! The committed schema is the one that is served, and everything in it is described.

use serde_json::Value;
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

#[tokio::test]
async fn every_type_field_argument_and_value_is_described() {
    let stage = Stage::empty(Backend::Sqlite).await;
    let query = "{ __schema { types { name kind description \
        fields(includeDeprecated: true) { name description args { name description } } inputFields { name description } enumValues { name description } } } }";
    let answer = Server::of(&stage).ask(query).await;
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
    assert!(types.len() > 40, "the schema was looked at");
    assert_eq!(silent, Vec::<String>::new());
}

fn name(part: &Value) -> &str {
    part["name"].as_str().unwrap()
}

fn look(silent: &mut Vec<String>, place: &str, part: &Value) {
    if part["description"].as_str().is_none_or(|text| text.trim().is_empty()) {
        silent.push(place.to_owned());
    }
}
