//! Answers that are kept: the same bytes for the same question, nobody else's, never an old one, and never free.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, Instant};

use api::http::Site;
use api::limits::Limits;
use content::{KeyMode, Scope};
use reqwest::Response;
use serde_json::{Value, json};
use tests::guides::{complete, saying};
use tests::partners::{key, open_terms, scoped};
use tests::statements::Statements;
use tests::{Server, Stage, both};

const NAMES: &str = "query Names { companies(first: 3) { nodes { name } } }";
/// A second is promised; the rest is for a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(3);
const ACORN: &str = "{ company(by: {slug: \"acorn\"}) { revision questionCategories { questions { text } } } }";

/// A server of its own over the same database, as another process has one; and its looks for kept answers.
async fn another(stage: &Stage) -> (Server, Site) {
    let limits = Limits { anonymous_points_per_minute: 1_000_000, ..Limits::default() };
    let site = Site::new(stage.open_again().await, limits);
    (Server::serve(site.clone()), site)
}

/// How often an answer was there, and how often it was not.
fn looks(site: &Site) -> (u64, u64) {
    let text = site.metrics.text().unwrap();
    let count = |outcome: &str| {
        let line = format!("greenroom_answers_total{{outcome=\"{outcome}\"}} ");
        text.lines().find_map(|found| found.strip_prefix(&line)?.parse().ok()).unwrap_or(0)
    };
    (count("hit"), count("miss"))
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

async fn get(server: &Server, query: &str, headers: &[(&str, &str)]) -> Response {
    let request = server.request("GET", "/graphql").query(&[("query", query)]);
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.unwrap()
}

async fn json_of(response: Response) -> Value {
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

both! {
    async fn the_same_question_gets_the_same_bytes_without_a_statement(stage) {
        stage.plant_starter().await;
        let (server, site) = another(&stage).await;
        let first = server.ask_with(NAMES, json!({})).await;
        let tag = header(&first, "etag").to_owned();
        assert!(tag.starts_with('"') && tag.len() == 34, "{tag}");
        assert_eq!((first.status(), header(&first, "cache-control")), (reqwest::StatusCode::OK, "no-cache"));
        let bytes = first.text().await.unwrap();
        for _ in 0..3 {
            let again = server.ask_with(NAMES, json!({})).await;
            assert_eq!((header(&again, "etag"), header(&again, "content-type")), (tag.as_str(), "application/json; charset=utf-8"));
            assert!(header(&again, "ratelimit").contains("minute"), "what is left is told");
            assert_eq!(again.text().await.unwrap(), bytes);
        }
        // The first time it is only noted that somebody asks this.
        assert_eq!(looks(&site), (2, 2));
        let other = server.ask_with(NAMES, json!({ "first": 1 })).await;
        assert_eq!((other.text().await.unwrap(), looks(&site)), (bytes, (2, 3)), "another question may have the same answer");
        let newer = server.body(json!({ "query": NAMES }).to_string()).header("accept", "application/graphql-response+json");
        assert_eq!(header(&newer.send().await.unwrap(), "content-type"), "application/graphql-response+json; charset=utf-8");
    }

    async fn a_reader_who_has_the_answer_is_told_that_it_is_good(stage) {
        let editor = stage.editor().await;
        let acorn = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let server = Server::of(&stage);
        let first = get(&server, ACORN, &[]).await;
        let tag = header(&first, "etag").to_owned();
        assert_eq!(header(&first, "cache-control"), "public, max-age=1, stale-while-revalidate=60, stale-if-error=3600");
        assert!(header(&first, "vary").contains("Authorization"), "{:?}", first.headers());
        for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
            let again = get(&server, ACORN, &[("if-none-match", &known)]).await;
            assert_eq!((again.status().as_u16(), header(&again, "etag")), (304, tag.as_str()), "{known}");
            assert_eq!(again.text().await.unwrap(), "");
        }
        assert_eq!(get(&server, ACORN, &[("if-none-match", "\"other\"")]).await.status(), 200);
        let posted = server.body(json!({ "query": ACORN }).to_string()).header("if-none-match", &tag).send().await.unwrap();
        assert_eq!(posted.status(), 200, "only what is read can be had still");
        editor.republish(acorn, &saying("Acorn", "And now?")).await.unwrap();
        let changed = get(&server, ACORN, &[("if-none-match", &tag)]).await;
        assert_eq!(changed.status(), 200);
        assert_ne!(header(&changed, "etag"), tag);
        assert_eq!(json_of(changed).await["data"]["company"]["revision"], 2);
        let cold = another(&stage).await.0;
        let fresh = get(&cold, ACORN, &[]).await;
        let same = get(&server, ACORN, &[("if-none-match", header(&fresh, "etag"))]).await;
        assert_eq!(same.status(), 304, "servers give the same tag to the same answer");
    }

    async fn nobody_gets_what_was_answered_to_somebody_who_sees_more(stage) {
        stage.plant_starter().await;
        let (server, site) = another(&stage).await;
        let ask = async |secret: Option<&str>, query: &str| {
            let request = server.body(json!({ "query": query }).to_string());
            let request = if let Some(secret) = secret { request.header("x-api-key", secret) } else { request };
            request.send().await.unwrap()
        };
        let live = key(&stage, "live", KeyMode::Live, open_terms()).await.secret;
        let test = key(&stage, "test", KeyMode::Test, open_terms()).await.secret;
        let few = key(&stage, "few", KeyMode::Live, scoped(&[Scope::Companies])).await.secret;
        let all = "{ companies { totalCount } }";
        let count = async |secret: Option<&str>| json_of(ask(secret, all).await).await["data"]["companies"]["totalCount"].clone();
        for _ in 0..2 {
            assert_eq!(count(None).await, 8);
            assert_eq!(count(Some(live.reveal())).await, 8);
            assert_eq!(count(Some(test.reveal())).await, 7, "samples only");
        }
        let questions = "{ questions(first: 1) { nodes { text } } }";
        for _ in 0..2 {
            assert_eq!(ask(None, questions).await.status(), 200);
            assert_eq!(ask(Some(few.reveal()), questions).await.status(), 403);
        }
        let who = "{ viewer { kind key { name } quota { pointsLeft } } }";
        let before = looks(&site).0;
        let own = async |secret: Option<&str>| json_of(ask(secret, who).await).await["data"]["viewer"].clone();
        for _ in 0..2 {
            assert_eq!(own(Some(live.reveal())).await["key"]["name"], "key_aldermere_live");
            assert_eq!(own(Some(test.reveal())).await["key"]["name"], "key_aldermere_test");
            assert_eq!(own(None).await["kind"], "ANONYMOUS");
        }
        assert_eq!(looks(&site).0, before, "what is said of the caller is not kept");
        let kept = get(&server, NAMES, &[("x-api-key", live.reveal())]).await;
        assert_eq!(header(&kept, "cache-control"), "private, no-cache");
    }

    async fn a_kept_answer_is_paid_for_and_an_error_is_not_kept(stage) {
        stage.plant_starter().await;
        let site = Site::new(stage.open_again().await, Limits { anonymous_points_per_minute: 100, ..Limits::default() });
        let server = Server::serve(site.clone());
        for _ in 0..2 {
            assert_eq!(server.code("{ companies(first: 500) { totalCount } }").await.as_deref(), Some("LIM-007"));
        }
        assert_eq!(looks(&site), (0, 2));
        let mut statuses = Vec::new();
        for _ in 0..20 {
            statuses.push(server.ask_with(NAMES, json!({})).await.status().as_u16());
        }
        assert!(statuses.starts_with(&[200, 200, 200]) && statuses.ends_with(&[429, 429]), "{statuses:?}");
        assert!(looks(&site).0 > 1, "{:?}", looks(&site));
    }

    async fn a_question_that_many_ask_at_once_is_answered_once(stage) {
        stage.plant_starter().await;
        let mut store = stage.open_again().await;
        let statements = Statements::of(&mut store);
        let server = Server::serve(Site::new(store, Limits { anonymous_points_per_minute: 1_000_000, ..Limits::default() }));
        let pages = "{ companies(first: 8) { nodes { name questionCategories { questions { text } } } } }";
        let asked: Vec<_> = (0..20).map(|_| tokio::spawn(server.body(json!({ "query": pages }).to_string()).send())).collect();
        let mut tags = BTreeSet::new();
        for answer in asked {
            let answer = answer.await.unwrap().unwrap();
            assert_eq!(answer.status(), 200);
            tags.insert(header(&answer, "etag").to_owned());
        }
        assert_eq!(tags.len(), 1);
        let sent = statements.of_content();
        assert_eq!(sent.len(), 2, "{sent:#?}");
        let wrong = "{ companies(first: 500) { totalCount } }";
        let asked: Vec<_> = (0..20).map(|_| tokio::spawn(server.body(json!({ "query": wrong }).to_string()).send())).collect();
        for answer in asked {
            assert_eq!(answer.await.unwrap().unwrap().status(), 200, "who waited for an answer that is none is answered too");
        }
    }

    async fn while_the_database_is_away_what_is_in_memory_is_given_with_its_age(stage) {
        stage.plant_starter().await;
        let (server, site) = another(&stage).await;
        let first = server.ask_with(NAMES, json!({})).await;
        assert_eq!((first.status().as_u16(), header(&first, "age")), (200, ""));
        let bytes = first.text().await.unwrap();
        assert_eq!(server.ask_with(NAMES, json!({})).await.text().await.unwrap(), bytes);
        site.store.clone().close().await.unwrap();
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        for _ in 0..3 {
            let kept = server.ask_with(NAMES, json!({})).await;
            assert_eq!(kept.status(), 200);
            assert!(header(&kept, "age").parse::<u64>().unwrap() >= 1);
            assert_eq!(kept.text().await.unwrap(), bytes);
        }
        let other = server.ask_with(ACORN, json!({})).await;
        assert_eq!(other.status(), 503);
        assert_eq!(json_of(other).await["errors"][0]["extensions"]["code"], "DB-001");
    }

    async fn no_server_gives_an_answer_that_is_older_than_a_second_or_than_its_last(stage) {
        let editor = stage.editor().await;
        let acorn = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let servers = [another(&stage).await.0, another(&stage).await.0];
        let (newest, done) = (Arc::new(AtomicI64::new(1)), Arc::new(AtomicBool::new(false)));
        let read = async |server: &Server| {
            let (mut last, mut looks) = (0, 0_u32);
            while !done.load(Ordering::Acquire) {
                // What was public that long ago is the least that may be answered.
                let before = (newest.load(Ordering::Acquire), Instant::now());
                let revision = loop {
                    let response = get(server, ACORN, &[]).await;
                    let revision = json_of(response).await["data"]["company"]["revision"].as_i64().unwrap();
                    assert!(revision >= last, "it goes back from {last} to {revision}");
                    (last, looks) = (revision, looks + 1);
                    if revision >= before.0 || before.1.elapsed() > PATIENCE {
                        break revision;
                    }
                };
                assert!(revision >= before.0, "there is still {revision}, not {}", before.0);
            }
            looks
        };
        let writes = async {
            for round in 2..=60 {
                editor.republish(acorn, &saying("Acorn", &format!("Round {round}?"))).await.unwrap();
                newest.store(round, Ordering::Release);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            tokio::time::sleep(Duration::from_millis(3_100)).await;
            done.store(true, Ordering::Release);
        };
        let (first, second, ()) = tokio::join!(read(&servers[0]), read(&servers[1]), writes);
        assert!(first > 60 && second > 60, "{first} and {second} looks");
        for server in &servers {
            assert_eq!(json_of(get(server, ACORN, &[]).await).await["data"]["company"]["revision"], 60);
        }
    }
}
