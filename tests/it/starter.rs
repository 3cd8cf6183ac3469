//! The starter guides, from their files through the database to a reader.

use content::company::{self, By};
use content::page::{Asked, Window};
use content::{question, salary_range};
use tests::both;

fn first(count: i32) -> Window {
    Window::new(Asked { first: Some(count), ..Asked::default() }, 100).unwrap()
}

both! {
    async fn a_reader_finds_the_whole_netflix_page(stage) {
        stage.plant_starter().await;
        let view = stage.view();
        let company = company::find(&view, &By::Slug("netflix".parse().unwrap())).await.unwrap().unwrap();
        let guide = &company.guide;
        assert_eq!((guide.highlights.len(), guide.focus_areas.len(), guide.insider_tips.len()), (3, 6, 6));
        let minutes: Vec<i32> = guide.rounds.iter().map(|round| round.duration.min).collect();
        assert_eq!(minutes, [30, 45, 60, 45, 45]);
        assert_eq!((guide.total_minutes().min, guide.total_minutes().max), (225, 225));
        let weights: Vec<_> = guide.categories.iter().map(|category| (category.weight_percent, category.questions.len())).collect();
        assert_eq!(weights, [(35, 3), (25, 3), (25, 3), (15, 3)]);
        let shown: Vec<String> = guide.salary_ranges.iter().map(|range| range.figures.display(range.currency)).collect();
        assert_eq!(shown, ["$300K-$450K", "$450K-$600K", "$600K-$900K+"]);
        assert_eq!((guide.red_flags.len(), guide.traits.len(), guide.prep_plan.len()), (5, 6, 4));
    }

    async fn lists_and_searches_answer(stage) {
        stage.plant_starter().await;
        let view = stage.view();
        let companies = company::list(&view, &company::Selection::default(), first(3)).await.unwrap();
        assert_eq!(companies.edges.len(), 3);
        assert_eq!(companies.total(&view).await.unwrap(), 8);
        assert!(companies.has_next(&view).await.unwrap() && !companies.has_previous(&view).await.unwrap());
        let search = company::Selection { search: Some("recomm".to_owned()), ..company::Selection::default() };
        let questions = question::list(&view, &search, first(10)).await.unwrap();
        assert!(!questions.edges.is_empty());
        let found = company::Selection { search: Some("netfl".to_owned()), ..company::Selection::default() };
        let found = company::list(&view, &found, first(10)).await.unwrap();
        assert_eq!(found.edges[0].1.slug.as_str(), "netflix");
        let salaries = salary_range::list(&view, &content::filter::Filter::default(), None, first(100)).await.unwrap();
        assert!(salaries.total(&view).await.unwrap() > 10);
    }
}
