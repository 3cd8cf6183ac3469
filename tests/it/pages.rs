//! A frontend's pages: one query each, the same bytes from both databases, and a number of statements that never depends on the rows.

use api::http::Site;
use api::limits::Limits;
use content::store::{Options, Store};
use serde_json::{Value, json};
use tests::statements::Statements;
use tests::{Server, Stage, both};

const PAGE: &str = include_str!("queries/page.graphql");
const MANY: &str = include_str!("queries/many.graphql");

/// A server whose statements are heard, over the same database with nothing in memory yet.
async fn heard(stage: &Stage) -> (Server, Statements) {
    let mut store = Store::open(Options::new(stage.url.as_str())).await.unwrap();
    let statements = Statements::of(&mut store);
    (Server::serve(Site::new(store, Limits::default())), statements)
}

fn without_times(text: &str) -> String {
    let mut answer: Value = serde_json::from_str(text).unwrap();
    let published = answer["data"]["company"]["publishedAt"].take();
    let published = published.as_str().unwrap();
    text.replace(published, "TIME")
}

both! {
    async fn the_whole_netflix_page_is_the_same_bytes_from_both_databases(stage) {
        stage.plant_starter().await;
        let answer = Server::of(&stage).ask_with(PAGE, json!({ "slug": "netflix" })).await;
        assert_eq!(answer.status(), 200);
        let page = without_times(&answer.text().await.unwrap());
        // One snapshot for both databases: that is the point.
        insta::with_settings!({ prepend_module_to_snapshot => false }, { insta::assert_snapshot!("netflix_page", page) });
    }

    async fn a_whole_page_costs_its_pointer_and_its_guide_once_and_then_no_statement(stage) {
        stage.plant_starter().await;
        let (server, statements) = heard(&stage).await;
        // What is no variable of the document makes it another question with the same answer.
        let ask = async |other: u32| assert_eq!(server.ask_with(PAGE, json!({ "slug": "netflix", "other": other })).await.status(), 200);
        for (other, expected) in [(1, 2), (2, 0), (2, 0), (1, 0)] {
            statements.forget();
            ask(other).await;
            let sent = statements.of_content();
            assert_eq!(sent.len(), expected, "{sent:#?}");
        }
    }

    async fn twenty_companies_with_questions_and_salaries_cost_as_many_statements_as_two(stage) {
        seed::synthetic::plant(&stage.desk("test"), 0..100, |_| ()).await.unwrap();
        for count in [2, 20, 100] {
            let (server, statements) = heard(&stage).await;
            statements.forget();
            let answer: Value = server.ask_with(MANY, json!({ "count": count })).await.text().await.map(|text| serde_json::from_str(&text).unwrap()).unwrap();
            let nodes = answer["data"]["companies"]["nodes"].as_array().unwrap();
            assert_eq!(nodes.len(), count);
            assert!(nodes.iter().all(|node| node["questions"]["nodes"].as_array().unwrap().len() == 5));
            let sent = statements.of_content();
            assert_eq!(sent.len(), 2, "{count} companies: {sent:#?}");
        }
    }

    async fn a_page_can_be_asked_for_by_the_id_of_any_part(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let answer = server.ask("{ company(by: {slug: \"netflix\"}) { id interviewLoop { rounds { id } } questionCategories { id questions { id } } salaryRanges { id } } }").await;
        let company = &answer["data"]["company"];
        let ids = [
            &company["id"],
            &company["interviewLoop"]["rounds"][0]["id"],
            &company["questionCategories"][3]["id"],
            &company["questionCategories"][3]["questions"][2]["id"],
            &company["salaryRanges"][2]["id"],
        ];
        let query = "query Nodes($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
        let with_unknown = json!({ "ids": [ids[0], ids[1], ids[2], ids[3], ids[4], "question_01k9v0m4x2e8gtd3w6yq7r5zns"] });
        let answer: Value = serde_json::from_str(&server.ask_with(query, with_unknown).await.text().await.unwrap()).unwrap();
        let kinds: Vec<_> = answer["data"]["nodes"].as_array().unwrap().iter().map(|node| node["__typename"].as_str()).collect();
        let expected = ["Company", "InterviewRound", "QuestionCategory", "Question", "SalaryRange"].map(Some);
        assert_eq!(kinds[..5], expected);
        assert_eq!(kinds[5], None);
        for (node, id) in answer["data"]["nodes"].as_array().unwrap().iter().zip(ids) {
            assert_eq!(&node["id"], id);
        }
    }

    async fn a_list_is_read_to_its_end_through_cursors_in_both_directions(stage) {
        seed::synthetic::plant(&stage.desk("test"), 0..45, |_| ()).await.unwrap();
        let server = Server::of(&stage);
        for (size, cursor, end, more) in [("first", "after", "endCursor", "hasNextPage"), ("last", "before", "startCursor", "hasPreviousPage")] {
            let mut seen = Vec::new();
            let mut at = Value::Null;
            loop {
                let query = format!("query Page($at: String) {{ companies({size}: 10, {cursor}: $at) {{ totalCount nodes {{ slug }} pageInfo {{ {end} {more} }} }} }}");
                let answer: Value = serde_json::from_str(&server.ask_with(&query, json!({ "at": at })).await.text().await.unwrap()).unwrap();
                let page = &answer["data"]["companies"];
                assert_eq!(page["totalCount"], 45);
                let mut slugs: Vec<String> = page["nodes"].as_array().unwrap().iter().map(|node| node["slug"].as_str().unwrap().to_owned()).collect();
                if size == "last" {
                    slugs.reverse();
                }
                seen.extend(slugs);
                if page["pageInfo"][more] == false {
                    break;
                }
                at = page["pageInfo"][end].clone();
            }
            if size == "last" {
                seen.reverse();
            }
            assert_eq!(seen.len(), 45);
            assert!(seen.is_sorted() && seen.windows(2).all(|pair| pair[0] != pair[1]));
        }
    }
}
