//! A table from its first row to its last, a page at a time in the order of its primary key: memory holds a page, however long the table is.

use std::marker::PhantomData;

use sea_orm::sea_query::{Expr, ExprTrait, Value};
use sea_orm::{
    AccessMode, ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait, IsolationLevel, Iterable, ModelTrait,
    PrimaryKeyToColumn, QueryFilter, QueryOrder, QuerySelect, TransactionOptions, TransactionTrait,
};

use crate::error::{Doing, Result};
use crate::store::Store;

/// Rows of a page. The longest ones hold two guides, and what a deletion keeps.
pub(crate) const PAGE: usize = 100;

/// One moment of all tables, beside others who write. It is let go by a rollback.
///
/// On SQLite a deferred transaction of a reader is that, from its first statement on: the log keeps what came later apart.
pub(crate) async fn moment(store: &Store) -> Result<DatabaseTransaction> {
    let options = match store.walker().get_database_backend() {
        DatabaseBackend::Postgres => TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        },
        DatabaseBackend::Sqlite | DatabaseBackend::MySql | _ => TransactionOptions::default(),
    };
    store.walker().begin_with_options(options).await.doing("begin to read")
}

/// How far a table was read. Whoever wants one state of it reads at one [`moment`].
pub(crate) struct Walk<E> {
    last: Option<Vec<Value>>,
    table: PhantomData<E>,
}

impl<E: EntityTrait> Walk<E> {
    /// In front of the first row.
    pub(crate) const fn new() -> Self {
        Self { last: None, table: PhantomData }
    }

    /// The next page; an empty one at the end.
    pub(crate) async fn next(&mut self, database: &impl ConnectionTrait) -> Result<Vec<E::Model>> {
        let keys: Vec<E::Column> = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect();
        let mut page = E::find().limit(PAGE as u64);
        for key in &keys {
            page = page.order_by_asc(*key);
        }
        if let Some(last) = &self.last {
            let here = Expr::tuple(keys.iter().map(|key| key.into_expr()));
            page = page.filter(here.gt(Expr::tuple(last.iter().cloned().map(Expr::val))));
        }
        let rows = page.all(database).await.doing("read a table")?;
        if let Some(row) = rows.last() {
            self.last = Some(keys.iter().map(|key| row.get(*key)).collect());
        }
        Ok(rows)
    }
}
