//! Lists of questions: over all public guides by the index, and of one guide in memory.

use std::sync::Arc;

use sea_orm::ColumnTrait;
use sea_orm::sea_query::Query;

use uuid::Uuid;

use entity::{Scope, published_question};

use super::filter::{QuestionTest, allowed, condition, passes};
use crate::company::{Company, Selection};
use crate::cursor::{SortKind, SortValue};
use crate::error::Result;
use crate::filter::Filter;
use crate::index::difficulty_rank;
use crate::page::{self, Listing, Page, Sorting, Window};
use crate::published;
use crate::search::{Searched, ranked};
use crate::view::View;

/// A question where it stands: in a category of a company's guide.
#[derive(Clone, Debug)]
pub struct Question {
    /// The company.
    pub company: Arc<Company>,
    category: usize,
    place: usize,
}

impl Question {
    /// The question at this place of a guide, if there is one.
    #[must_use]
    pub fn at(company: &Arc<Company>, category: usize, place: usize) -> Option<Self> {
        company.guide.categories.get(category)?.questions.get(place)?;
        Some(Self { company: Arc::clone(company), category, place })
    }

    /// What it says.
    #[must_use]
    pub fn question(&self) -> &published::Question {
        // Both places were looked up when the value was made, and a published guide never changes.
        &self.category().questions[self.place]
    }

    /// The category that it is in.
    #[must_use]
    pub fn category(&self) -> &published::Category {
        &self.company.guide.categories[self.category]
    }

    /// The place of its category in the guide, from 0.
    #[must_use]
    pub const fn category_place(&self) -> usize {
        self.category
    }

    /// Its place in its category, from 0.
    #[must_use]
    pub const fn place(&self) -> usize {
        self.place
    }
}

const SEARCHED: Searched = Searched { noun: "question", table: "published_question", title: "text_folded" };

/// What lists of questions are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionOrder {
    /// By the company's name, and in a guide as the editors put them.
    Company,
    /// From easy to hard; those without a difficulty come first.
    Difficulty,
}

/// A page of the questions of all public guides. Two statements at most, however many entries it has.
///
/// # Errors
///
/// If a cursor or the search is refused, or the database fails.
pub async fn list(view: &View, selection: &Selection<QuestionTest, QuestionOrder>, window: Window) -> Result<Page<Question>> {
    use published_question::Column as Row;
    view.require(Scope::Questions)?;
    allowed(view, &selection.filter)?;
    let database = view.store.reader();
    let mut statement = Query::select().from(published_question::Entity).cond_where(condition(&selection.filter)).take();
    view.narrow(&mut statement, Row::CompanyId.into_expr());
    let ranking = ranked(&mut statement, &SEARCHED, selection.search.as_deref(), database.get_database_backend())?;
    let id = (Row::Id.into_expr(), SortKind::Id);
    let sorting = match (ranking, selection.order) {
        (Some(ranking), None) => Sorting::new(&ranking.name, true, [(ranking.rank, SortKind::Number), id]),
        (_, Some((QuestionOrder::Difficulty, descending))) => {
            Sorting::new("question.difficulty", descending, [(Row::Difficulty.into_expr(), SortKind::Number), id])
        }
        (_, order) => {
            let descending = order.is_some_and(|(_, descending)| descending);
            let company = (Row::CompanyFolded.into_expr(), SortKind::Text);
            let guide = (Row::CompanyId.into_expr(), SortKind::Id);
            Sorting::new("question.company", descending, [company, guide, (Row::Position.into_expr(), SortKind::Number)])
        }
    };
    let listing = Listing { statement, company: Row::CompanyId.into_expr(), item: Row::Id.into_expr(), sorting };
    let entry = |company: &Arc<Company>, item: Uuid| {
        let (category, place, _) = company.guide.questions().find(|(_, _, question)| question.id.0 == item)?;
        Question::at(company, category, place)
    };
    listing.entries(view, window, entry).await
}

/// A page of the questions of one guide. No statement: the guide is in memory.
///
/// # Errors
///
/// If a cursor is refused, or if the viewer may not read that.
pub fn list_of(
    view: &View,
    company: &Arc<Company>,
    filter: &Filter<QuestionTest>,
    order: Option<(QuestionOrder, bool)>,
    window: Window,
) -> Result<Page<Question>> {
    view.require(Scope::Questions)?;
    allowed(view, filter)?;
    let (order, descending) = order.unwrap_or((QuestionOrder::Company, false));
    let all = company.guide.questions().zip(1_i64..);
    let entries = all.filter_map(|((category, place, row), position)| {
        let question = Question::at(company, category, place)?;
        let values = match order {
            QuestionOrder::Company => vec![SortValue::Number(position)],
            QuestionOrder::Difficulty => vec![SortValue::Number(i64::from(difficulty_rank(row.difficulty))), SortValue::Number(position)],
        };
        passes(filter, &question).then_some((values, question))
    });
    let name = match order {
        QuestionOrder::Company => "guide.position",
        QuestionOrder::Difficulty => "guide.difficulty",
    };
    page::of_memory(name, descending, entries.collect(), window)
}
