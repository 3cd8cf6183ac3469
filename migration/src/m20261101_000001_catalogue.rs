//! What editors work on: companies, tiers, drafts, revisions, operations; and the count of what readers can see change.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, integer_null, string, text, uuid, uuid_null};
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
        for table in [tier(), company(), old_slug(), draft(), revision(), operation(), operation_change(), catalogue(), change()] {
            manager.create_table(table).await?;
        }
        let by_company = Index::create().name("operation_change_company").table("operation_change").col("company_id").to_owned();
        manager.create_index(by_company).await?;
        let old_by_company = Index::create().name("old_slug_company").table("old_slug").col("company_id").to_owned();
        manager.create_index(old_by_company).await?;

        let database = manager.get_connection();
        database.execute_unprepared("INSERT INTO catalogue (id, version, changed_at) VALUES (1, 0, 0)").await?;
        database.execute_unprepared(revisions_stay(manager.get_database_backend())?).await?;
        Ok(())
    }
}

fn tier() -> TableCreateStatement {
    Table::create().table("tier").col(string("key").primary_key()).col(text("name")).col(integer("position")).to_owned()
}

fn company() -> TableCreateStatement {
    Table::create()
        .table("company")
        .col(uuid("id").primary_key())
        .col(string("slug").unique_key())
        .col(big_integer("created_at"))
        .col(big_integer_null("archived_at"))
        .col(integer("latest_revision"))
        .col(integer("latest_edit"))
        .col(text("used_keys"))
        .to_owned()
}

fn old_slug() -> TableCreateStatement {
    Table::create()
        .table("old_slug")
        .col(string("slug").primary_key())
        .col(uuid("company_id"))
        .foreign_key(ForeignKey::create().from("old_slug", "company_id").to("company", "id").on_delete(ForeignKeyAction::Cascade))
        .to_owned()
}

fn draft() -> TableCreateStatement {
    Table::create()
        .table("draft")
        .col(uuid("company_id").primary_key())
        .col(integer("base_revision"))
        .col(integer("edits"))
        .col(text("body"))
        .col(big_integer("updated_at"))
        .col(text("updated_by"))
        .foreign_key(ForeignKey::create().from("draft", "company_id").to("company", "id").on_delete(ForeignKeyAction::Cascade))
        .to_owned()
}

fn revision() -> TableCreateStatement {
    Table::create()
        .table("revision")
        .col(uuid("company_id"))
        .col(integer("number"))
        .col(text("body"))
        .col(big_integer("published_at"))
        .col(uuid("operation_id"))
        .primary_key(Index::create().col("company_id").col("number"))
        .foreign_key(ForeignKey::create().from("revision", "company_id").to("company", "id").on_delete(ForeignKeyAction::Cascade))
        .to_owned()
}

fn operation() -> TableCreateStatement {
    Table::create()
        .table("operation")
        .col(uuid("id").primary_key())
        .col(string("kind"))
        .col(text("actor"))
        .col(text("reason"))
        .col(big_integer("at"))
        .col(uuid_null("undoes").unique_key())
        .to_owned()
}

/// No foreign key to the company: the record outlives a company that was deleted.
fn operation_change() -> TableCreateStatement {
    Table::create()
        .table("operation_change")
        .col(uuid("operation_id"))
        .col(uuid("company_id"))
        .col(text("before"))
        .col(text("after"))
        .primary_key(Index::create().col("operation_id").col("company_id"))
        .foreign_key(ForeignKey::create().from("operation_change", "operation_id").to("operation", "id"))
        .to_owned()
}

fn catalogue() -> TableCreateStatement {
    Table::create()
        .table("catalogue")
        .col(integer("id").primary_key())
        .col(big_integer("version"))
        .col(big_integer("changed_at"))
        .to_owned()
}

fn change() -> TableCreateStatement {
    Table::create()
        .table("change")
        .col(big_integer("version"))
        .col(uuid("company_id"))
        .col(string("kind"))
        .col(integer_null("revision"))
        .col(big_integer("at"))
        .primary_key(Index::create().col("version").col("company_id"))
        .to_owned()
}

/// The database itself refuses to change a revision; it may only go with its whole company.
fn revisions_stay(backend: DatabaseBackend) -> Result<&'static str, DbErr> {
    match backend {
        DatabaseBackend::Sqlite => Ok("CREATE TRIGGER revision_stays BEFORE UPDATE ON revision \
             BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END"),
        DatabaseBackend::Postgres => Ok("CREATE FUNCTION revision_stays() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'a revision is never changed'; END $$; \
             CREATE TRIGGER revision_stays BEFORE UPDATE ON revision FOR EACH ROW EXECUTE FUNCTION revision_stays()"),
        DatabaseBackend::MySql | _ => Err(DbErr::Migration(format!("{backend:?} is not a database of this project"))),
    }
}
