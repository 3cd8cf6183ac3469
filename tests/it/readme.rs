//! The README keeps its word: its queries are asked, and its answer is the server's.

use api::http::Site;
use api::limits::Limits;
use content::Role;
use serde_json::Value;
use tests::{Backend, Server, Stage, admin};

const README: &str = include_str!("../../README.md");

fn blocks(language: &str) -> Vec<&'static str> {
    README.split("```").skip(1).step_by(2).filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n')).collect()
}

#[tokio::test]
async fn the_first_query_gives_the_answer_that_stands_below_it() {
    let stage = Stage::empty(Backend::Sqlite).await;
    stage.plant_starter().await;
    let shell = blocks("sh").into_iter().find(|block| block.starts_with("curl")).unwrap();
    let body = shell.split('\'').nth(3).unwrap();
    let server = Server::serve(Site::new(stage.store.clone(), Limits::default()));
    let answer = server.body(body).send().await.unwrap().text().await.unwrap();
    assert_eq!(answer, blocks("json")[0].trim_end());
}

#[tokio::test]
async fn every_query_of_the_readme_is_answered() {
    let stage = Stage::empty(Backend::Sqlite).await;
    stage.plant_starter().await;
    let server = Server::of(&stage);
    let queries = blocks("graphql");
    assert!(!queries.is_empty());
    for query in queries {
        let answer = server.ask(query).await;
        assert_eq!(answer["errors"], Value::Null, "{query}");
    }
}

#[test]
fn every_setting_of_the_readme_is_in_the_default_file() {
    let names: Vec<&str> = README.split('`').filter_map(|part| part.strip_prefix("GREENROOM_")).collect();
    assert!(names.len() >= 4);
    for name in names {
        let line = format!("{} = ", name.to_lowercase());
        assert!(api::settings::defaults().lines().any(|each| each.starts_with(&line)), "{name}");
    }
}

const EDITING: &str = include_str!("../../docs/editing.md");

/// The documents that the page on editing sends: what stands between `admin '` and the next quotation mark.
fn edits() -> Vec<&'static str> {
    EDITING.split("\nadmin '").skip(1).filter_map(|rest| rest.split('\'').next()).collect()
}

#[tokio::test]
async fn the_walk_from_a_login_to_a_published_change_goes_as_the_page_says() {
    let stage = Stage::empty(Backend::Sqlite).await;
    stage.plant_starter().await;
    let user = admin::person(&stage.store, "you", Role::Admin).await;
    let server = Server::of(&stage);
    let documents = edits();
    assert!(documents.len() >= 4, "{documents:?}");
    let login = admin::ask(&server, "", &documents[0].replace("you@example.org", &user.email)).await;
    let token = login.body["data"]["login"]["accessToken"].as_str().expect("a token").to_owned();
    for document in &documents[1..] {
        let answer = admin::ask(&server, &token, document).await;
        assert_eq!(answer.body["errors"], Value::Null, "{document}");
        let edits = answer.body["data"].as_object().unwrap().values();
        let refused: Vec<&Value> =
            edits.filter_map(|edit| edit.get("userErrors")).filter(|errors| *errors != &Value::Array(Vec::new())).collect();
        assert!(refused.is_empty(), "{document}: {refused:?}");
    }
    let public = server.ask("{ company(by: { slug: \"netflix\" }) { revision } }").await;
    assert_eq!(public["data"]["company"]["revision"], 2);
}
