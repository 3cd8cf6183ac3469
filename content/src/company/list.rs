//! The list of public companies.

use std::sync::Arc;

use sea_orm::ColumnTrait;
use sea_orm::sea_query::Query;

use entity::published_guide;

use super::filter::{CompanyTest, condition};
use super::{Company, gather};
use crate::cursor::SortKind;
use crate::error::Result;
use crate::filter::Filter;
use crate::page::{Listing, Page, Sorting, Window};
use crate::search::{Searched, Words};
use crate::view::View;

/// The name of the order of a search. Its words are part of it: a score means nothing in another search.
fn by_relevance(words: Option<&Words>) -> String {
    format!("company.relevance.{}", words.map(Words::text).unwrap_or_default())
}

const SEARCHED: Searched = Searched { table: "published_guide", title: "name_folded" };

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
    let words = selection.search.as_deref().map(Words::new).transpose()?.flatten();
    let rank = words.as_ref().map(|words| words.add_to(&mut statement, &SEARCHED, database.get_database_backend()));
    let id = (published_guide::Column::CompanyId.into_expr(), SortKind::Id);
    let sorting = match (rank, selection.order) {
        (Some(rank), None) => Sorting::new(&by_relevance(words.as_ref()), true, [(rank, SortKind::Number), id]),
        (_, Some((CompanyOrder::PublishedAt, descending))) => {
            Sorting::new("company.published_at", descending, [(published_guide::Column::PublishedAt.into_expr(), SortKind::Number), id])
        }
        (_, order) => {
            let descending = order.is_some_and(|(_, descending)| descending);
            Sorting::new("company.name", descending, [(published_guide::Column::NameFolded.into_expr(), SortKind::Text), id])
        }
    };
    let column = published_guide::Column::CompanyId.into_expr();
    let page = Listing { statement, company: column.clone(), item: column, sorting }.read(database, window).await?;
    let pointers = page.edges.iter().map(|(_, hit)| hit.pointer.clone()).collect();
    let mut companies = gather(view, pointers).await?.into_iter();
    page.try_map(|hit| companies.next().ok_or_else(|| crate::page::lost(&hit)))
}
