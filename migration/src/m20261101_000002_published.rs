//! What readers filter, sort and count: one row for each public guide and for each of its items. All of it can be rewritten from the revisions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, integer, string, string_null, text, uuid};
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
        let fold = Folded(manager.get_database_backend());
        for table in [guide(&fold), round(&fold), category(&fold), focus_area(&fold), question(&fold), tag(&fold), salary_range(&fold)] {
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

/// Each order of a list ends in a unique column and has an index of its own: a page at any depth is one seek.
const INDEXES: &[(&str, &[&str])] = &[
    ("published_guide", &["name_folded", "company_id"]),
    ("published_guide", &["published_at", "company_id"]),
    ("published_guide", &["tier"]),
    ("published_round", &["company_id"]),
    ("published_category", &["company_id"]),
    ("published_category", &["name_folded"]),
    ("published_focus_area", &["company_id"]),
    ("published_question", &["company_folded", "company_id", "position"]),
    ("published_question", &["difficulty", "id"]),
    ("published_question", &["company_id"]),
    ("published_question", &["category_id"]),
    ("published_tag", &["tag"]),
    ("published_tag", &["company_id"]),
    ("published_salary_range", &["company_folded", "company_id", "position"]),
    ("published_salary_range", &["min_amount", "id"]),
    ("published_salary_range", &["max_amount", "id"]),
    ("published_salary_range", &["company_id"]),
    ("published_salary_range", &["level_folded"]),
];

fn of_company(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, "company_id").to("published_guide", "company_id").on_delete(ForeignKeyAction::Cascade).to_owned()
}

fn guide(fold: &Folded) -> TableCreateStatement {
    Table::create()
        .table("published_guide")
        .col(big_integer("row").primary_key().auto_increment())
        .col(uuid("company_id").unique_key())
        .col(string("slug").unique_key())
        .col(integer("revision"))
        .col(big_integer("published_at"))
        .col(fold.column("name_folded"))
        .col(string("tier"))
        .col(string_null("verified_on"))
        .col(boolean("sample"))
        .col(integer("total_minutes_min"))
        .col(integer("total_minutes_max"))
        .col(text("words"))
        .foreign_key(ForeignKey::create().from("published_guide", "company_id").to("company", "id"))
        .foreign_key(ForeignKey::create().from("published_guide", ("company_id", "revision")).to("revision", ("company_id", "number")))
        .foreign_key(ForeignKey::create().from("published_guide", "tier").to("tier", "key"))
        .to_owned()
}

fn round(fold: &Folded) -> TableCreateStatement {
    item("published_round").col(fold.column("title_folded")).to_owned()
}

fn category(fold: &Folded) -> TableCreateStatement {
    item("published_category").col(fold.column("name_folded")).col(integer("weight_percent")).to_owned()
}

fn focus_area(fold: &Folded) -> TableCreateStatement {
    item("published_focus_area").col(fold.column("text_folded")).to_owned()
}

/// An item without a number of its own: its identity is the primary key.
fn item(table: &'static str) -> TableCreateStatement {
    let mut statement = Table::create();
    statement.table(table).col(uuid("id").primary_key()).col(uuid("company_id")).foreign_key(&mut of_company(table));
    statement
}

fn question(fold: &Folded) -> TableCreateStatement {
    Table::create()
        .table("published_question")
        .col(big_integer("row").primary_key().auto_increment())
        .col(uuid("id").unique_key())
        .col(uuid("company_id"))
        .col(fold.column("company_folded"))
        .col(integer("position"))
        .col(uuid("category_id"))
        .col(integer("difficulty"))
        .col(fold.column("text_folded"))
        .col(text("words"))
        .foreign_key(&mut of_company("published_question"))
        .to_owned()
}

fn tag(fold: &Folded) -> TableCreateStatement {
    Table::create()
        .table("published_tag")
        .col(uuid("question_id"))
        .col(fold.column("tag"))
        .col(uuid("company_id"))
        .primary_key(Index::create().col("question_id").col("tag"))
        .foreign_key(&mut of_company("published_tag"))
        .to_owned()
}

fn salary_range(fold: &Folded) -> TableCreateStatement {
    item("published_salary_range")
        .col(fold.column("company_folded"))
        .col(integer("position"))
        .col(fold.column("level_folded"))
        .col(string("currency"))
        .col(string("period"))
        .col(string("basis"))
        .col(big_integer("min_amount"))
        .col(big_integer("max_amount"))
        .col(boolean("open_ended"))
        .to_owned()
}

/// Folded text is plain ASCII and sorts by its bytes, whatever the locale of the database.
struct Folded(DatabaseBackend);

impl Folded {
    fn column(&self, name: &'static str) -> ColumnDef {
        let by_bytes = if self.0 == DatabaseBackend::Postgres { "COLLATE \"C\"" } else { "COLLATE BINARY" };
        text(name).extra(by_bytes).to_owned()
    }
}
