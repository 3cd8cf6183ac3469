//! Many editors of one draft: whoever changes another place is merged, whoever changes the same one is told, and nothing is lost.

use content::Role;
use content::guide::Guide;
use serde_json::{Value, json};
use tests::editing::Office;
use tests::guides::{complete, line, saying};
use tests::portrait::everything;
use tests::{both, integrity};
use tokio::task::JoinSet;

/// Writers at the same time.
const WRITERS: usize = 200;

/// What the writers of a race are told; whole plans of two hundred saves would be most of the time.
const RACE: &str = "mutation M($input: ChangeDrafts!) { changeDrafts(input: $input) { operation { id } userErrors { code path } \
    conflicts { places { path base theirs yours by at } } } }";

/// The lists of a guide that have lines.
const LISTS: [&str; 5] = ["focusAreas", "insiderTips", "redFlags", "traits", "sources"];

/// A guide with a hundred lines to change, and room for more.
fn large() -> Guide {
    let mut guide = complete("Acorn");
    guide.traits = (0..WRITERS / 2).map(|number| line(&format!("old-{number}"), "As it was.")).collect();
    guide
}

/// Rewords a line of one's own, or adds a question, or a line.
fn own_change(number: usize) -> Value {
    let text = format!("By {number}.");
    match number % 4 {
        0 => json!({ "addQuestion": { "category": "code", "key": format!("new-{number}"), "text": text } }),
        2 => {
            let list = LISTS.into_iter().filter(|list| *list != "traits").nth(number / 4 % 4).unwrap();
            json!({ "addLine": { "list": { list: true }, "key": format!("new-{number}"), "text": text } })
        }
        _ => json!({ "changeLine": { "key": format!("old-{}", number / 2), "text": text } }),
    }
}

fn changes(slug: &str, seen: &Value, changes: &Value) -> Value {
    json!({ "companies": [{ "company": { "slug": slug }, "expect": seen, "changes": [changes] }] })
}

/// All at once, each over the stamp that all saw. Who waited too long for a turn is told that nothing was written, and comes again.
async fn race(office: &Office, inputs: Vec<Value>) -> Vec<(usize, Value)> {
    let mut writers = JoinSet::new();
    for (number, input) in inputs.into_iter().enumerate() {
        let office = office.clone();
        writers.spawn(async move {
            let input = json!({ "input": input });
            let mut answer = office.ask(RACE, input.clone()).await;
            while ["DB-001", "DB-002"].iter().any(|code| answer["errors"][0]["extensions"]["code"] == *code) {
                answer = office.ask(RACE, input.clone()).await;
            }
            assert!(answer.get("errors").is_none_or(|errors| errors == &json!([])), "{answer}");
            (number, answer["data"]["changeDrafts"].clone())
        });
    }
    writers.join_all().await
}

both! {
    async fn two_hundred_writers_of_two_hundred_places_all_stand(stage) {
        let ada = Office::of(&stage, "ada", Role::Admin).await;
        stage.editor().await.create("acorn", &large()).await.unwrap();
        let seen = ada.stamp("acorn").await;
        let inputs = (0..WRITERS).map(|number| changes("acorn", &seen, &own_change(number))).collect();
        for (_, answer) in race(&ada, inputs).await {
            Office::done(answer);
        }
        let guide = ada.guide("acorn").await;
        let text = guide.to_string();
        for number in 0..WRITERS {
            assert!(text.contains(&format!("\"By {number}.\"")), "the change of writer {number} is lost");
        }
        assert_eq!(ada.stamp("acorn").await, json!({ "base": 0, "edits": 1 + WRITERS }), "each is a save of its own");
        integrity::check(&stage.store).await;
    }

    async fn of_many_writers_of_one_place_one_stands_and_the_others_are_told(stage) {
        let ada = Office::of(&stage, "ada", Role::Admin).await;
        stage.editor().await.create("acorn", &complete("Acorn")).await.unwrap();
        let seen = ada.stamp("acorn").await;
        let places = ["trait-1", "flag-1", "tip-1", "source-1", "focus-1"];
        let line = |number: usize| json!({ "changeLine": { "key": places[number % 5], "text": format!("By {number}.") } });
        let answers = race(&ada, (0..60).map(|number| changes("acorn", &seen, &line(number))).collect()).await;
        let (done, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|(_, answer)| answer["operation"]["id"].is_string());
        assert_eq!((done.len(), refused.len()), (5, 55), "one for each place");
        let guide = ada.guide("acorn").await.to_string();
        for (number, _) in &done {
            assert!(guide.contains(&format!("\"By {number}.\"")), "the change of writer {number} stands");
        }
        for (number, answer) in &refused {
            assert!(!guide.contains(&format!("\"By {number}.\"")), "nothing of writer {number} is written");
            let place = &answer["conflicts"][0]["places"][0];
            assert_eq!(answer["userErrors"][0]["code"], "CON-001");
            assert!(place["path"].as_str().unwrap().contains(places[number % 5]), "{place}");
            assert!(place["yours"].to_string().contains(&format!("By {number}.")) && place["theirs"].to_string().contains("By "), "{place}");
            assert!(!place["base"].is_null() && place["at"].is_string(), "{place}");
            assert_eq!(place["by"], "ada@guides.example");
        }
        integrity::check(&stage.store).await;
    }

    async fn two_editors_over_one_stamp_are_merged_or_told_of_each_other(stage) {
        let (ada, ben) = (Office::of(&stage, "ada", Role::Admin).await, Office::of(&stage, "ben", Role::Author).await);
        stage.editor().await.create("acorn", &complete("Acorn")).await.unwrap();
        let (seen, text) = (ada.stamp("acorn").await, ada.guide("acorn").await);
        let save = |guide: &Value, stamp: &Value| json!({ "company": { "slug": "acorn" }, "expect": stamp, "guide": guide });
        let (mut hers, mut his) = (text.clone(), text.clone());
        (hers["traits"][0]["text"], hers["highlights"]) = (json!("Hers."), json!(["Both"]));
        (his["traits"][0]["text"], his["redFlags"][0]["text"]) = (json!("His."), json!("Only his."));
        Office::done(ada.edit("saveDraft", save(&hers, &seen)).await);
        let before = everything(&stage.store).await;
        let refused = ben.edit("saveDraft", save(&his, &seen)).await;
        assert!(everything(&stage.store).await == before, "nothing was written");
        let conflict = &refused["conflicts"][0];
        let [place] = &conflict["places"].as_array().unwrap()[..] else { panic!("{conflict}") };
        assert_eq!((&place["base"], &place["theirs"], &place["yours"]), (&json!("Patience."), &json!("Hers."), &json!("His.")), "{place}");
        assert_eq!((&place["by"], &conflict["company"]), (&json!("ada@guides.example"), &json!("acorn")));

        let mut settled = conflict["merged"].clone();
        assert_eq!((&settled["traits"][0]["text"], &settled["redFlags"][0]["text"]), (&json!("Hers."), &json!("Only his.")));
        for (side, says) in [("TAKE_THEIRS", "Hers."), ("TAKE_YOURS", "His.")] {
            let mut input = save(&his, &seen);
            input["onConflict"] = json!(side);
            let taken = Office::done(ben.edit("saveDraft", input).await);
            let guide = ada.guide("acorn").await;
            assert_eq!((&guide["traits"][0]["text"], &guide["redFlags"][0]["text"]), (&json!(says), &json!("Only his.")), "{side}");
            assert_eq!(guide["highlights"], json!(["Both"]), "{side}");
            Office::done(ada.edit("undo", json!({ "operation": taken["operation"]["id"] })).await);
        }
        settled["traits"][0]["text"] = json!("Theirs.");
        Office::done(ben.edit("saveDraft", save(&settled, &conflict["stamp"])).await);
        assert_eq!(ada.guide("acorn").await, settled);
        integrity::check(&stage.store).await;
    }

    async fn a_stamp_that_never_was_is_refused_with_who_was_last(stage) {
        let ada = Office::of(&stage, "ada", Role::Admin).await;
        stage.editor().await.create("acorn", &complete("Acorn")).await.unwrap();
        let change = json!({ "changeLine": { "key": "trait-1", "text": "Haste." } });
        Office::done(ada.edit("changeDrafts", changes("acorn", &Value::Null, &change)).await);
        let before = everything(&stage.store).await;
        for never in [json!({ "base": 0, "edits": 9 }), json!({ "base": 3, "edits": 0 }), json!({ "base": 0, "edits": 0 })] {
            let answer = ada.edit("changeDrafts", changes("acorn", &never, &change)).await;
            assert_eq!(answer["userErrors"][0]["code"], "CON-001", "{answer}");
            assert!(answer["userErrors"][0]["message"].as_str().unwrap().contains("ada@guides.example"), "{answer}");
        }
        assert!(everything(&stage.store).await == before, "nothing was written");
    }

    async fn a_draft_is_put_on_what_was_rolled_back_under_it(stage) {
        let (ada, editor) = (Office::of(&stage, "ada", Role::Admin).await, stage.editor().await);
        let id = editor.create_public("acorn", &saying("Acorn", "First?")).await.unwrap();
        editor.republish(id, &saying("Acorn", "Second?")).await.unwrap();
        let mut open = saying("Acorn", "Open?");
        open.traits.push(line("trait-2", "Curiosity."));
        editor.save(id, &open).await.unwrap();
        editor.roll_back(id, 1).await.unwrap();
        let seen = ada.stamp("acorn").await;
        let one = json!({ "company": { "slug": "acorn" }, "expect": seen });
        let publish = json!({ "companies": [one] });
        assert_eq!(ada.edit("publish", publish).await["userErrors"][0]["code"], "CON-001");
        let refused = ada.edit("rebaseDraft", one.clone()).await;
        let place = &refused["conflicts"][0]["places"][0];
        assert_eq!((&place["base"], &place["theirs"], &place["yours"]), (&json!("Second?"), &json!("First?"), &json!("Open?")), "{refused}");
        let mut input = one;
        input["onConflict"] = json!("TAKE_YOURS");
        Office::done(ada.edit("rebaseDraft", input).await);
        let stamp = ada.stamp("acorn").await;
        assert_eq!(stamp["base"], 3);
        let publish = json!({ "companies": [{ "company": { "slug": "acorn" }, "expect": stamp }] });
        Office::done(ada.edit("publish", publish).await);
        let guide = ada.guide("acorn").await;
        assert!(guide.to_string().contains("Open?") && guide.to_string().contains("Curiosity."));
        integrity::check(&stage.store).await;
    }
}
