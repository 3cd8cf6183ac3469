//! What a guide said: in a revision, on a day, in the draft that is open now. And the lists of revisions and operations, newest first.

use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult};

use entity::{
    ChangeKind, CompanyId, JobId, OperationId, OperationKind, RevisionNumber, Timestamp, change, draft, operation, operation_change,
    revision,
};

use crate::cursor::SortKind;
use crate::draft::parse;
use crate::error::{Doing, Result};
use crate::filter::storable;
use crate::guide::Guide;
use crate::page::{Listing, Page, Sorting, Window};
use crate::view::Desk;

pub use entity::operation::Model as Operation;

/// Which text of a guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// What editors work on: the draft, or what is public while there is none.
    Working,
    /// The open draft.
    Draft,
    /// What is public.
    Published,
    /// A revision.
    Revision(RevisionNumber),
    /// What was public at an instant.
    Instant(Timestamp),
}

/// The text of a guide; nothing if there was none there.
///
/// # Errors
///
/// If the database fails.
pub async fn guide(desk: &Desk, company: CompanyId, at: At) -> Result<Option<Guide>> {
    let database = desk.store.reader();
    if matches!(at, At::Working | At::Draft) {
        let row = draft::Entity::find_by_id(company).one(database).await.doing("read a draft")?;
        match (row, at) {
            (Some(row), _) => return parse(company, &row.body).map(Some),
            (None, At::Draft) => return Ok(None),
            (None, _) => {}
        }
    }
    let number = match at {
        At::Revision(number) => Some(number),
        At::Instant(instant) => public_at(database, company, Some(instant)).await?,
        At::Working | At::Draft | At::Published => public_at(database, company, None).await?,
    };
    let Some(number) = number else { return Ok(None) };
    let row = revision::Entity::find_by_id((company, number)).one(database).await.doing("read a revision")?;
    row.map(|row| parse(company, &row.body)).transpose()
}

/// The revision that was public at an instant, by the feed of changes; that of now without one.
async fn public_at(database: &impl ConnectionTrait, company: CompanyId, at: Option<Timestamp>) -> Result<Option<RevisionNumber>> {
    let told = change::Entity::find().filter(change::Column::CompanyId.eq(company)).order_by_desc(change::Column::Version);
    let told = match at {
        Some(at) => told.filter(change::Column::At.lte(at)),
        None => told,
    };
    let last = told.one(database).await.doing("read the feed of changes")?;
    Ok(last.filter(|change| change.kind == ChangeKind::Published).and_then(|change| change.revision))
}

/// A revision in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number.
    pub number: RevisionNumber,
    /// When it was published.
    pub published_at: Timestamp,
    /// By which operation.
    pub operation: OperationId,
}

/// The revisions of a company, newest first. One statement.
///
/// # Errors
///
/// If a cursor is refused, or the database fails.
pub async fn revisions(desk: &Desk, company: CompanyId, window: Window) -> Result<Page<Revision>> {
    let statement = Query::select().from(revision::Entity).and_where(revision::Column::CompanyId.eq(company)).take();
    let columns = vec![
        (revision::Column::Number.into_expr(), "number"),
        (revision::Column::PublishedAt.into_expr(), "published_at"),
        (revision::Column::OperationId.into_expr(), "operation_id"),
    ];
    let read = |row: &QueryResult| {
        let revision = || -> std::result::Result<_, sea_orm::DbErr> {
            let (published_at, operation) = (row.try_get("", "published_at")?, row.try_get("", "operation_id")?);
            Ok(Revision { number: row.try_get("", "number")?, published_at, operation })
        };
        revision().doing("read a revision")
    };
    let sorting = Sorting::new("revision.number", true, [(revision::Column::Number.into_expr(), SortKind::Number)]);
    let company = revision::Column::CompanyId.into_expr();
    Listing { statement, company: company.clone(), item: company, sorting }.rows(desk.store.reader(), window, columns, read).await
}

/// Which operations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationTest {
    /// By this user.
    pub by: Option<String>,
    /// After this instant.
    pub since: Option<Timestamp>,
    /// Of one of these kinds.
    pub kinds: Option<Vec<OperationKind>>,
    /// That touched this company.
    pub company: Option<CompanyId>,
    /// That are parts of this job.
    pub job: Option<JobId>,
}

/// Operations, newest first. One statement.
///
/// # Errors
///
/// If a cursor is refused, or the database fails.
pub async fn operations(desk: &Desk, test: &OperationTest, window: Window) -> Result<Page<Operation>> {
    use operation::Column::{Actor, Answer, At, Id, Job, Kind, Reason, Request, Undoes};
    let touched = test.company.map(|company| {
        let of = operation_change::Column::CompanyId.eq(company);
        Id.in_subquery(Query::select().column(operation_change::Column::OperationId).from(operation_change::Entity).and_where(of).take())
    });
    let condition = Condition::all()
        .add_option(test.by.as_ref().map(|by| Actor.is_in(storable([by.as_str()]))))
        .add_option(test.since.map(|since| At.gt(since)))
        .add_option(test.kinds.as_ref().map(|kinds| Kind.is_in(kinds.iter().copied())))
        .add_option(test.job.map(|job| Job.eq(job)))
        .add_option(touched);
    let statement = Query::select().from(operation::Entity).cond_where(condition).take();
    let columns = [
        (Id, "id"),
        (Kind, "kind"),
        (Actor, "actor"),
        (Reason, "reason"),
        (At, "at"),
        (Undoes, "undoes"),
        (Request, "request"),
        (Answer, "answer"),
        (Job, "job"),
    ];
    let columns = columns.into_iter().map(|(column, name)| (column.into_expr(), name)).collect();
    let read = |row: &QueryResult| <Operation as sea_orm::FromQueryResult>::from_query_result(row, "").doing("read an operation");
    let sorting = Sorting::new("operation.at", true, [(At.into_expr(), SortKind::Number), (Id.into_expr(), SortKind::Id)]);
    Listing { statement, company: Id.into_expr(), item: Id.into_expr(), sorting }.rows(desk.store.reader(), window, columns, read).await
}
