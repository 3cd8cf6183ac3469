//! Texts that a database does not take, and cursors that no list has given.

use data_encoding::BASE64URL_NOPAD;

use super::*;

const COMPANIES: &str = "query Q($after: String, $search: String, $filter: CompanyFilter) \
    { companies(first: 2, after: $after, search: $search, filter: $filter) { nodes { slug } pageInfo { endCursor } } }";

tests::both! {
    async fn a_zero_byte_is_the_callers_fault_and_not_ours(stage) {
        let server = server(&stage).await;
        for zero in ["\0", "net\0flix", "netflix\0"] {
            let cases = [
                ("query Q($x: String!) { company(by: { slug: $x }) { name } }", json!({ "x": zero })),
                ("query Q($x: ID!) { company(by: { id: $x }) { name } }", json!({ "x": zero })),
                ("query Q($x: ID!) { node(id: $x) { id } }", json!({ "x": zero })),
                ("query Q($x: ID!) { node(id: $x) { id } }", json!({ "x": format!("company_{zero}") })),
                ("query Q($x: [ID!]!) { nodes(ids: $x) { id } }", json!({ "x": [zero] })),
                ("query Q($x: String) { questions(search: $x) { totalCount } }", json!({ "x": zero })),
                ("query Q($x: String!) { questions(filter: { tag: { in: [$x] } }) { totalCount } }", json!({ "x": zero })),
                (COMPANIES, json!({ "search": zero })),
                (COMPANIES, json!({ "after": zero })),
                (COMPANIES, json!({ "filter": { "slug": { "eq": zero } } })),
                (COMPANIES, json!({ "filter": { "slug": { "in": [zero] } } })),
                (COMPANIES, json!({ "filter": { "name": { "eq": zero } } })),
                (COMPANIES, json!({ "filter": { "name": { "contains": zero } } })),
                (COMPANIES, json!({ "filter": { "name": { "in": [zero] } } })),
                (COMPANIES, json!({ "filter": { "id": { "eq": zero } } })),
                (COMPANIES, json!({ zero: 1 })),
            ];
            for (query, variables) in cases {
                let (status, code) = outcome(server.body(asked(query, variables.clone()))).await;
                assert!(status == 200 && code.as_deref().is_none_or(|code| code != "BUG-001" && !code.starts_with("DB-")), "{query} {variables}: {code:?}");
            }
            let literal = format!("{{ company(by: {{ slug: {} }}) {{ name }} }}", json!(zero));
            let (status, code) = outcome(server.body(asked(&literal, json!({})))).await;
            assert!(status == 200 && code.as_deref() != Some("BUG-001"), "{code:?}");
            let name = json!({ "query": "query A { __typename } query B { __typename }", "operationName": zero }).to_string();
            assert_eq!(outcome(server.body(name)).await, refused(200, "REQ-006"));
            let (status, code) = outcome(tests::admin::login_request(&server, &format!("{zero}@guides.example"), zero)).await;
            assert_eq!((status, code.as_deref()), (200, Some("AUT-003")));
            let token = tests::admin::request(&server, "", "mutation R($x: String!) { refreshSession(refreshToken: $x) { accessToken } }", json!({ "x": zero }));
            let (_, code) = outcome(token).await;
            assert!(code.as_deref().is_some_and(|code| code.starts_with("AUT-")), "{code:?}");
        }
        still_honest(&server).await;
    }

    async fn a_zero_byte_of_an_editor_is_the_editors_fault_and_not_ours(stage) {
        let server = server(&stage).await;
        let ada = tests::admin::person(&stage.store, "ada", content::Role::Admin).await;
        let token = tests::admin::login(&server, &ada).await.access;
        for zero in ["\0", "a\0b"] {
            let cases = [
                ("query Q($x: String!) { apiKeyOfSecret(fingerprint: $x) { secret { shown } } }", json!({ "x": zero })),
                ("query Q($x: String!) { apiKey(by: { name: $x }) { id } }", json!({ "x": zero })),
                ("query Q($x: String!) { partner(by: { slug: $x }) { id } }", json!({ "x": zero })),
                ("query Q($x: String!) { user(by: { email: $x }) { id } }", json!({ "x": zero })),
                ("query Q($x: String!) { company(by: { slug: $x }) { id } }", json!({ "x": zero })),
                ("query Q($x: AuditFilter) { audit(filter: $x) { nodes { id } } }", json!({ "x": { "by": zero } })),
                ("query Q($x: AuditFilter) { audit(filter: $x) { nodes { id } } }", json!({ "x": { "act": [zero] } })),
                ("query Q($x: OperationFilter) { operations(filter: $x) { nodes { id } } }", json!({ "x": { "by": zero } })),
                ("query Q($x: CompanyFilter) { companies(filter: $x) { nodes { id } } }", json!({ "x": { "changedBy": zero } })),
                ("query Q($x: CompanyFilter) { companies(filter: $x) { nodes { id } } }", json!({ "x": { "name": zero } })),
                ("query Q($x: CompanyFilter) { companies(filter: $x) { nodes { id } } }", json!({ "x": { "tier": [zero] } })),
                ("query Q($x: CompanyFilter) { companies(filter: $x) { nodes { id } } }", json!({ "x": { "slugs": [zero] } })),
                ("mutation M($x: CreateCompany!) { createCompany(input: $x) { userErrors { code } } }", json!({ "x": { "guide": { "name": zero } } })),
                ("mutation M($x: SetTier!) { setTier(input: $x) { userErrors { code } } }", json!({ "x": { "key": "a", "name": zero } })),
                ("mutation M($x: SetTier!) { setTier(input: $x) { userErrors { code } } }", json!({ "x": { "key": "a", "name": "A", "expect": zero } })),
                ("mutation M($x: SetTier!) { setTier(input: $x) { userErrors { code } } }", json!({ "x": { "key": "a", "name": "A", "reason": zero } })),
                ("mutation M($x: RemoveTier!) { removeTier(input: $x) { userErrors { code } } }", json!({ "x": { "key": zero } })),
                ("mutation M($x: CreatePartner!) { createPartner(input: $x) { userErrors { code } } }", json!({ "x": { "slug": "a", "name": "A", "contact": zero } })),
                ("mutation M($x: CreateUser!) { createUser(input: $x) { userErrors { code } } }", json!({ "x": { "email": "a@b.example", "name": zero, "role": "READER", "password": "four words and a comma" } })),
                ("mutation M($x: ImportPage!) { importPage(input: $x) { userErrors { code } } }", json!({ "x": { "text": zero, "into": { "new": { "name": zero } } } })),
            ];
            for (query, variables) in cases {
                let (status, code) = outcome(tests::admin::request(&server, &token, query, variables.clone())).await;
                assert!(status == 200 && code.as_deref().is_none_or(|code| code != "BUG-001" && !code.starts_with("DB-")), "{query} {variables}: {code:?}");
            }
        }
        still_honest(&server).await;
    }

    async fn a_cursor_that_the_list_has_not_given_is_refused(stage) {
        let server = server(&stage).await;
        let ask = |after: &str| server.body(asked(COMPANIES, json!({ "after": after })));
        let page = server.ask_with(COMPANIES, json!({})).await.text().await.unwrap();
        let page: Value = serde_json::from_str(&page).unwrap();
        let own = page["data"]["companies"]["pageInfo"]["endCursor"].as_str().unwrap().to_owned();
        assert_eq!(outcome(ask(&own)).await, (200, None));
        let foreign = server.ask("{ questions(first: 1) { pageInfo { endCursor } } }").await["data"]["questions"]["pageInfo"]["endCursor"].clone();
        let backwards = server.ask("{ companies(first: 1, orderBy: { field: PUBLISHED_AT }) { pageInfo { endCursor } } }").await;
        let backwards = backwards["data"]["companies"]["pageInfo"]["endCursor"].clone();
        let plain = String::from_utf8(BASE64URL_NOPAD.decode(own.as_bytes()).unwrap()).unwrap();
        let forged = |text: String| BASE64URL_NOPAD.encode(text.as_bytes());
        let zero = plain.replacen('[', "", 1).replacen("[\"", "[\"\\u0000", 1);
        for (name, cursor) in [
            ("another list's", foreign.as_str().unwrap().to_owned()),
            ("another order's", backwards.as_str().unwrap().to_owned()),
            ("cut", own[..own.len() - 3].to_owned()),
            ("with a tail", format!("{own}AAAA")),
            ("oversized", forged(format!("[\"company.name\",[\"{}\"]]", "a".repeat(40_000)))),
            ("with a zero byte", forged(format!("[{zero}"))),
            ("with more values", forged(plain.replacen("]]", ",1]]", 1))),
            ("of other kinds", forged(plain.replacen("[\"", "[{},\"", 1))),
            ("no base64", "*".to_owned()),
            ("nothing", String::new()),
        ] {
            assert_eq!(outcome(ask(&cursor)).await, refused(200, "REQ-007"), "{name}");
        }
        still_honest(&server).await;
    }
}
