//! A copy of the database that readers are answered from while it is not behind: it takes work off the database, and shows nobody an older state.

use std::time::{Duration, Instant};

use api::http::Site;
use api::limits::Limits;
use content::Slug;
use content::company::{self, By};
use content::store::{Options, Store};
use content::view::Viewer;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tests::editor::Editor;
use tests::{Backend, Server, Stage, both};

const PATIENCE: Duration = Duration::from_secs(5);

/// Another database with the same guides, in which the tiers have another name: an answer shows where it comes from.
async fn copy_of(backend: Backend) -> Stage {
    let copy = Stage::empty(backend).await;
    copy.plant_generated(3).await;
    let name = "UPDATE tier SET name = 'From the copy'";
    copy.store.writer().execute_unprepared(name).await.unwrap();
    copy
}

/// Publishes a generated guide once more.
async fn publish(stage: &Stage) {
    let id = seed::synthetic::guide(0).id.unwrap();
    Editor(stage.desk("ada")).republish(id, &changed()).await.unwrap();
}

fn changed() -> content::guide::Guide {
    let mut guide = seed::synthetic::guide(0).guide;
    guide.highlights.push("New".to_owned());
    guide
}

fn slug() -> Slug {
    seed::synthetic::guide(0).slug
}

/// The revision that is shown, and whether the copy shows it.
async fn shown(server: &Server, number: &mut u32) -> (i64, bool) {
    *number += 1;
    let variables = json!({ "slug": slug().as_str(), "number": *number });
    let answer = server.ask_with("query($slug: String!) { company(by: {slug: $slug}) { revision tier { name } } }", variables).await;
    let answer: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    let company = &answer["data"]["company"];
    (company["revision"].as_i64().unwrap_or_else(|| panic!("{answer}")), company["tier"]["name"] == "From the copy")
}

fn serve(store: Store) -> Server {
    Server::serve(Site::new(store, Limits { anonymous_points_per_minute: 1_000_000, ..Limits::default() }))
}

both! {
    async fn readers_are_answered_from_the_copy_unless_it_is_behind(stage) {
        stage.plant_generated(3).await;
        let copy = copy_of(stage.backend).await;
        let options = || Options { read_url: Some(copy.url.clone()), ..Options::new(stage.url.as_str()) };
        let server = serve(Store::open(options()).await.unwrap());
        let mut number = 0;
        assert_eq!(shown(&server, &mut number).await, (1, true));
        publish(&stage).await;
        let published = Instant::now();
        while shown(&server, &mut number).await != (2, false) {
            assert!(published.elapsed() < PATIENCE, "nobody sees what was published");
        }
        for _ in 0..20 {
            assert_eq!(shown(&server, &mut number).await, (2, false), "the copy is behind");
        }
        publish(&copy).await;
        let copied = Instant::now();
        // Whoever starts now has nothing in memory.
        let server = serve(Store::open(options()).await.unwrap());
        while shown(&server, &mut number).await != (2, true) {
            assert!(copied.elapsed() < PATIENCE, "the copy has caught up, and is not asked");
        }
        let own = Store::open(options()).await.unwrap();
        let by = By::Slug(slug());
        let operator = company::find(&own.view(Viewer::Operator), &by).await.unwrap().unwrap();
        assert_ne!(operator.tier.name, "From the copy", "whoever runs the database sees the database");
    }

    async fn whoever_publishes_by_a_server_reads_it_there_at_once_though_the_copy_is_behind(stage) {
        stage.plant_generated(3).await;
        let copy = copy_of(stage.backend).await;
        let store = Store::open(Options { read_url: Some(copy.url.clone()), ..Options::new(stage.url.as_str()) }).await.unwrap();
        let (desk, server, mut number) = (store.desk(content::edit::Author::new("ada")), serve(store), 0);
        assert_eq!(shown(&server, &mut number).await, (1, true));
        Editor(desk).republish(seed::synthetic::guide(0).id.unwrap(), &changed()).await.unwrap();
        assert_eq!(shown(&server, &mut number).await, (2, false));
    }

    async fn a_database_that_is_put_back_to_an_earlier_state_is_believed_after_a_moment(stage) {
        stage.plant_generated(3).await;
        let (server, mut number) = (serve(stage.open_again().await), 0);
        publish(&stage).await;
        assert_eq!(shown(&server, &mut number).await.0, 2);
        // As after a failover to a copy that had not everything: the versions are lower, and stand for something else.
        for sql in ["UPDATE catalogue SET version = version - 1", "UPDATE tier SET name = 'From the copy'"] {
            stage.store.writer().execute_unprepared(sql).await.unwrap();
        }
        let began = Instant::now();
        while shown(&server, &mut number).await != (2, true) {
            assert!(began.elapsed() < PATIENCE, "it goes on with what is no more");
        }
    }

    async fn a_revision_that_was_lost_and_published_anew_is_shown_as_it_is_now(stage) {
        stage.plant_generated(3).await;
        let server = serve(stage.open_again().await);
        publish(&stage).await;
        let mut number = 0;
        let mut last = async || {
            number += 1;
            let query = "query($slug: String!) { company(by: {slug: $slug}) { highlights focusAreas { text } } }";
            let answer = server.ask_with(query, json!({ "slug": slug().as_str(), "number": number })).await;
            let answer: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
            answer["data"]["company"]["highlights"].as_array().and_then(|all| all.last()?.as_str().map(str::to_owned))
        };
        for _ in 0..4 {
            assert_eq!(last().await.as_deref(), Some("New"));
        }
        // The copy had not the second revision, and another text was published as the second.
        let unlock = match stage.backend {
            Backend::Postgres => "DROP TRIGGER revision_stays ON revision",
            Backend::Sqlite => "DROP TRIGGER revision_stays",
        };
        for sql in [
            unlock,
            "UPDATE revision SET body = replace(body, '\"New\"', '\"Newer\"')",
            "UPDATE published_guide SET published_at = published_at + 1",
            "UPDATE catalogue SET version = version - 1",
        ] {
            stage.store.writer().execute_unprepared(sql).await.unwrap();
        }
        let began = Instant::now();
        while last().await.as_deref() != Some("Newer") {
            assert!(began.elapsed() < PATIENCE, "it goes on with what is no more");
        }
    }

    async fn a_copy_that_is_away_keeps_nobody_from_starting_or_reading(stage) {
        stage.plant_generated(3).await;
        let nowhere = match stage.backend {
            Backend::Postgres => "postgres://greenroom@127.0.0.1:1/none".to_owned(),
            Backend::Sqlite => format!("sqlite:{}/empty.db", stage.folder().display()),
        };
        let server = serve(Store::open(Options { read_url: Some(nowhere), ..Options::new(stage.url.as_str()) }).await.unwrap());
        let (began, mut number) = (Instant::now(), 0);
        for _ in 0..20 {
            assert_eq!(shown(&server, &mut number).await, (1, false));
        }
        assert!(began.elapsed() < PATIENCE, "each reader waits for the copy: {:?}", began.elapsed());
    }
}
