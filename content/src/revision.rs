//! Revisions: what was published, for good.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use entity::{CompanyId, RevisionNumber, Timestamp, revision};

use crate::code::Code;
use crate::error::{Doing, Error, Result};
use crate::view::Desk;

/// The numbers of a company's revisions and when each was published, newest first.
///
/// # Errors
///
/// If the database fails.
pub async fn list(desk: &Desk, company: CompanyId) -> Result<Vec<(RevisionNumber, Timestamp)>> {
    revision::Entity::find()
        .select_only()
        .columns([revision::Column::Number, revision::Column::PublishedAt])
        .filter(revision::Column::CompanyId.eq(company))
        .order_by_desc(revision::Column::Number)
        .into_tuple()
        .all(desk.store.reader())
        .await
        .doing("list revisions")
}

/// One revision, as it is stored.
///
/// # Errors
///
/// If there is none of this number, or the database fails.
pub(crate) async fn read(database: &impl ConnectionTrait, company: CompanyId, number: RevisionNumber) -> Result<revision::Model> {
    let row = revision::Entity::find_by_id((company, number)).one(database).await.doing("read a revision")?;
    row.ok_or_else(|| Error::refused(Code::NotFound, format!("The guide has no revision {number}.")))
}

/// The bodies of several revisions; those that are not there are left out. A statement for two hundred of them.
pub(crate) async fn read_many(
    database: &impl ConnectionTrait,
    wanted: &[(CompanyId, RevisionNumber)],
) -> Result<HashMap<(CompanyId, RevisionNumber), String>> {
    let mut bodies = HashMap::new();
    for chunk in wanted.chunks(200) {
        let place = Expr::tuple([revision::Column::CompanyId.into_expr(), revision::Column::Number.into_expr()]);
        let these = place.in_tuples(chunk.iter().map(|(company, number)| (company.0, number.0)));
        let rows = revision::Entity::find().filter(these).all(database).await.doing("read revisions")?;
        bodies.extend(rows.into_iter().map(|row| ((row.company_id, row.number), row.body)));
    }
    Ok(bodies)
}
