//! The audit record: every administrative act that was done, and every one that was refused, with who and from where.

use content::Role;
use serde_json::{Value, json};
use tests::admin::{PASSWORD, ask, login, person};
use tests::{Server, both};

const RECORD: &str = "{ audit(first: 100) { nodes { by act outcome code operation address agent requestId } } }";

fn acts(record: &Value) -> Vec<(String, String, String, Value)> {
    let text = |entry: &Value, name: &str| entry[name].as_str().unwrap().to_owned();
    let nodes = record["data"]["audit"]["nodes"].as_array().unwrap();
    nodes.iter().rev().map(|entry| (text(entry, "by"), text(entry, "act"), text(entry, "outcome"), entry["code"].clone())).collect()
}

both! {
    async fn what_was_done_and_what_was_refused_is_in_the_record_with_who_and_from_where(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let (ada, cyn) = (person(&stage.store, "ada", Role::Admin).await, person(&stage.store, "cyn", Role::Author).await);
        let (ada, cyn) = (login(&server, &ada).await.access, login(&server, &cyn).await.access);
        let wrong = r#"mutation { login(input: { email: "cyn@guides.example", password: "not that one at all" }) { accessToken } }"#;
        ask(&server, "", wrong).await;
        let mistyped = format!(r#"mutation {{ login(input: {{ email: "{PASSWORD}", password: "x" }}) {{ accessToken }} }}"#);
        ask(&server, "", &mistyped).await;
        ask(&server, "", "mutation { rotateSigningKey { id } }").await;
        ask(&server, &cyn, "{ users { email } }").await;
        ask(&server, &cyn, r#"mutation { createPartner(input: { slug: "new", name: "New" }) { userErrors { code } } }"#).await;
        let tiers = |dry: bool, key: &str| format!(r#"mutation {{ setTier(input: {{ key: "{key}", name: "Young", dryRun: {dry} }}) {{ operation {{ id }} userErrors {{ code }} }} }}"#);
        ask(&server, &ada, &tiers(true, "startup")).await;
        let done = ask(&server, &ada, &tiers(false, "startup")).await;
        ask(&server, &ada, &tiers(false, "Not a key")).await;
        ask(&server, &cyn, "mutation { logout { done } }").await;
        let record = ask(&server, &ada, RECORD).await.body;
        let entry = |by: &str, act: &str, outcome: &str, code: Value| (by.to_owned(), act.to_owned(), outcome.to_owned(), code);
        let expected = vec![
            entry("ada@guides.example", "login", "DONE", Value::Null),
            entry("cyn@guides.example", "login", "DONE", Value::Null),
            entry("cyn@guides.example", "login", "REFUSED", json!("AUT-003")),
            entry("", "login", "REFUSED", json!("AUT-003")),
            entry("cyn@guides.example", "users", "REFUSED", json!("PER-001")),
            entry("cyn@guides.example", "createPartner", "REFUSED", json!("PER-001")),
            entry("ada@guides.example", "setTier", "DONE", Value::Null),
            entry("ada@guides.example", "setTier", "REFUSED", json!("VAL-005")),
            entry("cyn@guides.example", "logout", "DONE", Value::Null),
        ];
        let found = acts(&record);
        assert_eq!(found[found.len() - expected.len()..], expected, "a rehearsal is no act, and what is no address is nobody's name");
        let nodes = record["data"]["audit"]["nodes"].as_array().unwrap();
        let tier = nodes.iter().find(|entry| entry["act"] == "setTier" && entry["outcome"] == "DONE").unwrap();
        assert_eq!(tier["operation"], done.body["data"]["setTier"]["operation"]["id"]);
        assert_eq!(tier["address"], "127.0.0.1");
        assert_eq!(tier["requestId"], done.headers["x-request-id"].to_str().unwrap());
        let refused = ask(&server, &ada, r#"{ audit(filter: { by: "cyn@guides.example", outcome: REFUSED, act: ["users", "createPartner"] }) { totalCount } }"#).await;
        assert_eq!(refused.body["data"]["audit"]["totalCount"], 2);
    }
}
