//! What only SQLite is asked: whether its file is whole, whether foreign keys hold, and whether the search tables follow the tables that they index.
//! PostgreSQL checks its keys always, and its search is a column of the table.

use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};

use super::Found;
use crate::code::Code;
use crate::error::{Doing, Result};

const SEARCH_TABLES: [&str; 2] = ["published_guide_search", "published_question_search"];

/// The pages of the file, and the keys that refer to other rows.
pub(super) async fn file(database: &impl ConnectionTrait, found: &mut Found) -> Result<()> {
    let ask = |pragma: &str| Statement::from_string(DatabaseBackend::Sqlite, pragma.to_owned());
    // A connection remembers how a search table is laid out, and looks whether that is still so when a table is opened, not when it is checked: what
    // another one has written meanwhile would be taken for damage.
    for table in SEARCH_TABLES {
        database.query_all_raw(ask(&format!("SELECT rowid FROM {table} LIMIT 1"))).await.doing("open a search table")?;
    }
    for row in database.query_all_raw(ask("PRAGMA integrity_check")).await.doing("check the file")? {
        let said: String = row.try_get_by_index(0).doing("check the file")?;
        if said != "ok" {
            found.add(None, format!("SQLite says: {said}"));
        }
    }
    for row in database.query_all_raw(ask("PRAGMA foreign_key_check")).await.doing("check foreign keys")? {
        let (table, parent): (String, String) =
            (row.try_get_by_index(0).doing("check foreign keys")?, row.try_get_by_index(2).doing("check foreign keys")?);
        found.add(None, format!("a row of {table} refers to a row of {parent} that is not there"));
    }
    Ok(())
}

/// The search tables against what they index. The statement reads only, though it is written as an insert.
pub(super) async fn search(database: &impl ConnectionTrait, found: &mut Found) -> Result<()> {
    for table in SEARCH_TABLES {
        let asked = format!("INSERT INTO {table}({table}, rank) VALUES('integrity-check', 1)");
        match database.execute_unprepared(&asked).await.doing("check the search") {
            Ok(_) => {}
            Err(error) if error.code() == Code::Bug => found.add(None, format!("{table} does not follow its table: {error}")),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
