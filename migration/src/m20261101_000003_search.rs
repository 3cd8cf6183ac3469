//! Ranked full text over companies and questions, in the two databases' own ways side by side.
//!
//! Both are given folded text (lower case, ASCII, words with single blanks), both stem English words and drop none of them.
//! SQLite: FTS5 tables that keep only the index, filled by triggers. PostgreSQL: generated columns with a GIN index.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let statements = match manager.get_database_backend() {
            DatabaseBackend::Sqlite => sqlite("published_guide", "name_folded") + &sqlite("published_question", "text_folded"),
            DatabaseBackend::Postgres => {
                DICTIONARY.to_owned() + &postgres("published_guide", "name_folded") + &postgres("published_question", "text_folded")
            }
            DatabaseBackend::MySql | _ => return Err(DbErr::Migration("search is written for SQLite and PostgreSQL".to_owned())),
        };
        manager.get_connection().execute_unprepared(&statements).await?;
        Ok(())
    }
}

/// `title` is the column that weighs most; `words` holds the rest.
fn sqlite(table: &str, title: &str) -> String {
    format!(
        "CREATE VIRTUAL TABLE {table}_search USING fts5({title}, words, content='{table}', content_rowid='row', \
           tokenize='porter ascii');
         CREATE TRIGGER {table}_search_insert AFTER INSERT ON {table} BEGIN
           INSERT INTO {table}_search(rowid, {title}, words) VALUES (new.row, new.{title}, new.words);
         END;
         CREATE TRIGGER {table}_search_delete AFTER DELETE ON {table} BEGIN
           INSERT INTO {table}_search({table}_search, rowid, {title}, words) VALUES ('delete', old.row, old.{title}, old.words);
         END;
         CREATE TRIGGER {table}_search_update AFTER UPDATE OF {title}, words ON {table} BEGIN
           INSERT INTO {table}_search({table}_search, rowid, {title}, words) VALUES ('delete', old.row, old.{title}, old.words);
           INSERT INTO {table}_search(rowid, {title}, words) VALUES (new.row, new.{title}, new.words);
         END;"
    )
}

/// English stems without a list of words to drop: a search for "how" finds what a search for "how" should find.
const DICTIONARY: &str = "CREATE TEXT SEARCH DICTIONARY greenroom_english (TEMPLATE = snowball, Language = english);
     CREATE TEXT SEARCH CONFIGURATION greenroom (COPY = simple);
     ALTER TEXT SEARCH CONFIGURATION greenroom ALTER MAPPING FOR asciiword, word, numword WITH greenroom_english;";

fn postgres(table: &str, title: &str) -> String {
    format!(
        "ALTER TABLE {table} ADD COLUMN search tsvector GENERATED ALWAYS AS (
           setweight(to_tsvector('greenroom', {title}), 'A') || setweight(to_tsvector('greenroom', words), 'D')) STORED;
         CREATE INDEX {table}_search ON {table} USING gin (search);"
    )
}
