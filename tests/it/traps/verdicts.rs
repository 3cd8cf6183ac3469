//! The checks of graphql-cop (github.com/dolevf/graphql-cop), each with what is found here and why.

use super::documents::many;
use super::*;

/// What a check finds, and whether that is as it should be.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    /// The check finds nothing.
    Closed,
    /// The check finds what it looks for, and that was decided.
    Open,
}

#[tokio::test]
async fn the_checks_of_graphql_cop_have_the_verdicts_that_were_decided() {
    let stage = Stage::empty(tests::Backend::Sqlite).await;
    let server = server(&stage).await;
    let says = async |query: String, sign: &str| {
        let found = server.ask(&query).await["data"].to_string().contains(sign);
        if found { Verdict::Open } else { Verdict::Closed }
    };
    let executed = async |request: RequestBuilder| {
        let text = request.send().await.unwrap().text().await.unwrap();
        if text.contains("__typename") && text.contains("\"data\"") { Verdict::Open } else { Verdict::Closed }
    };
    let typed = |kind: &'static str, body: &'static str| server.request("POST", "/graphql").header("content-type", kind).body(body);
    let page = async |path: &str| {
        let text = server.request("GET", path).header("accept", "text/html").send().await.unwrap();
        if text.status() == 200 { Verdict::Open } else { Verdict::Closed }
    };

    // The schema is public by decision: it is a file of this project, and partners build on it.
    assert_eq!(says("query cop { __schema { types { name fields { name } } } }".to_owned(), "types").await, Verdict::Open, "introspection");
    // The explorer is part of the product; its page can do what any caller can, and nothing more.
    assert_eq!(page("/graphiql").await, Verdict::Open, "GraphiQL");
    for path in ["/playground", "/console", "/altair", "/graphql/console", "/v1/graphiql"] {
        assert_eq!(page(path).await, Verdict::Closed, "{path}");
    }
    // A query in the address can be kept by caches on the way, and it cannot change anything.
    let get = |query: &str| server.request("GET", "/graphql").query(&[("query", query)]);
    assert_eq!(executed(get("query cop { __typename }")).await, Verdict::Open, "queries by GET");
    assert_eq!(executed(get("mutation cop { __typename }")).await, Verdict::Closed, "mutations by GET");

    let guesses = server.ask("query cop { __schema { directive } }").await.to_string();
    assert!(!guesses.contains("Did you mean"), "field suggestions: {guesses}");
    let aliases = many(101, |number| format!("alias{number}: __typename"));
    assert_eq!(says(format!("query cop {{ {aliases} }}"), "alias100").await, Verdict::Closed, "alias overloading");
    let batch = server.body(format!("[{}]", [r#"{"query":"query cop { __typename }"}"#; 10].join(",")));
    assert_eq!(executed(batch).await, Verdict::Closed, "array-based query batching");
    let directives = format!("query cop {{ __typename {} }}", "@aa".repeat(10 + 1));
    assert_eq!(server.code(&directives).await.as_deref(), Some("LIM-006"), "directive overloading");
    let circle = "query cop { __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }";
    assert_eq!(says(circle.to_owned(), "types").await, Verdict::Closed, "circular query by introspection");
    assert_eq!(says(format!("query cop {{ {} }}", "__typename ".repeat(500)), "__typename").await, Verdict::Closed, "field duplication");
    let form = typed("application/x-www-form-urlencoded", "query=query+cop+%7B__typename%7D");
    assert_eq!(executed(form).await, Verdict::Closed, "a form of a foreign page");
    assert_eq!(executed(typed("text/plain", r#"{"query":"query cop { __typename }"}"#)).await, Verdict::Closed, "a text of a foreign page");
    let answer = server.ask("query cop { __typename }").await;
    let extensions: Vec<&String> = answer["extensions"].as_object().into_iter().flat_map(|each| each.keys()).collect();
    assert_eq!(extensions, ["cost"], "tracing and debugging: {answer}");
    let broken = server.ask("qwerty cop { abc }").await.to_string().to_lowercase();
    for sign in ["stack", "panic", ".rs:", "/src/", "sqlx", "exception"] {
        assert!(!broken.contains(sign), "unhandled errors: {broken}");
    }
}
