//! Companies as editors list them: all of them, published or not, each by a card with how it stands.

use sea_orm::sea_query::{Expr, ExprTrait, Func, JoinType, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, DatabaseBackend, QueryResult};

use entity::{
    CompanyId, JobId, Key, OperationId, RevisionNumber, Slug, Timestamp, company, draft, operation, operation_change, published_guide,
    revision,
};

use crate::cursor::SortKind;
use crate::draft::Expect;
use crate::error::{Doing, Result};
use crate::filter::{Filter, TextTest, storable};
use crate::page::{Listing, Page, Sorting, Window};
use crate::view::Desk;

/// How a company stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its identity.
    pub id: CompanyId,
    /// Its slug now.
    pub slug: Slug,
    /// Its name, as the draft has it if there is one; empty where there is no guide.
    pub name: String,
    /// Its tier, as the draft has it if there is one.
    pub tier: Option<Key>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it is put away, if so.
    pub archived_at: Option<Timestamp>,
    /// The revision that is public and since when, if one is.
    pub published: Option<(RevisionNumber, Timestamp)>,
    /// Who saved the open draft last and when, and whether it could be published then; nothing if there is none.
    pub draft: Option<CardDraft>,
}

/// The open draft of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardDraft {
    /// What the next writer must say to have seen.
    pub stamp: Expect,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// By whom.
    pub updated_by: String,
    /// Whether the rules had nothing against publishing it then.
    pub ready: bool,
}

/// A word for how a company stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardState {
    /// Public, without open changes.
    Published,
    /// Public, with open changes.
    Changed,
    /// Not public.
    Draft,
    /// Put away.
    Archived,
}

/// What editors sort their list by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardOrder {
    /// By name, without case and accents.
    Name,
    /// By the last change.
    ChangedAt,
}

/// One test of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardTest {
    /// It stands in one of these ways.
    State(Vec<CardState>),
    /// Its tier, in the draft if there is one, is one of these.
    Tier(Vec<Key>),
    /// Its name.
    Name(TextTest),
    /// It was changed after this instant.
    ChangedSince(Timestamp),
    /// Its open draft was saved last by this user.
    ChangedBy(String),
    /// What is public was last checked before this day (`2026-10-14`), or never.
    VerifiedBefore(String),
    /// Its open draft can be published, or not.
    Ready(bool),
    /// Its slug now is one of these.
    Slug(Vec<Slug>),
    /// This operation touched it.
    Operation(OperationId),
    /// An operation of this job touched it.
    Job(JobId),
}

impl Card {
    /// The word for how it stands.
    #[must_use]
    pub const fn state(&self) -> CardState {
        match (self.archived_at, self.published, &self.draft) {
            (Some(_), _, _) => CardState::Archived,
            (None, Some(_), None) => CardState::Published,
            (None, Some(_), Some(_)) => CardState::Changed,
            (None, None, _) => CardState::Draft,
        }
    }

    /// What the next writer must say to have seen.
    #[must_use]
    pub fn stamp(&self) -> Expect {
        let base = self.published.map_or(RevisionNumber::NONE, |(number, _)| number);
        self.draft.as_ref().map_or(Expect { base, edits: 0 }, |draft| draft.stamp)
    }
}

fn folded_name() -> Expr {
    either(draft::Column::NameFolded.into_expr(), published_guide::Column::NameFolded.into_expr(), Expr::val(""))
}

fn changed_at() -> Expr {
    either(draft::Column::UpdatedAt.into_expr(), published_guide::Column::PublishedAt.into_expr(), company::Column::CreatedAt.into_expr())
}

fn either(first: Expr, second: Expr, third: Expr) -> Expr {
    Func::coalesce([first, second, third]).into()
}

impl CardState {
    fn expression(self) -> Expr {
        let there = |column: Expr, wanted: bool| if wanted { column.is_not_null() } else { column.is_null() };
        let archived = |wanted| there(company::Column::ArchivedAt.into_expr(), wanted);
        let public = |wanted| there(published_guide::Column::Revision.into_expr(), wanted);
        let open = |wanted| there(draft::Column::Edits.into_expr(), wanted);
        match self {
            Self::Archived => archived(true),
            Self::Published => archived(false).and(public(true)).and(open(false)),
            Self::Changed => archived(false).and(public(true)).and(open(true)),
            Self::Draft => archived(false).and(public(false)),
        }
    }
}

impl CardTest {
    fn expression(&self) -> Expr {
        match self {
            Self::State(states) => {
                states.iter().map(|state| state.expression()).reduce(ExprTrait::or).unwrap_or_else(|| Expr::val(1).eq(0))
            }
            Self::Tier(keys) => {
                let tier = Func::coalesce([draft::Column::Tier.into_expr(), published_guide::Column::Tier.into_expr()]);
                Expr::from(tier).is_in(keys.iter().map(Key::as_str))
            }
            Self::Name(test) => test.of(folded_name()),
            Self::ChangedSince(at) => changed_at().gt(at.0),
            Self::ChangedBy(user) => draft::Column::UpdatedBy.is_in(storable([user.as_str()])),
            Self::VerifiedBefore(day) => {
                let never = published_guide::Column::VerifiedOn.is_null();
                published_guide::Column::Revision.is_not_null().and(published_guide::Column::VerifiedOn.lt(day.as_str()).or(never))
            }
            Self::Ready(ready) => draft::Column::Ready.eq(*ready),
            Self::Slug(slugs) => company::Column::Slug.is_in(slugs.iter().cloned()),
            Self::Operation(id) => touched(operation_change::Column::OperationId.eq(*id)),
            Self::Job(id) => {
                let of_job =
                    Query::select().column(operation::Column::Id).from(operation::Entity).and_where(operation::Column::Job.eq(*id)).take();
                touched(operation_change::Column::OperationId.in_subquery(of_job))
            }
        }
    }
}

/// The company was touched by operations that pass.
fn touched(operations: Expr) -> Expr {
    let companies = Query::select().column(operation_change::Column::CompanyId).from(operation_change::Entity).and_where(operations).take();
    company::Column::Id.in_subquery(companies)
}

fn standing() -> SelectStatement {
    let on = |column: Expr| column.equals(company::Column::Id.as_column_ref());
    Query::select()
        .from(company::Entity)
        .join(JoinType::LeftJoin, draft::Entity, on(draft::Column::CompanyId.into_expr()))
        .join(JoinType::LeftJoin, published_guide::Entity, on(published_guide::Column::CompanyId.into_expr()))
        .join(
            JoinType::LeftJoin,
            revision::Entity,
            on(revision::Column::CompanyId.into_expr())
                .and(revision::Column::Number.into_expr().equals(published_guide::Column::Revision.as_column_ref())),
        )
        .take()
}

/// The name as it is written, which only the text of a guide has.
fn written_name(backend: DatabaseBackend) -> Expr {
    let of = |table: &str| {
        let postgres = format!("CAST({table}.body AS json) ->> 'name'");
        let sqlite = format!("json_extract({table}.body, '$.name')");
        Expr::cust(if backend == DatabaseBackend::Postgres { postgres } else { sqlite })
    };
    either(of("draft"), of("revision"), Expr::val(""))
}

fn columns(backend: DatabaseBackend) -> Vec<(Expr, &'static str)> {
    vec![
        (written_name(backend), "name"),
        (draft::Column::Tier.into_expr(), "draft_tier"),
        (published_guide::Column::Tier.into_expr(), "public_tier"),
        (company::Column::Id.into_expr(), "id"),
        (company::Column::Slug.into_expr(), "slug"),
        (company::Column::CreatedAt.into_expr(), "created_at"),
        (company::Column::ArchivedAt.into_expr(), "archived_at"),
        (published_guide::Column::Revision.into_expr(), "revision"),
        (published_guide::Column::PublishedAt.into_expr(), "published_at"),
        (draft::Column::BaseRevision.into_expr(), "base"),
        (draft::Column::Edits.into_expr(), "edits"),
        (draft::Column::UpdatedAt.into_expr(), "updated_at"),
        (draft::Column::UpdatedBy.into_expr(), "updated_by"),
        (draft::Column::Ready.into_expr(), "ready"),
    ]
}

fn read(row: &QueryResult) -> Result<Card> {
    let card = || -> std::result::Result<Card, sea_orm::DbErr> {
        let draft = match row.try_get::<Option<i32>>("", "edits")? {
            None => None,
            Some(edits) => Some(CardDraft {
                stamp: Expect { base: row.try_get("", "base")?, edits },
                updated_at: row.try_get("", "updated_at")?,
                updated_by: row.try_get("", "updated_by")?,
                ready: row.try_get("", "ready")?,
            }),
        };
        let tier = if draft.is_some() { "draft_tier" } else { "public_tier" };
        let published = match row.try_get::<Option<RevisionNumber>>("", "revision")? {
            None => None,
            Some(number) => Some((number, row.try_get("", "published_at")?)),
        };
        Ok(Card {
            id: row.try_get("", "id")?,
            slug: row.try_get("", "slug")?,
            name: row.try_get("", "name")?,
            tier: row.try_get("", tier)?,
            created_at: row.try_get("", "created_at")?,
            archived_at: row.try_get("", "archived_at")?,
            published,
            draft,
        })
    };
    card().doing("read how a company stands")
}

/// How these companies stand; what there is not is left out. One statement.
///
/// # Errors
///
/// If the database fails.
pub async fn card(desk: &Desk, ids: &[CompanyId]) -> Result<Vec<Card>> {
    let mut statement = standing();
    statement.cond_where(Condition::all().add(company::Column::Id.is_in(ids.iter().copied())));
    for (column, name) in columns(desk.store.reader().get_database_backend()) {
        statement.expr_as(column, name);
    }
    let rows = sea_orm::ConnectionTrait::query_all(desk.store.reader(), &statement).await.doing("look how companies stand")?;
    rows.iter().map(read).collect()
}

/// A page of all companies. One statement, however many entries it has.
///
/// # Errors
///
/// If a cursor is refused, or the database fails.
pub async fn cards(desk: &Desk, filter: &Filter<CardTest>, order: Option<(CardOrder, bool)>, window: Window) -> Result<Page<Card>> {
    let columns = columns(desk.store.reader().get_database_backend());
    let statement = standing().cond_where(filter.condition(&CardTest::expression)).take();
    let id = || (company::Column::Id.into_expr(), SortKind::Id);
    let sorting = match order {
        Some((CardOrder::ChangedAt, descending)) => Sorting::new("card.changed_at", descending, [(changed_at(), SortKind::Number), id()]),
        Some((CardOrder::Name, descending)) => Sorting::new("card.name", descending, [(folded_name(), SortKind::Text), id()]),
        None => Sorting::new("card.name", false, [(folded_name(), SortKind::Text), id()]),
    };
    let column = company::Column::Id.into_expr();
    Listing { statement, company: column.clone(), item: column, sorting }.rows(desk.store.reader(), window, columns, read).await
}
