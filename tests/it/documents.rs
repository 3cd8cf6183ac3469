//! Documents that a server has read before: by their hash, with other variables, and written as they come. The answer is the same in every way.

use api::http::Site;
use api::limits::Limits;
use data_encoding::HEXLOWER;
use reqwest::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tests::guides::complete;
use tests::{Server, both};

const SLUG: &str = "query Slug($slug: String!) { company(by: {slug: $slug}) { name } }";

fn hash(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

fn persisted(text: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash(text) } })
}

/// What an answer says: its status, the code and the message of its first error, and its data as they are written.
async fn said(response: reqwest::Response) -> (u16, String, String, String) {
    let (status, text) = (response.status().as_u16(), response.text().await.unwrap());
    let json: Value = serde_json::from_str(&text).unwrap();
    let error = &json["errors"][0];
    let text_of = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let data = text.split_once("\"data\":").and_then(|(_, rest)| rest.rsplit_once(",\"extensions\"")).map_or("", |(data, _)| data);
    (status, text_of(&error["extensions"]["code"]), text_of(&error["message"]), data.to_owned())
}

async fn post(server: &Server, body: &Value) -> (u16, String, String, String) {
    said(server.body(body.to_string()).send().await.unwrap()).await
}

async fn get(server: &Server, parameters: &[(&str, String)]) -> (u16, String, String, String) {
    said(server.request("GET", "/graphql").query(parameters).send().await.unwrap()).await
}

both! {
    async fn a_document_is_sent_once_and_then_named_by_its_hash(stage) {
        let editor = stage.editor().await;
        editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let server = Server::of(&stage);
        let variables = json!({ "slug": "acorn" });
        let named = json!({ "extensions": persisted(SLUG), "variables": variables });
        let (status, code, message, _) = post(&server, &named).await;
        assert_eq!((status, code.as_str(), message.as_str()), (200, "REQ-011", "PersistedQueryNotFound"));
        let parameters = [("extensions", persisted(SLUG).to_string()), ("variables", variables.to_string())];
        assert_eq!(get(&server, &parameters).await.2, "PersistedQueryNotFound");
        let whole = json!({ "query": SLUG, "extensions": persisted(SLUG), "variables": variables });
        let (_, code, _, data) = post(&server, &whole).await;
        assert_eq!((code.as_str(), data.as_str()), ("", r#"{"company":{"name":"Acorn"}}"#));
        for _ in 0..2 {
            assert_eq!(post(&server, &named).await.3, data);
            assert_eq!(get(&server, &parameters).await.3, data);
        }
        let other = json!({ "extensions": persisted(SLUG), "variables": { "slug": "nobody" }, "operationName": "Slug" });
        assert_eq!(post(&server, &other).await.3, r#"{"company":null}"#);
        // Whoever proves nothing is not told what others asked, only what they can name.
        let capital = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash(SLUG).to_uppercase() } });
        assert_eq!(post(&server, &json!({ "extensions": capital, "variables": variables })).await.3, data);
    }

    async fn a_hash_that_is_none_or_another_document_s_is_refused(stage) {
        let server = Server::of(&stage);
        let (status, code, ..) = post(&server, &json!({ "query": "{ tiers { key } }", "extensions": persisted(SLUG) })).await;
        assert_eq!((status, code.as_str()), (400, "REQ-012"));
        for wrong in [
            json!({}),
            json!("abc"),
            json!({ "version": 1, "sha256Hash": "abc" }),
            json!({ "version": 2, "sha256Hash": hash(SLUG) }),
            json!({ "version": 1, "sha256Hash": 7 }),
        ] {
            let (status, code, ..) = post(&server, &json!({ "query": SLUG, "extensions": { "persistedQuery": wrong } })).await;
            assert_eq!((status, code.as_str()), (400, "REQ-001"), "{wrong}");
        }
        // What was refused is not known by its hash either.
        let broken = "{ tiers { key ";
        post(&server, &json!({ "query": broken, "extensions": persisted(broken) })).await;
        assert_eq!(post(&server, &json!({ "extensions": persisted(broken) })).await.2, "PersistedQueryNotFound");
        let admin = server.request("POST", "/admin/graphql").header("content-type", "application/json");
        let (_, code, message, _) = said(admin.body(json!({ "extensions": persisted(SLUG) }).to_string()).send().await.unwrap()).await;
        assert_eq!((code.as_str(), message.as_str()), ("REQ-011", "PersistedQueryNotSupported"));
    }

    async fn a_wrong_name_of_an_operation_leaves_nothing_behind_for_the_right_one(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let documents = [
            "query A { companies(first: 1) { nodes { ... on Node { id } ... @include(if: false) { name } } } }",
            "query A { companies(first: 1) { totalCount } ... { companies(first: 2) { totalCount } } }",
        ];
        for document in documents {
            let named = |name: &str, comment: &str| json!({ "query": format!("{document}{comment}"), "operationName": name });
            let wrong = post(&server, &named("X", "")).await;
            assert_eq!(wrong.1, "REQ-006", "{wrong:?}");
            assert_eq!(post(&server, &named("A", "")).await, post(&server, &named("A", " # fresh")).await);
        }
    }

    async fn a_comment_of_ones_own_changes_nothing_but_the_places_of_errors(stage) {
        let editor = stage.editor().await;
        editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let server = Server::of(&stage);
        let place = async |document: &str, variables: Value| {
            let asked = json!({ "query": document, "variables": variables }).to_string();
            let answer: Value = serde_json::from_str(&server.body(asked).send().await.unwrap().text().await.unwrap()).unwrap();
            (answer["data"]["company"]["name"].clone(), answer["errors"][0]["locations"][0].clone())
        };
        let commented = |number: usize| format!("# request {number}\n\n{}", SLUG.replace("{ company", "{\n  # {\"\n  company"));
        for number in 0..3 {
            assert_eq!(place(&commented(number), json!({ "slug": "acorn" })).await, (json!("Acorn"), Value::Null));
        }
        // Before it runs, while it runs, and of a document that was never read in these words.
        for wrong in [json!({}), json!({ "slug": 7 }), json!({ "slug": "no slug" })] {
            let (own, first) = (place(SLUG, wrong.clone()).await.1, place(&commented(9), wrong.clone()).await.1);
            let expected = |line: u64, column: u64| if own.is_null() { Value::Null } else { json!({ "line": line, "column": column }) };
            let moved = match (own["line"].as_u64(), own["column"].as_u64()) {
                (Some(1), Some(12)) => expected(3, 12),
                (Some(1), Some(30)) => expected(5, 3),
                (Some(1), Some(38)) => expected(5, 11),
                _ => expected(0, 0),
            };
            assert_eq!(first, moved, "{wrong}: {own}");
        }
        assert_eq!(place(SLUG, json!({ "slug": "acorn" })).await.0, "Acorn");
    }

    async fn a_document_that_was_right_before_lets_no_wrong_variable_through(stage) {
        let editor = stage.editor().await;
        editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let documents = [
            (SLUG, json!({ "slug": "acorn" })),
            ("query($f: Int, $w: String) { companies(first: $f, search: $w) { nodes { name } } }", json!({ "f": 1, "w": "acorn" })),
            ("query($i: ID!) { company(by: {id: $i}) { name } }", json!({ "i": "company_00000000000000000000000000" })),
            ("query($b: Boolean!) { tiers { key @include(if: $b) name } }", json!({ "b": true })),
        ];
        let (server, mut number) = (Server::of(&stage), 0);
        let values = [json!(null), json!(5), json!(-1), json!(1.5), json!(99_999_999_999_i64), json!(true), json!([]), json!({}), json!("x\u{0}y")];
        for (document, right) in documents {
            for _ in 0..2 {
                assert_eq!(post(&server, &json!({ "query": document, "variables": right })).await.1, "", "{document}");
            }
            for name in right.as_object().unwrap().keys() {
                for value in values.iter().map(Some).chain([None]) {
                    let mut variables = right.clone();
                    match value {
                        Some(value) => variables[name] = value.clone(),
                        None => drop(variables.as_object_mut().unwrap().remove(name)),
                    }
                    // With a comment it is a document that nobody sent before.
                    number += 1;
                    let fresh = json!({ "query": format!("{document} # {number}"), "variables": variables });
                    let body = json!({ "query": document, "variables": variables });
                    assert_eq!(post(&server, &body).await, post(&server, &fresh).await, "{body}");
                }
            }
        }
    }

    async fn what_is_written_as_it_comes_is_what_the_library_answers(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let page = include_str!("queries/page.graphql");
        let cases = [
            (page.to_owned(), page.replace("{ id slug name sample", "{ id slug slug name sample")),
            fields("{ companies(first: 8) { totalCount nodes { @ slug ...C } edges { cursor node { n: name } } } } fragment C on Company { name t: __typename ... on Company { tier { key } } }"),
            fields("{ questions(first: 9) { nodes { @ text category { name position questions { id } company { slug } } } } }"),
            fields("{ salaryRanges(first: 9) { nodes { @ level min { amount } max { currency } company { salaryRanges { display } } } } }"),
            fields("{ companies(first: 2) { nodes { @ id slug ... on Node { id } questions(first: 2) { nodes { text } pageInfo { hasNextPage endCursor } } } } }"),
            fields("{ companies(first: 2) { nodes { @ id slug name @skip(if: true) prepPlan { ... @include(if: false) { weeks { text } } } } } }"),
            fields("{ companies(first: 2) { nodes { @ id slug questions(first: 500) { totalCount } } } }"),
            fields("{ companies(first: 2) { nodes { @ id slug questions(first: 2, after: \"no\") { totalCount } } } }"),
        ];
        for (direct, library) in cases {
            let variables = json!({ "slug": "netflix" });
            let ask = async |document: &str| post(&server, &json!({ "query": document, "variables": variables })).await;
            let (written, made) = (ask(&direct).await, ask(&library).await);
            assert_eq!(written, made, "{direct}");
            assert!(written.3.len() > 20 || !written.1.is_empty(), "{direct}: {written:?}");
        }
    }

    async fn the_entries_of_an_answer_are_bounded_however_it_is_written(stage) {
        stage.plant_starter().await;
        let site = Site::new(stage.store.clone(), Limits { entries: 40, anonymous_points_per_minute: 1_000_000, ..Limits::default() });
        let server = Server::serve(site);
        for document in ["{ companies(first: 8) { nodes { questionCategories { @ name questions { text } } } } }", "{ companies(first: 8) { nodes { traits { @ id text } redFlags { text } } } }"] {
            let (direct, library) = fields(document);
            let response = server.ask_with(&direct, json!({})).await;
            assert_eq!(response.status(), StatusCode::OK);
            let written = said(response).await;
            assert_eq!(written.1, "LIM-010");
            assert_eq!(written.1, said(server.ask_with(&library, json!({})).await).await.1);
        }
        let fits = said(server.ask_with("{ companies(first: 8) { nodes { name salaryRanges { level } } } }", json!({})).await).await;
        assert_eq!(fits.1, "", "{fits:?}");
    }
}

/// A document in two ways: as it stands, and with a field twice in one place, which makes the library do all of it.
fn fields(document: &str) -> (String, String) {
    let second = if document.contains("{ @ id") {
        "id id"
    } else if document.contains("{ @ slug") {
        "slug slug"
    } else {
        "__typename __typename"
    };
    let first = second.split(' ').next().unwrap_or_default();
    let rest = document.split_once('@').map_or("", |(_, rest)| rest.trim_start());
    // Where the field stands already, it is not put there once more.
    let first = if rest.starts_with(first) { "" } else { first };
    let second =
        if rest.starts_with(second.split(' ').next().unwrap_or_default()) { second.split(' ').next().unwrap_or_default() } else { second };
    (document.replacen('@', first, 1), document.replacen('@', second, 1))
}
