//! One page of a list, for all lists: keyset paging forwards and backwards over any order that ends in something unique.

mod memory;

use std::sync::Arc;

use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, Func, JoinType, Order, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseConnection, FromQueryResult, QueryResult};
use uuid::Uuid;

use entity::published_guide;

use crate::code::Code;
use crate::company::{Company, Pointer, gather};
use crate::cursor::{Cursor, SortKind, SortValue};
use crate::error::{Doing, Error, Result};
use crate::view::View;

pub(crate) use memory::of_memory;

/// Entries of a page that does not say how many.
pub const DEFAULT_SIZE: u32 = 20;

/// Which page is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    size: u32,
    backward: bool,
    after: Option<String>,
    before: Option<String>,
}

/// The arguments of a page as they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// How many from the start.
    pub first: Option<i32>,
    /// Behind this cursor.
    pub after: Option<String>,
    /// How many from the end.
    pub last: Option<i32>,
    /// In front of this cursor.
    pub before: Option<String>,
}

impl Window {
    /// Checks the arguments of a page.
    ///
    /// # Errors
    ///
    /// [`Code::Page`] if they do not go together, [`Code::PageLarge`] if more than `most` entries are asked for: never a silent clip.
    pub fn new(asked: Asked, most: u32) -> Result<Self> {
        let Asked { first, after, last, before } = asked;
        let (name, asked, backward) = match (first, last) {
            (Some(_), Some(_)) => return Err(Error::refused(Code::Page, "Give first or last, not both.")),
            (Some(first), None) => ("first", first, false),
            (None, Some(last)) => ("last", last, true),
            (None, None) => ("first", i32::try_from(Ord::min(DEFAULT_SIZE, most)).unwrap_or(i32::MAX), false),
        };
        match u32::try_from(asked) {
            Ok(size) if size <= most => Ok(Self { size, backward, after, before }),
            Ok(size) => Err(Error::refused(Code::PageLarge, format!("{name} is {size}; a page has at most {most} entries."))),
            Err(_) => Err(Error::refused(Code::Page, format!("{name} is {asked}; a page has 0 to {most} entries."))),
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The entries with their cursors, in the order of the list whichever way it is read.
    pub edges: Vec<(Cursor, T)>,
    rest: Rest,
}

/// What is known of the list outside of the page, or how to find it out: nobody pays for what nobody asks.
#[derive(Clone, Debug)]
enum Rest {
    Known { total: u64, next: bool, previous: bool },
    Ask(Box<Unread>),
}

#[derive(Clone, Debug)]
struct Unread {
    listing: Listing,
    next: bool,
    previous: bool,
    after: Option<Cursor>,
    before: Option<Cursor>,
}

impl<T> Page<T> {
    /// How many entries the whole list has. One statement, for most lists.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn total(&self, view: &View) -> Result<u64> {
        match &self.rest {
            Rest::Known { total, .. } => Ok(*total),
            Rest::Ask(unread) => unread.listing.count(view.store.reader()).await,
        }
    }

    /// Whether entries follow the page. At most one statement.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn has_next(&self, view: &View) -> Result<bool> {
        match &self.rest {
            Rest::Known { next, .. } => Ok(*next),
            Rest::Ask(unread) if unread.next => Ok(true),
            Rest::Ask(unread) => unread.listing.any_from(view.store.reader(), unread.before.as_ref(), Side::Behind).await,
        }
    }

    /// Whether entries come before the page. At most one statement.
    ///
    /// # Errors
    ///
    /// If the database fails.
    pub async fn has_previous(&self, view: &View) -> Result<bool> {
        match &self.rest {
            Rest::Known { previous, .. } => Ok(*previous),
            Rest::Ask(unread) if unread.previous => Ok(true),
            Rest::Ask(unread) => unread.listing.any_from(view.store.reader(), unread.after.as_ref(), Side::InFront).await,
        }
    }

    fn map<U>(self, change: impl FnMut((Cursor, T)) -> Result<(Cursor, U)>) -> Result<Page<U>> {
        Ok(Page { edges: self.edges.into_iter().map(change).collect::<Result<_>>()?, rest: self.rest })
    }
}

/// One expression that a list is sorted by.
#[derive(Clone, Debug)]
pub(crate) struct SortKey {
    pub(crate) expression: Expr,
    pub(crate) kind: SortKind,
}

/// An order. Its last expression is unique, so that every entry has a place of its own.
#[derive(Clone, Debug)]
pub(crate) struct Sorting {
    pub(crate) name: String,
    pub(crate) keys: Vec<SortKey>,
    pub(crate) descending: bool,
}

impl Sorting {
    pub(crate) fn new(name: &str, descending: bool, keys: impl IntoIterator<Item = (Expr, SortKind)>) -> Self {
        let keys = keys.into_iter().map(|(expression, kind)| SortKey { expression, kind }).collect();
        Self { name: order_name(name, descending), keys, descending }
    }

    fn kinds(&self) -> Vec<SortKind> {
        self.keys.iter().map(|key| key.kind).collect()
    }
}

fn order_name(name: &str, descending: bool) -> String {
    format!("{name}.{}", if descending { "desc" } else { "asc" })
}

/// A list before a page of it is read: a statement over one index table with its conditions, and the order.
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    /// `FROM` and `WHERE`, without columns.
    pub(crate) statement: SelectStatement,
    /// The column that names the company of an entry.
    pub(crate) company: Expr,
    /// The column that names the entry.
    pub(crate) item: Expr,
    pub(crate) sorting: Sorting,
}

/// One row of a page: the pointer of its guide, and which entry of the guide it is.
struct Hit {
    pointer: Pointer,
    item: Uuid,
}

#[derive(Clone, Copy)]
enum Side {
    InFront,
    Behind,
}

impl Listing {
    /// Reads a page and finds each entry in its guide. Two statements at most: the page, and the guides that are not in memory.
    pub(crate) async fn entries<T>(self, view: &View, window: Window, find: impl Fn(&Arc<Company>, Uuid) -> Option<T>) -> Result<Page<T>> {
        let page = self.read(view.store.reader(), window).await?;
        let pointers = page.edges.iter().map(|(_, hit)| hit.pointer.clone()).collect();
        let mut companies = gather(view, pointers).await?.into_iter();
        page.map(|(cursor, hit)| {
            let entry = companies.next().and_then(|company| find(&company, hit.item)).ok_or_else(|| lost(&hit))?;
            Ok((cursor, entry))
        })
    }

    /// Reads a page with one statement. The inner part takes the page from the index; the outer adds the pointers, of the same snapshot.
    async fn read(self, database: &DatabaseConnection, window: Window) -> Result<Page<Hit>> {
        let kinds = self.sorting.kinds();
        let cursor = |text: Option<String>| text.map(|text| Cursor::read(&text, &self.sorting.name, &kinds)).transpose();
        let (after, before) = (cursor(window.after)?, cursor(window.before)?);
        let statement = self.page_statement(window.size, window.backward, (after.as_ref(), before.as_ref()));
        let rows = database.query_all(&statement).await.doing("read a page")?;
        let mut edges = rows.iter().map(|row| self.hit(row)).collect::<Result<Vec<_>>>()?;
        let more = edges.len() > window.size as usize;
        edges.truncate(window.size as usize);
        if window.backward {
            edges.reverse();
        }
        let (next, previous) = (more && !window.backward, more && window.backward);
        Ok(Page { edges, rest: Rest::Ask(Box::new(Unread { listing: self, next, previous, after, before })) })
    }

    fn page_statement(&self, size: u32, backward: bool, (after, before): (Option<&Cursor>, Option<&Cursor>)) -> SelectStatement {
        let mut inner = self.statement.clone();
        inner.expr_as(self.company.clone(), "in_company").expr_as(self.item.clone(), "item");
        let way = if self.sorting.descending == backward { Order::Asc } else { Order::Desc };
        for (key, name) in self.sorting.keys.iter().zip(SORT_NAMES) {
            inner.expr_as(key.expression.clone(), *name).order_by_expr(key.expression.clone(), way.clone());
        }
        if let Some(cursor) = after {
            inner.and_where(self.compare(cursor, Side::Behind, false));
        }
        if let Some(cursor) = before {
            inner.and_where(self.compare(cursor, Side::InFront, false));
        }
        inner.limit(u64::from(size) + 1);

        let mut outer = Query::select();
        outer.column(("page", "item"));
        let on = Expr::col(("page", "in_company")).equals(published_guide::Column::CompanyId.as_column_ref());
        outer.from_subquery(inner, "page").join(JoinType::InnerJoin, published_guide::Entity, on);
        Pointer::select_from(&mut outer);
        for (_, name) in self.sorting.keys.iter().zip(SORT_NAMES) {
            outer.column(("page", *name)).order_by(("page", *name), way.clone());
        }
        outer
    }

    fn hit(&self, row: &QueryResult) -> Result<(Cursor, Hit)> {
        let read = || -> std::result::Result<_, sea_orm::DbErr> {
            let pointer = Pointer::from_query_result(row, "")?;
            let mut values = Vec::with_capacity(self.sorting.keys.len());
            for (key, name) in self.sorting.keys.iter().zip(SORT_NAMES) {
                values.push(match key.kind {
                    SortKind::Text => SortValue::Text(row.try_get("", name)?),
                    SortKind::Number => SortValue::Number(number(row, name)?),
                    SortKind::Id => SortValue::Id(row.try_get("", name)?),
                });
            }
            Ok((Cursor::new(self.sorting.name.clone(), values), Hit { pointer, item: row.try_get("", "item")? }))
        };
        read().doing("read a row of a page")
    }

    /// The entries on one side of a cursor, as one comparison of rows: the index of the order is entered where the cursor points.
    fn compare(&self, cursor: &Cursor, side: Side, including: bool) -> Expr {
        let keys = Expr::tuple(self.sorting.keys.iter().map(|key| key.expression.clone()));
        let values = Expr::tuple(cursor.values().iter().map(|value| match value {
            SortValue::Text(text) => Expr::val(text.as_str()),
            SortValue::Number(number) => Expr::val(*number),
            SortValue::Id(id) => Expr::val(*id),
        }));
        let greater = matches!(side, Side::Behind) != self.sorting.descending;
        match (greater, including) {
            (true, true) => keys.gte(values),
            (true, false) => keys.gt(values),
            (false, true) => keys.lte(values),
            (false, false) => keys.lt(values),
        }
    }

    async fn count(&self, database: &DatabaseConnection) -> Result<u64> {
        let mut statement = self.statement.clone();
        statement.expr_as(Func::count(Expr::col(Asterisk)), "number");
        let row = database.query_one(&statement).await.doing("count a list")?;
        let counted: i64 = row.map(|row| row.try_get("", "number")).transpose().doing("count a list")?.unwrap_or_default();
        Ok(u64::try_from(counted).unwrap_or_default())
    }

    async fn any_from(&self, database: &DatabaseConnection, cursor: Option<&Cursor>, side: Side) -> Result<bool> {
        let Some(cursor) = cursor else { return Ok(false) };
        let mut statement = self.statement.clone();
        statement.expr(Expr::val(1)).and_where(self.compare(cursor, side, true)).limit(1);
        Ok(database.query_one(&statement).await.doing("look beyond a page")?.is_some())
    }
}

/// Names of the sort columns in a page's statement; no order has more.
const SORT_NAMES: &[&str] = &["sort_a", "sort_b", "sort_c"];

/// Whole numbers of a row, whichever width the column has.
fn number(row: &QueryResult, name: &str) -> std::result::Result<i64, sea_orm::DbErr> {
    row.try_get::<i64>("", name).or_else(|_| row.try_get::<i32>("", name).map(i64::from))
}

/// An entry whose guide does not have it: index rows and revisions are written together, so this is damage.
fn lost(hit: &Hit) -> Error {
    let guide = &hit.pointer.guide;
    Error::Damaged { what: format!("the index of {} {}", guide.slug, guide.revision), why: format!("the guide has no item {}", hit.item) }
}
