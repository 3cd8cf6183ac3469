//! What an operation costs, over the wire: told with every answer, refused above the limit, estimated without running, and near the truth.

use api::graphql::{Cost, Document};
use api::http::Site;
use api::limits::Limits;
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Map, Value, json};
use tests::{Backend, Server, Stage};

const PAGE: &str = include_str!("queries/page.graphql");
const MANY: &str = include_str!("queries/many.graphql");

fn cost(query: &str, variables: &Value, limits: &Limits) -> Cost {
    let document = Document::read(query, limits).unwrap();
    let operation = document.running(None).unwrap();
    Cost::of(&document.parsed, operation, variables.as_object().unwrap_or(&Map::new()), limits)
}

async fn json_of(request: reqwest::RequestBuilder) -> Value {
    serde_json::from_str(&request.send().await.unwrap().text().await.unwrap()).unwrap()
}

#[tokio::test]
async fn every_answer_says_what_it_cost() {
    let stage = Stage::empty(Backend::Sqlite).await;
    stage.plant_starter().await;
    let server = Server::of(&stage);
    let answer = server.ask("{ companies(first: 3) { totalCount nodes { name tier { key } } } }").await;
    assert_eq!(answer["extensions"], json!({ "cost": { "points": 6, "objects": 6, "limit": 2_000 } }));
    let failed = server.ask("{ companies(first: 101) { totalCount } }").await;
    assert!(failed["errors"].is_array() && failed["extensions"]["cost"]["points"] == 15, "{failed}");
    let invalid = server.ask("{ tiers { nothing } }").await;
    assert_eq!((&invalid["errors"][0]["extensions"]["code"], &invalid["extensions"]["cost"]["points"]), (&json!("REQ-006"), &json!(3)));
    let unread = server.ask("{ tiers {").await;
    assert!(unread.get("extensions").is_none(), "what never had a cost tells none: {unread}");
}

#[tokio::test]
async fn an_operation_above_the_limit_is_refused_before_it_runs_and_told_what_costs_most() {
    let stage = Stage::empty(Backend::Sqlite).await;
    let server = Server::serve(Site::new(stage.store.clone(), Limits { cost: 300, ..Limits::default() }));
    let query = "{ companies(first: 100) { nodes { name questionCategories { questions { text } } } } }";
    let answer = server.ask(query).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "LIM-012");
    let message = answer["errors"][0]["message"].as_str().unwrap();
    assert_eq!(
        message,
        "The operation costs 373 points; at most 300 are allowed. Most of it is companies.nodes.questionCategories.questions, 3200 of 3700 objects; \
         ask for smaller pages or fewer lists inside of each other."
    );
    assert_eq!(answer["extensions"]["cost"], json!({ "points": 373, "objects": 3_700, "limit": 300 }));
    assert!(answer.get("data").is_none(), "nothing of it ran");
    let told = server.ask("{ service { limits { requestCost heavyCost heavyWaiting anonymousPointsPerMinute adminBodyBytes } } }").await;
    let limits =
        json!({ "requestCost": 300, "heavyCost": 100, "heavyWaiting": 8, "anonymousPointsPerMinute": 1_000, "adminBodyBytes": 2_097_152 });
    assert_eq!(told["data"]["service"]["limits"], limits);
}

#[tokio::test]
async fn what_a_minute_of_the_caller_does_not_have_is_refused_as_too_expensive() {
    let stage = Stage::empty(Backend::Sqlite).await;
    let limits = Limits { anonymous_points_per_minute: 20, ..Limits::default() };
    let server = Server::serve(Site::new(stage.store.clone(), limits));
    let answer = server.ask("{ companies(first: 100) { nodes { name tier { key } } } }").await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "LIM-012", "waiting would not help: {answer}");
    assert_eq!(answer["extensions"]["cost"], json!({ "points": 23, "objects": 200, "limit": 20 }));
}

#[tokio::test]
async fn an_estimate_says_the_cost_and_runs_nothing() {
    let stage = Stage::empty(Backend::Sqlite).await;
    let server = Server::serve(Site::new(stage.store.clone(), Limits { cost: 100, ..Limits::default() }));
    let estimate = |query: &str| server.body(json!({ "query": query }).to_string()).header("x-greenroom-estimate", "cost");
    let query = "{ companies(first: 100) { nodes { interviewLoop { rounds { title } } } } }";
    let response = estimate(query).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.headers()["ratelimit"].to_str().unwrap().starts_with("\"minute\";r=999;"), "an estimate costs a point");
    assert_eq!(response.text().await.unwrap(), r#"{"data":null,"extensions":{"cost":{"points":73,"objects":700,"limit":100}}}"#);
    let beyond = json_of(estimate("{ companies(first: 100) { nodes { interviewLoop { rounds { tips { text } } } } } }")).await;
    assert_eq!(beyond, json!({ "data": null, "extensions": { "cost": { "points": 373, "objects": 3_700, "limit": 100 } } }));
    let refused = json_of(estimate("{ a")).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "REQ-005", "limits that come before are checked");
}

/// Objects of an answer, as the formula counts them: all but the wrapping of pages and the root.
fn objects(value: &Value, key: &str) -> usize {
    let wrapping = value.get("nodes").is_some() || value.get("edges").is_some() || value.get("totalCount").is_some();
    match value {
        Value::Array(values) => values.iter().map(|value| objects(value, key)).sum(),
        Value::Object(fields) => {
            let own = usize::from(!wrapping && !["edges", "pageInfo", "data"].contains(&key));
            own + fields.iter().map(|(key, value)| objects(value, key)).sum::<usize>()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

#[tokio::test]
async fn an_honest_page_has_at_most_as_many_objects_as_were_counted() {
    let stage = Stage::empty(Backend::Sqlite).await;
    stage.plant_generated(100).await;
    let server = Server::of(&stage);
    let slug = seed::synthetic::guide(3).slug;
    let pages = [
        (PAGE, json!({ "slug": slug.as_str() })),
        (MANY, json!({ "count": 100 })),
        ("{ companies(first: 100) { nodes { name questionCategories { name questions { text } } } } }", json!({})),
        (
            "{ companies(first: 50) { nodes { focusAreas { text } insiderTips { text } redFlags { text } traits { text } sources { text } } } }",
            json!({}),
        ),
        (
            "{ companies { edges { node { interviewLoop { rounds { title tips { text } } } salaryRanges { level } prepPlan { weeks { text } } } } } }",
            json!({}),
        ),
        ("{ questions(first: 100) { nodes { text category { name } company { name } } } }", json!({})),
        ("{ tiers { name } salaryRanges(first: 30) { nodes { level company { slug } } } }", json!({})),
    ];
    for (query, variables) in pages {
        let answer: Value = serde_json::from_str(&server.ask_with(query, variables).await.text().await.unwrap()).unwrap();
        assert_eq!(answer["errors"], Value::Null, "{query}");
        let counted = usize::try_from(answer["extensions"]["cost"]["objects"].as_u64().unwrap()).unwrap();
        let had = objects(&answer["data"], "data");
        assert!(had <= counted, "{had} objects and {counted} counted: {query}");
        assert!(had * 3 >= counted, "{had} objects are far from {counted} counted: {query}");
    }
}

/// A selection of a company to some depth, with pages whose size is a variable here and there.
fn selections(depth: u32) -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("name".to_owned()),
        Just("tier { key }".to_owned()),
        Just("traits { text }".to_owned()),
        Just("highlights".to_owned())
    ];
    leaf.prop_recursive(depth, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| format!("questionCategories {{ questions {{ company {{ {inner} }} }} }}")),
            inner.clone().prop_map(|inner| format!("questions(first: $first) {{ totalCount nodes {{ company {{ {inner} }} }} }}")),
            inner.clone().prop_map(|inner| format!("... on Company {{ {inner} }} ... on Question {{ text }}")),
            (inner.clone(), inner)
                .prop_map(|(one, two)| format!("a: questions(last: 3) {{ edges {{ node {{ company {{ {one} }} }} }} }} {two}")),
        ]
    })
}

proptest! {
    #![proptest_config(Config { cases: 200, ..Config::default() })]

    #[test]
    fn a_larger_page_never_costs_less(inner in selections(3), first in 0..200_i64, more in 0..200_i64, search in any::<bool>()) {
        let search = if search { ", search: \"x\"" } else { "" };
        let query = format!("query Q($first: Int) {{ companies(first: $first{search}) {{ nodes {{ {inner} }} }} node(id: 1) {{ ... on Company {{ {inner} }} }} }}");
        let limits = Limits { depth: 100, ..Limits::default() };
        let of = |first: i64| cost(&query, &json!({ "first": first }), &limits);
        let (less, larger) = (of(first), of(first + more));
        prop_assert!(less.points <= larger.points && less.objects <= larger.objects, "{less:?} {larger:?}");
        prop_assert!(of(-first) == of(0) && of(i64::MAX) == of(100));
    }

    #[test]
    fn no_document_makes_the_count_fail(text in "[a-z{}()$!:@. ]{0,60}|\\{ (companies|nodes|tiers|node)(\\(first: (-?[0-9]{1,25}|\\$x|\"a\"|null|\\[1\\]|\\{a: 1\\})\\))? \\{ (nodes|edges|id|x) \\{ [a-z]{1,9} \\} \\} \\}") {
        let limits = Limits::default();
        if let Ok(document) = Document::read(&text, &limits)
            && let Some(operation) = document.running(None)
        {
            prop_assert!(Cost::of(&document.parsed, operation, &Map::new(), &limits).points > 0);
        }
    }
}

const DOCS: &str = include_str!("../../docs/limits.md");

/// What stands in the block of this language on the page about limits.
fn block(language: &str) -> &'static str {
    DOCS.split("```").skip(1).step_by(2).find_map(|block| block.strip_prefix(language)?.strip_prefix('\n')).unwrap().trim_end()
}

#[tokio::test]
async fn the_example_of_the_page_about_limits_costs_what_the_page_says() {
    let stage = Stage::empty(Backend::Sqlite).await;
    let answer = Server::serve(Site::new(stage.store.clone(), Limits::default())).ask(block("graphql")).await;
    assert_eq!(answer["extensions"], serde_json::from_str::<Value>(block("json")).unwrap());
    let figures: Vec<u64> =
        DOCS.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").nth(1)?.trim_end_matches(" |").parse().ok()).collect();
    assert_eq!(figures[figures.len() - 4..].iter().sum::<u64>(), 380, "{figures:?}");
}

#[tokio::test]
async fn every_size_and_limit_of_the_page_about_limits_is_that_of_the_server() {
    let sizes = [
        ("interviewLoop.rounds", ("InterviewLoop", "rounds")),
        ("rounds.tips", ("InterviewRound", "tips")),
        ("focusAreas", ("Company", "focusAreas")),
        ("insiderTips", ("Company", "insiderTips")),
        ("redFlags", ("Company", "redFlags")),
        ("traits", ("Company", "traits")),
        ("questionCategories", ("Company", "questionCategories")),
        ("questionCategories.questions", ("QuestionCategory", "questions")),
        ("prepPlan.weeks", ("PrepPlan", "weeks")),
        ("sources", ("Company", "sources")),
        ("tiers", ("Query", "tiers")),
        ("viewer.usage", ("Viewer", "usage")),
    ];
    for (name, (parent, field)) in sizes {
        let told = format!("| `{name}` | {} |", api::graphql::cost::assumed_size(parent, field).unwrap());
        assert!(DOCS.contains(&told), "{told}");
    }
    let salaries = format!("| `salaryRanges` of a company | {} |", api::graphql::cost::assumed_size("Company", "salaryRanges").unwrap());
    assert!(DOCS.contains(&salaries), "{salaries}");
    let stage = Stage::empty(Backend::Sqlite).await;
    let server = Server::serve(Site::new(stage.store.clone(), Limits::default()));
    let rows: Vec<Vec<&str>> = DOCS.lines().map(|line| line.split(" | ").collect()).filter(|row: &Vec<&str>| row.len() == 5).collect();
    let mut told = 0;
    for row in rows.iter().filter(|row| row[4].contains('_')) {
        let field = row[3].trim_matches('`');
        let limit: i64 = row[1].split(", ").next().unwrap().replace(',', "").parse().unwrap();
        let answer = server.ask(&format!("{{ service {{ limits {{ {field} }} }} }}")).await;
        assert_eq!(answer["data"]["service"]["limits"][field], limit, "{row:?}");
        let setting = format!("{} = {limit}", row[4].trim_matches(|sign| "`| ".contains(sign)));
        assert!(api::settings::defaults().lines().any(|line| line == setting), "{setting}");
        told += 1;
    }
    assert_eq!(told, 15, "every limit has its row");
}
