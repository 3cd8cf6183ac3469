//! Every way in which a reader can come to a company: what is not public must be found by none of them.

#![allow(clippy::expect_used, reason = "a harness fails loudly")]

use std::collections::BTreeSet;

use content::company::{self, By, CompanyTest, Selection};
use content::filter::Filter;
use content::published::Guide;
use content::question::{self, QuestionTest};
use content::salary_range::{self, SalaryRangeTest};
use content::view::View;
use content::{CompanyId, Kind, Slug, WireId, node};

use crate::window;

/// The ways that lead to a company, by name. It is told apart by its id; the slugs are those under which it might be found,
/// the guide is one that it has or had.
///
/// # Panics
///
/// If the database fails.
pub async fn ways_to(view: &View, id: CompanyId, slugs: &[Slug], guide: &Guide) -> BTreeSet<String> {
    let mut ways = BTreeSet::new();
    let mut way = |name: &str, open: bool| {
        if open {
            ways.insert(name.to_owned());
        }
    };
    way("id", company::find(view, &By::Id(id)).await.expect("an answer").is_some());
    for slug in slugs {
        let found = company::find(view, &By::Slug(slug.clone())).await.expect("an answer");
        way(&format!("slug {slug}"), found.is_some_and(|company| company.id == id));
    }
    way("ids", company::of_ids(view, &[id]).await.expect("an answer").contains_key(&id));
    let nodes = node::find_many(view, &ids_of(id, guide)).await.expect("an answer");
    for (wire, node) in ids_of(id, guide).iter().zip(nodes) {
        way(&format!("node {wire}"), node.is_some());
    }
    let named = Selection { search: Some(guide.name.clone()), ..Selection::default() };
    let this = Filter::Is(CompanyTest::Id(vec![id]));
    let filtered = Selection { filter: this.clone(), ..Selection::default() };
    for (name, selection) in [("all companies", Selection::default()), ("company search", named)] {
        let page = company::list(view, &selection, window::all()).await.expect("an answer");
        way(name, page.edges.iter().any(|(_, company)| company.id == id));
    }
    let page = company::list(view, &filtered, window::all()).await.expect("an answer");
    way("company count", !page.edges.is_empty() || page.total(view).await.expect("an answer") > 0);
    let said = guide.categories[0].questions[0].text.clone();
    let of_this = Selection { filter: Filter::Is(QuestionTest::Company(this.clone())), ..Selection::default() };
    let searched = Selection { search: Some(said), ..Selection::default() };
    for (name, selection) in [("all questions", Selection::default()), ("question search", searched)] {
        let page = question::list(view, &selection, window::all()).await.expect("an answer");
        way(name, page.edges.iter().any(|(_, question)| question.company.id == id));
    }
    let page = question::list(view, &of_this, window::all()).await.expect("an answer");
    way("question count", !page.edges.is_empty() || page.total(view).await.expect("an answer") > 0);
    let page = salary_range::list(view, &Filter::default(), None, window::all()).await.expect("an answer");
    way("all salary ranges", page.edges.iter().any(|(_, range)| range.company.id == id));
    let page = salary_range::list(view, &Filter::Is(SalaryRangeTest::Company(this)), None, window::all()).await.expect("an answer");
    way("salary count", !page.edges.is_empty() || page.total(view).await.expect("an answer") > 0);
    ways
}

/// The ids of everything in a guide that has one: the company, its rounds, categories, questions and salary ranges.
#[must_use]
pub fn ids_of(id: CompanyId, guide: &Guide) -> Vec<WireId> {
    let rounds = guide.rounds.iter().map(|round| round.id.wire(Kind::Round));
    let categories = guide.categories.iter().map(|category| category.id.wire(Kind::Category));
    let questions = guide.questions().map(|(_, _, question)| question.id.wire(Kind::Question));
    let ranges = guide.salary_ranges.iter().map(|range| range.id.wire(Kind::SalaryRange));
    std::iter::once(WireId::from(id)).chain(rounds).chain(categories).chain(questions).chain(ranges).collect()
}
