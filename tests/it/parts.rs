//! Parts of answers that are kept: what is put together of them is what would be made, nobody gets what they may not read, and none is an old one.

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
    let mut variables = variables.clone();
    variables["number"] = number.into();
    server.ask_with(query, variables).await.text().await.unwrap()
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
        for (query, variables) in whole.iter().chain(&beside) {
            let made = ask(&plain, query, variables, 0).await;
            assert!(parsed(&made).get("errors").is_none(), "{made}");
            for number in 0..4 {
                assert_eq!(ask(&server, query, variables, number).await, made, "{number}: {query}");
            }
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
    }

    async fn entries_of_parts_count_like_others(stage) {
        stage.plant_starter().await;
        let site = Site::new(stage.open_again().await, Limits { entries: 60, ..limits() });
        let server = Server::serve(site.clone());
        let one = "{ company(by: {slug: \"netflix\"}) { questions(first: 12) { nodes { text } } } }";
        let two = "{ a: company(by: {slug: \"netflix\"}) { questions(first: 12) { nodes { text } } } \
            b: company(by: {slug: \"netflix\"}) { questions(first: 12) { nodes { text } } } c: company(by: {slug: \"netflix\"}) \
            { questions(first: 12) { nodes { text } } } d: company(by: {slug: \"netflix\"}) { questions(first: 12) { nodes { text } } } \
            e: company(by: {slug: \"netflix\"}) { questions(first: 12) { nodes { text } } } \
            f: company(by: {slug: \"netflix\"}) { questions(first: 12) { nodes { text } } } }";
        for number in 0..5 {
            assert!(parsed(&ask(&server, one, &json!({}), number).await).get("errors").is_none());
            let many = parsed(&ask(&server, two, &json!({}), number).await);
            assert_eq!(many["errors"][0]["extensions"]["code"], "LIM-010", "{many}");
        }
        assert!(put_together(&site) > 0);
    }
}
