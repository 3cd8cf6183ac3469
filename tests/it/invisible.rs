//! What is not public is found by no way into the public API: not by an id, a slug, a list, a count, a filter, a search, or a cursor from before.

use content::CompanyId;
use content::guide::Guide;
use content::published::Guide as Published;
use content::{Kind, Role, WireId};
use serde_json::{Value, json};
use tests::editing::{Office, fresh};
use tests::guides::{complete, key};
use tests::sight::ids_of;
use tests::{Editor, Server, Stage, both};

/// A guide of which nothing is said by any other.
fn hidden(mark: &str) -> Guide {
    let mut guide = complete(&format!("Zelkova {mark}"));
    guide.tier = Some(key("ai-lab"));
    guide.focus_areas[0].text = format!("Grafting {mark}");
    guide.question_categories[0].name = format!("Care {mark}");
    guide.question_categories[0].questions[0].text = format!("How old is {mark}?");
    guide.question_categories[0].questions[0].tags = vec![format!("Tag {mark}")];
    guide.interview_loop[0].title = format!("Walk {mark}");
    guide.salary_ranges[0].level = format!("Gardener {mark}");
    guide
}

/// Every way to a guide, by name, as a document that answers something only if the guide is found.
fn ways(id: CompanyId, slugs: &[&str], mark: &str) -> Vec<(String, String)> {
    let guide = Published::new(id, hidden(mark)).unwrap();
    let wire = WireId::from(id);
    let mut ways = Vec::new();
    let mut way = |name: &str, query: String| ways.push((name.to_owned(), query));
    for item in ids_of(id, &guide) {
        way(&format!("node {item}"), format!("{{ node(id: \"{item}\") {{ id }} }}"));
        way(&format!("nodes {item}"), format!("{{ nodes(ids: [\"{item}\"]) {{ id }} }}"));
    }
    way("company by id", format!("{{ company(by: {{ id: \"{wire}\" }}) {{ id }} }}"));
    for slug in slugs {
        way(&format!("company by slug {slug}"), format!("{{ company(by: {{ slug: \"{slug}\" }}) {{ id }} }}"));
    }
    way("companies", "{ companies(first: 100) { nodes { id name } } }".to_owned());
    way("companies from the end", "{ companies(last: 100, orderBy: { field: PUBLISHED_AT }) { nodes { id name } } }".to_owned());
    way("companies by search", format!("{{ companies(search: \"{mark}\") {{ totalCount nodes {{ id }} }} }}"));
    let filters = [
        format!("id: {{ eq: \"{wire}\" }}"),
        format!("id: {{ in: [\"{wire}\"] }}"),
        format!("slug: {{ eq: \"{}\" }}", slugs[0]),
        format!("name: {{ contains: \"{mark}\" }}"),
        "tier: { eq: \"ai-lab\" }".to_owned(),
        "not: { tier: { eq: \"startup\" } }".to_owned(),
        format!("focusArea: {{ contains: \"{mark}\" }}"),
        format!("round: {{ contains: \"{mark}\" }}"),
        format!("category: {{ contains: \"{mark}\" }}"),
        format!("salaryLevel: {{ contains: \"{mark}\" }}"),
    ];
    for filter in &filters {
        way(&format!("companies with {filter}"), format!("{{ companies(filter: {{ {filter} }}) {{ totalCount nodes {{ id }} }} }}"));
        let company = format!("filter: {{ company: {{ {filter} }} }}");
        way(&format!("questions of {filter}"), format!("{{ questions({company}) {{ totalCount nodes {{ id }} }} }}"));
        way(&format!("salary ranges of {filter}"), format!("{{ salaryRanges({company}) {{ totalCount nodes {{ id }} }} }}"));
    }
    way("questions", "{ questions(first: 100) { nodes { id company { id } } } }".to_owned());
    way("salary ranges", "{ salaryRanges(first: 100) { nodes { id company { id } } } }".to_owned());
    way("questions by search", format!("{{ questions(search: \"{mark}\") {{ totalCount nodes {{ id }} }} }}"));
    for filter in [
        format!("category: {{ contains: \"{mark}\" }}"),
        format!("text: {{ contains: \"{mark}\" }}"),
        format!("tag: {{ eq: \"Tag {mark}\" }}"),
    ] {
        way(&format!("questions with {filter}"), format!("{{ questions(filter: {{ {filter} }}) {{ totalCount nodes {{ id }} }} }}"));
    }
    let filter = format!("level: {{ contains: \"{mark}\" }}");
    way("salary ranges by level", format!("{{ salaryRanges(filter: {{ {filter} }}) {{ totalCount nodes {{ id }} }} }}"));
    ways
}

/// Whether an answer has anything of the guide: its id or its items', its name, or a count.
fn finds(answer: &Value, id: CompanyId, mark: &str) -> bool {
    assert!(answer.get("errors").is_none(), "an error would tell: {answer}");
    let text = answer["data"].to_string();
    let single = answer["data"]["node"]["id"].is_string() || answer["data"]["nodes"][0]["id"].is_string();
    let counted = ["companies", "questions", "salaryRanges"].iter().any(|list| answer["data"][list]["totalCount"].as_i64() > Some(0));
    single || counted || text.contains(&WireId::from(id).to_string()) || text.contains(mark)
}

/// The ways that do, or do not, lead to the guide.
async fn led(server: &Server, (id, slugs, mark): (CompanyId, &[&str], &str), found: bool) -> Vec<String> {
    let mut led = Vec::new();
    for (name, query) in ways(id, slugs, mark) {
        if finds(&server.ask(&query).await, id, mark) == found {
            led.push(name);
        }
    }
    led
}

/// Two guides around the hidden one, and the hidden one, public under its second slug.
async fn plant(stage: &Stage) -> (Editor, CompanyId) {
    let editor = stage.editor().await;
    editor.create_public("birch", &complete("Birch")).await.unwrap();
    editor.create_public("zinnia", &complete("Zinnia")).await.unwrap();
    let id = editor.create_public("zelkova-old", &hidden("murmurwood")).await.unwrap();
    editor.rename(id, "zelkova").await.unwrap();
    (editor, id)
}

const SLUGS: [&str; 2] = ["zelkova", "zelkova-old"];

both! {
    async fn an_unpublished_an_archived_and_a_deleted_guide_are_found_by_no_way_that_found_them(stage) {
        let (editor, id) = plant(&stage).await;
        let (server, ada) = (Server::of(&stage), Office::of(&stage, "ada", Role::Admin).await);
        let this = (id, &SLUGS[..], "murmurwood");
        assert_eq!(led(&server, this, false).await, Vec::<String>::new(), "while it is public, each way leads there");
        editor.unpublish(id).await.unwrap();
        assert_eq!(led(&server, this, true).await, Vec::<String>::new(), "unpublished");
        editor.publish(id).await.unwrap();
        assert_eq!(led(&server, this, false).await, Vec::<String>::new(), "public again");
        editor.archive(id).await.unwrap();
        assert_eq!(led(&server, this, true).await, Vec::<String>::new(), "archived");
        Office::done(ada.edit("deleteCompany", json!({ "company": { "slug": "zelkova" } })).await);
        assert_eq!(led(&server, this, true).await, Vec::<String>::new(), "deleted");
    }

    async fn a_draft_that_was_never_public_is_found_by_no_way(stage) {
        let editor = stage.editor().await;
        let server = Server::of(&stage);
        let id = editor.create("zelkova-old", &hidden("murmurwood")).await.unwrap();
        editor.rename(id, "zelkova").await.unwrap();
        let this = (id, &SLUGS[..], "murmurwood");
        assert_eq!(led(&server, this, true).await, Vec::<String>::new());
        editor.publish(id).await.unwrap();
        assert_eq!(led(&server, this, false).await, Vec::<String>::new(), "while it is public, each way leads there");
    }

    async fn the_draft_of_a_public_guide_shows_nowhere(stage) {
        let (editor, id) = plant(&stage).await;
        let server = Server::of(&stage);
        let mut draft = hidden("whisperleaf");
        draft.question_categories[0].questions[0].key = key("only-in-the-draft");
        editor.save(id, &draft).await.unwrap();
        let only = Published::new(id, draft.clone()).unwrap().categories[0].questions[0].id.wire(Kind::Question);
        for (name, query) in ways(id, &SLUGS, "whisperleaf") {
            let answer = server.ask(&query).await;
            assert!(!answer["data"].to_string().contains("whisperleaf"), "{name}: {answer}");
            if query.contains("whisperleaf") {
                assert!(!finds(&answer, id, "whisperleaf"), "{name}: {answer}");
            }
        }
        let answer = server.ask(&format!("{{ node(id: \"{only}\") {{ id }} }}")).await;
        assert_eq!(answer["data"]["node"], Value::Null);
        editor.publish(id).await.unwrap();
        let answer = server.ask(&format!("{{ node(id: \"{only}\") {{ id }} }}")).await;
        assert_eq!(answer["data"]["node"]["id"], only.to_string(), "while it is public");
    }

    async fn a_list_goes_on_behind_a_cursor_of_what_is_gone(stage) {
        let (editor, id) = plant(&stage).await;
        let server = Server::of(&stage);
        let mut cursors = Vec::new();
        for list in ["companies", "questions", "salaryRanges"] {
            let inner = if list == "companies" { "name" } else { "company { name }" };
            let answer = server.ask(&format!("{{ {list}(first: 100) {{ edges {{ cursor node {{ {inner} }} }} }} }}")).await;
            let edges = answer["data"][list]["edges"].as_array().unwrap().clone();
            let at = edges.iter().position(|edge| edge.to_string().contains("murmurwood")).unwrap();
            let others = edges[at..].iter().filter(|edge| !edge.to_string().contains("murmurwood")).cloned().collect::<Vec<_>>();
            cursors.push((list, inner, edges[at]["cursor"].as_str().unwrap().to_owned(), others));
        }
        assert!(cursors.iter().any(|(_, _, _, others)| !others.is_empty()), "something stands behind it");
        editor.archive(id).await.unwrap();
        for (list, inner, cursor, others) in cursors {
            let answer = server.ask(&format!("{{ {list}(first: 100, after: \"{cursor}\") {{ edges {{ cursor node {{ {inner} }} }} }} }}")).await;
            assert!(answer.get("errors").is_none(), "{answer}");
            assert_eq!(answer["data"][list]["edges"], Value::Array(others), "{list}");
        }
    }

    async fn ids_of_operations_users_and_sessions_lead_nowhere(stage) {
        let (server, ada) = (Server::of(&stage), Office::of(&stage, "ada", Role::Admin).await);
        let made = Office::done(ada.edit("createCompany", json!({ "guide": { "name": "Elm" } })).await);
        let user = ada.ask("{ user(by: { email: \"ada@guides.example\" }) { id } }", json!({})).await["data"]["user"]["id"].clone();
        let session = WireId { kind: Kind::Session, uuid: fresh() }.to_string();
        for id in [&made["operation"]["id"], &user, &json!(session)] {
            let answer = server.ask(&format!("{{ node(id: {id}) {{ id }} nodes(ids: [{id}]) {{ id }} }}")).await;
            assert_eq!((&answer["data"]["node"], &answer["data"]["nodes"]), (&Value::Null, &json!([null])), "{id}");
        }
    }
}
