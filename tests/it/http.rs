//! GraphQL over HTTP as its draft has it, beyond what the audit suite of `graphql-http` asks; and the pages beside it.

use api::http::Site;
use api::limits::Limits;
use serde_json::{Value, json};
use tests::{Backend, Server, Stage};

const GRAPHQL: &str = "application/graphql-response+json";

async fn server() -> (Server, Stage) {
    let stage = Stage::empty(Backend::Sqlite).await;
    stage.plant_starter().await;
    (Server::of(&stage), stage)
}

/// What a request is answered with: the status, the code of its first error, and whether there is a `data` key.
async fn outcome(request: reqwest::RequestBuilder) -> (u16, Option<String>, bool) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    let body: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("not JSON: {text}"));
    for error in body["errors"].as_array().into_iter().flatten() {
        assert!(error["extensions"]["code"].is_string() && error["extensions"]["requestId"].is_string(), "{error}");
    }
    (status, body["errors"][0]["extensions"]["code"].as_str().map(str::to_owned), body.get("data").is_some())
}

fn refused(status: u16, code: &str) -> (u16, Option<String>, bool) {
    (status, Some(code.to_owned()), false)
}

#[tokio::test]
async fn the_status_says_whether_a_document_was_executed_to_those_who_accept_the_newer_type() {
    let (server, _stage) = server().await;
    let post = |query: &str, accept: &'static str| server.body(json!({ "query": query }).to_string()).header("accept", accept);
    for (query, code) in [("{ nothing }", "REQ-006"), ("{", "REQ-005"), ("query A { __typename } query B { __typename }", "REQ-006")] {
        assert_eq!(outcome(post(query, GRAPHQL)).await, refused(400, code), "{query}");
        assert_eq!(outcome(post(query, "application/json")).await, refused(200, code), "{query}");
    }
    let variables = json!({ "query": "query Q($id: ID!) { node(id: $id) { id } }", "variables": { "id": null } }).to_string();
    assert_eq!(outcome(server.body(variables).header("accept", GRAPHQL)).await, refused(400, "REQ-006"));
    assert_eq!(outcome(post("{ __typename }", GRAPHQL)).await, (200, None, true));
    assert_eq!(outcome(post("{ companies(first: 101) { totalCount } }", GRAPHQL)).await, (200, Some("LIM-007".to_owned()), true));
}

#[tokio::test]
async fn a_request_that_is_no_graphql_request_is_refused_with_its_reason() {
    let (server, _stage) = server().await;
    let query = r#"{"query":"{ __typename }"}"#;
    let typed = |kind: &'static str| server.request("POST", "/graphql").header("content-type", kind).body(query);
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/graphql",
    ] {
        assert_eq!(outcome(typed(kind)).await, refused(415, "REQ-002"), "{kind}");
    }
    assert_eq!(outcome(server.request("POST", "/graphql").body(query)).await, refused(415, "REQ-002"));
    assert_eq!(outcome(server.body(query).header("accept", "text/html")).await, refused(406, "REQ-003"));
    for body in ["", "{", "[]", "[{\"query\":\"{ __typename }\"}]", "1", "{\"query\":1}", "{\"query\":\"{ __typename }\",\"variables\":[]}"]
    {
        assert_eq!(outcome(server.body(body)).await, refused(400, "REQ-001"), "{body}");
    }
    assert_eq!(outcome(server.body(vec![b'{', 0xff, b'}'])).await, refused(400, "REQ-001"));
    assert_eq!(outcome(server.body(format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000)))).await, refused(400, "REQ-001"));
    assert_eq!(outcome(server.body(format!("{{\"query\":\"{}\"}}", " ".repeat(65_536)))).await, refused(413, "LIM-001"));
    for method in ["PUT", "DELETE", "PATCH"] {
        assert_eq!(outcome(server.request(method, "/graphql")).await, refused(405, "REQ-004"), "{method}");
    }
    assert_eq!(outcome(server.request("GET", "/nothing")).await, refused(404, "REQ-010"));
}

#[tokio::test]
async fn a_query_can_stand_in_the_address_and_only_a_query() {
    let (server, _stage) = server().await;
    let get = |pairs: &[(&str, &str)]| server.request("GET", "/graphql").query(pairs);
    let query = "query Q($slug: String!) { company(by: {slug: $slug}) { name } }";
    let response = get(&[("query", query), ("variables", "{\"slug\":\"netflix\"}")]).send().await.unwrap();
    assert_eq!(
        response.text().await.unwrap(),
        r#"{"data":{"company":{"name":"Netflix"}},"extensions":{"cost":{"points":2,"objects":1,"limit":2000}}}"#
    );
    assert_eq!(outcome(get(&[("query", "mutation { __typename }")])).await, refused(405, "REQ-004"));
    assert_eq!(outcome(get(&[("query", "{ __typename }"), ("query", "{ __typename }")])).await, refused(400, "REQ-001"));
    assert_eq!(outcome(get(&[("query", "{ __typename }"), ("variables", "{")])).await, refused(400, "REQ-001"));
    assert_eq!(outcome(get(&[])).await, refused(400, "REQ-001"));
    assert_eq!(outcome(get(&[("query", "{ __typename }"), ("variables", ""), ("utm", "x")])).await, (200, None, true));
}

#[tokio::test]
async fn documents_that_would_hang_or_kill_the_process_are_refused_at_once() {
    let (server, _stage) = server().await;
    let doubling: Vec<String> = (0..30).map(|number| format!("fragment F{number} on Query {{ ...F{0} ...F{0} }}", number + 1)).collect();
    let doubling = doubling.join(" ");
    let cases = [
        (format!("{{ ...F0 }} {doubling} fragment F30 on Query {{ __typename }}"), "LIM-009"),
        (format!("{{ nodes(ids: {}{}) {{ id }} }}", "[".repeat(4_000), "]".repeat(4_000)), "LIM-003"),
        (format!("{{ nodes(ids: {}{}) {{ id }} }}", "[".repeat(20_000), "]".repeat(20_000)), "LIM-003"),
        (format!("{{ service {{ {} }} }}", "id ".repeat(10_000)), "LIM-002"),
        (format!("{{ {} }}", "__typename ".repeat(21)), "LIM-004"),
        ("{ ...A } fragment A on Query { ...A }".to_owned(), "REQ-006"),
    ];
    for (query, code) in cases {
        assert_eq!(server.code(&query).await.as_deref(), Some(code));
        assert_eq!(server.ask("{ __typename }").await["data"]["__typename"], "Query", "the next request is answered");
    }
    let hidden = format!("{{ nodes(ids: #\r{}{}) {{ id }} }}", "[".repeat(3_000), "]".repeat(3_000));
    assert_eq!(server.code(&hidden).await.as_deref(), Some("LIM-003"), "a comment ends at a bare CR");
    let unknown: Vec<String> = (0..1_500).map(|number| format!("a{number}")).collect();
    let unknown = format!("{{ service {{ {} }} }}", unknown.join(" "));
    let answer = server.ask(&unknown).await;
    assert!(answer["errors"].as_array().unwrap().len() <= 51, "errors are bounded");
}

#[tokio::test]
async fn a_request_id_goes_in_and_out_if_it_is_harmless() {
    let (server, _stage) = server().await;
    let id = |given: &'static str| {
        let request = server.body(r#"{"query":"{"}"#).header("x-request-id", given);
        async move {
            let response = request.send().await.unwrap();
            let header = response.headers()["x-request-id"].to_str().unwrap().to_owned();
            let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
            assert_eq!(body["errors"][0]["extensions"]["requestId"], header.as_str());
            header
        }
    };
    assert_eq!(id("abc-123_X.y").await, "abc-123_X.y");
    for harmful in ["a b", "<script>", "x\"y", ""] {
        let made = id(harmful).await;
        assert!(made != harmful && made.len() == 32, "{made}");
    }
}

#[tokio::test]
async fn pages_of_any_origin_may_ask_without_cookies() {
    let (server, _stage) = server().await;
    let preflight = server
        .request("OPTIONS", "/graphql")
        .header("origin", "https://prep.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type,x-api-key")
        .send()
        .await
        .unwrap();
    assert_eq!(preflight.status(), 200);
    assert_eq!(preflight.headers()["access-control-allow-origin"], "*");
    assert!(!preflight.headers().contains_key("access-control-allow-credentials"));
    let answer = server.body(r#"{"query":"{ __typename }"}"#).header("origin", "https://prep.example").send().await.unwrap();
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
}

#[tokio::test]
async fn credentials_that_are_not_known_are_refused_and_not_passed_over() {
    let (server, stage) = server().await;
    let query = r#"{"query":"{ __typename }"}"#;
    let unknown = server.body(query).header("x-api-key", "grk_live_x").send().await.unwrap();
    assert_eq!((unknown.status().as_u16(), unknown.headers()["www-authenticate"].to_str().unwrap()), (401, "Bearer realm=\"greenroom\""));
    assert_eq!(outcome(server.body(query).header("x-api-key", "grk_live_x")).await, refused(401, "KEY-007"));
    assert_eq!(outcome(server.body(query).header("authorization", "Bearer x")).await, refused(401, "KEY-007"));
    let mut closed = Site::new(stage.store.clone(), Limits::default());
    closed.anonymous = false;
    assert_eq!(outcome(Server::serve(closed).body(query)).await, refused(401, "AUT-001"));
}

#[tokio::test]
async fn an_answer_that_multiplies_is_ended_before_it_fills_the_memory() {
    let (_, stage) = server().await;
    let limits = Limits { cost: u32::MAX, anonymous_points_per_minute: 100_000_000, ..Limits::default() };
    let server = Server::serve(Site::new(stage.store.clone(), limits));
    let around = "questionCategories { questions { company { ".repeat(3);
    let query = format!("{{ companies {{ nodes {{ {around} name {} }} }} }}", "} } }".repeat(3));
    let answer = server.ask_with(&query, json!({})).await;
    assert_eq!(answer.status(), 200);
    let text = answer.text().await.unwrap();
    assert!(text.contains("LIM-010") && text.len() < 100_000, "{} bytes", text.len());
    let page = "{ companies(first: 100) { nodes { name questionCategories { name questions { text } } } } }";
    assert_eq!(server.code(page).await, None, "an honest page of everything is within the limit");
}

#[tokio::test]
async fn an_object_of_which_nothing_is_selected_is_there_all_the_same() {
    let (server, _stage) = server().await;
    let id = server.ask("{ company(by: {slug: \"netflix\"}) { id } }").await["data"]["company"]["id"].clone();
    let node = server
        .ask(&format!("{{ node(id: {id}) {{ ... on Question {{ id }} }} nodes(ids: [{id}]) {{ ...F }} }} fragment F on Question {{ id }}"))
        .await;
    assert_eq!(node["data"], json!({ "node": {}, "nodes": [{}] }));
    let skipped = server.ask("{ service { version @skip(if: true) } tiers { ... @include(if: false) { key } } }").await;
    assert_eq!(skipped["data"], json!({ "service": {}, "tiers": [{}, {}, {}, {}] }));
    let ordered = server.ask_with("{ tiers { key @include(if: false) name key } }", json!({})).await.text().await.unwrap();
    assert!(ordered.starts_with(r#"{"data":{"tiers":[{"name":"Big Tech","key":"big-tech"}"#), "{ordered}");
}

#[tokio::test]
async fn what_fails_is_null_as_far_around_as_its_type_asks() {
    let (server, _stage) = server().await;
    let answer = server.ask("{ tiers { key } node(id: \"x\") { id } }").await;
    assert!(answer["data"]["tiers"].is_array() && answer["data"].as_object().unwrap()["node"].is_null(), "{answer}");
    let answer = server.ask("{ company(by: {slug: \"netflix\"}) { name questions(first: 101) { totalCount } } tiers { key } }").await;
    assert!(answer["data"].as_object().unwrap()["company"].is_null() && answer["data"]["tiers"].is_array(), "{answer}");
    let answer = server.ask("{ tiers { key } companies(first: 101) { totalCount } }").await;
    assert_eq!(answer["data"], Value::Null, "{answer}");
    assert_eq!(answer["errors"][0]["path"], json!(["companies"]));
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_the_request_at_fault() {
    let (server, _stage) = server().await;
    let ask = |body: Value| server.body(body.to_string()).header("accept", GRAPHQL);
    let missing = json!({ "query": "query Q($id: ID!, $yes: Boolean!) { node(id: $id) { id } tiers @include(if: $yes) { key } }" });
    let response = ask(missing.clone()).send().await.unwrap();
    assert_eq!(response.status(), 400);
    let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    assert_eq!(body["errors"].as_array().unwrap().len(), 2, "both are said at once");
    assert_eq!(outcome(ask(missing)).await, refused(400, "REQ-006"));
    for query in [
        "{ companies(filter: { publishedAt: { gte: \"soon\" } }) { totalCount } }",
        "{ companies(filter: { verifiedOn: { gte: \"2026-02-30\" } }) { totalCount } }",
        "{ companies(first: 99999999999) { totalCount } }",
        "{ salaryRanges(filter: { currency: { eq: \"dollars\" } }) { totalCount } }",
    ] {
        assert_eq!(outcome(ask(json!({ "query": query }))).await, refused(400, "REQ-006"), "{query}");
    }
    let typed = |kind: &str, field: &str, value: Value| json!({ "query": format!("query Q($x: {kind}) {{ {field} {{ __typename }} }}"), "variables": { "x": value } });
    for value in [json!({ "slug": "netflix", "id": null }), json!([]), json!(1), json!({}), json!({ "slug": null })] {
        assert_eq!(outcome(ask(typed("CompanyBy!", "company(by: $x)", value.clone()))).await, refused(400, "REQ-006"), "{value}");
    }
    for value in [json!(5), json!([{}]), json!({ "and": [1] }), json!({ "slug": [[null]] }), json!({ "name": { "eq": 1 } })] {
        assert_eq!(outcome(ask(typed("CompanyFilter", "companies(filter: $x)", value.clone()))).await, refused(400, "REQ-006"), "{value}");
    }
    let open = json!({ "query": "query Q($way: OrderDirection) { companies(orderBy: { field: NAME, direction: $way }) { totalCount } }" });
    assert_eq!(outcome(ask(open)).await, (200, None, true), "a variable that may be absent is");
    assert_eq!(server.ask("{ tiers @skip(if: true) { key } }").await["data"], json!({}));
}

#[tokio::test]
async fn a_text_of_a_filter_is_short_and_has_something_to_look_for() {
    let (server, _stage) = server().await;
    let contains = |text: &str| format!("{{ questions(filter: {{ text: {{ contains: {text:?} }} }}) {{ totalCount }} }}");
    for text in ["+", "??", &"a".repeat(201), &"a".repeat(60_000)] {
        assert_eq!(server.code(&contains(text)).await.as_deref(), Some("REQ-009"), "{} characters", text.len());
    }
    let all = server.ask("{ questions { totalCount } }").await;
    assert_eq!(server.ask(&contains("")).await, all, "an empty box asks nothing");
}

#[tokio::test]
async fn a_body_that_trickles_in_does_not_hold_its_connection() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let (_, stage) = server().await;
    let server = Server::serve(Site::new(stage.store.clone(), Limits { time_ms: 200, ..Limits::default() }));
    let mut stream = tokio::net::TcpStream::connect(server.base.trim_start_matches("http://")).await.unwrap();
    stream.write_all(b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{").await.unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 408");
}

#[tokio::test]
async fn every_limit_can_be_set_and_is_told() {
    let (_, stage) = server().await;
    let limits = Limits { page: 7, depth: 3, body_bytes: 300, ..Limits::default() };
    let server = Server::serve(Site::new(stage.store.clone(), limits));
    let told = server.ask("{ service { limits { pageSize queryDepth bodyBytes } } }").await;
    assert_eq!(told["data"]["service"]["limits"], json!({ "pageSize": 7, "queryDepth": 3, "bodyBytes": 300 }));
    assert_eq!(server.ask("{ companies { nodes { slug } } }").await["data"]["companies"]["nodes"].as_array().unwrap().len(), 7);
    assert_eq!(server.code("{ companies(first: 8) { totalCount } }").await.as_deref(), Some("LIM-007"));
    assert_eq!(server.code("{ companies { nodes { tier { key } } } }").await.as_deref(), Some("LIM-003"));
    assert_eq!(outcome(server.body(" ".repeat(301))).await, refused(413, "LIM-001"));
}

#[tokio::test]
async fn pages_for_people_come_with_a_policy_and_ask_no_other_host() {
    let (server, _stage) = server().await;
    let home = server.request("GET", "/").send().await.unwrap();
    assert_eq!(home.headers()["content-type"], "text/html; charset=utf-8");
    assert!(home.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    let text = home.text().await.unwrap();
    assert!(text.contains("8 published guides") && text.contains(&server.base) && !text.contains("{{"));
    let explorer = server.request("GET", "/graphiql").send().await.unwrap();
    assert_eq!(explorer.status(), 200);
    assert_eq!(explorer.headers()["content-encoding"], "gzip");
    assert!(explorer.headers()["content-security-policy"].to_str().unwrap().contains("connect-src 'self'"));
    for missing in ["/graphiql/assets/none.js", "/graphiql/../Cargo.toml", "/graphiql/%2e%2e/x"] {
        assert_eq!(outcome(server.request("GET", missing)).await, refused(404, "REQ-010"), "{missing}");
    }
    let schema = server.request("GET", "/schema.graphql").send().await.unwrap().text().await.unwrap();
    assert_eq!(schema, include_str!("../../schema.graphql"));
}

#[tokio::test]
async fn health_says_when_the_database_is_away() {
    let (server, stage) = server().await;
    for path in ["/livez", "/readyz", "/"] {
        let head = server.request("HEAD", path).send().await.unwrap();
        assert_eq!((head.status().as_u16(), head.text().await.unwrap().as_str()), (200, ""), "{path}");
        assert_eq!(server.request("GET", path).send().await.unwrap().status(), 200, "{path}");
    }
    stage.store.clone().close().await.unwrap();
    assert_eq!(server.request("GET", "/livez").send().await.unwrap().status(), 200);
    assert_eq!(server.request("GET", "/readyz").send().await.unwrap().status(), 503);
    let answer = server.ask_with("{ companies { totalCount } }", json!({})).await;
    assert_eq!(answer.status(), 503);
    let text = answer.text().await.unwrap();
    assert!(text.contains("DB-001") && !text.to_lowercase().contains("pool"), "{text}");
    assert!(server.request("GET", "/").send().await.unwrap().text().await.unwrap().contains("does not answer"));
}
