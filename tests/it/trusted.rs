//! Documents that are registered ahead, and keys that are for these alone.

use std::time::{Duration, Instant};

use api::http::Site;
use api::limits::Limits;
use content::access::secret::Secret;
use content::api_key::usage;
use content::code::Code;
use content::edit::Edit;
use content::trusted_document::{self, Hash, MOST, NewDocument};
use content::{KeyMode, OperationKind, Role, api_key, undo};
use serde_json::{Value, json};
use tests::admin::{Answer, send};
use tests::editing::Office;
use tests::partners::{aldermere, ask, data, key, open_terms, register, trusted_terms, unregister};
use tests::statements::Statements;
use tests::{Server, Stage, both, findings};

const NAMES: &str = "query Names { companies(first: 3) { nodes { name } } }";
const WHO: &str = "query Who { viewer { key { trustedOnly } } }";
const ONE: &str = "query One($slug: String!) { company(by: { slug: $slug }) { name } }";

fn persisted(text: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": Hash::of(text).to_string() } })
}

/// A server of its own over the same database, as another process has one.
async fn another(stage: &Stage) -> Server {
    Server::serve(Site::new(stage.open_again().await, Limits::default()))
}

async fn post(server: &Server, secret: &Secret, body: Value) -> Answer {
    send(server.body(body.to_string()).bearer_auth(secret.reveal())).await
}

async fn get(server: &Server, secret: &Secret, parameters: &[(&str, String)]) -> Answer {
    send(server.request("GET", "/graphql").query(parameters).bearer_auth(secret.reveal())).await
}

/// Asks until the status is this one, for a second at most.
async fn within_a_second(server: &Server, secret: &Secret, (body, status): (Value, u16)) {
    let since = Instant::now();
    loop {
        let answer = post(server, secret, body.clone()).await;
        if answer.status == status && (status != 200 || answer.body.get("errors").is_none()) {
            return;
        }
        assert!(since.elapsed() < Duration::from_secs(1), "another server did not hear of it: {}", answer.body);
    }
}

both! {
    async fn a_key_that_is_for_registered_documents_alone_is_refused_for_all_others(stage) {
        stage.plant_starter().await;
        register(&stage, &[NAMES, ONE, WHO]).await;
        let only = key(&stage, "app", KeyMode::Live, trusted_terms()).await.secret;
        let open = key(&stage, "desk", KeyMode::Live, open_terms()).await.secret;
        let site = Site::new(stage.store.clone(), Limits { anonymous_points_per_minute: 1_000_000, ..Limits::default() });
        let ring = site.ring.clone();
        let server = Server::serve(site);
        let names = data(&server, &only, NAMES).await;
        assert_eq!(names["companies"]["nodes"].as_array().map(Vec::len), Some(3));
        for (secret, expected) in [(&only, true), (&open, false)] {
            assert_eq!(data(&server, secret, WHO).await["viewer"]["key"]["trustedOnly"], expected);
        }
        let variables = json!({ "slug": "netflix" });
        let by_text = post(&server, &only, json!({ "query": ONE, "variables": variables })).await;
        assert_eq!(by_text.body["data"]["company"]["name"], "Netflix");
        let parameters = [("extensions", persisted(ONE).to_string()), ("variables", variables.to_string())];
        for answer in [
            post(&server, &only, json!({ "extensions": persisted(ONE), "variables": variables })).await,
            post(&server, &only, json!({ "documentId": format!("sha256:{}", Hash::of(ONE)), "variables": variables })).await,
            get(&server, &only, &parameters).await,
            get(&server, &only, &[("documentId", format!("sha256:{}", Hash::of(ONE))), ("variables", variables.to_string())]).await,
        ] {
            assert_eq!(answer.body["data"], by_text.body["data"], "{}", answer.body);
        }
        let other = "{ companies(first: 3) { nodes { name } } }";
        for text in [other, "{ nonsense", "{ __schema { queryType { name } } }", "query Names { companies(first: 3) { nodes { name } } } "] {
            let answer = ask(&server, &only, text).await;
            assert_eq!(answer.outcome(), (403, Some("REQ-013")), "{text}: {}", answer.body);
            let message = answer.body["errors"][0]["message"].as_str().unwrap();
            assert!(message.contains(&Hash::of(text).to_string()) && message.contains("key_aldermere_app"), "{message}");
            assert_eq!(post(&server, &only, json!({ "extensions": persisted(text) })).await.outcome(), (403, Some("REQ-013")));
        }
        let legacy = server.body(json!({ "query": other }).to_string()).bearer_auth(only.reveal()).header("accept", "application/json");
        assert_eq!(send(legacy).await.outcome(), (403, Some("REQ-013")), "in either media type");
        data(&server, &open, other).await;
        server.ask(other).await;
        for (wrong, code) in [
            (json!({ "documentId": "md5:abc" }), "REQ-001"),
            (json!({ "documentId": format!("sha256:{}0", Hash::of(ONE)) }), "REQ-001"),
            (json!({ "documentId": 7 }), "REQ-001"),
            (json!({ "documentId": format!("sha256:{}", Hash::of(NAMES)), "query": ONE }), "REQ-012"),
            (json!({ "documentId": format!("sha256:{}", Hash::of(NAMES)), "extensions": persisted(ONE) }), "REQ-012"),
        ] {
            for secret in [&only, &open] {
                assert_eq!(post(&server, secret, wrong.clone()).await.outcome(), (400, Some(code)), "{wrong}");
            }
        }
        let cheap = key(&stage, "cheap", KeyMode::Live, trusted_terms()).await;
        for _ in 0..3 {
            ask(&server, &cheap.secret, "{ companies(first: 100) { nodes { name questions { nodes { text } } } } }").await;
        }
        ring.write_uses().await.unwrap();
        let used = usage::by_day(&stage.desk("ada"), &[cheap.key], 1).await.unwrap().remove(&cheap.key).unwrap_or_default();
        assert_eq!((used[0].requests, used[0].points), (3, 3), "it costs the least");
    }

    async fn what_was_answered_to_others_is_not_given_to_a_key_that_is_not_for_it(stage) {
        stage.plant_starter().await;
        register(&stage, &[NAMES]).await;
        let open = key(&stage, "desk", KeyMode::Live, open_terms()).await.secret;
        let made = key(&stage, "app", KeyMode::Live, open_terms()).await;
        let server = Server::of(&stage);
        let other = "{ companies(first: 2) { nodes { name } } }";
        let asked = [("query", other.to_owned())];
        for secret in [&open, &made.secret, &open] {
            assert_eq!(ask(&server, secret, other).await.status, 200);
            assert_eq!(get(&server, secret, &asked).await.status, 200);
        }
        let change = |trusted_only| api_key::KeyChange { trusted_only: Some(trusted_only), ..api_key::KeyChange::default() };
        let set = async |trusted_only| {
            let mut edit = Edit::begin(&stage.desk("ada"), OperationKind::Keys, "").await.unwrap();
            api_key::change(&mut edit, made.key, change(trusted_only), None).await.unwrap();
            edit.commit().await.unwrap().operation
        };
        let operation = set(true).await;
        assert_eq!(ask(&server, &made.secret, other).await.outcome(), (403, Some("REQ-013")), "the one who wrote knows it at once");
        assert_eq!(get(&server, &made.secret, &asked).await.status, 403);
        let tag = get(&server, &open, &asked).await.headers["etag"].clone();
        let known = server.request("GET", "/graphql").query(&asked).bearer_auth(made.secret.reveal()).header("if-none-match", tag);
        assert_eq!(known.send().await.unwrap().status(), 403, "it is not told that it is good still either");
        // What is registered is kept for it, and not given any more once it is taken off.
        register(&stage, &[other]).await;
        for _ in 0..2 {
            assert_eq!(get(&server, &made.secret, &asked).await.status, 200);
        }
        unregister(&stage, &[other]).await;
        assert_eq!(get(&server, &made.secret, &asked).await.status, 403);
        assert_eq!(get(&server, &open, &asked).await.status, 200);
        undo::undo(&stage.desk("ada"), operation, "").await.unwrap().commit().await.unwrap();
        assert_eq!(get(&server, &made.secret, &asked).await.status, 200, "an undo lets go of it");
        set(true).await;
        assert_eq!(get(&server, &made.secret, &asked).await.status, 403);
    }

    async fn every_server_knows_within_a_second_what_is_registered(stage) {
        stage.plant_starter().await;
        let only = key(&stage, "app", KeyMode::Live, trusted_terms()).await.secret;
        let open = key(&stage, "desk", KeyMode::Live, open_terms()).await.secret;
        let (first, second) = (Server::of(&stage), another(&stage).await);
        let (by_hash, by_text) = (json!({ "extensions": persisted(NAMES) }), json!({ "query": NAMES }));
        for server in [&first, &second] {
            assert_eq!(post(server, &only, by_hash.clone()).await.outcome(), (403, Some("REQ-013")));
            assert_eq!(post(server, &open, by_hash.clone()).await.outcome().1, Some("REQ-011"));
        }
        let operation = register(&stage, &[NAMES]).await;
        // This server was never sent the text.
        within_a_second(&second, &only, (by_hash.clone(), 200)).await;
        assert!(post(&second, &open, by_hash.clone()).await.body.get("errors").is_none());
        within_a_second(&first, &only, (by_text.clone(), 200)).await;
        let later = another(&stage).await;
        assert!(post(&later, &open, by_hash.clone()).await.body.get("errors").is_none(), "nor one that was started since");
        assert_eq!(server_code(&another(&stage).await, &by_hash).await.as_deref(), Some("REQ-011"), "who proves nothing has no documents");
        unregister(&stage, &[NAMES]).await;
        for server in [&first, &second, &later] {
            within_a_second(server, &only, (by_hash.clone(), 403)).await;
            assert_eq!(post(server, &only, by_text.clone()).await.outcome(), (403, Some("REQ-013")));
        }
        let refused = undo::undo(&stage.desk("ada"), operation, "").await.err().unwrap();
        assert_eq!(refused.code(), Code::ChangedSince, "nothing of it is there any more");
    }

    async fn a_request_for_a_registered_document_takes_no_statement(stage) {
        stage.plant_starter().await;
        register(&stage, &[NAMES, ONE]).await;
        let only = key(&stage, "app", KeyMode::Live, trusted_terms()).await.secret;
        let mut store = stage.open_again().await;
        let statements = Statements::of(&mut store);
        let mut site = Site::new(store, Limits::default());
        site.answers = api::answers::Answers::within(0);
        let server = Server::serve(site);
        let body = json!({ "extensions": persisted(ONE), "variables": { "slug": "netflix" } });
        post(&server, &only, body.clone()).await;
        statements.forget();
        for _ in 0..20 {
            assert_eq!(post(&server, &only, body.clone()).await.body["data"]["company"]["name"], "Netflix");
            assert_eq!(ask(&server, &only, "{ tiers { key } }").await.status, 403);
        }
        let sent = statements.of_content();
        assert_eq!(sent, Vec::<String>::new());
    }

    async fn documents_that_the_api_would_not_answer_are_refused_all_at_once(stage) {
        let ada = Office::of(&stage, "ada", Role::Admin).await;
        aldermere(&stage).await;
        let partner = json!({ "slug": "aldermere" });
        let documents = json!(["{ tiers { key } }", "{ tiers { key ", "query A { nothing } query B { tiers { colour } }", "mutation { x }"]);
        let answer = ada.edit("registerDocuments", json!({ "partner": partner, "documents": documents })).await;
        let told: Vec<(&str, &str)> = answer["userErrors"].as_array().unwrap().iter()
            .map(|error| (error["code"].as_str().unwrap(), error["path"].as_str().unwrap())).collect();
        assert_eq!(told, [("VAL-066", "documents.2"), ("VAL-066", "documents.3"), ("VAL-066", "documents.3"), ("VAL-066", "documents.4")], "{answer}");
        assert_eq!(listed(&ada, json!({})).await["totalCount"], 0, "nothing of it is kept");
        let answer = ada.edit("unregisterDocuments", json!({ "partner": partner, "documents": ["abc", Hash::of(NAMES).to_string()] })).await;
        assert_eq!(answer["userErrors"][0]["code"], "VAL-067", "{answer}");
        let answer = ada.edit("unregisterDocuments", json!({ "partner": partner, "documents": [Hash::of(NAMES).to_string(), Hash::of(ONE).to_string()] })).await;
        let paths: Vec<&Value> = answer["userErrors"].as_array().unwrap().iter().map(|error| &error["path"]).collect();
        assert_eq!(paths, ["documents.1", "documents.2"], "{answer}");
        let nobody = ada.edit("registerDocuments", json!({ "partner": { "slug": "nobody" }, "documents": [NAMES] })).await;
        assert_eq!((&nobody["userErrors"][0]["code"], &nobody["userErrors"][0]["path"]), (&json!("NOT-001"), &json!("partner")));
    }

    async fn a_partner_s_documents_are_listed_by_name_and_registered_once(stage) {
        let ada = Office::of(&stage, "ada", Role::Admin).await;
        aldermere(&stage).await;
        let input = json!({ "partner": { "slug": "aldermere" }, "documents": [ONE, NAMES, "{ tiers { key } }", NAMES] });
        let done = Office::done(ada.edit("registerDocuments", input.clone()).await);
        let subject = format!("document_aldermere_{}", Hash::of(ONE));
        let subjects = done["plan"]["subjects"].as_array().unwrap();
        assert!(subjects.len() == 3 && subjects.iter().any(|each| each["subject"] == subject.as_str()), "{}", done["plan"]);
        assert!(!done["plan"].to_string().contains("companies("), "a plan does not repeat the text");
        let again = Office::done(ada.edit("registerDocuments", input).await);
        assert_eq!((&again["operation"], &again["plan"]["subjects"]), (&Value::Null, &json!([])), "they are there already");
        let all = listed(&ada, json!({})).await;
        let names: Vec<&Value> = all["nodes"].as_array().unwrap().iter().map(|node| &node["name"]).collect();
        assert_eq!((names, &all["totalCount"]), (vec![&json!(""), &json!("Names"), &json!("One")], &json!(3)));
        assert_eq!((&all["nodes"][1]["hash"], &all["nodes"][1]["text"]), (&json!(Hash::of(NAMES).to_string()), &json!(NAMES)));
        let page = listed(&ada, json!({ "first": 1 })).await;
        let next = listed(&ada, json!({ "first": 1, "after": page["edges"][0]["cursor"] })).await;
        assert_eq!((&next["nodes"][0]["name"], &next["pageInfo"]["hasNextPage"]), (&json!("Names"), &json!(true)));
        // With documents a partner is not taken back, as with keys.
        let windmill = Office::done(ada.edit("createPartner", json!({ "slug": "windmill", "name": "Windmill" })).await);
        Office::done(ada.edit("registerDocuments", json!({ "partner": { "slug": "windmill" }, "documents": [NAMES] })).await);
        let undone = ada.edit("undo", json!({ "operation": windmill["operation"]["id"] })).await;
        assert_eq!(undone["userErrors"][0]["code"], "CON-004", "{undone}");
    }

    async fn a_partner_has_so_many_documents_and_no_more(stage) {
        let partner = aldermere(&stage).await;
        let try_to = async |count: usize, name: &str| {
            let new = |number| NewDocument { name: name.to_owned(), text: format!("{{ tiers {{ key }} }} # {number}") };
            let mut edit = Edit::begin(&stage.desk("ada"), OperationKind::Partners, "").await?;
            trusted_document::register(&mut edit, partner, (0..count).map(new).collect()).await?;
            edit.commit().await
        };
        assert_eq!(findings(try_to(MOST + 1, "").await), [(Code::ListLong, "documents".to_owned())]);
        assert_eq!(findings(try_to(1, &"n".repeat(201)).await), [(Code::TextLong, "documents.1".to_owned())]);
        try_to(MOST, "").await.unwrap();
        try_to(MOST, "").await.unwrap();
        assert_eq!(findings(try_to(MOST + 1, "").await).len(), 1);
    }
}

async fn server_code(server: &Server, body: &Value) -> Option<String> {
    let answer = send(server.body(body.to_string())).await;
    answer.outcome().1.map(str::to_owned)
}

async fn listed(office: &Office, window: Value) -> Value {
    let query = "query($p: PartnerBy!, $first: Int, $after: String) { trustedDocuments(partner: $p, first: $first, after: $after) { \
        totalCount nodes { hash name text createdAt } edges { cursor } pageInfo { hasNextPage } } }";
    let mut variables = window;
    variables["p"] = json!({ "slug": "aldermere" });
    let answer = office.ask(query, variables).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"]["trustedDocuments"].clone()
}
