//! Jobs: many operations that belong together are found as one, with the companies that they touched, and taken back one by one.

use content::{Role, WireId};
use entity::{JobId, operation};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tests::editing::{Office, fresh};
use tests::edits::{input, set, standing};
use tests::guides::complete;
use tests::{both, integrity};

const FOUND: &str = "query Q($job: ID) { operations(first: 100, filter: { job: $job }) { totalCount nodes { id kind job } } \
    companies(filter: { job: $job }) { totalCount nodes { slug } } }";

/// A new id of a job, as we write it and as a plain UUID.
fn job() -> (String, String) {
    let id = JobId(fresh());
    (WireId::from(id).to_string(), id.0.to_string())
}

fn praise(slug: &str, job: &str) -> Value {
    json!({ "job": job, "companies": [{ "company": { "slug": slug }, "changes": [{ "set": { "highlights": ["Praised"] } }] }] })
}

fn slugs(companies: &Value) -> Vec<&str> {
    companies["nodes"].as_array().unwrap().iter().map(|node| node["slug"].as_str().unwrap()).collect()
}

both! {
    async fn a_job_is_found_and_taken_back(stage) {
        let ada = Office::of(&stage, "ada", Role::Admin).await;
        let editor = stage.editor().await;
        for name in ["acorn", "birch", "cedar", "dogwood"] {
            editor.create_public(name, &complete(name)).await.unwrap();
        }
        let before = standing(&stage).await;
        let (of_job, plain) = job();
        for slug in ["acorn", "birch", "cedar"] {
            let done = Office::done(ada.edit("changeDrafts", praise(slug, &of_job)).await);
            assert_eq!(done["operation"]["job"], json!(of_job));
        }
        Office::done(ada.edit("changeDrafts", praise("dogwood", &job().0)).await);
        let found = ada.ask(FOUND, json!({ "job": plain })).await;
        assert_eq!(found["data"]["operations"]["totalCount"], 3, "{found}");
        assert_eq!(slugs(&found["data"]["companies"]), ["acorn", "birch", "cedar"]);
        let (undoing, _) = job();
        for operation in found["data"]["operations"]["nodes"].as_array().unwrap() {
            let undone = ada.edit("undo", json!({ "operation": operation["id"], "job": undoing })).await;
            assert_eq!(Office::done(undone)["operation"]["job"], json!(undoing));
        }
        let found = ada.ask(FOUND, json!({ "job": undoing })).await;
        assert_eq!(found["data"]["operations"]["totalCount"], 3);
        assert_eq!(slugs(&found["data"]["companies"]), ["acorn", "birch", "cedar"]);
        let mut after = standing(&stage).await;
        after.insert("dogwood".to_owned(), before["dogwood"].clone());
        assert_eq!(after, before);
        integrity::check(&stage.store).await;
    }

    async fn the_same_edit_of_another_job_is_a_retry(stage) {
        let ada = set(&stage).await;
        let (of_job, _) = job();
        let mut sent = input(&ada, "createCompany").await;
        sent["operationId"] = json!(fresh().to_string());
        sent["job"] = json!(of_job);
        let done = Office::done(ada.edit("createCompany", sent.clone()).await);
        sent["job"] = json!(job().0);
        let again = Office::done(ada.edit("createCompany", sent).await);
        assert_eq!((&again["repeated"], &again["operation"]["job"]), (&json!(true), &json!(of_job)));
        assert_eq!(again["operation"]["id"], done["operation"]["id"]);
        let jobs = operation::Entity::find().all(stage.store.writer()).await.unwrap();
        assert_eq!(jobs.iter().filter(|row| row.job.is_some()).count(), 1);
    }

    async fn companies_are_found_by_slugs_and_by_the_operation_that_touched_them(stage) {
        let ada = set(&stage).await;
        let filtered = async |filter: Value| {
            let query = "query Q($f: CompanyFilter) { companies(filter: $f) { totalCount nodes { slug } } }";
            ada.ask(query, json!({ "f": filter })).await["data"]["companies"].clone()
        };
        let found = filtered(json!({ "slugs": ["birch", "dogwood-inn", "cedar", "No slug"] })).await;
        assert_eq!(slugs(&found), ["birch", "cedar"], "former slugs and what can be none are not found");
        assert_eq!(slugs(&filtered(json!({ "slugs": [] })).await), Vec::<&str>::new());
        let done = Office::done(ada.edit("publish", input(&ada, "publish").await).await);
        let found = filtered(json!({ "operation": done["operation"]["id"] })).await;
        assert_eq!((slugs(&found), &found["totalCount"]), (vec!["birch", "cedar"], &json!(2)));
        assert_eq!(slugs(&filtered(json!({ "operation": done["operation"]["id"], "name": "cedar" })).await), ["cedar"]);
    }

    async fn what_is_no_id_of_a_job_is_refused(stage) {
        let ada = set(&stage).await;
        for wrong in ["job_", "operation_01k9v0m4x2e8gtd3w6yq7r5zns", "", "00000000-0000-0000-0000-000000000000"] {
            let refused = ada.edit("changeDrafts", praise("acorn", wrong)).await;
            assert_eq!(refused["errors"][0]["extensions"]["code"], "VAL-017", "{refused}");
            let refused = ada.ask(FOUND, json!({ "job": wrong })).await;
            assert_eq!(refused["errors"][0]["extensions"]["code"], "VAL-017", "{refused}");
        }
    }
}
