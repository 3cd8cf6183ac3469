//! What is public against what publishing would write: the pointers, and every row of the index that hangs from them.

use std::collections::BTreeMap;

use sea_orm::sea_query::Value;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IdenStatic, Iterable, ModelTrait, QueryFilter};

use entity::{
    CompanyId, published_category, published_focus_area, published_guide, published_question, published_round, published_salary_range,
    published_tag,
};

use super::Found;
use super::company::Companies;
use crate::error::{Doing, Result};
use crate::guide::Guide;
use crate::index::{Pending, Pointer};
use crate::walk::Walk;
use crate::{published, revision};

/// Rows as text, by the company that they are of.
type Rows = BTreeMap<CompanyId, BTreeMap<String, i64>>;

/// Compares every pointer and every index row.
pub(super) async fn compare(database: &impl ConnectionTrait, companies: &Companies, found: &mut Found) -> Result<()> {
    let mut walk = Walk::<published_guide::Entity>::new();
    loop {
        let pointers = walk.next(database).await?;
        if pointers.is_empty() {
            return Ok(());
        }
        for pointer in &pointers {
            at(pointer, companies, found);
        }
        let expected = expected(database, &pointers).await?;
        rows(database, &pointers, (expected, found)).await?;
    }
}

/// A pointer says what its company and its revision say.
fn at(pointer: &published_guide::Model, companies: &Companies, found: &mut Found) {
    let id = pointer.company_id;
    let Some(firm) = companies.get(&id) else { return };
    if firm.row.archived_at.is_some() {
        found.of(id, "it is archived and public");
    }
    if firm.row.slug != pointer.slug {
        found.of(id, format!("the pointer has another slug: {}", pointer.slug));
    }
    match firm.revisions.get(&pointer.revision) {
        None => found.of(id, format!("the pointer is at {}, which is not there", pointer.revision)),
        Some(at) if *at != pointer.published_at => found.of(id, format!("the pointer has another time than {}", pointer.revision)),
        Some(_) => {}
    }
}

/// What publishing would write for these pointers. A revision that cannot be read was told of already.
async fn expected(database: &impl ConnectionTrait, pointers: &[published_guide::Model]) -> Result<BTreeMap<CompanyId, Pending>> {
    let places: Vec<_> = pointers.iter().map(|pointer| (pointer.company_id, pointer.revision)).collect();
    let bodies = revision::read_many(database, &places).await?;
    let mut expected = BTreeMap::new();
    for row in pointers {
        let company = row.company_id;
        let body = bodies.get(&(company, row.revision)).and_then(|body| Guide::from_json(body).ok());
        let Some(guide) = body.and_then(|guide| published::Guide::new(company, guide).ok()) else { continue };
        let mut index = Pending::default();
        index.add(&Pointer { company, slug: row.slug.clone(), revision: row.revision, published_at: row.published_at }, &guide);
        expected.insert(company, index);
    }
    Ok(expected)
}

async fn rows(
    database: &impl ConnectionTrait,
    pointers: &[published_guide::Model],
    (expected, found): (BTreeMap<CompanyId, Pending>, &mut Found),
) -> Result<()> {
    let ids = || pointers.iter().map(|pointer| pointer.company_id);
    macro_rules! table {
        ($($table:ident, $rows:ident);*) => {$({
            let these = $table::Column::CompanyId.is_in(ids());
            let mut open = Rows::new();
            for row in $table::Entity::find().filter(these).all(database).await.doing("read index rows")? {
                *open.entry(row.company_id).or_default().entry(text::<$table::Entity>(|column| Some(row.get(column)))).or_default() -= 1;
            }
            for (id, pending) in &expected {
                for row in &pending.$rows {
                    let row = text::<$table::Entity>(|column| row.get(column).into_value());
                    *open.entry(*id).or_default().entry(row).or_default() += 1;
                }
                told(stringify!($table), (*id, open.remove(id).unwrap_or_default()), found);
            }
        })*};
    }
    table!(
        published_guide, guides;
        published_focus_area, focus_areas;
        published_round, rounds;
        published_category, categories;
        published_question, questions;
        published_tag, tags;
        published_salary_range, salary_ranges
    );
    Ok(())
}

/// A row as text, without the number that the database gave it.
fn text<E: EntityTrait>(value: impl Fn(E::Column) -> Option<Value>) -> String {
    let columns = E::Column::iter().filter(|column| column.as_str() != "row");
    format!("{:?}", columns.map(value).collect::<Vec<_>>())
}

fn told(table: &str, (company, open): (CompanyId, BTreeMap<String, i64>), found: &mut Found) {
    let missing: i64 = open.values().filter(|times| **times > 0).sum();
    let wrong: i64 = open.values().filter(|times| **times < 0).sum();
    if (missing, wrong) != (0, 0) {
        let what = format!("{table} is not as publishing would write it: {missing} rows are missing, {} are wrong or too many", -wrong);
        found.of(company, what);
    }
}
