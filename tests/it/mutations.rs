//! What every edit of the admin schema promises: a rehearsal leaves nothing and tells the truth, an undo brings everything back, a retry does nothing
//! twice, and what is refused leaves no trace.

use content::Role;
use serde_json::{Value, json};
use tests::both;
use tests::editing::{Office, fresh, mutations};
use tests::edits::{FINAL, bytes, input, set, settle, standing};
use tests::{integrity, portrait::everything};

/// Rounds of each race.
const ROUNDS: usize = 3;

fn with(input: &Value, name: &str, value: Value) -> Value {
    let mut input = input.clone();
    input[name] = value;
    input
}

fn id() -> Value {
    json!(fresh().to_string())
}

/// The code of what refused an edit.
fn code(answer: &Value) -> &str {
    let error = answer["errors"][0]["extensions"]["code"].as_str();
    error.or_else(|| answer["userErrors"][0]["code"].as_str()).unwrap_or("it was done")
}

/// What an answer says apart from whether it is the first one.
fn said(answer: &Value) -> Value {
    with(answer, "repeated", Value::Null)
}

/// Takes an edit back, so that the stage is set again for the next one.
async fn take_back(office: &Office, answer: &Value) -> Value {
    Office::done(office.edit("undo", json!({ "operation": answer["operation"]["id"] })).await)
}

both! {
    async fn a_rehearsal_leaves_not_a_byte_and_its_plan_is_what_is_done_then(stage) {
        let ada = set(&stage).await;
        for name in mutations().keys() {
            let input = input(&ada, name).await;
            settle(&stage).await;
            let before = bytes(&stage).await;
            let rehearsed = Office::done(ada.edit(name, with(&input, "dryRun", json!(true))).await);
            assert!(bytes(&stage).await == before, "{name} left something behind");
            let done = Office::done(ada.edit(name, input).await);
            assert_eq!((&rehearsed["dryRun"], &rehearsed["operation"], &done["dryRun"]), (&json!(true), &Value::Null, &json!(false)), "{name}");
            assert!(done["operation"]["id"].is_string(), "{name}");
            assert_ne!(done["plan"]["companies"].to_string() + &done["plan"]["subjects"].to_string(), "[][]", "{name} says what it does");
            assert_eq!(rehearsed["plan"], done["plan"], "{name}");
            if !FINAL.contains(&name.as_str()) {
                take_back(&ada, &done).await;
            }
        }
        integrity::check(&stage.store).await;
    }

    async fn every_edit_can_be_taken_back_and_so_can_that(stage) {
        let ada = set(&stage).await;
        for name in mutations().keys() {
            let input = input(&ada, name).await;
            let before = standing(&stage).await;
            let done = Office::done(ada.edit(name, input).await);
            if FINAL.contains(&name.as_str()) {
                let answer = ada.edit("undo", json!({ "operation": done["operation"]["id"] })).await;
                assert_eq!(code(&answer), "CON-003", "{name}: passwords and secrets are in no record");
                continue;
            }
            let after = standing(&stage).await;
            assert_ne!(after, before, "{name} changes something");
            let undone = take_back(&ada, &done).await;
            assert_eq!(standing(&stage).await, before, "{name} undone");
            assert_eq!(undone["plan"]["left"], json!([]), "{name}");
            let redone = take_back(&ada, &undone).await;
            assert_eq!(standing(&stage).await, after, "{name} done again");
            take_back(&ada, &redone).await;
            assert_eq!(standing(&stage).await, before, "{name} undone again");
            integrity::check(&stage.store).await;
        }
    }

    async fn a_retry_is_answered_the_same_and_does_nothing_twice(stage) {
        let ada = set(&stage).await;
        let ben = Office::of(&stage, "ben", Role::Admin).await;
        for name in mutations().keys() {
            let input = with(&input(&ada, name).await, "operationId", id());
            let done = Office::done(ada.edit(name, input.clone()).await);
            let before = everything(&stage.store).await;
            let again = ada.edit(name, input.clone()).await;
            assert_eq!((&done["repeated"], &again["repeated"]), (&json!(false), &json!(true)), "{name}: {again}");
            assert_eq!(said(&again), said(&done), "{name}");
            let rehearsed = ada.edit(name, with(&input, "dryRun", json!(true))).await;
            assert_eq!(said(&rehearsed), said(&done), "{name}, rehearsed too late");
            assert_eq!(code(&ada.edit(name, with(&input, "reason", json!("Another one"))).await), "CON-005", "{name}");
            assert_eq!(code(&ben.edit(name, input.clone()).await), "CON-005", "{name}");
            assert!(everything(&stage.store).await == before, "{name} wrote something");
            if !FINAL.contains(&name.as_str()) {
                take_back(&ada, &done).await;
            }
        }
    }

    async fn two_tries_at_the_same_time_are_one_edit(stage) {
        let ada = set(&stage).await;
        for name in mutations().keys() {
            for _ in 0..ROUNDS {
                let input = with(&input(&ada, name).await, "operationId", id());
                let [one, other] = [(); 2].map(|()| {
                    let (office, name, input) = (ada.clone(), name.clone(), input.clone());
                    tokio::spawn(async move { office.edit(&name, input).await })
                });
                let (one, other) = (Office::done(one.await.unwrap()), Office::done(other.await.unwrap()));
                assert!(one["operation"]["id"].is_string(), "{name}: {one}");
                assert_eq!(said(&one), said(&other), "{name}");
                assert_ne!(one["repeated"], other["repeated"], "{name}: one of them did it");
                if !FINAL.contains(&name.as_str()) {
                    take_back(&ada, &one).await;
                }
            }
        }
        integrity::check(&stage.store).await;
    }

    async fn what_is_refused_tells_everything_at_once_and_leaves_nothing(stage) {
        let ada = set(&stage).await;
        let (never, acorn) = (json!({ "base": 7, "edits": 7 }), json!({ "slug": "acorn" }));
        let nobody = json!({ "slug": "nobody" });
        let broken = json!({ "name": "", "tier": "unheard-of", "traits": [{ "text": " " }, { "key": "A B", "text": "Fine" }] });
        let seen = |company: &Value| json!({ "company": company, "expect": never });
        let trait_of = |company: &Value| json!({ "company": company, "changes": [{ "changeLine": { "key": "none", "text": "" } }] });
        let cases = [
            ("createCompany", json!({ "slug": "Not a slug", "guide": { "name": "Elm" } }), "VAL-005 slug"),
            ("createCompany", json!({ "slug": "acorn", "guide": { "name": "Elm" } }), "CON-002 "),
            ("saveDraft", json!({ "company": acorn, "expect": never, "guide": { "name": "Acorn" } }), "CON-001 "),
            ("saveDraft", json!({ "company": nobody, "expect": never, "guide": { "name": "Nobody" } }), "NOT-001 company"),
            ("publish", json!({ "companies": [seen(&acorn), seen(&json!({ "slug": "birch" }))] }), "CON-003 , CON-001 "),
            ("archive", json!({ "companies": [seen(&nobody), { "company": acorn }, seen(&json!({ "slug": "no-one" }))] }), "NOT-001 companies.1.company, NOT-001 companies.3.company"),
            ("unpublish", json!({ "companies": [seen(&acorn), { "company": { "slug": "cedar" } }] }), "CON-001 , CON-003 "),
            ("restore", json!({ "companies": [{ "company": acorn }] }), "CON-003 "),
            ("deleteCompany", json!({ "company": acorn }), "CON-003 "),
            ("deleteCompany", json!({ "company": nobody }), "NOT-001 company"),
            ("rollBack", json!({ "company": acorn, "revision": 9 }), "NOT-001 "),
            ("discardDrafts", json!({ "companies": [seen(&acorn), seen(&json!({ "slug": "birch" }))] }), "CON-003 , CON-001 "),
            ("rebaseDraft", seen(&acorn), "CON-003 "),
            ("changeDrafts", json!({ "companies": [trait_of(&acorn), trait_of(&json!({ "slug": "birch" }))] }), "NOT-001 none, NOT-001 none"),
            ("undo", json!({ "operation": fresh().to_string() }), "NOT-001 "),
            ("setTier", json!({ "key": "startup", "name": "Young", "expect": "another" }), "CON-001 "),
            ("removeTier", json!({ "key": "none" }), "NOT-001 "),
            ("changeUser", json!({ "user": { "email": "nobody@guides.example" }, "name": "Nobody" }), "NOT-001 user"),
            ("changeUser", json!({ "user": { "email": "cyn@guides.example" }, "name": "Cyn", "expect": 7 }), "CON-001 "),
            ("disableUser", json!({ "user": { "email": "ada@guides.example" } }), "CON-006 "),
        ];
        let before = everything(&stage.store).await;
        let mut wrong = Vec::new();
        for (name, input, expected) in cases {
            let answer = ada.edit(name, input).await;
            let told = told(&answer);
            if told != expected {
                wrong.push(format!("{name}: {told} and not {expected}: {}", answer["errors"]));
            }
            assert!(everything(&stage.store).await == before, "{name} left something");
        }
        let stamp = ada.stamp("acorn").await;
        let answer = ada.edit("saveDraft", json!({ "company": acorn, "expect": stamp, "guide": broken })).await;
        let told = told(&answer);
        for part in ["VAL-001 name", "VAL-019 tier", "VAL-001 traits.", "VAL-005 traits."] {
            if !told.contains(part) {
                wrong.push(format!("{part} is not told: {told}"));
            }
        }
        assert!(everything(&stage.store).await == before, "it left something");
        assert_eq!(wrong, Vec::<String>::new());
    }
}

/// The codes and paths of all that is in the way.
fn told(answer: &Value) -> String {
    let errors = answer["userErrors"].as_array().into_iter().flatten();
    let told: Vec<String> =
        errors.map(|error| format!("{} {}", error["code"].as_str().unwrap(), error["path"].as_str().unwrap())).collect();
    told.join(", ")
}
