//! The list of tiers: who changed it meanwhile is told, what is in use stays, and readers of the feed hear of a new name.

use content::{CatalogueVersion, Role, catalogue};
use serde_json::{Value, json};
use tests::editing::Office;
use tests::guides::{complete, key};
use tests::portrait::everything;
use tests::{both, integrity};

fn keys(answer: &Value) -> Vec<&str> {
    answer["tiers"]["tiers"].as_array().unwrap().iter().map(|tier| tier["key"].as_str().unwrap()).collect()
}

fn code(answer: &Value) -> &Value {
    &answer["userErrors"][0]["code"]
}

both! {
    async fn tiers_are_added_named_arranged_and_removed(stage) {
        stage.editor().await;
        let ada = Office::of(&stage, "ada", Role::Admin).await;
        let added = Office::done(ada.edit("setTier", json!({ "key": "bank", "name": "Bank" })).await);
        assert_eq!(keys(&added), ["startup", "ai-lab", "bank"]);
        let arranged = Office::done(ada.edit("arrangeTiers", json!({ "keys": ["bank", "ai-lab"] })).await);
        assert_eq!(keys(&arranged), ["bank", "ai-lab", "startup"]);
        let named = Office::done(ada.edit("setTier", json!({ "key": "bank", "name": "Banks" })).await);
        assert_eq!(named["tiers"]["tiers"][0], json!({ "key": "bank", "name": "Banks", "position": 1 }));
        let removed = Office::done(ada.edit("removeTier", json!({ "key": "ai-lab" })).await);
        assert_eq!(keys(&removed), ["bank", "startup"]);
        let before = everything(&stage.store).await;
        for (name, input, expected) in [
            ("setTier", json!({ "key": "Not a key", "name": "Bank" }), "VAL-005"),
            ("setTier", json!({ "key": "bank", "name": "" }), "VAL-001"),
            ("arrangeTiers", json!({ "keys": ["none"] }), "NOT-001"),
            ("removeTier", json!({ "key": "none" }), "NOT-001"),
        ] {
            assert_eq!(code(&ada.edit(name, input).await), expected, "{name}");
        }
        assert!(everything(&stage.store).await == before, "nothing was written");
    }

    async fn who_saw_an_older_list_changes_nothing(stage) {
        stage.editor().await;
        let ada = Office::of(&stage, "ada", Role::Admin).await;
        let seen = Office::done(ada.edit("setTier", json!({ "key": "bank", "name": "Bank" })).await)["tiers"]["stamp"].clone();
        Office::done(ada.edit("setTier", json!({ "key": "bank", "name": "Banks", "expect": seen })).await);
        let before = everything(&stage.store).await;
        for (name, input) in [
            ("setTier", json!({ "key": "bank", "name": "Others", "expect": seen })),
            ("arrangeTiers", json!({ "keys": ["bank"], "expect": seen })),
            ("removeTier", json!({ "key": "bank", "expect": seen })),
        ] {
            assert_eq!(code(&ada.edit(name, input).await), "CON-001", "{name}");
        }
        assert!(everything(&stage.store).await == before, "nothing was written");
    }

    async fn of_two_who_saw_the_same_list_one_changes_it(stage) {
        stage.editor().await;
        let ada = Office::of(&stage, "ada", Role::Admin).await;
        for round in 0..10 {
            let query = "{ tiers { stamp } }";
            let seen = ada.ask(query, json!({})).await["data"]["tiers"]["stamp"].clone();
            let tries = ["startup", "ai-lab"].map(|key| {
                let (office, input) = (ada.clone(), json!({ "key": key, "name": format!("{key} {round}"), "expect": seen }));
                tokio::spawn(async move { office.edit("setTier", input).await })
            });
            let [one, other] = tries;
            let answers = [one.await.unwrap(), other.await.unwrap()];
            let done = answers.iter().filter(|answer| answer["operation"]["id"].is_string()).count();
            assert_eq!(done, 1, "{answers:?}");
        }
        integrity::check(&stage.store).await;
    }

    async fn a_tier_stays_while_a_guide_or_only_a_draft_is_in_it(stage) {
        let editor = stage.editor().await;
        let ada = Office::of(&stage, "ada", Role::Admin).await;
        let mut guide = complete("Acorn");
        guide.tier = Some(key("ai-lab"));
        let id = editor.create("acorn", &guide).await.unwrap();
        let remove = json!({ "key": "ai-lab" });
        assert_eq!(code(&ada.edit("removeTier", remove.clone()).await), "CON-008", "a draft is in it");
        editor.publish(id).await.unwrap();
        assert_eq!(code(&ada.edit("removeTier", remove.clone()).await), "CON-008", "a guide is in it");
        editor.save(id, &complete("Acorn")).await.unwrap();
        assert_eq!(code(&ada.edit("removeTier", remove.clone()).await), "CON-008", "a guide is in it, though its draft is not");
        editor.publish(id).await.unwrap();
        Office::done(ada.edit("removeTier", remove).await);
        integrity::check(&stage.store).await;
    }

    async fn a_new_name_is_told_of_every_public_guide_in_the_tier_and_raises_the_version_once(stage) {
        let editor = stage.editor().await;
        let ada = Office::of(&stage, "ada", Role::Admin).await;
        let mut public = Vec::new();
        for number in 0..3 {
            public.push(editor.create_public(&format!("acorn-{number}"), &complete("Acorn")).await.unwrap());
        }
        editor.create("birch", &complete("Birch")).await.unwrap();
        let mut other = complete("Cedar");
        other.tier = Some(key("ai-lab"));
        editor.create_public("cedar", &other).await.unwrap();
        let CatalogueVersion(before) = catalogue::version(&stage.view()).await.unwrap();
        Office::done(ada.edit("setTier", json!({ "key": "startup", "name": "Young" })).await);
        assert_eq!(catalogue::version(&stage.view()).await.unwrap().0, before + 1);
        let changes = catalogue::changes_since(&stage.view(), CatalogueVersion(before), 100).await.unwrap();
        let mut told: Vec<_> = changes.iter().map(|change| (change.version.0, change.company_id)).collect();
        told.sort_unstable_by_key(|(_, id)| id.0);
        public.sort_unstable_by_key(|id| id.0);
        assert_eq!(told, public.into_iter().map(|id| (before + 1, id)).collect::<Vec<_>>());
        Office::done(ada.edit("arrangeTiers", json!({ "keys": ["ai-lab"] })).await);
        assert_eq!(catalogue::changes_since(&stage.view(), CatalogueVersion(before + 1), 100).await.unwrap().len(), 0, "an order is in no guide");
        integrity::check(&stage.store).await;
    }
}
