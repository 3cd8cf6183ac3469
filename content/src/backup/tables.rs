//! The tables of a backup, in the order in which rows can be put in: what others refer to comes first.

use std::io::Write;

use sea_orm::sea_query::Query;
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait, IntoActiveModel};

use entity::published_guide;

use super::BackupError;
use super::line::{Row, from_json};
use super::write::Writer;
use crate::code::Code;
use crate::error::{Doing, Error, Result};
use crate::index::{Pending, Pointer};
use crate::row::Sound;
use crate::store::Store;
use crate::{draft, published, revision};

/// Tables that are not in a backup, each with the reason.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("refresh_token", "a restore brings no session to life"),
    ("session", "a restore brings no session to life"),
    ("login_failure", "it counts what happened to this database, not what is in it"),
    ("signing_key", "a restore trusts no key that was withdrawn since; servers make theirs known when they start"),
    ("seaql_migrations", "the steps are those of the program that restores"),
];

/// Tables that a restore writes anew from the revisions that are public.
pub const REWRITTEN: &[&str] =
    &["published_focus_area", "published_round", "published_category", "published_question", "published_tag", "published_salary_range"];

macro_rules! tables {
    ($($table:ident),* $(,)?) => {
        /// The tables whose rows are in a backup, in its order.
        pub const TABLES: &[&str] = &[$(stringify!($table)),*];

        /// Writes every row of every table.
        pub(super) async fn write<W: Write>(database: &impl ConnectionTrait, out: &mut Writer<W>) -> Result<(), BackupError> {
            $(out.table::<entity::$table::Entity>(stringify!($table), database).await?;)*
            Ok(())
        }

        /// Says what is wrong with a row, if anything is.
        pub(super) fn check(table: &str, row: Row) -> Result<(), String> {
            match table {
                $(stringify!($table) => {
                    let row = from_json::<entity::$table::Entity>(row)?;
                    entity::$table::Entity::sound(&row).map_err(|error| error.to_string())
                })*
                _ => Err(unknown(table)),
            }
        }

        /// Puts rows of one table in.
        pub(super) async fn load(transaction: &DatabaseTransaction, table: &str, rows: Vec<Row>) -> Result<(), Fault> {
            match table {
                // Its columns are worked out anew, with the rows of the index.
                "published_guide" => point(transaction, models::<published_guide::Entity>(rows)?).await,
                $(stringify!($table) => {
                    let rows = models::<entity::$table::Entity>(rows)?.into_iter().map(IntoActiveModel::into_active_model);
                    let insert = entity::$table::Entity::insert_many(rows.collect::<Vec<entity::$table::ActiveModel>>());
                    insert.exec_without_returning(transaction).await.doing("put rows in")?;
                    Ok(())
                })*
                _ => Err(Fault::Row(unknown(table))),
            }
        }
    };
}
tables!(
    tier,
    user,
    partner,
    api_key,
    api_secret,
    api_use,
    trusted_document,
    company,
    old_slug,
    operation,
    operation_change,
    operation_subject,
    audit,
    revision,
    draft,
    published_guide,
    catalogue,
    change,
);

/// Why rows were not put in.
pub(super) enum Fault {
    /// They are not as they should be.
    Row(String),
    /// The database does not take them.
    Content(Error),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Content(error)
    }
}

/// Tries to lock all tables. PostgreSQL ends one that waits in a ring with a writer: those who write do not lock tables in one order.
const TRIES: usize = 20;

/// Begins a transaction that is alone with the database: writers wait until it ends.
pub(super) async fn alone(store: &Store) -> Result<DatabaseTransaction> {
    let mut tries = 1;
    loop {
        let transaction = store.begin().await?;
        match lock(&transaction).await {
            Err(error) if error.code() == Code::DatabaseBusy && tries < TRIES => tries += 1,
            Err(error) => return Err(error),
            Ok(()) => return Ok(transaction),
        }
    }
}

async fn lock(transaction: &DatabaseTransaction) -> Result<()> {
    // On SQLite there is one writer at a time. On PostgreSQL a row that somebody adds meanwhile would stay.
    if transaction.get_database_backend() == DatabaseBackend::Postgres {
        let names: Vec<String> = emptied().map(|table| format!("\"{table}\"")).collect();
        let lock = format!("LOCK TABLE {} IN EXCLUSIVE MODE", names.join(", "));
        transaction.execute_unprepared(&lock).await.doing("lock the tables")?;
    }
    Ok(())
}

/// Removes every row of every table but the steps.
pub(super) async fn clear(transaction: &DatabaseTransaction) -> Result<()> {
    for table in emptied() {
        transaction.execute(&Query::delete().from_table(table).take()).await.doing("empty a table")?;
    }
    Ok(())
}

/// Every table but the steps, in the order in which rows can be removed. Rows of the index go with the pointers that they hang from.
fn emptied() -> impl Iterator<Item = &'static str> {
    let others = LEFT_OUT.iter().map(|(table, _)| *table).filter(|table| *table != "seaql_migrations");
    others.chain(TABLES.iter().rev().copied())
}

fn unknown(table: &str) -> String {
    format!("a table {} is not known", crate::finding::quoted(table))
}

fn models<E>(rows: Vec<Row>) -> Result<Vec<E::Model>, Fault>
where
    E: EntityTrait<ActiveModel: sea_orm::TryIntoModel<E::Model>>,
{
    rows.into_iter().map(|row| from_json::<E>(row).map_err(Fault::Row)).collect()
}

/// Points at revisions that are in already, as publishing does.
async fn point(transaction: &DatabaseTransaction, rows: Vec<published_guide::Model>) -> Result<(), Fault> {
    let places: Vec<_> = rows.iter().map(|row| (row.company_id, row.revision)).collect();
    let bodies = revision::read_many(transaction, &places).await?;
    let mut index = Pending::default();
    for row in rows {
        let company = row.company_id;
        let body = bodies.get(&(company, row.revision));
        let body = body.ok_or_else(|| Fault::Row(format!("the public revision {} of {} is not there", row.revision, row.slug)))?;
        let guide = published::Guide::new(company, draft::parse(company, body)?)?;
        index.add(&Pointer { company, slug: row.slug, revision: row.revision, published_at: row.published_at }, &guide);
    }
    index.write(transaction).await?;
    Ok(())
}
