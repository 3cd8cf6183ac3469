//! A list in the database, and how a page of it is read: one statement, entered where the cursor points.

use std::sync::Arc;

use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, Func, JoinType, Order, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseConnection, QueryResult, Statement};
use uuid::Uuid;

use entity::published_guide;

use super::remembered::Remembered;
use super::{Page, Rest, Unread, Window, order_name};
use crate::company::{Company, Pointer, gather};
use crate::cursor::{Cursor, SortKind, SortValue};
use crate::error::{Doing, Error, Result};
use crate::room::Takes;
use crate::store::Store;
use crate::view::View;

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
#[derive(Clone, Debug)]
struct Hit {
    pointer: Pointer,
    item: Uuid,
}

/// A page of published entries as it was read.
#[derive(Debug)]
pub(crate) struct Leaf {
    edges: Vec<(Cursor, Hit)>,
    /// Whether entries follow in the direction in which the list was read.
    more: bool,
}

impl Leaf {
    /// Room for some thousand pages.
    pub(crate) fn remembered() -> Remembered<Arc<Self>> {
        const BYTES: u64 = 16 * 1_024 * 1_024;
        Remembered::within(BYTES, 8 * 1_024)
    }
}

impl Takes for Leaf {
    fn beside(&self) -> usize {
        const EDGE: usize = 512;
        self.edges.len() * EDGE
    }
}

#[derive(Clone, Copy)]
pub(super) enum Side {
    InFront,
    Behind,
}

impl Listing {
    /// Reads a page and finds each entry in its guide. Two statements at most: the page, and the guides that are not in memory.
    pub(crate) async fn entries<T>(self, view: &View, window: Window, find: impl Fn(&Arc<Company>, Uuid) -> Option<T>) -> Result<Page<T>> {
        let page = self.read(view, window).await?;
        let pointers = page.edges.iter().map(|(_, hit)| hit.pointer.clone()).collect();
        let mut companies = gather(view, pointers).await?.into_iter();
        page.map(|(cursor, hit)| {
            let entry = companies.next().and_then(|company| find(&company, hit.item)).ok_or_else(|| lost(&hit))?;
            Ok((cursor, entry))
        })
    }

    /// Reads a page of rows that are their own entries: what editors list. One statement.
    pub(crate) async fn rows<T>(
        self,
        database: &DatabaseConnection,
        window: Window,
        columns: Vec<(Expr, &'static str)>,
        read: impl Fn(&QueryResult) -> Result<T>,
    ) -> Result<Page<T>> {
        let statement = |mut inner: SelectStatement, way: &Order| {
            for (column, name) in columns {
                inner.expr_as(column, name);
            }
            self.ordered(inner, way)
        };
        let (statement, unread) = self.ask(&window, statement)?;
        let mut rows = database.query_all(&statement).await.doing("read a page")?;
        let more = window.cut(&mut rows);
        let edges = rows.iter().map(|row| Ok((self.cursor(row)?, read(row)?))).collect::<Result<_>>()?;
        Ok(Page { edges, rest: Rest::Ask(Box::new(unread.with_more(more, &window))) })
    }

    /// Reads a page with one statement, if it is not in memory. The inner part takes the page from the index; the outer adds the pointers, of the same
    /// snapshot.
    async fn read(self, view: &View, window: Window) -> Result<Page<Hit>> {
        view.shows_catalogue();
        let (statement, unread) = self.ask(&window, |inner, way| self.with_pointers(inner, way))?;
        let leaf = self.leaf(view, &window, &statement).await?;
        let unread = Unread { published: true, ..unread.with_more(leaf.more, &window) };
        Ok(Page { edges: leaf.edges.clone(), rest: Rest::Ask(Box::new(unread)) })
    }

    async fn leaf(&self, view: &View, window: &Window, statement: &SelectStatement) -> Result<Arc<Leaf>> {
        // The same rows are a page of two lists: read forwards in one order, or backwards in the other.
        let list = format!("{} {} {}", self.sorting.name, window.backward, words(view, statement));
        // What is read from another database meanwhile is kept as if it were of this one, where nobody looks for it.
        let epoch = view.store.pulse.epoch();
        if view.may_remember()
            && let Some(leaf) = view.store.leaves.find(&view.store.beat().await?, &list)
        {
            return Ok(leaf);
        }
        let mut rows = view.rows(statement, "read a page").await?;
        let more = window.cut(&mut rows);
        let edges = rows.iter().map(|row| self.hit(row, &view.store)).collect::<Result<Vec<_>>>()?;
        let leaf = Arc::new(Leaf { edges, more });
        // A page without rows does not say which version it is of.
        if let Some((_, hit)) = leaf.edges.first() {
            view.store.leaves.keep((epoch, hit.pointer.version()), list, Arc::clone(&leaf));
        }
        Ok(leaf)
    }

    /// The statement of a page, and what is asked of the rest of the list.
    fn ask(
        &self,
        window: &Window,
        statement: impl FnOnce(SelectStatement, &Order) -> SelectStatement,
    ) -> Result<(SelectStatement, Unread)> {
        let kinds = self.sorting.kinds();
        let cursor = |text: &Option<String>| text.as_ref().map(|text| Cursor::read(text, &self.sorting.name, &kinds)).transpose();
        let (after, before) = (cursor(&window.after)?, cursor(&window.before)?);
        let way = if self.sorting.descending == window.backward { Order::Asc } else { Order::Desc };
        let inner = self.bounded(window.size, (after.as_ref(), before.as_ref()));
        Ok((statement(inner, &way), Unread { listing: self.clone(), published: false, next: false, previous: false, after, before }))
    }

    /// The list between the cursors with its sort values, one entry more than the page has.
    fn bounded(&self, size: u32, (after, before): (Option<&Cursor>, Option<&Cursor>)) -> SelectStatement {
        let mut inner = self.statement.clone();
        for (key, name) in self.sorting.keys.iter().zip(SORT_NAMES) {
            inner.expr_as(key.expression.clone(), *name);
        }
        if let Some(cursor) = after {
            inner.and_where(self.compare(cursor, Side::Behind, false));
        }
        if let Some(cursor) = before {
            inner.and_where(self.compare(cursor, Side::InFront, false));
        }
        inner.limit(u64::from(size) + 1).take()
    }

    fn ordered(&self, mut inner: SelectStatement, way: &Order) -> SelectStatement {
        for key in &self.sorting.keys {
            inner.order_by_expr(key.expression.clone(), way.clone());
        }
        inner
    }

    fn with_pointers(&self, mut inner: SelectStatement, way: &Order) -> SelectStatement {
        inner.expr_as(self.company.clone(), "in_company").expr_as(self.item.clone(), "item");
        let inner = self.ordered(inner, way);
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

    fn cursor(&self, row: &QueryResult) -> Result<Cursor> {
        let read = || -> std::result::Result<_, sea_orm::DbErr> {
            let mut values = Vec::with_capacity(self.sorting.keys.len());
            for (key, name) in self.sorting.keys.iter().zip(SORT_NAMES) {
                values.push(match key.kind {
                    SortKind::Text => SortValue::Text(row.try_get("", name)?),
                    SortKind::Number => SortValue::Number(number(row, name)?),
                    SortKind::Id => SortValue::Id(row.try_get("", name)?),
                });
            }
            Ok(Cursor::new(self.sorting.name.clone(), values))
        };
        read().doing("read a row of a page")
    }

    fn hit(&self, row: &QueryResult, store: &Store) -> Result<(Cursor, Hit)> {
        let item = row.try_get("", "item").doing("read a row of a page")?;
        Ok((self.cursor(row)?, Hit { pointer: Pointer::read(row, store)?, item }))
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

    /// The count of a list of published content: from memory, if it was counted at this version before.
    pub(super) async fn total(&self, view: &View) -> Result<u64> {
        // The version before the count: if the count is of a newer one, it is newer than it says, and never older.
        let beat = view.store.beat().await?;
        let list = words(view, self.statement.clone().expr(Expr::val(1)));
        if let Some(total) = view.store.totals.find(&beat, &list) {
            return Ok(total);
        }
        let total = self.count(view).await?;
        view.store.totals.keep((beat.epoch, beat.version), list, total);
        Ok(total)
    }

    pub(super) async fn count(&self, view: &View) -> Result<u64> {
        let mut statement = self.statement.clone();
        statement.expr_as(Func::count(Expr::col(Asterisk)), "number");
        let row = view.store.reader().query_one(&statement).await.doing("count a list")?;
        let counted: i64 = row.map(|row| row.try_get("", "number")).transpose().doing("count a list")?.unwrap_or_default();
        Ok(u64::try_from(counted).unwrap_or_default())
    }

    pub(super) async fn any_from(&self, database: &DatabaseConnection, cursor: Option<&Cursor>, side: Side) -> Result<bool> {
        let Some(cursor) = cursor else { return Ok(false) };
        let mut statement = self.statement.clone();
        statement.expr(Expr::val(1)).and_where(self.compare(cursor, side, true)).limit(1);
        Ok(database.query_one(&statement).await.doing("look beyond a page")?.is_some())
    }
}

/// A statement with its values beside it: what is written into a text for one database stands for itself in the other.
fn words(view: &View, statement: &SelectStatement) -> String {
    let Statement { sql, values, .. } = view.store.reader().get_database_backend().build(statement);
    format!("{sql} {values:?}")
}

/// Names of the sort columns in a page's statement; no order has more.
const SORT_NAMES: &[&str] = &["sort_a", "sort_b", "sort_c"];

/// Whole numbers of a row, whichever width the column has.
fn number(row: &QueryResult, name: &str) -> std::result::Result<i64, sea_orm::DbErr> {
    row.try_get::<i64>("", name).or_else(|_| row.try_get::<i32>("", name).map(i64::from))
}

/// An entry whose guide does not have it: index rows and revisions are written together, so this is damage.
fn lost(hit: &Hit) -> Error {
    let pointer = &hit.pointer;
    Error::Damaged {
        what: format!("the index of {} {}", pointer.slug, pointer.revision),
        why: format!("the guide has no item {}", hit.item),
    }
}
