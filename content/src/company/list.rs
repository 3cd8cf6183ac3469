//! The list of public companies.

use std::sync::Arc;

use sea_orm::ColumnTrait;
use sea_orm::sea_query::Query;

use entity::{Scope, published_guide};

use super::Company;
use super::filter::{CompanyTest, allowed, condition};
use crate::cursor::SortKind;
use crate::error::Result;
use crate::filter::Filter;
use crate::page::{Listing, Page, Sorting, Window};
use crate::search::{Searched, ranked};
use crate::view::View;

const SEARCHED: Searched = Searched { noun: "company", table: "published_guide", title: "name_folded" };

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompanyOrder {
    /// By name, without case and accents.
    Name,
    /// By the time of publishing.
    PublishedAt,
}

/// What is asked of a list: a filter, words to search for, and an order with its direction. Without an order a search gives the best matches first.
#[derive(Clone, Debug)]
pub struct Selection<T, O> {
    /// Which entries.
    pub filter: Filter<T>,
    /// Words that must be found; a text without words asks nothing.
    pub search: Option<String>,
    /// In which order, and whether the other way round.
    pub order: Option<(O, bool)>,
}

impl<T, O> Default for Selection<T, O> {
    fn default() -> Self {
        Self { filter: Filter::default(), search: None, order: None }
    }
}

/// A page of the public companies. Two statements at most, however many entries it has.
///
/// # Errors
///
/// If a cursor or the search is refused, or the database fails.
pub async fn list(view: &View, selection: &Selection<CompanyTest, CompanyOrder>, window: Window) -> Result<Page<Arc<Company>>> {
    let database = view.store.reader();
    let mut statement = Query::select().from(published_guide::Entity).cond_where(condition(&selection.filter)).take();
    view.narrow(&mut statement, published_guide::Column::CompanyId.into_expr());
    allowed(view, &selection.filter)?;
    if selection.search.is_some() {
        view.require(Scope::Companies)?;
    }
    let ranking = ranked(&mut statement, &SEARCHED, selection.search.as_deref(), database.get_database_backend())?;
    let id = (published_guide::Column::CompanyId.into_expr(), SortKind::Id);
    let sorting = match (ranking, selection.order) {
        (Some(ranking), None) => Sorting::new(&ranking.name, true, [(ranking.rank, SortKind::Number), id]),
        (_, Some((CompanyOrder::PublishedAt, descending))) => {
            Sorting::new("company.published_at", descending, [(published_guide::Column::PublishedAt.into_expr(), SortKind::Number), id])
        }
        (_, order) => {
            let descending = order.is_some_and(|(_, descending)| descending);
            Sorting::new("company.name", descending, [(published_guide::Column::NameFolded.into_expr(), SortKind::Text), id])
        }
    };
    let column = published_guide::Column::CompanyId.into_expr();
    Listing { statement, company: column.clone(), item: column, sorting }
        .entries(view, window, |company, _| Some(Arc::clone(company)))
        .await
}
