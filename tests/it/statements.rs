//! How many statements an answer costs: a number that does not grow with the rows in it. And that memory stays inside its bound.

use api::http::Site;
use api::limits::Limits;
use content::company::{self, By, CompanyTest, Selection};
use content::filter::Filter;
use content::question::{self, QuestionTest};
use content::store::{Options, Store};
use content::view::{View, Viewer};
use content::{KeyMode, Role, WireId, node, salary_range};
use serde_json::json;
use tests::admin::{ask, login, person};
use tests::guides::{complete, saying};
use tests::partners::{data, key, open_terms};
use tests::sight::ids_of;
use tests::statements::Statements;
use tests::window::{all, first};
use tests::{Server, Stage, both};

/// A store with nothing in memory, its reader, and what it sends.
async fn cold(stage: &Stage) -> (View, Statements) {
    let mut store = stage.open_again().await;
    let statements = Statements::of(&mut store);
    (store.view(Viewer::Anonymous), statements)
}

#[track_caller]
fn cost(statements: &Statements, expected: usize) {
    let sent = statements.of_content();
    assert_eq!(sent.len(), expected, "{sent:#?}");
}

both! {
    async fn a_company_costs_its_pointer_and_once_its_guide(stage) {
        stage.plant_starter().await;
        for by in [By::Slug("netflix".parse().unwrap()), By::Id(seed::starter::guides().unwrap()[0].id.unwrap())] {
            let (view, statements) = cold(&stage).await;
            company::find(&view, &by).await.unwrap().unwrap();
            cost(&statements, 2);
            company::find(&view, &by).await.unwrap().unwrap();
            cost(&statements, 0);
            assert!(company::find(&view, &By::Slug("nobody".parse().unwrap())).await.unwrap().is_none());
            cost(&statements, 1);
        }
    }

    async fn a_list_costs_one_statement_and_one_for_all_guides_that_are_not_in_memory(stage) {
        stage.plant_generated(120).await;
        let (view, statements) = cold(&stage).await;
        for (size, warm) in [(20, false), (20, true), (100, false), (100, true)] {
            let page = company::list(&view, &Selection::default(), first(size)).await.unwrap();
            cost(&statements, if warm { 0 } else { 2 });
            assert_eq!(page.edges.len(), usize::try_from(size).unwrap());
        }
        let page = company::list(&view, &Selection::default(), first(20)).await.unwrap();
        statements.forget();
        assert_eq!(page.total(&view).await.unwrap(), 120);
        cost(&statements, 1);
        assert!(page.has_next(&view).await.unwrap() && !page.has_previous(&view).await.unwrap());
        cost(&statements, 0);
        let ids: Vec<_> = page.edges.iter().map(|(_, company)| company.id).collect();
        assert_eq!(company::of_ids(&view, &ids).await.unwrap().len(), 20);
        cost(&statements, 1);
    }

    async fn the_editors_list_costs_one_statement_with_names_and_tiers_of_drafts_and_of_what_is_public(stage) {
        stage.plant_generated(40).await;
        let editor = stage.editor().await;
        let mut guide = tests::guides::complete("Acorn & Söhne");
        editor.create("acorn", &guide).await.unwrap();
        let id = editor.create_public("birch", &guide).await.unwrap();
        "Birch, drafted".clone_into(&mut guide.name);
        guide.tier = None;
        editor.save(id, &guide).await.unwrap();
        let mut store = stage.open_again().await;
        let statements = Statements::of(&mut store);
        let desk = store.desk(content::edit::Author::new("ada"));
        let page = company::cards(&desk, &Filter::default(), None, all()).await.unwrap();
        cost(&statements, 1);
        let card = |slug: &str| page.edges.iter().map(|(_, card)| card).find(|card| card.slug.as_str() == slug).unwrap();
        assert_eq!((card("acorn").name.as_str(), card("acorn").tier.is_some()), ("Acorn & Söhne", true));
        assert_eq!((card("birch").name.as_str(), card("birch").tier.is_some()), ("Birch, drafted", false));
        assert_eq!(page.edges.len(), 42);
    }

    async fn questions_and_salaries_of_many_guides_cost_two_statements(stage) {
        stage.plant_generated(120).await;
        let by_text = Selection { search: Some("ranking".to_owned()), ..Selection::default() };
        let (view, statements) = cold(&stage).await;
        for warm in [false, true] {
            let page = question::list(&view, &by_text, first(100)).await.unwrap();
            cost(&statements, if warm { 0 } else { 2 });
            let mut guides: Vec<_> = page.edges.iter().map(|(_, question)| question.company.id).collect();
            guides.dedup();
            assert!(guides.len() > 50, "the page goes over many guides: {}", guides.len());
        }
        let (view, statements) = cold(&stage).await;
        let filter = Filter::Is(QuestionTest::Company(Filter::Not(Box::new(Filter::Is(CompanyTest::Id(Vec::new()))))));
        question::list(&view, &Selection { filter, ..Selection::default() }, first(100)).await.unwrap();
        cost(&statements, 2);
        let (view, statements) = cold(&stage).await;
        let order = Some((salary_range::SalaryRangeOrder::Min, true));
        let page = salary_range::list(&view, &Filter::default(), order, first(100)).await.unwrap();
        cost(&statements, 2);
        assert_eq!(page.total(&view).await.unwrap(), salary_range::list(&view, &Filter::default(), None, all()).await.unwrap().edges.len() as u64);
        cost(&statements, 3);
    }

    async fn fifty_ids_of_all_kinds_cost_two_statements(stage) {
        stage.plant_generated(50).await;
        let whole = company::list(&stage.view(), &Selection::default(), all()).await.unwrap().edges;
        let ids: Vec<WireId> = whole.iter().enumerate().map(|(number, (_, company))| {
            let of_guide = ids_of(company.id, &company.guide);
            of_guide[number * 7 % of_guide.len()]
        }).collect();
        let (view, statements) = cold(&stage).await;
        for warm in [false, true] {
            let nodes = node::find_many(&view, &ids).await.unwrap();
            cost(&statements, if warm { 1 } else { 2 });
            assert!(nodes.len() == 50 && nodes.iter().all(Option::is_some));
        }
        assert!(node::find_many(&view, &[]).await.unwrap().is_empty());
        cost(&statements, 0);
    }

    async fn a_page_of_one_guide_costs_nothing(stage) {
        stage.plant_starter().await;
        let (view, statements) = cold(&stage).await;
        let company = company::find(&view, &By::Slug("netflix".parse().unwrap())).await.unwrap().unwrap();
        statements.forget();
        let page = question::list_of(&stage.view(), &company, &Filter::default(), None, first(5)).unwrap();
        assert!(page.has_next(&view).await.unwrap() && page.total(&view).await.unwrap() > 5);
        cost(&statements, 0);
    }

    async fn what_the_entries_of_an_administrators_lists_ask_for_costs_the_same_for_few_and_for_many(stage) {
        const LISTS: &str = "{ users { email sessions { address } again: sessions { current } } \
            apiKeys { name usage(days: 2) { requests } longer: usage(days: 90) { requests } } \
            company(by: {slug: \"acorn\"}) { revisions { nodes { number operation { kind } } } } }";
        let editor = stage.editor().await;
        let acorn = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let mut store = stage.open_again().await;
        let statements = Statements::of(&mut store);
        let site = Site::new(store, Limits::default());
        let ring = site.ring.clone();
        let server = Server::serve(site);
        let nora = login(&server, &person(&stage.store, "nora", Role::Admin).await).await.access;
        let mut costs = Vec::new();
        for round in 1..=3 {
            let kim = person(&stage.store, &format!("kim-{round}"), Role::Author).await;
            login(&server, &kim).await;
            let made = key(&stage, &format!("key-{round}"), KeyMode::Live, open_terms()).await;
            for _ in 0..round {
                data(&server, &made.secret, "{ tiers { key } }").await;
            }
            ring.write_uses().await.unwrap();
            editor.republish(acorn, &saying("Acorn", &format!("Round {round}?"))).await.unwrap();
            statements.forget();
            let answer = ask(&server, &nora, LISTS).await;
            costs.push(statements.take().len());
            let data = &answer.body["data"];
            assert_eq!(data["users"].as_array().unwrap().len(), 1 + round, "{}", answer.body);
            for user in data["users"].as_array().unwrap() {
                let current = user["email"] == "nora@guides.example";
                assert_eq!((&user["sessions"].as_array().unwrap().len(), &user["again"]), (&1, &json!([{ "current": current }])));
            }
            for (number, key) in data["apiKeys"].as_array().unwrap().iter().enumerate() {
                assert_eq!(key["name"], format!("key_aldermere_key-{}", number + 1));
                let days = json!([{ "requests": number + 1 }]);
                assert_eq!((&key["usage"], &key["longer"]), (&days, &days));
            }
            let revisions = data["company"]["revisions"]["nodes"].as_array().unwrap();
            assert_eq!(revisions.len(), 1 + round);
            assert!(revisions.iter().all(|revision| revision["operation"]["kind"] == "PUBLISH"), "{revisions:?}");
        }
        assert!(costs.iter().all(|cost| *cost == costs[0]), "{costs:?}");
    }

    async fn memory_stays_inside_its_bound_however_many_guides_are_read(stage) {
        const BOUND: u64 = 512 * 1_024;
        stage.plant_generated(200).await;
        let mut store = Store::open(Options { shelf_bytes: BOUND, ..Options::new(stage.url.as_str()) }).await.unwrap();
        let statements = Statements::of(&mut store);
        let view = store.view(Viewer::Anonymous);
        let by = By::Id(seed::synthetic::guide(0).id.unwrap());
        company::find(&view, &by).await.unwrap().unwrap();
        let one = store.shelf_bytes();
        assert!(one > 1_024 && one * 20 < BOUND * 2, "one guide is counted, and all together are too much: {one}");
        for round in 0..3 {
            for number in 0..200 {
                let id = seed::synthetic::guide(number).id.unwrap();
                company::find(&view, &By::Id(id)).await.unwrap().unwrap();
            }
            let bytes = store.shelf_bytes();
            assert!(bytes <= BOUND && bytes > BOUND / 2, "after round {round}: {bytes}");
        }
        let page = company::list(&view, &Selection::default(), all()).await.unwrap();
        assert_eq!(page.edges.len(), 200, "an answer may be larger than the memory");
        assert!(store.shelf_bytes() <= BOUND);
        statements.forget();
        for _ in 0..10 {
            company::find(&view, &by).await.unwrap().unwrap();
        }
        let sent = statements.take().len();
        assert!(sent <= 20, "{sent}");
    }

    async fn a_shelf_that_holds_nothing_still_answers(stage) {
        stage.plant_generated(10).await;
        let store = Store::open(Options { shelf_bytes: 0, ..Options::new(stage.url.as_str()) }).await.unwrap();
        let page = company::list(&store.view(Viewer::Anonymous), &Selection::default(), all()).await.unwrap();
        assert_eq!((page.edges.len(), store.shelf_bytes()), (10, 0));
    }
}
