//! Lists: every entry once, in one order, forwards and backwards, whatever the order; and what is not a page is refused.

use std::fmt::Debug;
use std::sync::Arc;

use content::code::Code;
use content::company::{self, Company, CompanyOrder, CompanyTest, Selection};
use content::cursor::Cursor;
use content::filter::Filter;
use content::fold::fold;
use content::page::{Asked, Page, Window};
use content::question::{self, QuestionOrder, QuestionTest};
use content::salary_range::{self, SalaryRangeOrder};
use content::view::View;
use content::{CompanyId, Difficulty, ItemId, RevisionNumber, Slug};
use tests::window::{all, first, first_after, last, last_before, window};
use tests::{Stage, both, refusal};

/// Guides of these tests: more than a page of any list, and several with one name, so that the order must end in the id.
const GUIDES: u32 = 300;

async fn plant(stage: &Stage) -> Vec<Arc<Company>> {
    stage.plant_generated(GUIDES).await;
    let editor = tests::Editor(stage.desk("ada"));
    for number in 0..10 {
        let mut guide = seed::synthetic::guide(1_000 + number).guide;
        "Àlpha & Ômega".clone_into(&mut guide.name);
        guide.question_categories[0].questions[0].difficulty = None;
        editor.create_public(&format!("twin-{number}"), &guide).await.unwrap();
    }
    let page = company::list(&stage.view(), &Selection::default(), all()).await.unwrap();
    let companies: Vec<_> = page.edges.into_iter().map(|(_, company)| company).collect();
    assert_eq!(companies.len(), 310);
    companies
}

/// Reads a list from the first page to the last, and from the last to the first: both must give what is expected.
async fn walk<T, K: PartialEq + Debug>(
    view: &View,
    size: i32,
    expected: &[K],
    key: impl Fn(&T) -> K,
    read: impl AsyncFn(Window) -> content::Result<Page<T>>,
) {
    let total = u64::try_from(expected.len()).unwrap();
    let mut forward = Vec::new();
    let mut page = read(first(size)).await.unwrap();
    assert_eq!(page.total(view).await.unwrap(), total);
    loop {
        assert_eq!(page.has_previous(view).await.unwrap(), !forward.is_empty());
        forward.extend(page.edges.iter().map(|(_, entry)| key(entry)));
        assert_eq!(page.has_next(view).await.unwrap(), forward.len() < expected.len());
        let Some((cursor, _)) = page.edges.last().filter(|_| forward.len() < expected.len()) else { break };
        page = read(first_after(size, cursor)).await.unwrap();
    }
    assert_eq!(forward.len(), expected.len());
    assert!(forward == expected, "forwards: {:?}", forward.iter().zip(expected).find(|(found, expected)| found != expected));

    let mut backward: Vec<Vec<K>> = Vec::new();
    let mut read_so_far = 0;
    let mut page = read(last(size)).await.unwrap();
    loop {
        assert_eq!(page.has_next(view).await.unwrap(), read_so_far > 0);
        backward.push(page.edges.iter().map(|(_, entry)| key(entry)).collect());
        read_so_far += page.edges.len();
        assert_eq!(page.has_previous(view).await.unwrap(), read_so_far < expected.len());
        let Some((cursor, _)) = page.edges.first().filter(|_| read_so_far < expected.len()) else { break };
        page = read(last_before(size, cursor)).await.unwrap();
    }
    assert_eq!(page.total(view).await.unwrap(), total);
    let backward: Vec<K> = backward.into_iter().rev().flatten().collect();
    assert!(backward == expected, "backwards: {:?}", backward.iter().zip(expected).find(|(found, expected)| found != expected));
}

/// In both directions, what is expected turned round with the list.
const DIRECTIONS: [bool; 2] = [false, true];

fn turned<T: Clone, O: Ord>(mut entries: Vec<(O, T)>, descending: bool) -> Vec<T> {
    entries.sort_by(|a, b| if descending { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) });
    entries.into_iter().map(|(_, entry)| entry).collect()
}

fn rank(difficulty: Option<Difficulty>) -> u8 {
    match difficulty {
        None => 0,
        Some(Difficulty::Easy) => 1,
        Some(Difficulty::Medium) => 2,
        Some(Difficulty::Hard) => 3,
    }
}

fn by_company<T: Clone>(companies: &[Arc<Company>], entries: impl Fn(&Company) -> Vec<T>) -> Vec<((String, CompanyId, usize), T)> {
    let of = |company: &Arc<Company>| {
        let place = (fold(&company.guide.name), company.id);
        entries(company).into_iter().enumerate().map(move |(number, entry)| ((place.0.clone(), place.1, number), entry)).collect::<Vec<_>>()
    };
    companies.iter().flat_map(of).collect()
}

fn cursor_of(given: &[(Cursor, Arc<Company>)]) -> String {
    given[0].0.to_string()
}

both! {
    async fn companies_are_read_through_in_every_order(stage) {
        let companies = plant(&stage).await;
        let view = stage.view();
        for descending in DIRECTIONS {
            let by_name = companies.iter().map(|company| ((fold(&company.guide.name), company.id), company.id)).collect();
            let by_time = companies.iter().map(|company| ((company.published_at, company.id), company.id)).collect();
            for (order, expected) in [(CompanyOrder::Name, turned(by_name, descending)), (CompanyOrder::PublishedAt, turned(by_time, descending))] {
                let selection = Selection { order: Some((order, descending)), ..Selection::default() };
                walk(&view, 7, &expected, |company: &Arc<Company>| company.id, async |window| company::list(&view, &selection, window).await).await;
            }
        }
        let by_name = companies.iter().map(|company| ((fold(&company.guide.name), company.id), company.id)).collect();
        let read = async |window| company::list(&view, &Selection::default(), window).await;
        walk(&view, 100, &turned(by_name, false), |company: &Arc<Company>| company.id, read).await;
    }

    async fn questions_are_read_through_in_every_order(stage) {
        let companies = plant(&stage).await;
        let view = stage.view();
        let key = |question: &question::Question| question.question().id;
        let questions = |company: &Company| company.guide.questions().map(|(_, _, question)| question.id).collect::<Vec<ItemId>>();
        for descending in DIRECTIONS {
            let by_difficulty = companies.iter().flat_map(|company| {
                company.guide.questions().map(|(_, _, question)| ((rank(question.difficulty), question.id), question.id)).collect::<Vec<_>>()
            });
            let by_difficulty = turned(by_difficulty.collect(), descending);
            let orders = [(QuestionOrder::Company, turned(by_company(&companies, questions), descending)), (QuestionOrder::Difficulty, by_difficulty)];
            for (order, expected) in orders {
                let selection = Selection { order: Some((order, descending)), ..Selection::default() };
                walk(&view, 997, &expected, key, async |window| question::list(&view, &selection, window).await).await;
            }
        }
    }

    async fn salary_ranges_are_read_through_in_every_order(stage) {
        let companies = plant(&stage).await;
        let view = stage.view();
        let key = |range: &salary_range::SalaryRange| range.range().id;
        let ranges = |company: &Company| company.guide.salary_ranges.iter().map(|range| range.id).collect::<Vec<ItemId>>();
        let figures = |figure: fn(&content::money::Figures) -> i64| -> Vec<((i64, ItemId), ItemId)> {
            let all = companies.iter().flat_map(|company| &company.guide.salary_ranges);
            all.map(|range| ((figure(&range.figures), range.id), range.id)).collect()
        };
        for descending in DIRECTIONS {
            let orders = [
                (SalaryRangeOrder::Company, turned(by_company(&companies, ranges), descending)),
                (SalaryRangeOrder::Min, turned(figures(|figures| figures.min), descending)),
                (SalaryRangeOrder::Max, turned(figures(|figures| figures.max.unwrap_or(figures.min)), descending)),
            ];
            for (order, expected) in orders {
                let read = async |window| salary_range::list(&view, &Filter::default(), Some((order, descending)), window).await;
                walk(&view, 100, &expected, key, read).await;
            }
        }
    }

    async fn a_search_is_read_through_from_the_best_match_on(stage) {
        let companies = plant(&stage).await;
        let view = stage.view();
        let selection = Selection { search: Some("robotics ranking".to_owned()), ..Selection::default() };
        let whole = company::list(&view, &selection, all()).await.unwrap();
        let ids: Vec<CompanyId> = whole.edges.iter().map(|(_, company)| company.id).collect();
        let said = |company: &&Arc<Company>| {
            let guide = &company.guide;
            let lines = guide.focus_areas.iter().map(|line| line.text.as_str()).chain(guide.highlights.iter().map(String::as_str));
            let folded = fold(&lines.chain([guide.name.as_str()]).collect::<Vec<_>>().join(" "));
            ["robotics", "ranking"].iter().all(|word| folded.split(' ').any(|other| other == *word))
        };
        let mut expected: Vec<CompanyId> = companies.iter().filter(said).map(|company| company.id).collect();
        let mut found = ids.clone();
        expected.sort_unstable();
        found.sort_unstable();
        assert!(found == expected && found.len() > 3, "{} and {}", found.len(), expected.len());
        walk(&view, 2, &ids, |company: &Arc<Company>| company.id, async |window| company::list(&view, &selection, window).await).await;

        let selection = Selection { search: Some("fraud detection".to_owned()), ..Selection::default() };
        let whole = question::list(&view, &selection, all()).await.unwrap();
        let ids: Vec<ItemId> = whole.edges.iter().map(|(_, question)| question.question().id).collect();
        assert!(ids.len() > 100, "{}", ids.len());
        let key = |question: &question::Question| question.question().id;
        walk(&view, 23, &ids, key, async |window| question::list(&view, &selection, window).await).await;
    }

    async fn the_questions_of_one_guide_are_read_through_in_memory(stage) {
        stage.plant_starter().await;
        let view = stage.view();
        let company = company::find(&view, &company::By::Slug("netflix".parse::<Slug>().unwrap())).await.unwrap().unwrap();
        let key = |question: &question::Question| question.question().id;
        for descending in DIRECTIONS {
            let numbered = || company.guide.questions().enumerate();
            let by_place = numbered().map(|(number, (_, _, question))| (number, question.id)).collect();
            let by_difficulty = numbered().map(|(number, (_, _, question))| ((rank(question.difficulty), number), question.id)).collect();
            let orders = [(QuestionOrder::Company, turned(by_place, descending)), (QuestionOrder::Difficulty, turned(by_difficulty, descending))];
            for (order, expected) in orders {
                let read = async |window| question::list_of(&stage.view(), &company, &Filter::default(), Some((order, descending)), window);
                walk(&view, 5, &expected, key, read).await;
            }
        }
    }

    async fn a_page_of_none_still_says_what_there_is(stage) {
        stage.plant_starter().await;
        let view = stage.view();
        let none = company::list(&view, &Selection::default(), first(0)).await.unwrap();
        assert!(none.edges.is_empty() && none.has_next(&view).await.unwrap() && !none.has_previous(&view).await.unwrap());
        assert_eq!(none.total(&view).await.unwrap(), 8);
        let none = company::list(&view, &Selection::default(), last(0)).await.unwrap();
        assert!(none.edges.is_empty() && !none.has_next(&view).await.unwrap() && none.has_previous(&view).await.unwrap());
        let nothing = Selection { filter: Filter::Any(Vec::new()), ..Selection::default() };
        let empty = company::list(&view, &nothing, first(10)).await.unwrap();
        assert!(empty.edges.is_empty() && !empty.has_next(&view).await.unwrap() && !empty.has_previous(&view).await.unwrap());
        assert_eq!(empty.total(&view).await.unwrap(), 0);
    }

    async fn a_page_between_two_cursors_holds_what_is_between_them(stage) {
        stage.plant_starter().await;
        let view = stage.view();
        let whole = company::list(&view, &Selection::default(), all()).await.unwrap().edges;
        let ids: Vec<CompanyId> = whole.iter().map(|(_, company)| company.id).collect();
        for (from, to) in [(0, 7), (1, 6), (2, 4), (3, 4), (3, 3), (5, 2)] {
            let between = |size: i32, backward: bool| {
                let (first, last) = if backward { (None, Some(size)) } else { (Some(size), None) };
                window(Asked { first, last, after: Some(whole[from].0.to_string()), before: Some(whole[to].0.to_string()) })
            };
            let expected: &[CompanyId] = if from < to { &ids[from + 1..to] } else { &[] };
            let page = company::list(&view, &Selection::default(), between(100, false)).await.unwrap();
            let found: Vec<CompanyId> = page.edges.iter().map(|(_, company)| company.id).collect();
            assert_eq!(found, expected, "between {from} and {to}");
            assert!(page.has_next(&view).await.unwrap() && page.has_previous(&view).await.unwrap());
            assert_eq!(page.total(&view).await.unwrap(), 8, "the total is that of the whole list");
            for backward in [false, true] {
                let page = company::list(&view, &Selection::default(), between(1, backward)).await.unwrap();
                let found = page.edges.first().map(|(_, company)| company.id);
                assert_eq!(found, if backward { expected.last() } else { expected.first() }.copied());
            }
        }
    }

    async fn a_cursor_outlives_the_entry_that_it_was_given_for(stage) {
        let editor = stage.editor().await;
        for name in ["a", "b", "c", "d"] {
            editor.create_public(name, &tests::guides::complete(name)).await.unwrap();
        }
        let view = stage.view();
        let whole = company::list(&view, &Selection::default(), all()).await.unwrap().edges;
        editor.unpublish(whole[1].1.id).await.unwrap();
        let page = company::list(&view, &Selection::default(), first_after(1, &whole[1].0)).await.unwrap();
        assert_eq!(page.edges[0].1.id, whole[2].1.id);
        assert!(page.has_previous(&view).await.unwrap(), "the first one is still there");
        editor.unpublish(whole[0].1.id).await.unwrap();
        assert!(!page.has_previous(&view).await.unwrap(), "now nothing is in front of it");
        let page = company::list(&view, &Selection::default(), last_before(2, &whole[1].0)).await.unwrap();
        assert!(page.edges.is_empty() && page.has_next(&view).await.unwrap());
    }

    async fn a_cursor_of_another_list_or_order_or_hand_is_refused(stage) {
        stage.plant_starter().await;
        let view = stage.view();
        let by = |order, descending| Selection { order: Some((order, descending)), ..Selection::default() };
        let listed = async |selection: &Selection<CompanyTest, CompanyOrder>, asked| company::list(&view, selection, window(asked)).await;
        let name = cursor_of(&listed(&by(CompanyOrder::Name, false), Asked::default()).await.unwrap().edges);
        let downwards = cursor_of(&listed(&by(CompanyOrder::Name, true), Asked::default()).await.unwrap().edges);
        let time = cursor_of(&listed(&by(CompanyOrder::PublishedAt, false), Asked::default()).await.unwrap().edges);
        let searched = Selection { search: Some("labs".to_owned()), ..Selection::default() };
        let questions: Selection<QuestionTest, QuestionOrder> = Selection::default();
        let question = question::list(&view, &questions, first(1)).await.unwrap().edges[0].0.to_string();
        let forged = ["", "x", "!", "AAAA", "bm8", "\u{0}", "é", &name[1..], &name[..name.len() - 2], &"A".repeat(100_000)];
        for bad in [downwards.as_str(), &time, &question].into_iter().chain(forged) {
            let after = Asked { after: Some(bad.to_owned()), ..Asked::default() };
            let before = Asked { before: Some(bad.to_owned()), ..Asked::default() };
            for asked in [after, before] {
                assert_eq!(refusal(listed(&by(CompanyOrder::Name, false), asked).await), Code::Cursor, "{bad:?}");
            }
        }
        let asked = || Asked { after: Some(name.clone()), ..Asked::default() };
        assert_eq!(refusal(listed(&searched, asked()).await), Code::Cursor, "a search is another order");
        assert_eq!(refusal(question::list(&view, &questions, window(asked())).await), Code::Cursor);
        assert_eq!(refusal(salary_range::list(&view, &Filter::default(), None, window(asked())).await), Code::Cursor);
        let company = company::find(&view, &company::By::Slug("netflix".parse::<Slug>().unwrap())).await.unwrap().unwrap();
        assert_eq!(refusal(question::list_of(&stage.view(), &company, &Filter::default(), None, window(asked()))), Code::Cursor);
        listed(&by(CompanyOrder::Name, false), asked()).await.unwrap();
    }

    async fn lists_show_the_revision_that_is_public_now(stage) {
        let editor = stage.editor().await;
        let id = editor.create_public("acorn", &tests::guides::complete("Acorn")).await.unwrap();
        editor.republish(id, &tests::guides::saying("Acorn", "Two?")).await.unwrap();
        let page = company::list(&stage.view(), &Selection::default(), all()).await.unwrap();
        assert_eq!((page.edges.len(), page.edges[0].1.revision), (1, RevisionNumber(2)));
    }
}

#[test]
fn a_page_has_a_size_within_its_limit_and_one_direction() {
    let code = |first: Option<i32>, last: Option<i32>| {
        Window::new(Asked { first, last, ..Asked::default() }, 100).map_err(|error| error.code()).err()
    };
    for good in [(None, None), (Some(0), None), (Some(100), None), (None, Some(100)), (None, Some(0))] {
        assert_eq!(code(good.0, good.1), None, "{good:?}");
    }
    for (asked, wrong) in [
        ((Some(101), None), Code::PageLarge),
        ((None, Some(101)), Code::PageLarge),
        ((Some(i32::MAX), None), Code::PageLarge),
        ((Some(-1), None), Code::Page),
        ((None, Some(i32::MIN)), Code::Page),
        ((Some(1), Some(1)), Code::Page),
        ((Some(0), Some(0)), Code::Page),
    ] {
        assert_eq!(code(asked.0, asked.1), Some(wrong), "{asked:?}");
    }
}
