//! Documents that ask for much with few words.

use std::fmt::Write as _;

use super::*;

/// The query that tools send first, as graphql-js writes it with all options on.
const STANDARD_INTROSPECTION: &str = include_str!("../queries/introspection.graphql");

pub(super) fn many(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        let _ = write!(text, "{} ", one(number));
        text
    })
}

tests::both! {
    async fn floods_are_refused_before_anything_is_executed(stage) {
        let server = server(&stage).await;
        let doubling = |levels: usize| {
            let fragments = many(levels, |number| format!("fragment F{number} on Query {{ ...F{0} ...F{0} }}", number + 1));
            format!("{{ ...F0 }} {fragments} fragment F{levels} on Query {{ __typename }}")
        };
        let cases = [
            ("fragments that double", doubling(40), "LIM-009"),
            ("fragments that are never used", format!("{{ __typename }} {}", many(1_200, |n| format!("fragment F{n} on Query {{ __typename }}"))), "REQ-006"),
            ("one spread a thousand times", format!("{{ service {{ {} }} }} fragment F on Service {{ version }}", many(2_001, |_| "...F".to_owned())), "LIM-009"),
            ("aliases of one field", format!("{{ service {{ {} }} }}", many(16, |n| format!("a{n}: version"))), "LIM-005"),
            ("aliases of all root fields", format!("{{ {} }}", many(21, |n| format!("a{n}: __typename"))), "LIM-005"),
            ("one field again and again", format!("{{ service {{ {} }} }}", many(2_001, |_| "version".to_owned())), "LIM-009"),
            ("directives in one place", format!("{{ __typename {} }}", many(500, |n| format!("@d{n}"))), "LIM-006"),
            ("directives that exist", format!("{{ __typename {} }}", many(11, |_| "@skip(if: false)".to_owned())), "LIM-006"),
            ("directives of an operation", format!("query {} {{ __typename }}", many(11, |n| format!("@d{n}"))), "LIM-006"),
            ("operations", many(2_100, |n| format!("query Q{n} {{ __typename }}")), "LIM-002"),
            ("depth", format!("{}name{}", "{ company(by: {slug: \"netflix\"}) { questions { nodes { company ".repeat(4), "} } } }".repeat(4)), "LIM-003"),
            ("an argument again and again", format!("{{ companies({}) {{ totalCount }} }}", many(3_000, |_| "first: 1".to_owned())), "REQ-006"),
            ("variables that are never used", format!("query Q({}) {{ __typename }}", many(2_000, |n| format!("$v{n}: Int"))), "REQ-006"),
            ("a comment of everything", format!("#{}", "x".repeat(60_000)), "REQ-005"),
        ];
        for (name, query, code) in cases {
            let (status, given) = outcome(server.body(asked(&query, json!({})))).await;
            assert_eq!((status, given.as_deref()), (200, Some(code)), "{name}");
            still_honest(&server).await;
        }
    }

    async fn a_list_of_operations_is_refused(stage) {
        let server = server(&stage).await;
        let batch = format!("[{}]", vec![r#"{"query":"{ __typename }"}"#; 1_000].join(","));
        assert_eq!(outcome(server.body(batch)).await, refused(400, "REQ-001"));
        still_honest(&server).await;
    }

    async fn the_standard_introspection_passes_and_one_in_circles_does_not(stage) {
        let server = server(&stage).await;
        let answer = server.ask(STANDARD_INTROSPECTION).await;
        assert!(answer["errors"].is_null() && answer["data"]["__schema"]["types"].as_array().unwrap().len() > 50);
        let around = "fields { type { ".repeat(5);
        let circle = format!("{{ __schema {{ types {{ {around} name {} }} }} }}", "} }".repeat(5));
        assert_eq!(server.code(&circle).await.as_deref(), Some("LIM-003"));
        let through = format!("{{ __type(name: \"Query\") {{ {around} name {} }} }}", "} }".repeat(5));
        assert_eq!(server.code(&through).await.as_deref(), Some("LIM-003"));
        still_honest(&server).await;
    }

    async fn large_variables_and_long_lists_of_errors_stay_bounded(stage) {
        let server = server(&stage).await;
        let nodes = "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let ids = |count: usize| json!({ "ids": vec!["x"; count] });
        let (status, code) = outcome(server.body(asked(nodes, ids(10_000)))).await;
        assert!(status == 200 && code.is_some(), "{status} {code:?}");
        let slugs = "query Q($in: [String!]) { companies(filter: { slug: { in: $in } }) { totalCount } }";
        let (status, code) = outcome(server.body(asked(slugs, json!({ "in": vec!["x"; 10_000] })))).await;
        assert!(status == 200 && code.is_some(), "{status} {code:?}");
        let filter = "query Q($filter: CompanyFilter) { companies(filter: $filter) { totalCount } }";
        let nested = |levels: usize| json!({ "filter": serde_json::from_str::<Value>(&format!("{}null{}", "{\"not\":".repeat(levels), "}".repeat(levels))).unwrap() });
        let (status, code) = outcome(server.body(asked(filter, nested(100)))).await;
        assert!(status == 200 && code.is_some(), "{status} {code:?}");
        let wide = json!({ "filter": { "or": vec![json!({ "slug": { "eq": "netflix" } }); 1_000] } });
        let (status, code) = outcome(server.body(asked(filter, wide))).await;
        assert!(status == 200 && code.is_some(), "{status} {code:?}");
        // Names as long as they can be, each unknown: `outcome` bounds the bytes of the answer.
        let unknown = many(150, |number| format!("{}{number}", "a".repeat(400)));
        assert_eq!(outcome(server.body(asked(&format!("{{ service {{ {unknown} }} }}"), json!({})))).await, refused(200, "REQ-006"));
        still_honest(&server).await;
    }

    async fn the_names_of_the_schema_are_not_given_away_by_guesses(stage) {
        let server = server(&stage).await;
        for near in ["{ servise { version } }", "{ companies(frist: 1) { totalCount } }", "{ service { version @skip(iff: true) } }", "{ service { versoin } }"] {
            let public = server.ask(near).await.to_string();
            assert!(public.contains("REQ-006") && !public.contains("Did you mean"), "{public}");
        }
        let admin = tests::admin::person(&stage.store, "ada", content::Role::Admin).await;
        let token = tests::admin::login(&server, &admin).await.access;
        for near in ["{ mee { email } }", "{ companies(frist: 1) { totalCount } }", "{ me { email @skip(iff: true) } }", "{ me { emial } }"] {
            for token in ["", token.as_str()] {
                let answer = tests::admin::ask(&server, token, near).await.body.to_string();
                assert!(answer.contains("errors") && !answer.contains("Did you mean"), "{answer}");
            }
        }
    }

    async fn the_admin_schema_is_shown_to_nobody_who_is_not_logged_in(stage) {
        let server = server(&stage).await;
        for query in [STANDARD_INTROSPECTION, "{ __schema { queryType { name } } }", "{ __type(name: \"User\") { name } }", "mutation { __schema { queryType { name } } }"] {
            let answer = tests::admin::ask(&server, "", query).await;
            assert!(answer.body["data"]["__schema"]["queryType"].is_null() && answer.body["data"]["__type"].is_null(), "{}", answer.body);
            assert!(!answer.body.to_string().contains("AdminQuery"), "{}", answer.body);
        }
    }
}
