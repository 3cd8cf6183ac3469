//! What is secret stays out of everything that is written about a request: the log at its most talkative, the metrics, and the traces.
//!
//! Marks stand in every place where a secret can stand. A harmless one is planted as well and must be found, so that the search itself is tested.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod running;

use running::{Collector, Running, program};
use serde_json::{Value, json};
use tempfile::TempDir;

const ADMIN: &str = "nora@guides.example";
const PASSWORD: &str = "MARK-password four words, and a comma";
const LOGIN: &str = "mutation HarmlessLogin($email: String!, $password: String!) \
    { login(input: { email: $email, password: $password }) { accessToken refreshToken } }";

/// The marks of secrets, each in a place of its own.
const SECRETS: [&str; 14] = [
    "MARK-password",
    "MARK-wrong-password",
    "mark-unknown-address",
    "MARK-refresh-token",
    "MARK-bearer-token",
    "MARK-api-key",
    "MARK-variable",
    "MARK-literal",
    "MARK-in-the-address",
    "MARK-variable-in-the-address",
    "MARK-operation-that-is-not-there",
    "MARK-baggage",
    "MARK-cookie",
    "MARK-search",
];

fn body(answer: &str) -> Value {
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap_or_default()
}

fn asked(query: &str, variables: Value) -> String {
    let mut body = json!({ "query": query });
    body["variables"] = variables;
    body.to_string()
}

/// Sends every kind of secret, and gives the tokens of a login: they are secrets, too.
fn plant(server: &Running) -> Vec<String> {
    let admin = |headers: &str, query: &str, variables: Value| body(&server.post("/admin/graphql", headers, &asked(query, variables)));
    let login = admin("", LOGIN, json!({ "email": ADMIN, "password": PASSWORD }));
    let token = |answer: &Value, field: &str, name: &str| answer["data"][field][name].as_str().unwrap().to_owned();
    let (access, refresh) = (token(&login, "login", "accessToken"), token(&login, "login", "refreshToken"));
    admin("", LOGIN, json!({ "email": ADMIN, "password": "MARK-wrong-password" }));
    admin("", LOGIN, json!({ "email": "mark-unknown-address@guides.example", "password": "MARK-wrong-password" }));
    let renew = "mutation Renew($token: String!) { refreshSession(refreshToken: $token) { accessToken refreshToken } }";
    admin("", renew, json!({ "token": "MARK-refresh-token" }));
    let renewed = admin("", renew, json!({ "token": refresh }));
    let (access_again, refresh_again) =
        (token(&renewed, "refreshSession", "accessToken"), token(&renewed, "refreshSession", "refreshToken"));
    admin("Authorization: Bearer MARK-bearer-token\r\n", "{ me { email } }", json!({}));
    let me = admin(&format!("Authorization: Bearer {access}\r\n"), "query Me { me { email } }", json!({}));
    assert_eq!(me["data"]["me"]["email"], ADMIN);
    let public = |headers: &str, query: &str, variables: Value| server.post("/graphql", headers, &asked(query, variables));
    public("X-API-Key: MARK-api-key\r\n", "{ __typename }", json!({}));
    public("Cookie: a=MARK-cookie\r\nBaggage: a=MARK-baggage\r\n", "{ __typename }", json!({}));
    let slug = "query Named($slug: String!) { company(by: { slug: $slug }) { name } }";
    public("", slug, json!({ "slug": "MARK-variable" }));
    public("", slug, json!({ "slug": "mark-variable" }));
    public("", "{ company(by: { slug: \"MARK-literal\" }) { name } questions(search: \"MARK-literal\") { totalCount } }", json!({}));
    public(
        "",
        "query S($words: String) { companies(search: $words) { totalCount } questions(search: $words) { totalCount } }",
        json!({ "words": "MARK-search" }),
    );
    public("", "{ companies(filter: { name: { contains: \"MARK-literal\" } }) { totalCount } }", json!({}));
    public("", "{ broken(\"MARK-literal\"", json!({}));
    let unknown = json!({ "query": "query A { __typename } query B { __typename }", "operationName": "MARK-operation-that-is-not-there" });
    server.post("/graphql", "", &unknown.to_string());
    server.get("/graphql?query=%7B__typename%20%23MARK-in-the-address%0A%7D&variables=%7B%22a%22%3A%22MARK-variable-in-the-address%22%7D&x=MARK-in-the-address");
    server.get("/graphql?query=MARK-in-the-address%zz");
    vec![access, refresh, access_again, refresh_again]
}

fn search(place: &str, text: &str, tokens: &[String]) {
    let lower = text.to_lowercase();
    for secret in SECRETS.iter().copied().chain(tokens.iter().map(String::as_str)) {
        if let Some(at) = lower.find(&secret.to_lowercase()) {
            let around: String = lower[at.saturating_sub(300)..].chars().take(600).collect();
            panic!("{secret} is in {place}: ... {around}");
        }
    }
}

fn everything_said(format: &str, level: &str) {
    let home = TempDir::new().unwrap();
    let collector = Collector::start();
    let mut command = program(home.path());
    command.env("GREENROOM_LOG", level).env("GREENROOM_LOG_FORMAT", format).env("GREENROOM_OTLP_ENDPOINT", &collector.endpoint);
    command.env("GREENROOM_FIRST_ADMIN", ADMIN).env("GREENROOM_FIRST_ADMIN_PASSWORD", PASSWORD);
    // At this level there is more to say than a pipe holds.
    let (log, file) = (home.path().join("log"), std::fs::File::create(home.path().join("log")).unwrap());
    command.stderr(file);
    let server = Running::start(command);
    let tokens = plant(&server);
    let metrics = server.get("/metrics");
    let stdout = server.told.clone();
    server.stop();
    let (stderr, traces) = (std::fs::read_to_string(log).unwrap(), collector.heard());
    for (place, text) in [("stdout", &stdout), ("the log", &stderr), ("the metrics", &metrics), ("the traces", &traces)] {
        search(place, text, &tokens);
    }
    for (place, text) in [("the log", &stderr), ("the metrics", &metrics), ("the traces", &traces)] {
        assert!(text.contains("HarmlessLogin"), "the harmless mark is not in {place}, so this test would find nothing: {text:.2000}");
    }
    for part in ["INSERT", "graphql.parse", "graphql.execute"] {
        assert!(traces.contains(part), "{part} is not in the traces");
    }
}

#[test]
fn no_secret_is_in_what_is_written_down_for_machines() {
    everything_said("json", "trace");
}

#[test]
fn no_secret_is_in_what_is_written_down_for_people() {
    everything_said("text", "trace,sea_orm=trace,sqlx=trace,actix_http=trace,hyper=trace");
}
