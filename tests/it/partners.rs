//! API keys as partners meet them: what a key opens, what it does not, and how it comes and goes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use api::graphql::scopes;
use api::http::Site;
use api::limits::Limits;
use content::access::secret::Secret;
use content::api_key::{self, Named, Overlap, Terms, usage};
use content::edit::Edit;
use content::{KeyMode, OperationKind, Scope, partner};
use serde_json::{Value, json};
use tests::admin::send;
use tests::partners::{aldermere, ask, codes, data, key, open_terms, revoke, rotate, scoped};
use tests::{Server, Stage, both, findings, refusal};

const NAMES: &str = "{ companies(first: 3) { nodes { name } } }";

/// A server of its own over the same database, as another process has one.
async fn another(stage: &Stage) -> Server {
    Server::serve(Site::new(stage.open_again().await, Limits::default()))
}

fn fields(kind: &Value) -> Vec<String> {
    kind["fields"].as_array().into_iter().flatten().map(|field| field["name"].as_str().unwrap().to_owned()).collect()
}

both! {
    async fn a_key_opens_what_its_scopes_say_and_every_other_field_is_named_with_its_scope(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let made = key(&stage, "companies", KeyMode::Live, scoped(&[Scope::Companies])).await;
        let page = data(&server, &made.secret, r#"{ company(by: { slug: "netflix" }) { name traits { text } } viewer { kind scopes key { name partner mode } } }"#).await;
        assert_eq!(page["company"]["name"], "Netflix");
        assert_eq!(page["viewer"], json!({ "kind": "PARTNER", "scopes": ["COMPANIES_READ"],
            "key": { "name": "key_aldermere_companies", "partner": "Aldermere", "mode": "LIVE" } }));
        let query = r#"{ questions { totalCount } company(by: { slug: "netflix" }) { name ...Q salaryRanges { level } } } fragment Q on Company { questions { nodes { text } } }"#;
        let answer = ask(&server, &made.secret, query).await;
        assert_eq!(codes(&answer), ["PER-002"; 3], "{}", answer.body);
        assert!(answer.body.get("data").is_none(), "nothing of it runs");
        let told: Vec<&str> = answer.body["errors"].as_array().unwrap().iter().map(|error| error["extensions"]["scope"].as_str().unwrap()).collect();
        assert_eq!(told, ["questions:read", "questions:read", "salaries:read"]);
        assert_eq!(answer.body["errors"][2]["message"], "Company.salaryRanges takes the scope salaries:read; key_aldermere_companies has companies:read.");
        for (by, query) in [
            ("a filter", r#"{ companies(filter: { salaryLevel: { contains: "senior" } }) { totalCount } }"#),
            ("a filter inside", r#"{ companies(filter: { not: { or: [{ category: { contains: "x" } }] } }) { totalCount } }"#),
        ] {
            assert_eq!(codes(&ask(&server, &made.secret, query).await), ["PER-002"], "{by} does not tell either");
        }
        let questions = key(&stage, "questions", KeyMode::Live, scoped(&[Scope::Questions])).await;
        let found = data(&server, &questions.secret, "{ questions(first: 1) { nodes { text company { name tier { name } } } } }").await;
        assert!(found["questions"]["nodes"][0]["company"]["name"].is_string(), "a question says whose it is");
        for query in [
            "{ questions(first: 1) { nodes { company { traits { text } } } } }",
            r#"{ questions(filter: { company: { salaryLevel: { contains: "x" } } }) { totalCount } }"#,
            r#"{ companies(search: "ai") { totalCount } }"#,
        ] {
            assert_eq!(codes(&ask(&server, &questions.secret, query).await), ["PER-002"], "{query}");
        }
    }

    async fn introspection_shows_a_key_what_it_may_use_and_nothing_else(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let query = "{ __schema { types { name fields { name } } } }";
        let all = server.ask(query).await["data"]["__schema"]["types"].clone();
        for scope in Scope::ALL {
            let made = key(&stage, &scope.word().replace(':', "-"), KeyMode::Live, scoped(&[*scope])).await;
            let seen = data(&server, &made.secret, query).await["__schema"]["types"].clone();
            let seen_of = |name: &str| seen.as_array().unwrap().iter().find(|kind| kind["name"] == name).cloned();
            for kind in all.as_array().unwrap().iter().filter(|kind| !kind["name"].as_str().unwrap().starts_with("__")) {
                let name = kind["name"].as_str().unwrap();
                let closed = |field: &String| scopes::needed(name, field).is_some_and(|needed| needed != *scope);
                let Some(shown) = seen_of(name) else {
                    assert!(kind["fields"].is_null() || name.contains("Connection") || name.contains("Edge") || fields(kind).iter().any(closed)
                        || ["InterviewLoop", "PrepPlan", "PrepWeek", "FocusArea", "Tip", "RedFlag", "Trait", "Source", "Money", "MinuteRange"].contains(&name), "{name} is hidden from {scope}");
                    continue;
                };
                let open: Vec<String> = fields(kind).into_iter().filter(|field| !closed(field)).collect();
                assert_eq!(fields(&shown), open, "{name} with {scope}");
            }
        }
    }

    async fn a_test_key_sees_the_samples_and_no_other_company_on_any_way(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let test = key(&stage, "trial", KeyMode::Test, open_terms()).await.secret;
        let live = key(&stage, "web", KeyMode::Live, open_terms()).await.secret;
        assert!(test.reveal().starts_with("grk_test_") && live.reveal().starts_with("grk_live_"));
        let ids = data(&server, &live, r#"{ company(by: { slug: "netflix" }) { id interviewLoop { rounds { id } } questionCategories { id questions { id } } salaryRanges { id } } }"#).await;
        let company = &ids["company"];
        let hidden = [&company["id"], &company["interviewLoop"]["rounds"][0]["id"], &company["questionCategories"][0]["id"],
            &company["questionCategories"][0]["questions"][0]["id"], &company["salaryRanges"][0]["id"]];
        for id in hidden {
            let by_id = format!("{{ node(id: {id}) {{ id }} nodes(ids: [{id}]) {{ id }} }}");
            assert!(data(&server, &live, &by_id).await["node"]["id"].is_string(), "the control finds it");
            assert_eq!(data(&server, &test, &by_id).await, json!({ "node": null, "nodes": [null] }));
        }
        for query in [r#"{ company(by: { slug: "netflix" }) { name } }"#.to_owned(), format!("{{ company(by: {{ id: {} }}) {{ name }} }}", company["id"])] {
            assert!(data(&server, &live, &query).await["company"].is_object());
            assert!(data(&server, &test, &query).await["company"].is_null(), "{query}");
        }
        for (list, name) in [("companies", "name"), ("questions", "company { name }"), ("salaryRanges", "company { name }")] {
            let query = format!("{{ {list}(first: 100) {{ totalCount nodes {{ {name} }} }} }}");
            let (all, samples) = (data(&server, &live, &query).await, data(&server, &test, &query).await);
            assert!(!samples.to_string().contains("Netflix"), "{list}");
            assert!(samples[list]["totalCount"].as_i64() < all[list]["totalCount"].as_i64(), "{list} counts what it shows");
            assert!(samples[list]["totalCount"].as_i64() > Some(0));
        }
        for (list, filter) in [("companies", "name"), ("questions", "company: { name"), ("salaryRanges", "company: { name")] {
            let closing = if filter.contains('{') { "}" } else { "" };
            let query = format!("{{ {list}(filter: {{ {filter}: {{ eq: \"netflix\" }} {closing} }}) {{ totalCount }} }}");
            assert!(data(&server, &live, &query).await[list]["totalCount"].as_i64() > Some(0), "{query}");
            assert_eq!(data(&server, &test, &query).await[list]["totalCount"], 0, "{query}");
        }
        let searched = r#"{ companies(search: "netflix") { totalCount } questions(search: "netflix") { totalCount } }"#;
        assert_eq!(data(&server, &test, searched).await["companies"]["totalCount"], 0);
    }

    async fn what_is_no_good_key_is_refused_with_its_reason(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let good = key(&stage, "web", KeyMode::Live, open_terms()).await;
        let text = good.secret.reveal();
        let slip = format!("{}x", &text[..text.len() - 1]);
        let (foreign, _) = api_key::secret::make(KeyMode::Live).unwrap();
        for (secret, code) in [("", "KEY-007"), ("sk_live_something", "KEY-007"), (slip.as_str(), "KEY-007"), (foreign.reveal(), "AUT-002")] {
            let answer = ask(&server, &Secret::new(secret), NAMES).await;
            assert_eq!(answer.outcome(), (401, Some(code)), "{secret:?}");
            assert!(answer.headers.contains_key("www-authenticate") && !answer.body.to_string().contains(secret) || secret.is_empty());
        }
        let by_header = server.body(json!({ "query": NAMES }).to_string()).header("x-api-key", text);
        assert_eq!(send(by_header).await.outcome(), (200, None));
        let twice = server.body(json!({ "query": NAMES }).to_string()).header("x-api-key", text).bearer_auth(text);
        assert_eq!(send(twice).await.outcome(), (401, Some("KEY-007")));
        let now = stage.store.now();
        let expires = Terms { expires_at: Some(content::Timestamp(now.0 + 700_000)), ..open_terms() };
        let short = key(&stage, "short", KeyMode::Live, expires).await.secret;
        assert_eq!(ask(&server, &short, NAMES).await.outcome(), (200, None));
        let patience = Instant::now();
        while ask(&server, &short, NAMES).await.status == 200 && patience.elapsed() < Duration::from_secs(10) {}
        assert_eq!(ask(&server, &short, NAMES).await.outcome(), (401, Some("KEY-002")));
        let mut edit = Edit::begin(&stage.desk("ada"), OperationKind::Partners, "").await.unwrap();
        partner::set_disabled(&mut edit, aldermere(&stage).await, true, None).await.unwrap();
        edit.commit().await.unwrap();
        let patience = Instant::now();
        while ask(&server, &good.secret, NAMES).await.status == 200 {
            assert!(patience.elapsed() < Duration::from_secs(1), "a partner's keys stop within a second");
        }
        assert_eq!(ask(&server, &good.secret, NAMES).await.outcome(), (401, Some("KEY-004")));
    }

    async fn a_key_works_from_its_origins_and_networks_alone(stage) {
        stage.plant_starter().await;
        let mut site = Site::new(stage.store.clone(), Limits::default());
        site.address_header = Some("x-forwarded-for".to_owned());
        let server = Server::serve(site);
        let terms = Terms { origins: vec!["https://prep.example".to_owned()], ..open_terms() };
        let browser = key(&stage, "browser", KeyMode::Live, terms).await.secret;
        let terms = Terms { networks: vec!["192.0.2.0/24".to_owned(), "2001:db8::7".to_owned()], ..open_terms() };
        let servers = key(&stage, "servers", KeyMode::Live, terms).await.secret;
        let from = |secret: &Secret, header: &'static str, value: &'static str| {
            send(server.body(json!({ "query": NAMES }).to_string()).bearer_auth(secret.reveal()).header(header, value))
        };
        assert_eq!(from(&browser, "origin", "https://prep.example").await.outcome(), (200, None));
        assert_eq!(from(&browser, "origin", "https://prep.example.evil.example").await.outcome(), (403, Some("KEY-005")));
        assert_eq!(ask(&server, &browser, NAMES).await.outcome(), (403, Some("KEY-005")), "without an origin");
        for (address, status) in [("192.0.2.9", 200), ("::ffff:192.0.2.9", 200), ("2001:db8::7", 200), ("2001:db8::8", 403), ("198.51.100.1", 403)] {
            let answer = from(&servers, "x-forwarded-for", address).await;
            assert_eq!(answer.status, status, "{address}: {}", answer.body);
        }
    }

    async fn a_rotation_under_load_fails_no_request_and_a_revoked_key_stops_within_a_second_everywhere(stage) {
        stage.plant_starter().await;
        let servers = Arc::new([Server::of(&stage), another(&stage).await]);
        let made = key(&stage, "web", KeyMode::Live, open_terms()).await;
        let secret = Arc::new(std::sync::Mutex::new(made.secret.clone()));
        let (over, asked) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let load: Vec<_> = (0..4).map(|place| {
            let (servers, secret, over, asked) = (Arc::clone(&servers), Arc::clone(&secret), Arc::clone(&over), Arc::clone(&asked));
            tokio::spawn(async move {
                while !over.load(Ordering::Relaxed) {
                    let now = secret.lock().unwrap().clone();
                    let answer = ask(&servers[place % 2], &now, NAMES).await;
                    assert_eq!(answer.outcome(), (200, None), "{}", answer.body);
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            })
        }).collect();
        let more = async |requests: usize| {
            let until = asked.load(Ordering::Relaxed) + requests;
            while asked.load(Ordering::Relaxed) < until {
                assert!(load.iter().all(|task| !task.is_finished()), "a request failed");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        more(20).await;
        for _ in 0..3 {
            let old = secret.lock().unwrap().clone();
            let new = rotate(&stage, made.key, Overlap::Seconds(3_600)).await;
            more(20).await;
            assert_eq!(refusal(rotate_again(&stage, made.key).await), content::code::Code::RotationOpen);
            *secret.lock().unwrap() = new;
            more(20).await;
            let mut edit = Edit::begin(&stage.desk("ada"), OperationKind::Keys, "").await.unwrap();
            api_key::finish(&mut edit, made.key, None).await.unwrap();
            edit.commit().await.unwrap();
            let since = Instant::now();
            for server in servers.iter() {
                while ask(server, &old, NAMES).await.status == 200 {
                    assert!(since.elapsed() < Duration::from_secs(1), "the old secret works on");
                }
                assert_eq!(ask(server, &old, NAMES).await.outcome(), (401, Some("KEY-001")));
            }
            more(20).await;
        }
        over.store(true, Ordering::Relaxed);
        for task in load {
            task.await.unwrap();
        }
        let last = secret.lock().unwrap().clone();
        revoke(&stage, made.key).await;
        let since = Instant::now();
        for server in servers.iter() {
            while ask(server, &last, NAMES).await.status == 200 {
                assert!(since.elapsed() < Duration::from_secs(1), "a revoked key works on");
            }
            assert_eq!(ask(server, &last, NAMES).await.outcome(), (401, Some("KEY-001")));
        }
    }

    async fn the_use_of_a_key_is_counted_by_secret_and_day_and_told_to_its_partner(stage) {
        stage.plant_starter().await;
        let site = Site::new(stage.store.clone(), Limits::default());
        let ring = site.ring.clone();
        let server = Server::serve(site);
        let made = key(&stage, "web", KeyMode::Live, open_terms()).await;
        for _ in 0..3 {
            data(&server, &made.secret, NAMES).await;
        }
        let second = rotate(&stage, made.key, Overlap::Seconds(60)).await;
        data(&server, &second, NAMES).await;
        ring.write_uses().await.unwrap();
        data(&server, &second, NAMES).await;
        ring.write_uses().await.unwrap();
        ring.tidy().await.unwrap();
        let desk = stage.desk("ada");
        let found = api_key::find(&desk, &Named::Id(made.key)).await.unwrap().unwrap();
        let uses: Vec<(i64, i64)> = found.secrets.iter().map(|secret| (secret.recent.last_hour, secret.recent.requests)).collect();
        assert_eq!(uses, [(2, 2), (3, 3)], "the newest secret first");
        assert!(found.used_at().is_some_and(|at| at <= stage.store.now()));
        let days = usage::by_day(&desk, &[made.key], 1).await.unwrap().remove(&made.key).unwrap_or_default();
        assert_eq!((days.len(), days[0].requests, days[0].refused), (1, 5, 0));
        let own = data(&server, &second, "{ viewer { usage(days: 2) { requests points refused } } }").await;
        assert_eq!(own["viewer"]["usage"][0]["requests"], 5, "its own use, without what was not written down yet");
        assert!(own["viewer"]["usage"][0]["points"].as_i64() >= Some(5));
        assert_eq!(server.ask("{ viewer { kind key { name } usage { requests } } }").await["data"]["viewer"], json!({ "kind": "ANONYMOUS", "key": null, "usage": [] }));
        assert_eq!(server.code("{ viewer { usage(days: 0) { requests } } }").await.as_deref(), Some("LIM-007"));
    }

    async fn the_terms_of_a_key_are_checked_all_at_once(stage) {
        let terms = Terms {
            scopes: std::collections::BTreeSet::new(),
            points_per_minute: 0,
            requests_per_day: Some(0),
            origins: vec!["https://prep.example/path".to_owned(), "https://ok.example".to_owned()],
            networks: vec!["192.0.2.0/33".to_owned()],
            trusted_only: true,
            expires_at: Some(content::Timestamp(0)),
        };
        let partner = aldermere(&stage).await;
        let mut edit = Edit::begin(&stage.desk("ada"), OperationKind::Keys, "").await.unwrap();
        let new = api_key::NewKey { partner, name: "web".parse().unwrap(), mode: KeyMode::Live, terms };
        let found = findings(api_key::create(&mut edit, new).await);
        let codes: Vec<String> = found.iter().map(|(code, path)| format!("{code} {path}")).collect();
        assert_eq!(codes, ["VAL-060 scopes", "VAL-061 points_per_minute", "VAL-061 requests_per_day", "VAL-064 expires_at", "VAL-062 origins", "VAL-063 networks"]);
    }
}

async fn rotate_again(stage: &Stage, id: content::ApiKeyId) -> content::Result<api_key::Made> {
    let mut edit = Edit::begin(&stage.desk("ada"), OperationKind::Keys, "").await?;
    api_key::rotate(&mut edit, id, Overlap::Seconds(60), None).await
}
