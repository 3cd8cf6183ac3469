//! Undo of what others went on with: what was changed again in the same place is left alone and told, everything else goes back.

use content::Role;
use entity::company;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tests::editing::Office;
use tests::edits::standing;
use tests::guides::{complete, saying};
use tests::portrait::everything;
use tests::{Stage, both, integrity};

/// Guides of the large operation.
const GUIDES: usize = 300;

fn name(number: usize) -> String {
    format!("guide-{number:03}")
}

fn by(name: &str) -> Value {
    json!({ "slug": name })
}

async fn undo(office: &Office, done: &Value) -> Value {
    office.edit("undo", json!({ "operation": done["operation"]["id"] })).await
}

/// Changes one thing of a guide.
async fn change(office: &Office, slug: &str, change: Value) -> Value {
    Office::done(office.edit("changeDrafts", json!({ "companies": [{ "company": by(slug), "changes": [change] }] })).await)
}

fn traits(text: &str) -> Value {
    json!({ "changeLine": { "key": "trait-1", "text": text } })
}

fn code(answer: &Value) -> &str {
    let error = answer["errors"][0]["extensions"]["code"].as_str();
    error.or_else(|| answer["userErrors"][0]["code"].as_str()).unwrap_or("it was done")
}

/// The counters of a company, and the keys that it ever used.
async fn counters(stage: &Stage, slug: &str) -> (i32, i32, String) {
    let rows = company::Entity::find().all(stage.store.writer()).await.unwrap();
    let row = rows.into_iter().find(|row| row.slug.to_string() == slug).unwrap();
    (row.latest_revision.0, row.latest_edit, row.used_keys)
}

both! {
    async fn of_three_hundred_guides_only_what_was_changed_again_in_the_same_place_stays(stage) {
        let ada = Office::of(&stage, "ada", Role::Admin).await;
        let editor = stage.editor().await;
        let many = editor.act(content::OperationKind::Import, async |edit| {
            for number in 0..GUIDES {
                let new = content::company::NewCompany { id: None, slug: tests::guides::slug(&name(number)), guide: complete(&name(number)) };
                content::company::create(edit, new).await?;
            }
            Ok(())
        });
        many.await.unwrap();
        let all: Vec<Value> = (0..GUIDES).map(|number| json!({ "company": by(&name(number)), "changes": [
            { "set": { "highlights": ["Of all"] } }, traits("Of all."), { "addLine": { "list": { "redFlags": true }, "key": "flag-of-all", "text": "Of all." } },
        ] })).collect();
        let done = Office::done(ada.edit("changeDrafts", json!({ "companies": all })).await);
        for number in 0..5 {
            change(&ada, &name(number), traits("Since.")).await;
        }
        for number in 5..10 {
            change(&ada, &name(number), json!({ "changeLine": { "key": "tip-1", "text": "Since." } })).await;
        }
        Office::done(ada.edit("archive", json!({ "companies": [{ "company": by(&name(10)) }, { "company": by(&name(11)) }] })).await);
        Office::done(ada.edit("deleteCompany", json!({ "company": by(&name(11)) })).await);
        Office::done(ada.edit("renameCompany", json!({ "company": by(&name(12)), "slug": "renamed" })).await);
        let stamp = ada.stamp(&name(13)).await;
        Office::done(ada.edit("publish", json!({ "companies": [{ "company": by(&name(13)), "expect": stamp }] })).await);
        let after = standing(&stage).await;

        let undone = Office::done(undo(&ada, &done).await);
        let mut expected: Vec<Value> = (0..5).map(|number| json!({ "subject": name(number), "path": "traits.trait-1.text" })).collect();
        expected.push(json!({ "subject": name(11), "path": "company" }));
        let mut left = undone["plan"]["left"].as_array().unwrap().clone();
        left.sort_by_key(|left| left["subject"].to_string());
        assert_eq!(left, expected);
        for number in (0..GUIDES).filter(|number| *number != 11) {
            let slug = if number == 12 { "renamed".to_owned() } else { name(number) };
            let mut guide = complete(&name(number));
            if number < 5 {
                "Since.".clone_into(&mut guide.traits[0].text);
            } else if number < 10 {
                "Since.".clone_into(&mut guide.insider_tips[0].text);
            }
            let found = ada.guide(&slug).await;
            assert_eq!(found["highlights"], json!(guide.highlights), "{slug}");
            assert_eq!(found["traits"][0]["text"], json!(guide.traits[0].text), "{slug}");
            assert_eq!(found["insiderTips"][0]["text"], json!(guide.insider_tips[0].text), "{slug}");
            assert_eq!(found["redFlags"].as_array().unwrap().len(), 1, "{slug}");
        }
        integrity::check(&stage.store).await;
        Office::done(undo(&ada, &undone).await);
        assert_eq!(standing(&stage).await, after, "the undo is undone");
        integrity::check(&stage.store).await;
    }

    async fn an_author_takes_back_what_is_theirs_and_theirs_to_do(stage) {
        let (cyn, ben) = (Office::of(&stage, "cyn", Role::Author).await, Office::of(&stage, "ben", Role::Publisher).await);
        let (dee, bob) = (Office::of(&stage, "dee", Role::Author).await, Office::of(&stage, "bob", Role::Reader).await);
        let id = stage.editor().await.create("acorn", &complete("Acorn")).await.unwrap();
        let saved = change(&cyn, "acorn", traits("Hers.")).await;
        for other in [&dee, &bob] {
            let before = everything(&stage.store).await;
            assert_eq!(code(&undo(other, &saved).await), "PER-001");
            assert!(everything(&stage.store).await == before, "nothing was written");
        }
        Office::done(undo(&cyn, &saved).await);
        let saved = change(&cyn, "acorn", traits("Hers again.")).await;
        Office::done(undo(&ben, &saved).await);
        let stamp = ben.stamp("acorn").await;
        let published = Office::done(ben.edit("publish", json!({ "companies": [{ "company": by("acorn"), "expect": stamp }] })).await);
        assert_eq!(code(&undo(&cyn, &published).await), "PER-001", "a publish is not an author's to take back");
        Office::done(undo(&ben, &published).await);
        assert!(content::draft::find(&stage.desk("ada"), id).await.unwrap().is_some());
    }

    async fn tiers_and_users_go_back_as_far_as_nobody_changed_them_since(stage) {
        let ada = Office::of(&stage, "ada", Role::Admin).await;
        Office::of(&stage, "cyn", Role::Author).await;
        stage.editor().await;
        let cyn = json!({ "email": "cyn@guides.example" });
        let arranged = Office::done(ada.edit("arrangeTiers", json!({ "keys": ["ai-lab", "startup"] })).await);
        Office::done(ada.edit("setTier", json!({ "key": "startup", "name": "Young" })).await);
        let undone = Office::done(undo(&ada, &arranged).await);
        assert_eq!(undone["plan"]["left"], json!([{ "subject": "tiers", "path": "startup" }]));

        let changed = Office::done(ada.edit("changeUser", json!({ "user": cyn, "name": "Cynthia", "role": "PUBLISHER" })).await);
        Office::done(ada.edit("changeUser", json!({ "user": cyn, "name": "Cyn C." })).await);
        let undone = Office::done(undo(&ada, &changed).await);
        assert_eq!(undone["plan"]["left"], json!([{ "subject": "user", "path": "name" }]));
        let found = ada.ask("query Q($by: UserBy!) { user(by: $by) { name role } }", json!({ "by": cyn })).await;
        assert_eq!(found["data"]["user"], json!({ "name": "Cyn C.", "role": "AUTHOR" }));
    }

    async fn what_was_deleted_comes_back_with_its_history_and_no_number_is_given_twice(stage) {
        let ada = Office::of(&stage, "ada", Role::Admin).await;
        let editor = stage.editor().await;
        let id = editor.create_public("acorn-inn", &complete("Acorn")).await.unwrap();
        editor.republish(id, &saying("Acorn", "Two?")).await.unwrap();
        editor.rename(id, "acorn").await.unwrap();
        let mut fewer = complete("Acorn");
        fewer.red_flags.clear();
        editor.save(id, &fewer).await.unwrap();
        Office::done(ada.edit("archive", json!({ "companies": [{ "company": by("acorn") }] })).await);
        let (before, counted) = (standing(&stage).await, counters(&stage, "acorn").await);
        let deleted = Office::done(ada.edit("deleteCompany", json!({ "company": by("acorn") })).await);
        assert_eq!(ada.stamp("acorn-inn").await, Value::Null);
        Office::done(undo(&ada, &deleted).await);
        assert_eq!(standing(&stage).await, before);
        assert_eq!(counters(&stage, "acorn").await, counted, "its numbers and its keys");
        let query = "{ company(by: { slug: \"acorn-inn\" }) { slug revisions { nodes { number operation { kind } } } } }";
        let found = &ada.ask(query, json!({})).await["data"]["company"];
        let publish = json!({ "kind": "PUBLISH" });
        assert_eq!(found["revisions"]["nodes"], json!([{ "number": 2, "operation": publish }, { "number": 1, "operation": publish }]), "{found}");
        Office::done(ada.edit("restore", json!({ "companies": [{ "company": by("acorn") }] })).await);
        let again = json!({ "addLine": { "list": { "redFlags": true }, "key": "flag-1", "text": "Another." } });
        let refused = ada.edit("changeDrafts", json!({ "companies": [{ "company": by("acorn"), "changes": [again] }] })).await;
        assert_eq!(code(&refused), "VAL-008", "{refused}");
        let add = json!({ "addLine": { "list": { "redFlags": true }, "text": "Another." } });
        change(&ada, "acorn", add).await;
        let stamp = ada.stamp("acorn").await;
        assert_eq!(stamp["edits"], counted.1 + 1);
        Office::done(ada.edit("publish", json!({ "companies": [{ "company": by("acorn"), "expect": stamp }] })).await);
        assert_eq!(counters(&stage, "acorn").await.0, 3);
        integrity::check(&stage.store).await;
    }
}
