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
    /// Whole or not at all, on SQLite too.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

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

/// `title` is the column that weighs most; `words` holds the rest. A view adds both once more for the beginnings of words: "recommenda" is no
/// stem of anything, so each word also stands there with a figure behind it, which the stemmer leaves alone.
fn sqlite(table: &str, title: &str) -> String {
    let beginnings = |text: String| format!("replace({text}, ' ', '0 ') || '0'");
    let values = |row: &str| {
        let (title, words) = (format!("{row}.{title}"), format!("{row}.words"));
        format!("{row}.row, {title}, {words}, {}, {}", beginnings(title.clone()), beginnings(words.clone()))
    };
    let columns = format!("{title}, words, {title}_begin, words_begin");
    let (plain, old, new) = (values(table), values("old"), values("new"));
    let remove = format!("INSERT INTO {table}_search({table}_search, rowid, {columns}) VALUES ('delete', {old})");
    let add = format!("INSERT INTO {table}_search(rowid, {columns}) VALUES ({new})");
    format!(
        "CREATE VIEW {table}_text (row, {columns}) AS SELECT {plain} FROM {table};
         CREATE VIRTUAL TABLE {table}_search USING fts5({columns}, content='{table}_text', content_rowid='row', tokenize='porter ascii');
         CREATE TRIGGER {table}_search_insert AFTER INSERT ON {table} BEGIN {add}; END;
         CREATE TRIGGER {table}_search_delete AFTER DELETE ON {table} BEGIN {remove}; END;
         CREATE TRIGGER {table}_search_update AFTER UPDATE OF {title}, words ON {table} BEGIN {remove}; {add}; END;"
    )
}

/// English stems without a list of words to drop: a search for "how" finds what a search for "how" should find.
const DICTIONARY: &str = "CREATE TEXT SEARCH DICTIONARY greenroom_english (TEMPLATE = snowball, Language = english);
     CREATE TEXT SEARCH CONFIGURATION greenroom (COPY = simple);
     ALTER TEXT SEARCH CONFIGURATION greenroom ALTER MAPPING FOR asciiword, word, numword WITH greenroom_english;";

/// The stems of all words, and beside them the words as they are for those that are typed half.
fn postgres(table: &str, title: &str) -> String {
    let both = |column: &str| format!("to_tsvector('greenroom', {column}) || to_tsvector('simple', {column})");
    let (title, words) = (both(title), both("words"));
    format!(
        "ALTER TABLE {table} ADD COLUMN search tsvector GENERATED ALWAYS AS (
           setweight({title}, 'A') || setweight({words}, 'D')) STORED;
         CREATE INDEX {table}_search ON {table} USING gin (search);"
    )
}
