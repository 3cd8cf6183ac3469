//! Whether a database agrees with itself: every text can be read, every pointer is that of its company and revision, the index says what publishing
//! would write, the feed of changes ends as things stand, and the records of operations tell how everything came to be.
//!
//! It only looks. Tables are read a page at a time; what is held of all of them are the small facts that are compared.

mod company;
mod feed;
mod index;
mod record;
mod sqlite;

use std::collections::BTreeMap;
use std::fmt;

use sea_orm::{ConnectionTrait, DatabaseBackend};

use entity::{CompanyId, Slug, WireId};

use crate::error::{Doing, Result};
use crate::store::Store;
use crate::walk::moment;

/// Problems that are told; what is beyond says nothing new of a database with so many.
pub const TOLD: usize = 1_000;

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The company that it is about: its slug, or its id if there is no such company.
    pub company: Option<String>,
    /// What it is.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.company {
            Some(company) => write!(f, "{company}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

/// Everything that does not agree, at most [`TOLD`] problems, at one moment of a database in which others may write meanwhile.
///
/// # Errors
///
/// If the database fails.
pub async fn check(store: &Store) -> Result<Vec<Problem>> {
    let backend = store.reader().get_database_backend();
    let moment = moment(store).await?;
    let mut found = Found::default();
    content(&moment, &mut found).await?;
    moment.rollback().await.doing("end reading")?;
    if backend == DatabaseBackend::Sqlite {
        // SQLite asks its search tables by a statement that looks like a write, so a reader may not send it, and it waits for its turn.
        let asking = store.begin().await?;
        sqlite::search(&asking, &mut found).await?;
        asking.rollback().await.doing("end asking")?;
    }
    Ok(found.problems)
}

/// Everything that does not agree in one transaction that may write.
///
/// # Errors
///
/// If the database fails.
pub async fn problems(database: &impl ConnectionTrait) -> Result<Vec<Problem>> {
    let mut found = Found::default();
    content(database, &mut found).await?;
    if database.get_database_backend() == DatabaseBackend::Sqlite {
        sqlite::search(database, &mut found).await?;
    }
    Ok(found.problems)
}

async fn content(database: &impl ConnectionTrait, found: &mut Found) -> Result<()> {
    if database.get_database_backend() == DatabaseBackend::Sqlite {
        sqlite::file(database, found).await?;
    }
    let operations = record::operations(database, found).await?;
    let companies = company::read(database, &operations, found).await?;
    index::compare(database, &companies, found).await?;
    let outside = record::check(database, (&companies, operations), found).await?;
    feed::check(database, (&companies, outside), found).await
}

/// What was found so far.
#[derive(Default)]
struct Found {
    problems: Vec<Problem>,
    /// How companies are called.
    slugs: BTreeMap<CompanyId, Slug>,
}

impl Found {
    fn add(&mut self, company: Option<CompanyId>, what: impl Into<String>) {
        if self.problems.len() < TOLD {
            let name = |id| self.slugs.get(&id).map_or_else(|| WireId::from(id).to_string(), Slug::to_string);
            let company = company.map(name);
            self.problems.push(Problem { company, what: what.into() });
        }
    }

    fn of(&mut self, company: CompanyId, what: impl Into<String>) {
        self.add(Some(company), what);
    }

    /// Notes why a row cannot be read, if so.
    fn sound(&mut self, company: Option<CompanyId>, read: Result<()>) {
        if let Err(error) = read {
            self.add(company, error.to_string());
        }
    }
}
