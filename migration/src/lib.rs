//! The history of the database, frozen: each file is one step, is never changed after a release, imports nothing of ours and inserts no content.
//!
//! Steps expand first and contract in a later release, so that two versions of the server can run beside each other during an upgrade.

#![allow(elided_lifetimes_in_paths, reason = "the trait of the migrator is declared without them")]

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseConnection, DatabaseTransaction, TransactionTrait};

mod m20261101_000001_catalogue;
mod m20261101_000002_published;
mod m20261101_000003_search;
mod m20261124_000004_editing;
mod m20261126_000005_jobs;
mod m20261127_000006_partners;
mod m20261127_000007_trusted_documents;

/// All steps, in their order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261101_000001_catalogue::Migration),
            Box::new(m20261101_000002_published::Migration),
            Box::new(m20261101_000003_search::Migration),
            Box::new(m20261124_000004_editing::Migration),
            Box::new(m20261126_000005_jobs::Migration),
            Box::new(m20261127_000006_partners::Migration),
            Box::new(m20261127_000007_trusted_documents::Migration),
        ]
    }
}

/// The names of all steps, in their order. The last one names the form that this binary's tables have.
#[must_use]
pub fn steps() -> Vec<String> {
    Migrator::migrations().iter().map(|step| step.name().to_owned()).collect()
}

/// What stands between a database and this binary.
#[derive(Debug, PartialEq, Eq)]
pub enum Standing {
    /// Every step has been applied, and no other.
    Current,
    /// So many steps are still to be applied.
    Behind(usize),
    /// The database has steps that this binary does not know: a newer one made them.
    Newer(Vec<String>),
}

/// Compares the steps that a database has with those of this binary. Changes nothing but the table of steps, which is made if it is missing.
///
/// # Errors
///
/// If the database cannot be read.
pub async fn standing(database: &DatabaseConnection) -> Result<Standing, DbErr> {
    Migrator::install(database).await?;
    let known = steps();
    let applied: Vec<String> = Migrator::get_migration_models(database).await?.into_iter().map(|row| row.version).collect();
    let unknown: Vec<String> = applied.iter().filter(|name| !known.contains(name)).cloned().collect();
    if !unknown.is_empty() {
        return Ok(Standing::Newer(unknown));
    }
    match known.len() - applied.len() {
        0 => Ok(Standing::Current),
        steps => Ok(Standing::Behind(steps)),
    }
}

/// The right to bring a database up to date, which one process has at a time. It is given back when the value is dropped.
#[derive(Debug)]
pub struct Turn {
    _lock: Option<DatabaseTransaction>,
}

/// Waits for the turn on a PostgreSQL database. On SQLite there is nothing to wait for here: its file is locked by whoever starts.
///
/// # Errors
///
/// If the database cannot be asked.
pub async fn turn(database: &DatabaseConnection) -> Result<Turn, DbErr> {
    if database.get_database_backend() != DatabaseBackend::Postgres {
        return Ok(Turn { _lock: None });
    }
    // The lock lasts as long as the transaction, also if the process dies. The number is ours alone: "greenroom" on a telephone's keys.
    let lock = database.begin().await?;
    lock.execute_unprepared("SELECT pg_advisory_xact_lock(473376666)").await?;
    Ok(Turn { _lock: Some(lock) })
}

/// What stands between a database and this binary, without changing anything.
///
/// # Errors
///
/// If the database cannot be read.
pub async fn look(database: &DatabaseConnection) -> Result<Standing, DbErr> {
    if SchemaManager::new(database).has_table("seaql_migrations").await? {
        standing(database).await
    } else {
        Ok(Standing::Behind(Migrator::migrations().len()))
    }
}

/// Applies every step that is missing.
///
/// # Errors
///
/// If a step fails; the steps before it stay, of this one nothing.
pub async fn apply(database: &DatabaseConnection) -> Result<(), DbErr> {
    Migrator::up(database, None).await
}
