//! Filters: whatever is put together with and, or, not, the database gives what the same tests give in memory.

use std::collections::BTreeSet;
use std::sync::Arc;

use content::calendar::Day;
use content::company::{self, Company, CompanyTest, Selection};
use content::filter::{Filter, NumberTest, TextTest};
use content::fold::fold;
use content::guide::Guide;
use content::question::{self, QuestionTest};
use content::salary_range::{self, SalaryRange, SalaryRangeTest};
use content::view::View;
use content::{Basis, CompanyId, Difficulty, ItemId};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sea_orm::prelude::Uuid;
use tests::guides::{complete, key, line, question, salary_range, slug};
use tests::window::all;
use tests::{Stage, both, integrity};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

/// Filters of each kind that are tried on each database. Their generator always starts at the same point.
const CASES: u32 = 300;

/// Texts that the guides hold and that filters ask for: with the signs of LIKE, accents, other scripts, nothing but signs.
const TEXTS: &[&str] = &[
    "100% remote",
    "snake_case",
    "100 remote",
    "Köln & Zürich",
    "koln zurich",
    "%",
    "_",
    "?!",
    "back\\slash",
    "O'Reilly \"Labs\"",
    "星野計算機",
    "Remote",
    "remote 100",
    "a_b",
    "aXb",
    "AND",
    "[a-z]*",
];

fn guides() -> Vec<Guide> {
    let text = |number: usize| TEXTS[number % TEXTS.len()].to_owned();
    let guide = |number: usize| {
        let mut guide = complete(&text(number));
        guide.sample = number.is_multiple_of(3);
        guide.tier = Some(key(["startup", "ai-lab"][number % 2]));
        guide.verified_on = [None, Some("2026-09-30"), Some("2026-10-01")][number % 3].map(|day| day.parse().unwrap());
        guide.focus_areas = (0..number % 4).map(|place| line(&format!("f-{place}"), &text(number + 5 * place))).collect();
        guide.interview_loop[0].title = text(number + 1);
        guide.interview_loop[1].duration.as_mut().unwrap().max = 60 + i32::try_from(number % 5).unwrap() * 15;
        guide.question_categories[0].name = text(number + 2);
        guide.question_categories[1].questions.push(question("q-4", &text(number + 3)));
        let questions = guide.question_categories.iter_mut().flat_map(|category| &mut category.questions).enumerate();
        for (place, question) in questions {
            question.tags = (0..(number + place) % 3).map(|tag| text(number + 7 * tag)).collect();
            question.difficulty = [None, Some(Difficulty::Easy), Some(Difficulty::Medium), Some(Difficulty::Hard)][(number + place) % 4];
        }
        guide.salary_ranges.truncate(number % 3);
        if number.is_multiple_of(4) {
            let mut range = salary_range("top", &text(number + 4), 300_000);
            range.currency = Some("JPY".parse().unwrap());
            range.basis = Some(Basis::TotalCompensation);
            range.figures = Some(content::money::Figures { min: 300_000, max: None, open_ended: true });
            guide.salary_ranges.push(range);
        }
        guide
    };
    (0..TEXTS.len()).map(guide).collect()
}

async fn plant(stage: &Stage) -> Vec<Arc<Company>> {
    let editor = stage.editor().await;
    for (number, guide) in guides().iter().enumerate() {
        editor.create_public(&format!("guide-{number}"), guide).await.unwrap();
    }
    integrity::check(&stage.store).await;
    let page = company::list(&stage.view(), &Selection::default(), all()).await.unwrap();
    page.edges.into_iter().map(|(_, company)| company).collect()
}

/// And, or, not, and nothing at all, around tests of one kind: three deep.
fn filters<T: Clone + std::fmt::Debug + 'static>(tests: impl Strategy<Value = T> + 'static) -> impl Strategy<Value = Filter<T>> {
    tests.prop_map(Filter::Is).prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Filter::All),
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Filter::Any),
            inner.prop_map(|part| Filter::Not(Box::new(part))),
        ]
    })
}

fn texts() -> impl Strategy<Value = TextTest> {
    let part = prop_oneof![select(TEXTS).prop_map(str::to_owned), Just(String::new()), Just(" ".to_owned()), "[%_a-zé]{0,3}"];
    let one_of = proptest::collection::vec(part.clone(), 0..4).prop_map(|texts| TextTest::one_of(&texts));
    prop_oneof![one_of, part.prop_map(|part| TextTest::contains(&part))]
}

fn numbers(near: &'static [i64]) -> impl Strategy<Value = NumberTest> {
    let number = prop_oneof![select(near), Just(i64::MIN), Just(i64::MAX)];
    prop_oneof![
        proptest::collection::vec(number.clone(), 0..3).prop_map(NumberTest::OneOf),
        number.clone().prop_map(NumberTest::AtLeast),
        number.prop_map(NumberTest::AtMost),
    ]
}

fn some_of<T: Clone + std::fmt::Debug + 'static>(all: Vec<T>) -> impl Strategy<Value = Vec<T>> {
    proptest::collection::vec(select(all), 0..4)
}

fn days() -> impl Strategy<Value = Day> {
    select(vec!["0000-01-01", "2026-09-29", "2026-09-30", "2026-10-01", "2026-10-02", "9999-12-31"]).prop_map(|day| day.parse().unwrap())
}

fn company_tests(companies: &[Arc<Company>]) -> impl Strategy<Value = CompanyTest> + use<> {
    let ids = companies.iter().map(|company| company.id).chain([CompanyId(Uuid::nil())]).collect();
    let slugs = companies.iter().map(|company| company.slug.clone()).chain([slug("nobody")]).collect();
    let published: Vec<i64> = companies.iter().map(|company| company.published_at.0).collect();
    prop_oneof![
        some_of(ids).prop_map(CompanyTest::Id),
        some_of(slugs).prop_map(CompanyTest::Slug),
        texts().prop_map(CompanyTest::Name),
        some_of(vec![key("startup"), key("ai-lab"), key("no-such-tier")]).prop_map(CompanyTest::Tier),
        texts().prop_map(CompanyTest::FocusArea),
        texts().prop_map(CompanyTest::Round),
        texts().prop_map(CompanyTest::Category),
        texts().prop_map(CompanyTest::SalaryLevel),
        numbers(&[89, 90, 105, 120, 150]).prop_map(CompanyTest::TotalMinutes),
        select(published).prop_map(|at| CompanyTest::PublishedAt(NumberTest::AtLeast(at))),
        days().prop_map(CompanyTest::VerifiedFrom),
        days().prop_map(CompanyTest::VerifiedUntil),
        any::<bool>().prop_map(CompanyTest::Sample),
    ]
}

fn question_tests(companies: &[Arc<Company>]) -> impl Strategy<Value = QuestionTest> + use<> {
    let ids = companies.iter().flat_map(|company| company.guide.questions().map(|(_, _, question)| question.id).collect::<Vec<_>>());
    let tags: Vec<String> = TEXTS.iter().map(|text| (*text).to_owned()).collect();
    prop_oneof![
        some_of(ids.chain([ItemId(Uuid::nil())]).collect()).prop_map(QuestionTest::Id),
        filters(company_tests(companies)).prop_map(QuestionTest::Company),
        texts().prop_map(QuestionTest::Category),
        texts().prop_map(QuestionTest::Text),
        some_of(tags).prop_map(|tags| QuestionTest::tags(&tags)),
        some_of(Difficulty::ALL.to_vec()).prop_map(QuestionTest::Difficulty),
    ]
}

fn salary_tests(companies: &[Arc<Company>]) -> impl Strategy<Value = SalaryRangeTest> + use<> {
    let ids: Vec<ItemId> = companies.iter().flat_map(|company| company.guide.salary_ranges.iter().map(|range| range.id)).collect();
    let currencies = ["EUR", "JPY", "USD"].map(|code| code.parse().unwrap()).to_vec();
    prop_oneof![
        some_of(ids).prop_map(SalaryRangeTest::Id),
        filters(company_tests(companies)).prop_map(SalaryRangeTest::Company),
        texts().prop_map(SalaryRangeTest::Level),
        some_of(currencies).prop_map(SalaryRangeTest::Currency),
        some_of(Basis::ALL.to_vec()).prop_map(SalaryRangeTest::Basis),
        numbers(&[90_000, 150_000, 300_000]).prop_map(SalaryRangeTest::Min),
        numbers(&[139_999, 140_000, 200_000, 300_000]).prop_map(SalaryRangeTest::Max),
        any::<bool>().prop_map(SalaryRangeTest::OpenEnded),
    ]
}

/// Puts a filter together by its rules, written a second time.
fn passes<T>(filter: &Filter<T>, test: &impl Fn(&T) -> bool) -> bool {
    match filter {
        Filter::All(parts) => parts.iter().all(|part| passes(part, test)),
        Filter::Any(parts) => parts.iter().any(|part| passes(part, test)),
        Filter::Not(part) => !passes(part, test),
        Filter::Is(leaf) => test(leaf),
    }
}

fn text_passes(wanted: &TextTest, text: &str) -> bool {
    let folded = fold(text);
    match wanted {
        TextTest::OneOf(texts) => texts.contains(&folded),
        TextTest::Contains(part) => folded.contains(part.as_str()),
    }
}

fn number_passes(test: &NumberTest, number: i64) -> bool {
    match test {
        NumberTest::OneOf(numbers) => numbers.contains(&number),
        NumberTest::AtLeast(least) => number >= *least,
        NumberTest::AtMost(most) => number <= *most,
    }
}

fn company_passes(filter: &Filter<CompanyTest>, company: &Company) -> bool {
    let guide = &company.guide;
    passes(filter, &|test| match test {
        CompanyTest::Id(ids) => ids.contains(&company.id),
        CompanyTest::Slug(slugs) => slugs.contains(&company.slug),
        CompanyTest::Name(test) => text_passes(test, &guide.name),
        CompanyTest::Tier(tiers) => tiers.contains(&guide.tier),
        CompanyTest::FocusArea(test) => guide.focus_areas.iter().any(|line| text_passes(test, &line.text)),
        CompanyTest::Round(test) => guide.rounds.iter().any(|round| text_passes(test, &round.title)),
        CompanyTest::Category(test) => guide.categories.iter().any(|category| text_passes(test, &category.name)),
        CompanyTest::SalaryLevel(test) => guide.salary_ranges.iter().any(|range| text_passes(test, &range.level)),
        CompanyTest::TotalMinutes(test) => number_passes(test, guide.rounds.iter().map(|round| i64::from(round.duration.max)).sum()),
        CompanyTest::PublishedAt(test) => number_passes(test, company.published_at.0),
        CompanyTest::VerifiedFrom(day) => guide.verified_on.is_some_and(|on| on >= *day),
        CompanyTest::VerifiedUntil(day) => guide.verified_on.is_some_and(|on| on <= *day),
        CompanyTest::Sample(sample) => guide.sample == *sample,
    })
}

fn salary_passes(filter: &Filter<SalaryRangeTest>, entry: &SalaryRange) -> bool {
    let range = entry.range();
    passes(filter, &|test| match test {
        SalaryRangeTest::Id(ids) => ids.contains(&range.id),
        SalaryRangeTest::Company(filter) => company_passes(filter, &entry.company),
        SalaryRangeTest::Level(test) => text_passes(test, &range.level),
        SalaryRangeTest::Currency(all) => all.contains(&range.currency),
        SalaryRangeTest::Basis(all) => all.contains(&range.basis),
        SalaryRangeTest::Min(test) => number_passes(test, range.figures.min),
        SalaryRangeTest::Max(test) => number_passes(test, range.figures.max.unwrap_or(range.figures.min)),
        SalaryRangeTest::OpenEnded(open) => range.figures.open_ended == *open,
    })
}

/// Runs a property that asks the database. On a failure the filter is made as small as it gets.
fn hold<T: std::fmt::Debug>(strategy: impl Strategy<Value = T>, property: &impl AsyncFn(&T) -> Result<(), TestCaseError>) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let run = |value: T| block_in_place(|| Handle::current().block_on(property(&value)));
    runner.run(&strategy, run).unwrap_or_else(|failure| panic!("{failure}"));
}

async fn companies_by(view: &View, filter: &Filter<CompanyTest>) -> BTreeSet<CompanyId> {
    let page = company::list(view, &Selection { filter: filter.clone(), ..Selection::default() }, all()).await.unwrap();
    let found: BTreeSet<CompanyId> = page.edges.iter().map(|(_, company)| company.id).collect();
    assert_eq!(
        (found.len(), page.total(view).await.unwrap()),
        (page.edges.len(), page.edges.len() as u64),
        "each once, and the count agrees"
    );
    found
}

both! {
    async fn any_filter_of_companies_gives_what_it_gives_in_memory(stage) {
        let companies = plant(&stage).await;
        let view = stage.view();
        hold(filters(company_tests(&companies)), &async |filter: &Filter<_>| {
            let expected: BTreeSet<CompanyId> =
                companies.iter().filter(|company| company_passes(filter, company)).map(|company| company.id).collect();
            prop_assert_eq!(companies_by(&view, filter).await, expected);
            Ok(())
        });
    }

    async fn any_filter_of_questions_gives_what_it_gives_in_memory(stage) {
        let companies = plant(&stage).await;
        let view = stage.view();
        hold(filters(question_tests(&companies)), &async |filter: &Filter<_>| {
            let page = question::list(&view, &Selection { filter: filter.clone(), ..Selection::default() }, all()).await.unwrap();
            let found: Vec<ItemId> = page.edges.iter().map(|(_, question)| question.question().id).collect();
            let of_each = companies.iter().flat_map(|company| question::list_of(&view, company, filter, None, all()).unwrap().edges);
            let expected: Vec<ItemId> = of_each.map(|(_, question)| question.question().id).collect();
            prop_assert_eq!(page.total(&view).await.unwrap(), expected.len() as u64);
            prop_assert_eq!(found, expected);
            Ok(())
        });
    }

    async fn any_filter_of_salary_ranges_gives_what_it_gives_in_memory(stage) {
        let companies = plant(&stage).await;
        let view = stage.view();
        let ranges = companies.iter().flat_map(|company| (0..company.guide.salary_ranges.len()).filter_map(|place| SalaryRange::at(company, place)));
        let ranges: Vec<SalaryRange> = ranges.collect();
        assert!(ranges.len() > 15);
        hold(filters(salary_tests(&companies)), &async |filter: &Filter<_>| {
            let page = salary_range::list(&view, filter, None, all()).await.unwrap();
            let found: Vec<ItemId> = page.edges.iter().map(|(_, range)| range.range().id).collect();
            let expected: Vec<ItemId> = ranges.iter().filter(|range| salary_passes(filter, range)).map(|range| range.range().id).collect();
            prop_assert_eq!(page.total(&view).await.unwrap(), expected.len() as u64);
            prop_assert_eq!(found, expected);
            Ok(())
        });
    }

    async fn nothing_asked_and_nothing_allowed_mean_what_they_say(stage) {
        let companies = plant(&stage).await;
        let view = stage.view();
        let everyone: BTreeSet<CompanyId> = companies.iter().map(|company| company.id).collect();
        let (no_one, all) = (Filter::Any(Vec::new()), Filter::All(Vec::new()));
        let not = |filter: &Filter<CompanyTest>| Filter::Not(Box::new(filter.clone()));
        for (filter, expected) in [
            (all.clone(), &everyone),
            (no_one.clone(), &BTreeSet::new()),
            (not(&all), &BTreeSet::new()),
            (not(&no_one), &everyone),
            (not(&not(&all)), &everyone),
            (Filter::Any(vec![no_one.clone(), all.clone()]), &everyone),
            (Filter::Any(vec![all.clone(), no_one.clone()]), &everyone),
            (Filter::All(vec![all.clone(), no_one.clone()]), &BTreeSet::new()),
            (Filter::Any(vec![all.clone(), Filter::Is(CompanyTest::Id(Vec::new()))]), &everyone),
            (not(&Filter::Any(vec![Filter::Is(CompanyTest::Id(Vec::new())), all.clone()])), &BTreeSet::new()),
        ] {
            assert_eq!(&companies_by(&view, &filter).await, expected, "{filter:?}");
        }
    }

    async fn not_is_true_of_what_is_missing(stage) {
        let companies = plant(&stage).await;
        let view = stage.view();
        let day: Day = "2026-10-01".parse().unwrap();
        for test in [CompanyTest::VerifiedFrom(day), CompanyTest::VerifiedUntil(day)] {
            let not = companies_by(&view, &Filter::Not(Box::new(Filter::Is(test)))).await;
            let undated = companies.iter().filter(|company| company.guide.verified_on.is_none());
            let missing: Vec<_> = undated.filter(|company| !not.contains(&company.id)).collect();
            assert!(missing.is_empty(), "{} undated guides are missing", missing.len());
        }
    }

    async fn the_signs_of_like_are_texts(stage) {
        let companies = plant(&stage).await;
        let view = stage.view();
        for (part, names) in [("0 re", 2), ("0%re", 2), ("a_b", 1), ("a?b", 1), ("axb", 1), ("axxb", 0), ("snake_case", 1), ("snakecase", 0), ("öl", 2)] {
            let found = companies_by(&view, &Filter::Is(CompanyTest::Name(TextTest::contains(part)))).await;
            let shown: Vec<&str> = companies.iter().filter(|each| found.contains(&each.id)).map(|each| each.guide.name.as_str()).collect();
            assert_eq!(found.len(), names, "{part}: {shown:?}");
        }
    }
}
