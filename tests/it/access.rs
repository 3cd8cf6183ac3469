//! Who may ask for what: every field at the root of both schemas with everybody who could ask for it, and the wall behind the door.

use std::collections::BTreeSet;

use api::http::Site;
use api::limits::Limits;
use content::access::Caller;
use content::access::role::needed;
use content::access::secret::Secret;
use content::access::session::{self, Login};
use content::code::Code;
use content::edit::Edit;
use content::{OperationKind, Role};
use serde_json::json;
use tests::admin::{Answer, PASSWORD, ask, login, person, request, send};
use tests::{Server, Stage, portrait, refusal};

/// Who may ask for a field; nobody in particular for what a stranger may.
type Least = Option<Role>;

const STRANGER: Least = None;
const READER: Least = Some(Role::Reader);
const AUTHOR: Least = Some(Role::Author);
const PUBLISHER: Least = Some(Role::Publisher);
const ADMIN: Least = Some(Role::Admin);

/// Every field at the root of the admin schema, with the least role that may ask for it and a document that asks.
const ADMIN_FIELDS: &[(&str, Least, &str)] = &[
    ("__typename", STRANGER, "{ __typename }"),
    ("__schema", READER, "{ __schema { queryType { name } } }"),
    ("__type", READER, r#"{ __type(name: "User") { name } }"#),
    ("me", READER, "{ me { email sessions { id } } }"),
    ("company", READER, r#"{ company(by: { slug: "netflix" }) { name state } }"#),
    ("companies", READER, "{ companies { totalCount } }"),
    ("operation", READER, r#"{ operation(id: "0190d5c8-7a2b-7c3d-8e4f-5a6b7c8d9e0f") { id } }"#),
    ("operations", READER, "{ operations { totalCount } }"),
    ("tiers", READER, "{ tiers { stamp } }"),
    ("users", ADMIN, "{ users { email } }"),
    ("user", ADMIN, r#"{ user(by: { email: "admin@guides.example" }) { email } }"#),
    ("signingKeys", ADMIN, "{ signingKeys { id } }"),
    ("partners", ADMIN, "{ partners { slug } }"),
    ("partner", ADMIN, r#"{ partner(by: { slug: "nobody" }) { slug } }"#),
    ("trustedDocuments", ADMIN, r#"{ trustedDocuments(partner: { slug: "nobody" }) { nodes { hash } } }"#),
    ("apiKeys", ADMIN, "{ apiKeys { name } }"),
    ("apiKey", ADMIN, r#"{ apiKey(by: { name: "key_no_body" }) { name } }"#),
    ("apiKeyOfSecret", ADMIN, r#"{ apiKeyOfSecret(fingerprint: "00") { secret { shown } } }"#),
    ("audit", ADMIN, "{ audit { totalCount } }"),
    ("login", STRANGER, r#"mutation { login(input: { email: "x@guides.example", password: "x" }) { accessToken } }"#),
    ("refreshSession", STRANGER, r#"mutation { refreshSession(refreshToken: "grr_x") { accessToken } }"#),
    ("changePassword", READER, r#"mutation { changePassword(oldPassword: "x", newPassword: "a thing of beauty") { done } }"#),
    ("revokeSession", READER, r#"mutation { revokeSession(id: "session_x") { done } }"#),
    ("rotateSigningKey", ADMIN, "mutation { rotateSigningKey { id } }"),
    ("createCompany", AUTHOR, r#"mutation { createCompany(input: { guide: { name: "Nowhere" } }) { userErrors { code } } }"#),
    (
        "saveDraft",
        AUTHOR,
        r#"mutation { saveDraft(input: { company: { slug: "netflix" }, expect: { base: 1, edits: 0 }, guide: { name: "Netflix" } }) { userErrors { code } } }"#,
    ),
    (
        "changeDrafts",
        AUTHOR,
        r#"mutation { changeDrafts(input: { companies: [{ company: { slug: "netflix" }, changes: [{ set: { name: "N" } }] }] }) { userErrors { code } } }"#,
    ),
    (
        "discardDrafts",
        AUTHOR,
        r#"mutation { discardDrafts(input: { companies: [{ company: { slug: "netflix" }, expect: { base: 1, edits: 1 } }] }) { userErrors { code } } }"#,
    ),
    (
        "rebaseDraft",
        AUTHOR,
        r#"mutation { rebaseDraft(input: { company: { slug: "netflix" }, expect: { base: 1, edits: 1 } }) { userErrors { code } } }"#,
    ),
    (
        "importPage",
        AUTHOR,
        r#"mutation { importPage(input: { text: "Nowhere", into: { new: { slug: "here" } } }) { userErrors { code } } }"#,
    ),
    (
        "publish",
        PUBLISHER,
        r#"mutation { publish(input: { companies: [{ company: { slug: "netflix" }, expect: { base: 1, edits: 1 } }] }) { userErrors { code } } }"#,
    ),
    ("unpublish", PUBLISHER, r#"mutation { unpublish(input: { companies: [{ company: { slug: "netflix" } }] }) { userErrors { code } } }"#),
    ("rollBack", PUBLISHER, r#"mutation { rollBack(input: { company: { slug: "netflix" }, revision: 1 }) { userErrors { code } } }"#),
    (
        "renameCompany",
        PUBLISHER,
        r#"mutation { renameCompany(input: { company: { slug: "apple" }, slug: "pear" }) { userErrors { code } } }"#,
    ),
    ("archive", PUBLISHER, r#"mutation { archive(input: { companies: [{ company: { slug: "netflix" } }] }) { userErrors { code } } }"#),
    ("restore", PUBLISHER, r#"mutation { restore(input: { companies: [{ company: { slug: "netflix" } }] }) { userErrors { code } } }"#),
    ("deleteCompany", ADMIN, r#"mutation { deleteCompany(input: { company: { slug: "netflix" } }) { userErrors { code } } }"#),
    ("undo", AUTHOR, r#"mutation { undo(input: { operation: "0190d5c8-7a2b-7c3d-8e4f-5a6b7c8d9e0f" }) { userErrors { code } } }"#),
    ("setTier", ADMIN, r#"mutation { setTier(input: { key: "big-tech", name: "Bigger" }) { userErrors { code } } }"#),
    ("arrangeTiers", ADMIN, r#"mutation { arrangeTiers(input: { keys: ["big-tech"] }) { userErrors { code } } }"#),
    ("removeTier", ADMIN, r#"mutation { removeTier(input: { key: "big-tech" }) { userErrors { code } } }"#),
    (
        "createUser",
        ADMIN,
        r#"mutation { createUser(input: { email: "new@guides.example", name: "New", role: ADMIN, password: "a thing of beauty" }) { userErrors { code } } }"#,
    ),
    (
        "changeUser",
        ADMIN,
        r#"mutation { changeUser(input: { user: { email: "reader@guides.example" }, role: READER }) { userErrors { code } } }"#,
    ),
    ("disableUser", ADMIN, r#"mutation { disableUser(input: { user: { email: "victim@guides.example" } }) { userErrors { code } } }"#),
    ("enableUser", ADMIN, r#"mutation { enableUser(input: { user: { email: "victim@guides.example" } }) { userErrors { code } } }"#),
    (
        "resetPassword",
        ADMIN,
        r#"mutation { resetPassword(input: { user: { email: "victim@guides.example" }, newPassword: "a thing of beauty" }) { userErrors { code } } }"#,
    ),
    ("createPartner", ADMIN, r#"mutation { createPartner(input: { slug: "new", name: "New" }) { userErrors { code } } }"#),
    ("changePartner", ADMIN, r#"mutation { changePartner(input: { partner: { slug: "new" }, name: "N" }) { userErrors { code } } }"#),
    ("disablePartner", ADMIN, r#"mutation { disablePartner(input: { partner: { slug: "new" } }) { userErrors { code } } }"#),
    ("enablePartner", ADMIN, r#"mutation { enablePartner(input: { partner: { slug: "new" } }) { userErrors { code } } }"#),
    (
        "registerDocuments",
        ADMIN,
        r#"mutation { registerDocuments(input: { partner: { slug: "new" }, documents: ["{ tiers { key } }"] }) { userErrors { code } } }"#,
    ),
    (
        "unregisterDocuments",
        ADMIN,
        r#"mutation { unregisterDocuments(input: { partner: { slug: "new" }, documents: ["00"] }) { userErrors { code } } }"#,
    ),
    (
        "createApiKey",
        ADMIN,
        r#"mutation { createApiKey(input: { partner: { slug: "new" }, name: "web", scopes: [COMPANIES_READ] }) { userErrors { code } } }"#,
    ),
    ("changeApiKey", ADMIN, r#"mutation { changeApiKey(input: { apiKey: { name: "key_new_web" } }) { userErrors { code } } }"#),
    (
        "rotateApiKey",
        ADMIN,
        r#"mutation { rotateApiKey(input: { apiKey: { name: "key_new_web" }, overlapSeconds: 0 }) { userErrors { code } } }"#,
    ),
    ("finishRotation", ADMIN, r#"mutation { finishRotation(input: { apiKey: { name: "key_new_web" } }) { userErrors { code } } }"#),
    ("revokeApiKey", ADMIN, r#"mutation { revokeApiKey(input: { apiKey: { name: "key_new_web" } }) { userErrors { code } } }"#),
    // The last one: whoever may ask for it is out then.
    ("logout", READER, "mutation { logout { done } }"),
];

/// Every field at the root of the public schema, with a document that asks for it.
const PUBLIC_FIELDS: &[(&str, &str)] = &[
    ("node", r#"{ node(id: "company_01k9v0m4x2e8gtd3w6yq7r5zns") { id } }"#),
    ("nodes", "{ nodes(ids: []) { id } }"),
    ("company", r#"{ company(by: { slug: "netflix" }) { name } }"#),
    ("companies", "{ companies { totalCount } }"),
    ("questions", "{ questions { totalCount } }"),
    ("salaryRanges", "{ salaryRanges { totalCount } }"),
    ("tiers", "{ tiers { key } }"),
    ("service", "{ service { version } }"),
    ("viewer", "{ viewer { __typename } }"),
];

const ROOTS: &str = "{ __schema { queryType { fields { name } } mutationType { fields { name } } } }";

fn roots(answer: &serde_json::Value) -> BTreeSet<String> {
    let schema = &answer["data"]["__schema"];
    let fields = ["queryType", "mutationType"].map(|root| schema[root]["fields"].as_array().cloned().unwrap_or_default());
    fields.into_iter().flatten().map(|field| field["name"].as_str().unwrap().to_owned()).collect()
}

/// Everybody who could ask, with what they prove it by.
async fn everybody(stage: &Stage, server: &Server) -> Vec<(Least, String)> {
    let mut all = vec![(STRANGER, String::new())];
    for role in [Role::Reader, Role::Author, Role::Publisher, Role::Admin] {
        let user = person(&stage.store, &role.to_string(), role).await;
        all.push((Some(role), login(server, &user).await.access));
    }
    all
}

/// With what somebody is refused who has too little.
const fn refused_to(asker: Least) -> (u16, Option<&'static str>) {
    if asker.is_none() { (401, Some("AUT-001")) } else { (403, Some("PER-001")) }
}

fn let_through(answer: &Answer, what: &str) {
    let text = answer.body.to_string();
    for code in ["AUT-001", "PER-001", "REQ-005", "REQ-006", "BUG-001"] {
        assert!(!text.contains(code), "{what}: {text}");
    }
    assert!(answer.body.get("data").is_some(), "it was executed: {what}: {text}");
}

tests::both! {
    async fn every_field_of_the_admin_schema_is_answered_to_those_who_may_ask_and_to_nobody_else(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        person(&stage.store, "victim", Role::Reader).await;
        let everybody = everybody(&stage, &server).await;
        let known: BTreeSet<String> = ADMIN_FIELDS.iter().map(|(name, ..)| (*name).to_owned()).collect();
        let mut served = roots(&ask(&server, &everybody[4].1, ROOTS).await.body);
        served.extend(["__schema", "__type", "__typename"].map(str::to_owned));
        assert_eq!(served, known, "every field at the root has its place in the table above");
        let before = portrait::everything(&stage.store).await;
        for (name, least, document) in ADMIN_FIELDS {
            for (asker, token) in everybody.iter().filter(|(asker, _)| asker < least) {
                let answer = ask(&server, token, document).await;
                assert_eq!(answer.outcome(), refused_to(*asker), "{name} for {asker:?}");
                assert!(answer.body.get("data").is_none(), "{name} for {asker:?}: nothing is executed");
            }
        }
        assert_eq!(portrait::everything(&stage.store).await, before, "what is refused leaves no trace");
        for (name, least, document) in ADMIN_FIELDS {
            for (asker, token) in everybody.iter().filter(|(asker, _)| asker >= least) {
                let_through(&ask(&server, token, document).await, &format!("{name} for {asker:?}"));
            }
        }
    }

    async fn every_field_of_the_public_schema_is_answered_to_all_or_to_none(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let known: BTreeSet<String> = PUBLIC_FIELDS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(roots(&server.ask(ROOTS).await), known, "every field at the root has its place in the table above");
        let mut closed = Site::new(stage.store.clone(), Limits::default());
        closed.anonymous = false;
        let closed = Server::serve(closed);
        for (name, document) in PUBLIC_FIELDS {
            let answer = server.ask(document).await;
            assert!(answer.get("errors").is_none(), "{name}: {answer}");
            let refused = send(closed.body(json!({ "query": document }).to_string())).await;
            assert_eq!(refused.outcome(), (401, Some("AUT-001")), "{name}");
            assert!(refused.body.get("data").is_none(), "{name}");
        }
    }

    async fn no_fragment_alias_or_second_operation_carries_a_field_past_the_check(stage) {
        let server = Server::of(&stage);
        let everybody = everybody(&stage, &server).await;
        let before = portrait::everything(&stage.store).await;
        for document in [
            "{ ...F } fragment F on Query { users { email } }",
            "{ ...F } fragment F on Query { ...G } fragment G on Query { ... { users { email } } }",
            "{ ... on Query { users { email } } }",
            "{ ... @include(if: true) { users { email } } }",
            "{ __typename: users { email } }",
            "{ __typename me: users { email } }",
            "{ __typename users @skip(if: false) { email } }",
            "query($no: Boolean = false) { users @skip(if: $no) { email } }",
            "mutation { login: rotateSigningKey { id } }",
            "mutation { ...F } fragment F on Mutation { login: rotateSigningKey { id } }",
            r#"mutation { login(input: { email: "x", password: "x" }) { accessToken } ... { rotateSigningKey { id } } }"#,
        ] {
            for (asker, token) in &everybody[..4] {
                assert_eq!(ask(&server, token, document).await.outcome(), refused_to(*asker), "{document} for {asker:?}");
            }
        }
        let two = "query A { __typename } query B { users { email } }";
        let named = |name: &str| json!({ "query": two, "operationName": name }).to_string();
        let send_as = |name: &str| send(server.request("POST", "/admin/graphql").header("content-type", "application/json").body(named(name)));
        assert_eq!(send_as("A").await.outcome(), (200, None));
        assert_eq!(send_as("B").await.outcome(), (401, Some("AUT-001")));
        for unnamed in ["C", ""] {
            assert!(send_as(unnamed).await.body["data"]["users"].is_null());
        }
        assert_eq!(portrait::everything(&stage.store).await, before);
    }

    async fn an_edit_is_refused_to_too_low_a_role_also_behind_the_door(stage) {
        use OperationKind::{
            Archive, Create, Delete, Discard, Import, Keys, Partners, Publish, Rebase, Rename, RollBack, Save, Tiers, Undo, Unpublish, Users,
        };
        let gate = stage.store.gate();
        for role in [Role::Reader, Role::Author, Role::Publisher, Role::Admin] {
            let email = person(&stage.store, &role.to_string(), role).await.email;
            let login = Login { email, password: Secret::new(PASSWORD), caller: Caller::default() };
            let opened = session::open(&gate, login).await.unwrap();
            let desk = stage.store.desk_of(session::find(&gate, opened.session).await.unwrap());
            let kinds = [
                Archive, Create, Delete, Discard, Import, Keys, Partners, Publish, Rebase, Rename, RollBack, Save, Tiers, Undo, Unpublish, Users,
            ];
            for kind in kinds {
                let edit = Edit::begin(&desk, kind, "A test").await;
                if role >= needed(kind) {
                    drop(edit.unwrap());
                } else {
                    assert_eq!(refusal(edit.map(drop)), Code::RoleMissing, "{kind} for {role}");
                }
            }
        }
    }

    async fn the_admin_door_takes_posts_of_json_only_and_nobody_keeps_its_answers(stage) {
        let server = Server::of(&stage);
        let token = login(&server, &person(&stage.store, "nora", Role::Admin).await).await.access;
        let no_store = |answer: &Answer| assert_eq!(answer.headers["cache-control"], "no-store", "{}", answer.body);
        for token in ["", &token, "garbage"] {
            let get = send(server.request("GET", "/admin/graphql").query(&[("query", "{ me { email } }")]).bearer_auth(token)).await;
            assert_eq!((get.outcome(), get.headers["allow"].to_str().unwrap()), ((405, Some("REQ-004")), "POST"));
            for document in ["{ me { email } }", "{ __typename }", "{ nothing }", "{"] {
                no_store(&ask(&server, token, document).await);
            }
        }
        let body = r#"{"query":"{ me { email } }"}"#;
        for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
            let post = server.request("POST", "/admin/graphql").header("content-type", kind).bearer_auth(&token).body(body);
            let answer = send(post).await;
            assert_eq!(answer.outcome(), (415, Some("REQ-002")), "{kind}");
            no_store(&answer);
        }
        no_store(&send(request(&server, &token, "{ me { email } }", json!({})).header("accept", "text/html")).await);
    }

    async fn an_editor_is_told_that_the_public_api_does_not_know_the_token(stage) {
        let server = Server::of(&stage);
        let token = login(&server, &person(&stage.store, "nora", Role::Admin).await).await.access;
        let post = server.body(r#"{"query":"{ companies { totalCount } }"}"#).bearer_auth(&token);
        assert_eq!(send(post).await.outcome(), (401, Some("KEY-007")));
    }
}
