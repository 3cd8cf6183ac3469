//! Finding anything that has an id of its own, by that id alone.

use std::collections::HashMap;
use std::sync::Arc;

use sea_orm::sea_query::{Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use entity::{Kind, WireId, published_category, published_guide, published_question, published_round, published_salary_range};

use crate::company::{Company, gather, pointers};
use crate::error::Result;
use crate::question::Question;
use crate::salary_range::SalaryRange;
use crate::view::View;

/// What an id leads to.
#[derive(Clone, Debug)]
pub enum Node {
    /// A company.
    Company(Arc<Company>),
    /// The round at this place of a guide.
    Round(Arc<Company>, usize),
    /// The question category at this place of a guide.
    Category(Arc<Company>, usize),
    /// A question.
    Question(Question),
    /// A salary range.
    SalaryRange(SalaryRange),
}

/// What these ids lead to, in their order; nothing for one that leads to nothing public. Two statements at most, however many they are.
///
/// # Errors
///
/// If the database fails.
pub async fn find_many(view: &View, ids: &[WireId]) -> Result<Vec<Option<Node>>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let pointers = pointers(view, holders(ids)).await?;
    let mut nodes = HashMap::new();
    for company in gather(view, pointers).await? {
        nodes.extend(nodes_of(&company));
    }
    if ids.iter().any(|id| !nodes.contains_key(id)) {
        view.shows_catalogue();
    }
    Ok(ids.iter().map(|id| nodes.get(id).cloned()).collect())
}

/// The guides that hold any of these: one list of identities from the indexes of the kinds that are asked for.
fn holders(ids: &[WireId]) -> Condition {
    let of = |kind: Kind| -> Vec<Uuid> { ids.iter().filter(|id| id.kind == kind).map(|id| id.uuid).collect() };
    let mut lists: Vec<SelectStatement> = Vec::new();
    macro_rules! holding {
        ($table:ident, $column:ident, $kind:ident) => {
            let wanted = of(Kind::$kind);
            if !wanted.is_empty() {
                let named = $table::Column::$column.is_in(wanted);
                lists.push(Query::select().column($table::Column::CompanyId).from($table::Entity).and_where(named).take());
            }
        };
    }
    holding!(published_guide, CompanyId, Company);
    holding!(published_round, Id, Round);
    holding!(published_category, Id, Category);
    holding!(published_question, Id, Question);
    holding!(published_salary_range, Id, SalaryRange);
    let all = lists.into_iter().reduce(|mut all, list| all.union(UnionType::All, list).take());
    match all {
        Some(all) => Condition::all().add(published_guide::Column::CompanyId.in_subquery(all)),
        // None of the ids is of a kind that can be asked for.
        None => Condition::all().add(published_guide::Column::CompanyId.is_null()),
    }
}

fn nodes_of(company: &Arc<Company>) -> Vec<(WireId, Node)> {
    let guide = &company.guide;
    let mut nodes = vec![(company.wire_id(), Node::Company(Arc::clone(company)))];
    let rounds = guide.rounds.iter().enumerate();
    nodes.extend(rounds.map(|(place, round)| (round.id.wire(Kind::Round), Node::Round(Arc::clone(company), place))));
    let categories = guide.categories.iter().enumerate();
    nodes.extend(categories.map(|(place, each)| (each.id.wire(Kind::Category), Node::Category(Arc::clone(company), place))));
    for (category, place, each) in guide.questions() {
        nodes.extend(Question::at(company, category, place).map(|question| (each.id.wire(Kind::Question), Node::Question(question))));
    }
    for (place, each) in guide.salary_ranges.iter().enumerate() {
        nodes.extend(SalaryRange::at(company, place).map(|range| (each.id.wire(Kind::SalaryRange), Node::SalaryRange(range))));
    }
    nodes
}
