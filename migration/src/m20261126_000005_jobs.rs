//! What belongs together: operations that are parts of one job, which is found and taken back as a whole.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::uuid_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Whole or not at all, on SQLite too.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("operation").add_column(uuid_null("job")).to_owned()).await?;
        let of_job = Index::create().name("operation_job_id").table("operation").col("job").col("id").to_owned();
        manager.create_index(of_job).await
    }
}
