//! Documents that are registered ahead for a partner, and keys that are for these alone.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, string, text, uuid};
use sea_orm_migration::sea_orm::DatabaseBackend;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Whole or not at all, on SQLite too.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut only = boolean("trusted_only").default(false).to_owned();
        manager.alter_table(Table::alter().table("api_key").add_column(&mut only).to_owned()).await?;
        manager.create_table(trusted_document(manager.get_database_backend())).await?;
        let mut name = Index::create().name("trusted_document_partner_id_name_hash").table("trusted_document").to_owned();
        for column in ["partner_id", "name", "hash"] {
            name.col(column);
        }
        manager.create_index(name).await
    }
}

fn trusted_document(backend: DatabaseBackend) -> TableCreateStatement {
    // Names and hashes are plain ASCII and sort by their bytes, whatever the locale of the database.
    let by_bytes = if backend == DatabaseBackend::Postgres { "COLLATE \"C\"" } else { "COLLATE BINARY" };
    Table::create()
        .table("trusted_document")
        .col(uuid("partner_id"))
        .col(string("hash").extra(by_bytes))
        .col(text("name").extra(by_bytes))
        .col(text("body"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("partner_id").col("hash"))
        .foreign_key(ForeignKey::create().from("trusted_document", "partner_id").to("partner", "id"))
        .to_owned()
}
