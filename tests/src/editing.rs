//! The admin schema at a desk, without HTTP: documents are executed as the server executes them, for a user of any role.

#![allow(clippy::expect_used, reason = "a harness fails loudly")]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use api::access::Keys;
use api::graphql::Budget;
use api::graphql::admin::{AdminSchema, Now, admin, admin_sdl, brought_by};
use api::graphql::fault::RequestId;
use api::limits::Limits;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
use async_graphql::{Request, Variables};
use content::access::Caller;
use content::access::session::Standing;
use content::user::User;
use content::view::Desk;
use content::{Role, SessionId, UserId};
use entity::user;
use sea_orm::EntityTrait;
use sea_orm::prelude::Uuid;
use serde_json::{Value, json};

use crate::Stage;

/// Everything that an answer says besides what its kind has of its own.
const ANSWER: &str = "operation { id kind by reason undoes job plan { ...P } } plan { ...P } userErrors { code path message company } \
    conflicts { company places { path base theirs yours by at } merged { ...G } stamp { base edits } } dryRun repeated";

/// A plan, whole.
const PLAN: &str = "fragment P on Plan { companies { id name before { ...S } after { ...S } changes { ...C } publicChanges { ...C } } \
    subjects { subject changes { ...C } } left { subject path } madeKeys } \
    fragment S on Standing { slug revision archived hasDraft stamp { base edits } } \
    fragment C on Change { path kind from to words { kind text } placeFrom { list number } placeTo { list number } }";

/// A guide, whole.
pub const GUIDE: &str = "fragment G on Guide { name sample tier highlights focusAreas { ...L } interviewLoop { key title duration { min max } focus \
    tips { ...L } } questionCategories { key name weightPercent questions { key text difficulty tags guidance } } insiderTips { ...L } \
    redFlags { ...L } traits { ...L } salaryRanges { key level figures { min max openEnded } currency period basis note source asOf } \
    prepPlan { week text } verifiedOn sources { ...L } } fragment L on Line { key text }";

/// Somebody at the admin schema.
#[derive(Clone)]
pub struct Office {
    schema: AdminSchema,
    keys: Keys,
    /// The desk that they sit at.
    pub desk: Desk,
}

impl Office {
    /// A user of this role, who is made for it. Ada is the administrator, and so on.
    ///
    /// # Panics
    ///
    /// If the user cannot be written.
    pub async fn of(stage: &Stage, name: &str, role: Role) -> Self {
        let row = user_row(stage, name, role);
        user::Entity::insert(user::ActiveModel::from(row.clone()))
            .exec_without_returning(stage.store.writer())
            .await
            .expect("a user is written");
        let standing = Standing { session: SessionId(fresh()), user: User::from(row) };
        let keys = Keys::new(stage.store.gate(), None);
        Self { schema: admin(Limits::default()), keys, desk: stage.store.desk_of(standing) }
    }

    /// Executes a document.
    ///
    /// # Panics
    ///
    /// If the answer is no JSON.
    pub async fn ask(&self, query: &str, variables: Value) -> Value {
        let request = Request::new(query).variables(Variables::from_json(variables));
        let request = brought_by(request, &self.desk.gate(), Some(self.desk.clone()));
        let request =
            request.data(self.keys.clone()).data(Caller::new("127.0.0.1", "a test")).data(Now(entity::Timestamp(1_795_000_000_000_000)));
        let request = request.data(RequestId("a-test".to_owned())).data(Budget::new(Limits::default().entries));
        serde_json::to_value(self.schema.execute(request).await).expect("an answer is JSON")
    }

    /// Sends an edit and gives the answer of its field, or the errors of the whole.
    ///
    /// # Panics
    ///
    /// If the schema has no such edit.
    pub async fn edit(&self, name: &str, input: Value) -> Value {
        let mutation = &mutations()[name];
        let answer = self.ask(mutation, json!({ "input": input })).await;
        match answer.get("errors") {
            Some(errors) => json!({ "errors": errors }),
            None => answer["data"][name].clone(),
        }
    }

    /// Sends an edit that must be done, and gives its answer.
    ///
    /// # Panics
    ///
    /// If it is not done.
    #[track_caller]
    #[allow(clippy::must_use_candidate, reason = "often that it was done is all there is to know")]
    pub fn done(answer: Value) -> Value {
        assert!(answer.get("errors").is_none() && answer["userErrors"] == json!([]), "it was not done: {answer:#}");
        answer
    }

    /// The stamp of a company.
    pub async fn stamp(&self, slug: &str) -> Value {
        let answer = self.ask("query Q($s: String) { company(by: { slug: $s }) { stamp { base edits } } }", json!({ "s": slug })).await;
        answer["data"]["company"]["stamp"].clone()
    }

    /// What the next writer has to say to have seen of a user.
    pub async fn version(&self, name: &str) -> Value {
        let query = "query Q($e: String) { user(by: { email: $e }) { version } }";
        self.ask(query, json!({ "e": format!("{name}@guides.example") })).await["data"]["user"]["version"].clone()
    }

    /// What editors work on of a company, as it is sent back.
    pub async fn guide(&self, slug: &str) -> Value {
        let query = format!("query Q($s: String) {{ company(by: {{ slug: $s }}) {{ guide {{ ...G }} }} }} {GUIDE}");
        self.ask(&query, json!({ "s": slug })).await["data"]["company"]["guide"].clone()
    }
}

/// An id that nothing has yet.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "nobody has to foresee it")]
pub fn fresh() -> Uuid {
    Uuid::now_v7()
}

/// The row of a user who never logs in.
fn user_row(stage: &Stage, name: &str, role: Role) -> user::Model {
    user::Model {
        id: UserId(fresh()),
        email: format!("{name}@guides.example"),
        name: name.to_owned(),
        role,
        password_hash: "none".to_owned(),
        version: 1,
        created_at: stage.store.now(),
        disabled_at: None,
    }
}

/// What is no edit: how people come in, and what is about their sessions and keys.
pub const NO_EDITS: &[&str] = &["login", "refreshSession", "logout", "changePassword", "revokeSession", "rotateSigningKey"];

/// A document for every edit of the schema, by its name. It is made from the schema, so that none can be forgotten.
///
/// # Panics
///
/// If the schema is none.
#[must_use]
pub fn mutations() -> &'static BTreeMap<String, String> {
    // Reading the schema takes a second, and two hundred writers at the same time would do nothing else.
    static DOCUMENTS: LazyLock<BTreeMap<String, String>> = LazyLock::new(documents);
    &DOCUMENTS
}

fn documents() -> BTreeMap<String, String> {
    let schema = parse_schema(admin_sdl()).expect("a schema");
    let mut documents = BTreeMap::new();
    for definition in schema.definitions {
        let TypeSystemDefinition::Type(kind) = definition else { continue };
        let TypeKind::Object(object) = kind.node.kind else { continue };
        if kind.node.name.node != "Mutation" {
            continue;
        }
        for field in object.fields.into_iter().map(|field| field.node) {
            let name = field.name.node.to_string();
            if NO_EDITS.contains(&name.as_str()) {
                continue;
            }
            let input = field.arguments[0].node.ty.node.to_string();
            let own = match field.ty.node.to_string().trim_end_matches('!') {
                "CompanyEdit" => "companies { id slug state }",
                "TierEdit" => "tiers { stamp tiers { key name position } }",
                "UserEdit" => "user { id email name role }",
                "PartnerEdit" => "partner { id slug name contact disabledAt }",
                "ApiKeyEdit" => "apiKey { id name state scopes secrets { shown live } }",
                "ImportEdit" => "company { id slug state } report { counts { lines placed setAside notPlaced } }",
                _ => "",
            };
            documents.insert(
                name.clone(),
                format!("mutation M($input: {input}) {{ {name}(input: $input) {{ {ANSWER} {own} }} }} {PLAN} {GUIDE}"),
            );
        }
    }
    documents
}
