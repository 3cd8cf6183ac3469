//! Traps that anybody can lay for a GraphQL server in the open, each against the running server: refused in the caller's own name, and the next
//! honest request is answered as quickly as before. `SECURITY.md` names these tests.

mod bodies;
mod documents;
mod logins;
mod strings;
mod verdicts;
mod wire;

use std::time::{Duration, Instant};

use api::http::Site;
use api::limits::Limits;
use content::store::{Options, Store};
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use tests::{Server, Stage};

/// More than any honest request takes here, on a machine that is busy with other tests.
const SOON: Duration = Duration::from_secs(2);

async fn server(stage: &Stage) -> Server {
    stage.plant_starter().await;
    Server::of(stage)
}

/// An honest request, which is answered soon.
#[track_caller]
fn still_honest(server: &Server) -> impl Future<Output = ()> {
    let request = server.body(json!({ "query": "{ company(by: {slug: \"netflix\"}) { name } }" }).to_string());
    async move {
        let begun = Instant::now();
        let text = request.send().await.unwrap().text().await.unwrap();
        assert!(text.starts_with(r#"{"data":{"company":{"name":"Netflix"}}"#) && !text.contains("errors"), "{text}");
        assert!(begun.elapsed() < SOON, "it took {:?}", begun.elapsed());
    }
}

/// How a request is answered: the status, and the code of the first error. No answer is long, and none is a fault of ours.
async fn outcome(request: RequestBuilder) -> (u16, Option<String>) {
    let begun = Instant::now();
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    assert!(status < 500, "{status}: {text}");
    assert!(text.len() < 64 * 1_024, "{} bytes", text.len());
    assert!(begun.elapsed() < SOON, "it took {:?}", begun.elapsed());
    let body: Value = serde_json::from_str(&text).unwrap_or_default();
    (status, body["errors"][0]["extensions"]["code"].as_str().map(str::to_owned))
}

fn refused(status: u16, code: &str) -> (u16, Option<String>) {
    (status, Some(code.to_owned()))
}

fn asked(query: &str, variables: Value) -> String {
    let mut body = json!({ "query": query });
    body["variables"] = variables;
    body.to_string()
}

tests::both! {
    async fn a_statement_that_takes_too_long_is_ended(stage) {
        if stage.backend == tests::Backend::Sqlite {
            // Only a test within `content` can make SQLite slow: `a_slow_statement_ends_and_the_next_one_is_answered`.
            return;
        }
        stage.plant_starter().await;
        let options = Options { deadline: Duration::from_millis(300), ..Options::new(stage.url.as_str()) };
        let server = Server::serve(Site::new(Store::open(options).await.unwrap(), Limits::default()));
        let blocker = sea_orm::TransactionTrait::begin(stage.store.writer()).await.unwrap();
        sea_orm::ConnectionTrait::execute_unprepared(&blocker, "LOCK TABLE published_guide IN ACCESS EXCLUSIVE MODE").await.unwrap();
        let answer = server.ask("{ companies { totalCount } }").await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "LIM-008", "{answer}");
        let message = answer["errors"][0]["message"].as_str().unwrap();
        assert!(message.starts_with("The request took longer than"), "{message}");
        blocker.rollback().await.unwrap();
        still_honest(&server).await;
    }
}
