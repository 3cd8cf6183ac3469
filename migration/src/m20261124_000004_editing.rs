//! What editing by many needs: retries that are recognised, the base of every save, who may come in, and with which sessions and keys.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, integer, integer_null, string, string_null, text, text_null, uuid,
};
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
        let backend = manager.get_database_backend();
        let by_bytes = if backend == DatabaseBackend::Postgres { "COLLATE \"C\"" } else { "COLLATE BINARY" };
        let added = [
            ("operation", text_null("request")),
            ("operation", text_null("answer")),
            ("operation_change", integer_null("edits_after")),
            ("draft", text("name_folded").default("").extra(by_bytes).to_owned()),
            ("draft", string_null("tier")),
            ("draft", boolean("ready").default(false).to_owned()),
        ];
        for (table, mut column) in added {
            manager.alter_table(Table::alter().table(table).add_column(&mut column).to_owned()).await?;
        }
        for statement in of_old_rows(backend)? {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        for table in [operation_subject(), user(), session(), refresh_token(), signing_key(), login_failure()] {
            manager.create_table(table).await?;
        }
        for (table, columns) in INDEXES {
            let mut index = Index::create().name(format!("{table}_{}", columns.join("_"))).table(*table).to_owned();
            for column in *columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

const INDEXES: &[(&str, &[&str])] = &[
    ("operation", &["at", "id"]),
    ("operation_change", &["company_id", "edits_after"]),
    ("change", &["company_id", "version"]),
    ("session", &["user_id"]),
    ("refresh_token", &["session_id"]),
];

/// What rows that are there already say in their JSON. Names are only put into lower case here; the next save folds them.
fn of_old_rows(backend: DatabaseBackend) -> Result<[&'static str; 2], DbErr> {
    match backend {
        DatabaseBackend::Sqlite => Ok([
            "UPDATE operation_change SET edits_after = json_extract(after, '$.draft.edits')",
            "UPDATE draft SET name_folded = lower(json_extract(body, '$.name')), tier = json_extract(body, '$.tier')",
        ]),
        DatabaseBackend::Postgres => Ok([
            "UPDATE operation_change SET edits_after = (after::json #>> '{draft,edits}')::integer",
            "UPDATE draft SET name_folded = lower(body::json ->> 'name'), tier = body::json ->> 'tier'",
        ]),
        DatabaseBackend::MySql | _ => Err(DbErr::Migration(format!("{backend:?} is not a database of this project"))),
    }
}

/// What an operation touched that is no company: the list of tiers, a user. No foreign key: the record outlives what it is about.
fn operation_subject() -> TableCreateStatement {
    Table::create()
        .table("operation_subject")
        .col(uuid("operation_id"))
        .col(string("subject"))
        .col(text("before"))
        .col(text("after"))
        .primary_key(Index::create().col("operation_id").col("subject"))
        .foreign_key(ForeignKey::create().from("operation_subject", "operation_id").to("operation", "id"))
        .to_owned()
}

fn user() -> TableCreateStatement {
    Table::create()
        .table("user")
        .col(uuid("id").primary_key())
        .col(string("email").unique_key())
        .col(text("name"))
        .col(string("role"))
        .col(text("password_hash"))
        .col(integer("version"))
        .col(big_integer("created_at"))
        .col(big_integer_null("disabled_at"))
        .to_owned()
}

fn session() -> TableCreateStatement {
    Table::create()
        .table("session")
        .col(uuid("id").primary_key())
        .col(uuid("user_id"))
        .col(big_integer("created_at"))
        .col(big_integer("used_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("ended_at"))
        .col(string_null("ended_by"))
        .col(text("address"))
        .col(text("agent"))
        .foreign_key(ForeignKey::create().from("session", "user_id").to("user", "id").on_delete(ForeignKeyAction::Cascade))
        .to_owned()
}

fn refresh_token() -> TableCreateStatement {
    Table::create()
        .table("refresh_token")
        .col(string("hash").primary_key())
        .col(uuid("session_id"))
        .col(big_integer("issued_at"))
        .col(big_integer_null("used_at"))
        .foreign_key(ForeignKey::create().from("refresh_token", "session_id").to("session", "id").on_delete(ForeignKeyAction::Cascade))
        .to_owned()
}

/// Public halves only: a copy of the database signs nothing.
fn signing_key() -> TableCreateStatement {
    Table::create()
        .table("signing_key")
        .col(string("id").primary_key())
        .col(text("public_key"))
        .col(big_integer("created_at"))
        .col(big_integer_null("retired_at"))
        .to_owned()
}

fn login_failure() -> TableCreateStatement {
    Table::create().table("login_failure").col(string("id").primary_key()).col(integer("failures")).col(big_integer("last_at")).to_owned()
}
