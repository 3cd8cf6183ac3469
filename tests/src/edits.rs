//! An edit of every kind that the admin schema has: the content that it needs, and an input that does something to it.

#![allow(clippy::expect_used, clippy::panic, reason = "a harness fails loudly")]

use std::collections::BTreeMap;
use std::path::Path;

use content::company;
use content::store::{Options, Store};
use content::tier::{self, Tier};
use content::trusted_document::Hash;
use content::{OperationKind, Role};
use entity::{api_key, api_secret, draft, partner, tier as tier_row, trusted_document, user};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, Statement};
use serde_json::{Value, json};

use crate::editing::{Office, fresh};
use crate::guides::{complete, key, line, saying};
use crate::portrait::{self, everything};
use crate::{Backend, Stage};

/// Sets the stage for every edit: `acorn` is public in two revisions, `birch` public with a draft, `cedar` only a draft, `dogwood` archived with an
/// old slug, `fir` was rolled back under its draft; the tier `spare` is nobody's, and `dan` is shut out. Gives an administrator.
///
/// # Panics
///
/// If the database fails.
pub async fn set(stage: &Stage) -> Office {
    let editor = stage.editor().await;
    let spare = Tier { key: key("spare"), name: "Spare".to_owned(), position: 3 };
    editor.act(OperationKind::Tiers, async |edit| tier::put(edit, spare.clone()).await).await.expect("a tier");
    let acorn = editor.create_public("acorn", &complete("Acorn")).await.expect("a guide");
    editor.republish(acorn, &saying("Acorn", "Two?")).await.expect("a revision");
    let birch = editor.create_public("birch", &complete("Birch")).await.expect("a guide");
    editor.save(birch, &saying("Birch", "Open?")).await.expect("a draft");
    editor.create("cedar", &complete("Cedar")).await.expect("a draft");
    let dogwood = editor.create_public("dogwood-inn", &complete("Dogwood")).await.expect("a guide");
    editor.rename(dogwood, "dogwood").await.expect("another slug");
    editor.archive(dogwood).await.expect("it goes away");
    let fir = editor.create_public("fir", &complete("Fir")).await.expect("a guide");
    editor.republish(fir, &saying("Fir", "Two?")).await.expect("a revision");
    let mut more = saying("Fir", "Two?");
    more.traits.push(line("trait-2", "Curiosity."));
    editor.save(fir, &more).await.expect("a draft");
    editor.roll_back(fir, 1).await.expect("an old revision");
    Office::of(stage, "cyn", Role::Author).await;
    Office::of(stage, "dan", Role::Reader).await;
    let ada = Office::of(stage, "ada", Role::Admin).await;
    for partner in ["aldermere", "brook"] {
        Office::done(ada.edit("createPartner", json!({ "slug": partner, "name": partner, "contact": "keys@partner.example" })).await);
    }
    Office::done(ada.edit("disablePartner", json!({ "partner": { "slug": "brook" } })).await);
    make_key(&ada, "web").await;
    let documents = json!({ "partner": { "slug": "aldermere" }, "documents": [REGISTERED] });
    Office::done(ada.edit("registerDocuments", documents).await);
    Office::done(ada.edit("disableUser", json!({ "user": { "email": "dan@guides.example" } })).await);
    ada
}

/// What an edit of this name is sent, and what it needs besides the stage: the stamps as they are now, something to take back.
///
/// # Panics
///
/// If nothing is known of an edit: whoever adds one to the schema adds it here.
pub async fn input(office: &Office, name: &str) -> Value {
    match name {
        "createUser" | "changeUser" | "disableUser" | "enableUser" | "resetPassword" => of_user(office, name).await,
        "createPartner" | "changePartner" | "disablePartner" | "enablePartner" => of_partner(name),
        "registerDocuments" | "unregisterDocuments" => of_document(name),
        "createApiKey" | "changeApiKey" | "rotateApiKey" | "finishRotation" | "revokeApiKey" => of_key(office, name).await,
        "setTier" | "arrangeTiers" | "removeTier" => of_tier(name),
        "saveDraft" | "changeDrafts" | "discardDrafts" | "rebaseDraft" | "importPage" => of_draft(office, name).await,
        _ => of_company(office, name).await,
    }
}

async fn of_company(office: &Office, name: &str) -> Value {
    let (acorn, birch) = (office.stamp("acorn").await, office.stamp("birch").await);
    match name {
        "createCompany" => json!({ "slug": "elm", "guide": { "name": "Elm", "tier": "startup", "traits": [{ "text": "Patience" }] } }),
        "renameCompany" => json!({ "company": { "slug": "acorn" }, "slug": "acorn-labs", "expect": acorn }),
        "archive" => json!({ "companies": [{ "company": { "slug": "acorn" }, "expect": acorn }, { "company": { "slug": "cedar" } }] }),
        "restore" => json!({ "companies": [{ "company": { "slug": "dogwood" } }] }),
        "deleteCompany" => json!({ "company": { "slug": "dogwood" } }),
        "undo" => {
            let saved = json!({ "companies": [{ "company": { "slug": "cedar" }, "changes": [{ "set": { "highlights": [fresh().to_string()] } }] }] });
            let saved = Office::done(office.edit("changeDrafts", saved).await);
            json!({ "operation": saved["operation"]["id"] })
        }
        "publish" => {
            let cedar = office.stamp("cedar").await;
            json!({ "companies": [{ "company": { "slug": "birch" }, "expect": birch }, { "company": { "slug": "cedar" }, "expect": cedar }] })
        }
        "unpublish" => json!({ "companies": [{ "company": { "slug": "acorn" } }, { "company": { "slug": "birch" }, "expect": birch }] }),
        "rollBack" => json!({ "company": { "slug": "acorn" }, "revision": 1, "expect": acorn }),
        _ => panic!("there is an edit {name} that no test does: add it to tests/src/edits.rs"),
    }
}

async fn of_draft(office: &Office, name: &str) -> Value {
    let (acorn, birch) = (office.stamp("acorn").await, office.stamp("birch").await);
    match name {
        "saveDraft" => {
            let mut guide = office.guide("acorn").await;
            guide["traits"][0]["text"] = json!("Haste.");
            json!({ "company": { "slug": "acorn" }, "expect": acorn, "guide": guide })
        }
        "changeDrafts" => json!({ "companies": [
            { "company": { "slug": "acorn" }, "expect": acorn, "changes": [{ "addLine": { "list": { "traits": true }, "text": "Grit" } }] },
            { "company": { "slug": "birch" }, "changes": [{ "remove": { "key": "q-2" } }, { "changeRound": { "key": "screen", "duration": null } }] },
        ] }),
        "discardDrafts" => json!({ "companies": [{ "company": { "slug": "birch" }, "expect": birch }] }),
        "rebaseDraft" => json!({ "company": { "slug": "fir" }, "expect": office.stamp("fir").await }),
        _ => json!({ "text": "Gum\n\nInsider tips\nAsk about the soil.", "into": { "new": { "name": "Gum" } } }),
    }
}

fn of_tier(name: &str) -> Value {
    match name {
        "setTier" => json!({ "key": "startup", "name": "Young companies" }),
        "arrangeTiers" => json!({ "keys": ["spare", "ai-lab"] }),
        _ => json!({ "key": "spare" }),
    }
}

async fn of_user(office: &Office, name: &str) -> Value {
    let (cyn, dan) = (json!({ "email": "cyn@guides.example" }), json!({ "email": "dan@guides.example" }));
    match name {
        "createUser" => json!({ "email": "eve@guides.example", "name": "Eve", "role": "AUTHOR", "password": "nine green bottles" }),
        "changeUser" => json!({ "user": cyn, "name": "Cynthia", "role": "PUBLISHER", "expect": office.version("cyn").await }),
        "disableUser" => json!({ "user": cyn }),
        "enableUser" => json!({ "user": dan }),
        _ => json!({ "user": cyn, "newPassword": "eight green bottles" }),
    }
}

/// The edits that an undo does not take back: what they did with a password or a secret is done.
pub const FINAL: &[&str] = &["resetPassword", "createApiKey", "rotateApiKey", "finishRotation", "revokeApiKey"];

fn of_partner(name: &str) -> Value {
    let aldermere = json!({ "slug": "aldermere" });
    match name {
        "createPartner" => json!({ "slug": "windmill", "name": "Windmill" }),
        "changePartner" => json!({ "partner": aldermere, "name": "Aldermere Prep", "contact": null }),
        "disablePartner" => json!({ "partner": aldermere }),
        _ => json!({ "partner": { "slug": "brook" } }),
    }
}

/// The document that Aldermere has.
pub const REGISTERED: &str = "query Tiers { tiers { key } }";

fn of_document(name: &str) -> Value {
    let aldermere = json!({ "slug": "aldermere" });
    match name {
        "registerDocuments" => {
            json!({ "partner": aldermere, "documents": ["{ tiers { name } }", REGISTERED, "query Two { tiers { key name } }"] })
        }
        _ => json!({ "partner": aldermere, "documents": [Hash::of(REGISTERED).to_string().to_uppercase()] }),
    }
}

/// Makes a key of Aldermere, and gives its name.
async fn make_key(office: &Office, name: &str) -> String {
    let input = json!({ "partner": { "slug": "aldermere" }, "name": name, "scopes": ["COMPANIES_READ"] });
    let made = Office::done(office.edit("createApiKey", input).await);
    made["apiKey"]["name"].as_str().unwrap_or_default().to_owned()
}

async fn of_key(office: &Office, name: &str) -> Value {
    let web = json!({ "name": "key_aldermere_web" });
    let new = format!("k-{}", fresh().simple());
    match name {
        "createApiKey" => json!({ "partner": { "slug": "aldermere" }, "name": new, "scopes": ["QUESTIONS_READ", "SALARIES_READ"],
            "mode": "TEST", "requestsPerDay": 50, "origins": ["https://prep.example"], "networks": ["192.0.2.0/24", "2001:db8::1"] }),
        "changeApiKey" => json!({ "apiKey": web, "scopes": ["SALARIES_READ"], "pointsPerMinute": 7, "requestsPerDay": 9,
            "networks": ["192.0.2.1"], "trustedOnly": true, "expiresAt": "2099-01-01T00:00:00Z" }),
        "rotateApiKey" => json!({ "apiKey": web, "overlapSeconds": 0 }),
        "finishRotation" => {
            Office::done(office.edit("rotateApiKey", json!({ "apiKey": web, "overlapSeconds": 3600 })).await);
            json!({ "apiKey": web })
        }
        _ => json!({ "apiKey": { "name": make_key(office, &new).await } }),
    }
}

/// Everything that people can tell apart, without numbers that only rise: companies, their texts, the tiers, the users.
///
/// # Panics
///
/// If the database fails.
pub async fn standing(stage: &Stage) -> BTreeMap<String, String> {
    let database = stage.store.writer();
    let mut found = BTreeMap::new();
    for row in entity::company::Entity::find().all(database).await.expect("companies are read") {
        let portrait = portrait::of(&stage.store, row.id).await.expect("it was there just now");
        let draft = portrait.draft.map(|draft: draft::Model| (draft.base_revision, draft.body, draft.ready));
        found.insert(row.slug.to_string(), format!("{:?} {:?} {draft:?} {:?}", row.id, portrait.archived_at, portrait.public));
    }
    for row in tier_row::Entity::find().all(database).await.expect("tiers are read") {
        found.insert(format!("tier {}", row.key), format!("{row:?}"));
    }
    for row in user::Entity::find().all(database).await.expect("users are read") {
        found.insert(row.email.clone(), format!("{:?} {} {} {:?}", row.id, row.name, row.role, row.disabled_at));
    }
    for row in partner::Entity::find().all(database).await.expect("partners are read") {
        found.insert(format!("partner {}", row.slug), format!("{:?} {} {:?} {:?}", row.id, row.name, row.contact, row.disabled_at));
    }
    for row in api_key::Entity::find().all(database).await.expect("keys are read") {
        found.insert(format!("key {}", row.name), format!("{:?}", api_key::Model { version: 0, ..row }));
    }
    for row in trusted_document::Entity::find().all(database).await.expect("documents are read") {
        found.insert(format!("document {}", row.hash), format!("{row:?}"));
    }
    for row in api_secret::Entity::find().all(database).await.expect("secrets are read") {
        found.insert(format!("secret {}", row.hash), format!("{row:?}"));
    }
    let public = company::list(&stage.view(), &company::Selection::default(), crate::window::all()).await.expect("guides are read");
    found.insert("public".to_owned(), public.edges.len().to_string());
    found
}

/// Every byte that the database keeps: its files on SQLite, every row of every table and every counter on PostgreSQL.
///
/// # Panics
///
/// If the database fails.
pub async fn bytes(stage: &Stage) -> Vec<Vec<u8>> {
    let database = stage.store.writer();
    let rows = everything(&stage.store).await.into_iter().map(String::into_bytes);
    if stage.backend == Backend::Sqlite {
        let file = |name| std::fs::read(stage.folder().join(name)).expect("a file of the database");
        return rows.chain([file("greenroom.db"), file("greenroom.db-wal")]).collect();
    }
    let text = async |statement: String| {
        let rows = database.query_all_raw(Statement::from_string(DbBackend::Postgres, statement)).await.expect("rows");
        rows.iter().map(|row| row.try_get_by_index::<String>(0).expect("a text")).collect::<Vec<_>>()
    };
    let mut all: Vec<Vec<u8>> = rows.collect();
    let tables = text("SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1".to_owned()).await;
    assert!(tables.len() > 20, "the tables are found");
    for table in tables {
        let rows = text(format!("SELECT t::text FROM \"{table}\" t ORDER BY 1")).await;
        all.extend(rows.into_iter().map(|row| format!("{table} {row}").into_bytes()));
    }
    let counters = text("SELECT sequencename || ' ' || coalesce(last_value, 0) FROM pg_sequences ORDER BY 1".to_owned()).await;
    all.extend(counters.into_iter().map(String::into_bytes));
    all
}

/// Writes what SQLite still keeps in its log into the file, so that the bytes of both can be compared.
///
/// # Panics
///
/// If the database fails.
pub async fn settle(stage: &Stage) {
    if stage.backend == Backend::Sqlite {
        stage.store.writer().execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.expect("the log is written back");
    }
}

/// The same with the database in a folder that no server has open: the last program that had may have been too busy to do it. Gives the bytes of the file.
///
/// # Panics
///
/// If the database fails.
#[must_use]
pub fn settled(folder: &Path) -> Vec<u8> {
    let file = folder.join("greenroom.db");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let store = Store::open(Options::new(format!("sqlite:{}", file.display()))).await.expect("the database opens");
        store.writer().execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.expect("the log is written back");
        store.close().await.expect("the database closes");
    });
    std::fs::read(file).expect("the file of the database")
}
