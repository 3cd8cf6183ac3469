//! Who builds on the API: partners, their keys with the secrets of each, how much they use, and the record of who tried what.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, integer_null, string, string_null, text, text_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Whole or not at all, on SQLite too.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut version = big_integer("access_version").default(0).to_owned();
        manager.alter_table(Table::alter().table("catalogue").add_column(&mut version).to_owned()).await?;
        for table in [partner(), api_key(), api_secret(), api_use(), audit()] {
            manager.create_table(table).await?;
        }
        for (table, columns) in INDEXES {
            let mut index = Index::create().name(format!("{table}_{}", columns.join("_"))).table(*table).to_owned();
            for column in *columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        let name = Index::create().name("api_key_partner_id_name").table("api_key").col("partner_id").col("name").unique().to_owned();
        manager.create_index(name).await
    }
}

const INDEXES: &[(&str, &[&str])] =
    &[("api_secret", &["key_id"]), ("api_use", &["slot"]), ("audit", &["at", "id"]), ("audit", &["actor", "at"])];

fn partner() -> TableCreateStatement {
    Table::create()
        .table("partner")
        .col(uuid("id").primary_key())
        .col(string("slug").unique_key())
        .col(text("name"))
        .col(text_null("contact"))
        .col(integer("version"))
        .col(big_integer("created_at"))
        .col(big_integer_null("disabled_at"))
        .to_owned()
}

fn api_key() -> TableCreateStatement {
    Table::create()
        .table("api_key")
        .col(uuid("id").primary_key())
        .col(uuid("partner_id"))
        .col(string("name"))
        .col(string("mode"))
        .col(text("scopes"))
        .col(integer("points_per_minute"))
        .col(integer_null("requests_per_day"))
        .col(text("origins"))
        .col(text("networks"))
        .col(integer("version"))
        .col(big_integer("created_at"))
        .col(big_integer_null("expires_at"))
        .col(big_integer_null("revoked_at"))
        .foreign_key(ForeignKey::create().from("api_key", "partner_id").to("partner", "id"))
        .to_owned()
}

/// The fingerprint alone: a copy of the database opens nothing.
fn api_secret() -> TableCreateStatement {
    Table::create()
        .table("api_secret")
        .col(string("hash").primary_key())
        .col(uuid("key_id"))
        .col(string("shown"))
        .col(big_integer("created_at"))
        .col(big_integer_null("ends_at"))
        .foreign_key(ForeignKey::create().from("api_secret", "key_id").to("api_key", "id").on_delete(ForeignKeyAction::Cascade))
        .to_owned()
}

fn api_use() -> TableCreateStatement {
    Table::create()
        .table("api_use")
        .col(string("hash"))
        .col(big_integer("slot"))
        .col(big_integer("requests"))
        .col(big_integer("points"))
        .col(big_integer("refused"))
        .col(big_integer("last_at"))
        .primary_key(Index::create().col("hash").col("slot"))
        .foreign_key(ForeignKey::create().from("api_use", "hash").to("api_secret", "hash").on_delete(ForeignKeyAction::Cascade))
        .to_owned()
}

/// No foreign keys: the record outlives what it is about.
fn audit() -> TableCreateStatement {
    Table::create()
        .table("audit")
        .col(uuid("id").primary_key())
        .col(big_integer("at"))
        .col(text("actor"))
        .col(string("act"))
        .col(string("outcome"))
        .col(string_null("code"))
        .col(uuid_null("operation_id"))
        .col(text("address"))
        .col(text("agent"))
        .col(string("request_id"))
        .to_owned()
}
