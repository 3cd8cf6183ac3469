//! Whether a page at any depth is a seek: the database is asked how it will carry out the very statement that a page sends.

use std::sync::{Arc, Mutex};

use content::company::{self, CompanyOrder, Selection};
use content::page::{Asked, Window};
use content::question::{self, QuestionOrder};
use content::salary_range::{self, SalaryRangeOrder};
use content::store::{Options, Store};
use content::view::{View, Viewer};
use sea_orm::{ConnectionTrait, Statement};
use tests::{Backend, Stage};

/// The first statement that a store sends next.
#[derive(Clone, Default)]
struct Sent(Arc<Mutex<Vec<Statement>>>);

/// How SQLite carries a statement out, a step a line.
async fn plan(store: &Store, mut statement: Statement) -> Vec<String> {
    statement.sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
    let rows = store.writer().query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get::<String>("", "detail").unwrap()).collect()
}

fn after(cursor: String) -> Window {
    Window::new(Asked { first: Some(20), after: Some(cursor), ..Asked::default() }, 100).unwrap()
}

/// Reads the first page and then the one behind it, and gives the statement of the latter.
macro_rules! second_page {
    ($sent:expr, $list:expr) => {{
        let first = $list(Window::new(Asked { first: Some(20), ..Asked::default() }, 100).unwrap()).await.unwrap();
        let cursor = first.edges.last().unwrap().0.to_string();
        $sent.0.lock().unwrap().clear();
        $list(after(cursor)).await.unwrap();
        $sent.0.lock().unwrap().remove(0)
    }};
}

#[tokio::test]
async fn a_page_behind_a_cursor_enters_the_index_of_its_order() {
    let stage = Stage::empty(Backend::Sqlite).await;
    seed::synthetic::plant(&stage.desk("test"), 0..60, |_| ()).await.unwrap();
    let sent = Sent::default();
    let ear = sent.clone();
    let mut store = Store::open(Options::new(stage.url.as_str())).await.unwrap();
    store.on_statement(move |info| ear.0.lock().unwrap().push(info.statement.clone()));
    let view: View = store.view(Viewer::Anonymous);
    let companies = |order| Selection { order: Some((order, false)), ..Selection::default() };
    let questions = |order| Selection { order: Some((order, true)), ..Selection::default() };
    let salaries = content::filter::Filter::default();

    let statements = [
        ("published_guide_name_folded_company_id", {
            let selection = companies(CompanyOrder::Name);
            second_page!(sent, |window| company::list(&view, &selection, window))
        }),
        ("published_guide_published_at_company_id", {
            let selection = companies(CompanyOrder::PublishedAt);
            second_page!(sent, |window| company::list(&view, &selection, window))
        }),
        ("published_question_company_folded_company_id_position", {
            let selection = questions(QuestionOrder::Company);
            second_page!(sent, |window| question::list(&view, &selection, window))
        }),
        ("published_question_difficulty_id", {
            let selection = questions(QuestionOrder::Difficulty);
            second_page!(sent, |window| question::list(&view, &selection, window))
        }),
        ("published_salary_range_min_amount_id", {
            second_page!(sent, |window| salary_range::list(&view, &salaries, Some((SalaryRangeOrder::Min, false)), window))
        }),
        ("published_salary_range_company_folded_company_id_position", {
            second_page!(sent, |window| salary_range::list(&view, &salaries, Some((SalaryRangeOrder::Company, false)), window))
        }),
    ];
    for (index, statement) in statements {
        let steps = plan(&store, statement).await;
        let seek = steps.iter().find(|step| step.contains(index)).unwrap_or_else(|| panic!("{index} is not used: {steps:#?}"));
        assert!(seek.starts_with("SEARCH"), "{steps:#?}");
        assert!(!steps.iter().any(|step| step.starts_with("SCAN published")), "{steps:#?}");
    }
}

#[tokio::test]
async fn sqlite_is_compiled_as_decision_16_says() {
    let stage = Stage::empty(Backend::Sqlite).await;
    let options = Statement::from_string(stage.store.writer().get_database_backend(), "PRAGMA compile_options");
    let rows = stage.store.writer().query_all_raw(options).await.unwrap();
    let options: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    for (option, is_wanted) in [("ENABLE_QPSG", true), ("DEFAULT_MEMSTATUS=0", true), ("ENABLE_MEMORY_MANAGEMENT", false)] {
        assert_eq!(options.iter().any(|own| own == option), is_wanted, "{option}: {options:?}");
    }
}
