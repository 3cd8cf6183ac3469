//! The README keeps its word: its queries are asked, and its answer is the server's.

use serde_json::Value;
use tests::{Backend, Server, Stage};

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
    let answer = Server::of(&stage).body(body).send().await.unwrap().text().await.unwrap();
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
