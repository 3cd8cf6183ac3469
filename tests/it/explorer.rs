//! The queries that the explorer shows on a first visit are answered, each with content.

use serde_json::{Value, json};
use tests::{Backend, Server, Stage};

#[tokio::test]
async fn every_example_of_the_explorer_is_answered() {
    let stage = Stage::empty(Backend::Sqlite).await;
    stage.plant_starter().await;
    let server = Server::of(&stage);
    let queries: Vec<&str> = include_str!("../../api/explorer/src/examples.js").split('`').skip(1).step_by(2).collect();
    assert_eq!(queries.len(), 3);
    for query in queries {
        let variables = json!({ "slug": "netflix", "words": "recommendation" });
        let answer: Value = serde_json::from_str(&server.ask_with(query, variables).await.text().await.unwrap()).unwrap();
        assert_eq!(answer["errors"], Value::Null, "{query}");
        let data = answer["data"].as_object().unwrap().values().next().unwrap();
        assert!(data["name"].is_string() || !data["nodes"].as_array().unwrap().is_empty(), "{query}");
    }
}
