//! Pages of lists that are remembered: asked of the database once, each as the list has it, and none is an old one.

use content::company::{self, CompanyOrder, Selection};
use content::guide::Guide;
use content::page::{Asked, Window};
use content::view::{View, Viewer};
use tests::both;
use tests::guides::complete;
use tests::statements::Statements;
use tests::window::first;

both! {
    async fn a_page_of_a_list_is_in_memory_until_something_is_published(stage) {
        let editor = stage.editor().await;
        let acorn = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        editor.create_public("birch", &Guide { sample: false, ..complete("Birch") }).await.unwrap();
        let mut store = stage.store.clone();
        let statements = Statements::of(&mut store);
        let names = async |viewer: Viewer| {
            let page = company::list(&store.view(viewer), &Selection::default(), first(5)).await.unwrap();
            page.edges.iter().map(|(_, company)| company.guide.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names(Viewer::Anonymous).await, ["Acorn", "Birch"]);
        statements.forget();
        assert_eq!(names(Viewer::Anonymous).await, ["Acorn", "Birch"]);
        assert_eq!(statements.of_content(), Vec::<String>::new());
        assert_eq!(names(Viewer::Operator).await, ["Acorn", "Birch"]);
        assert_eq!(statements.of_content().len(), 1);
        editor.republish(acorn, &complete("Zelkova")).await.unwrap();
        statements.forget();
        assert_eq!(names(Viewer::Anonymous).await, ["Birch", "Zelkova"]);
        assert_eq!(statements.of_content().len(), 2);
    }

    async fn a_page_that_is_remembered_is_that_of_its_order_and_direction(stage) {
        stage.plant_generated(9).await;
        let warm = stage.view();
        let ways = [false, true].map(|descending| [false, true].map(|backward| (descending, backward))).concat();
        let read = async |view: &View, (descending, backward): (bool, bool), cursor: Option<String>| {
            let selection = Selection { order: Some((CompanyOrder::PublishedAt, descending)), ..Selection::default() };
            let (first, last) = if backward { (None, Some(3)) } else { (Some(3), None) };
            let (after, before) = if backward { (None, cursor) } else { (cursor, None) };
            let page = company::list(view, &selection, Window::new(Asked { first, after, last, before }, 100).unwrap()).await.unwrap();
            let next = (page.has_next(view).await.unwrap(), page.has_previous(view).await.unwrap());
            let edges = page.edges.iter().map(|(cursor, company)| (cursor.to_string(), company.slug.to_string())).collect::<Vec<_>>();
            (edges, next)
        };
        for _ in 0..2 {
            for way in &ways {
                let cold = stage.open_again().await.view(Viewer::Anonymous);
                let expected = read(&cold, *way, None).await;
                assert_eq!(read(&warm, *way, None).await, expected, "{way:?}");
                let cursor = if way.1 { expected.0.first() } else { expected.0.last() }.map(|(cursor, _)| cursor.clone());
                assert_eq!(read(&warm, *way, cursor.clone()).await, read(&cold, *way, cursor).await, "{way:?}");
            }
        }
    }
}
