//! Parts of answers that are kept: what is put together of them is what would be made, nobody gets what they may not read, and none is an old one.

use std::collections::BTreeSet;

use api::http::Site;
use api::limits::Limits;
use content::tier::{self, Tier};
use content::{KeyMode, OperationKind, Scope};
use serde_json::{Value, json};
use tests::guides::{complete, key as tier_key, saying};
use tests::partners::{key, open_terms, scoped};
use tests::statements::Statements;
use tests::{Server, Stage, both};

const PAGE: &str = include_str!("queries/page.graphql");
const ACORN: &str = "{ company(by: {slug: \"acorn\"}) { slug tier { name } questionCategories { questions { text } } } }";

fn limits() -> Limits {
    Limits { anonymous_points_per_minute: 1_000_000, ..Limits::default() }
}

/// How often an answer was put together of parts.
fn put_together(site: &Site) -> u64 {
    let text = site.metrics.text().unwrap();
    text.lines().find_map(|line| line.strip_prefix("greenroom_answers_total{outcome=\"parts\"} ")?.parse().ok()).unwrap_or(0)
}

/// Asks so that the whole answer is none that was given before: with a variable that says nothing.
async fn ask(server: &Server, query: &str, variables: &Value, number: usize) -> String {
    tagged(server, query, variables, number).await.1
}

/// The same, with what is said to be in the answer.
async fn tagged(server: &Server, query: &str, variables: &Value, number: usize) -> (String, String) {
    let mut variables = variables.clone();
    variables["number"] = number.into();
    let answer = server.ask_with(query, variables).await;
    let tags = answer.headers().get("cache-tag").map_or("", |tags| tags.to_str().unwrap()).to_owned();
    (tags, answer.text().await.unwrap())
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// A server that keeps answers, its site, and one that keeps none.
async fn two(stage: &Stage) -> (Server, Site, Server) {
    let site = Site::new(stage.open_again().await, limits());
    let mut other = Site::new(stage.open_again().await, limits());
    other.answers = api::answers::Answers::within(0);
    (Server::serve(site.clone()), site, Server::serve(other))
}

both! {
    async fn what_is_put_together_is_what_would_be_made(stage) {
        stage.plant_starter().await;
        let (server, site, plain) = two(&stage).await;
        let slug = json!({ "slug": "netflix" });
        let whole = [
            (PAGE, slug.clone()),
            ("query($slug: String!) { a: company(by: {slug: $slug}) { slug } b: company(by: {slug: \"larkthrupp\"}) { ...F } } \
              fragment F on Company { __typename name tier { key } ...G } fragment G on Company { redFlags { text } }", slug.clone()),
            ("query($slug: String!, $count: Int = 2) { company(by: {slug: $slug}) { questions(first: $count) { totalCount nodes { text } \
              pageInfo { endCursor hasNextPage } } } }", slug.clone()),
            ("query($slug: String!, $count: Int = 2) { company(by: {slug: $slug}) { questions(first: $count) { totalCount nodes { text } \
              pageInfo { endCursor hasNextPage } } } }", json!({ "slug": "netflix", "count": 3 })),
            ("query($slug: String!, $without: Boolean!) { company(by: {slug: $slug}) { name highlights @skip(if: $without) } }",
             json!({ "slug": "netflix", "without": true })),
            ("query($slug: String!, $without: Boolean!) { company(by: {slug: $slug}) { name highlights @skip(if: $without) } }",
             json!({ "slug": "netflix", "without": false })),
            ("query($slug: String!, $without: Boolean! = true) { company(by: {slug: $slug}) { name highlights @skip(if: $without) } }", slug.clone()),
            ("query($slug: String!, $filter: QuestionFilter) { company(by: {slug: $slug}) { questions(filter: $filter) { totalCount } } }", slug.clone()),
        ];
        // In part, with something beside the companies, or in a list.
        let beside = [
            ("query($slug: String!) { tiers { name } company(by: {slug: $slug}) { traits { text } salaryRanges { display } } }", slug.clone()),
            ("query($count: Int) { companies(first: $count) { totalCount nodes { name questions(first: 2) { nodes { text company { name } } } } \
              pageInfo { endCursor } } }", json!({ "count": 5 })),
            ("query($count: Int) { companies(first: $count) { edges { cursor node { name tier { name } } } } }", json!({ "count": 5 })),
            ("query($id: ID!) { node(id: $id) { id ... on Question { company { tier { name } redFlags { text } } } } }",
             json!({ "id": parsed(&ask(&plain, "{ questions(first: 1) { nodes { id } } }", &json!({}), 0).await)["data"]["questions"]["nodes"][0]["id"] })),
        ];
        // What the library needs to be told what a node is, nobody is told.
        let nodes = [
            ("{ company(by: {slug: \"netflix\"}) { questions(first: 1) { edges { node { ... on Question { position } } } } } }", json!({})),
            ("{ company(by: {slug: \"netflix\"}) { questions(first: 1) { edges { node { text @skip(if: true) } } } } }", json!({})),
            ("{ company(by: {slug: \"netflix\"}) { questions(first: 2) { edges { cursor node { id text tags } } } } }", json!({})),
        ];
        let ranges = [
            ("{ salaryRanges(first: 2) { edges { node { ... on SalaryRange { position openEnded } } } } }", json!({})),
            ("{ companies(first: 2) { edges { node { ... on Company { revision } } } } }", json!({})),
        ];
        let whole: Vec<_> = whole.into_iter().chain(nodes).collect();
        for (query, variables) in whole.iter().chain(&beside).chain(&ranges) {
            // What keeps none does not say what is in it.
            let (made, mut tags) = (ask(&plain, query, variables, 0).await, BTreeSet::new());
            assert!(parsed(&made).get("errors").is_none() && !made.contains("__greenroom"), "{made}");
            for number in 0..4 {
                let (tag, answer) = tagged(&server, query, variables, number).await;
                assert_eq!(answer, made, "{number}: {query}");
                tags.insert(tag);
            }
            assert!(tags.len() == 1 && !tags.contains(""), "{tags:?}");
        }
        // Known to be right the first time, noted the second time at the latest, kept the third time, put together the fourth time.
        let put = put_together(&site);
        assert!((whole.len() as u64..=2 * whole.len() as u64).contains(&put), "{put}");
        let (bytes, count) = site.answers.parts.size();
        assert!(bytes > 1_000 && count > 10, "{count} parts of {bytes} bytes");
    }

    async fn a_part_is_as_good_after_another_company_is_published_and_is_none_of_a_new_state(stage) {
        let editor = stage.editor().await;
        let acorn = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let birch = editor.create_public("birch", &complete("Birch")).await.unwrap();
        let mut store = stage.store.clone();
        let statements = Statements::of(&mut store);
        let site = Site::new(store, limits());
        let server = Server::serve(site.clone());
        let mut number = 0;
        let mut asked = async || {
            number += 1;
            let answer = parsed(&ask(&server, ACORN, &json!({}), number).await);
            let company = &answer["data"]["company"];
            let words = [&company["slug"], &company["tier"]["name"], &company["questionCategories"][0]["questions"][0]["text"]];
            words.map(|word| word.as_str().unwrap_or_default().to_owned())
        };
        let mut first = asked().await;
        for _ in 0..4 {
            assert_eq!(asked().await, first);
        }
        let before = put_together(&site);
        assert!(before > 0);
        editor.republish(birch, &saying("Birch", "And now?")).await.unwrap();
        assert_eq!(asked().await, first);
        statements.forget();
        assert_eq!(asked().await, first);
        assert!(put_together(&site) > before, "of the other company nothing is in it");
        assert_eq!(statements.of_content(), Vec::<String>::new());
        editor.republish(acorn, &saying("Acorn", "And here?")).await.unwrap();
        "And here?".clone_into(&mut first[2]);
        for _ in 0..5 {
            assert_eq!(asked().await, first);
        }
        editor.act(OperationKind::Tiers, async |edit| {
            tier::put(edit, Tier { key: tier_key("startup"), name: "Seedlings".to_owned(), position: 1 }).await
        }).await.unwrap();
        "Seedlings".clone_into(&mut first[1]);
        for _ in 0..5 {
            assert_eq!(asked().await, first);
        }
        editor.rename(acorn, "oak").await.unwrap();
        "oak".clone_into(&mut first[0]);
        for _ in 0..5 {
            assert_eq!(asked().await, first);
        }
        editor.unpublish(acorn).await.unwrap();
        for _ in 0..2 {
            assert_eq!(asked().await, ["", "", ""]);
        }
    }

    async fn nobody_gets_a_part_of_somebody_who_may_read_more(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let few = key(&stage, "few", KeyMode::Live, scoped(&[Scope::Companies, Scope::Questions])).await.secret;
        let test = key(&stage, "test", KeyMode::Test, open_terms()).await.secret;
        let rich = "{ company(by: {slug: \"netflix\"}) { questions(filter: {company: {salaryLevel: {contains: \"e\"}}}) \
            { totalCount } } }";
        for number in 0..5 {
            let answer = parsed(&ask(&server, rich, &json!({}), number).await);
            assert!(answer["data"]["company"]["questions"]["totalCount"].as_i64().unwrap() > 0, "{answer}");
        }
        for number in 0..5 {
            let of = async |secret: &str| {
                let body = json!({ "query": rich, "variables": { "number": number } }).to_string();
                parsed(&server.body(body).header("x-api-key", secret).send().await.unwrap().text().await.unwrap())
            };
            assert_eq!(of(few.reveal()).await["errors"][0]["extensions"]["code"], "PER-002");
            assert_eq!(of(test.reveal()).await["data"]["company"], Value::Null, "no sample");
        }
        let list = "{ companies { nodes { name redFlags { text } } } }";
        for number in 0..4 {
            let body = json!({ "query": list, "variables": { "number": number } }).to_string();
            let samples = server.body(body).header("x-api-key", test.reveal()).send().await.unwrap().text().await.unwrap();
            let all = ask(&server, list, &json!({}), number).await;
            assert_eq!((all.contains("Netflix"), samples.contains("Netflix"), samples.contains("Larkthrupp")), (true, false, true));
        }
    }

    async fn entries_of_parts_count_like_others(stage) {
        stage.plant_starter().await;
        let site = Site::new(stage.open_again().await, Limits { entries: 60, ..limits() });
        let server = Server::serve(site.clone());
        let part = "company(by: {slug: \"netflix\"}) { questions(first: $count) { nodes { text } } }";
        let one = format!("query($count: Int!) {{ {part} }}");
        let six = format!("query($count: Int!) {{ a: {part} b: {part} c: {part} d: {part} e: {part} f: {part} }}");
        let (few, many) = (json!({ "count": 2 }), json!({ "count": 12 }));
        for number in 0..4 {
            // Both are known to be right, and so small they have their parts.
            assert!(parsed(&ask(&server, &one, &many, number).await).get("errors").is_none());
            assert!(parsed(&ask(&server, &six, &few, number).await).get("errors").is_none());
        }
        assert!(put_together(&site) >= 2);
        for number in 0..3 {
            let answer = parsed(&ask(&server, &six, &many, number).await);
            assert_eq!(answer["errors"][0]["extensions"]["code"], "LIM-010", "{answer}");
        }
    }

    async fn two_sets_at_one_place_are_not_taken_for_each_other(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let honest = "{company(by:{slug:\"netflix\"}){slug}}";
        // A carriage return begins a column and no line: the sets of both fields begin at one place.
        let crooked = "{\ra:company(by:{slug:\"netflix\"}){slug:name}\rb:company(by:{slug:\"netflix\"}){slug}}";
        let straight = "{ a:company(by:{slug:\"netflix\"}){slug:name} b:company(by:{slug:\"netflix\"}){slug}}";
        let right = json!({ "a": { "slug": "Netflix" }, "b": { "slug": "netflix" } });
        for number in 0..4 {
            assert_eq!(parsed(&ask(&server, honest, &json!({}), number).await)["data"]["company"], json!({ "slug": "netflix" }));
            for query in [crooked, straight] {
                assert_eq!(parsed(&ask(&server, query, &json!({}), number).await)["data"], right, "{number}: {query:?}");
            }
        }
    }

    async fn a_default_is_a_value_for_directives_too_and_for_the_price(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        for (directive, default, shown) in [("skip", true, false), ("skip", false, true), ("include", true, true), ("include", false, false)] {
            let query = format!(
                "query($is: Boolean! = {default}) {{ company(by: {{slug: \"netflix\"}}) {{ name highlights @{directive}(if: $is) }} \
                 companies(first: 8) @{directive}(if: $is) {{ nodes {{ name questionCategories {{ name }} }} }} }}"
            );
            let sent = parsed(&ask(&server, &query, &json!({ "is": default }), 0).await);
            for number in 0..3 {
                assert_eq!(parsed(&ask(&server, &query, &json!({}), number).await), sent, "{query}");
                assert_eq!(parsed(&ask(&server, &query, &json!({ "is": default }), number).await), sent, "{query}");
            }
            let there = |answer: &Value| (answer["data"]["company"].get("highlights").is_some(), answer["data"].get("companies").is_some());
            assert_eq!(there(&sent), (shown, shown), "{query}");
            assert_eq!(sent["extensions"]["cost"]["points"].as_i64().unwrap() > 2, shown, "{sent}");
        }
    }
}
