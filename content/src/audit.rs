//! The audit record: every administrative act that was done, and every one that was refused. Nothing in it is ever changed.
//!
//! What an edit did is written by its own transaction, so there is no act without an entry. What was refused left nothing else behind, so it is
//! written by itself, by the door that refused it.

use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryResult, Set};

use entity::{AuditOutcome, OperationId, Timestamp, audit};

use crate::access::{Caller, Gate};
use crate::code::Code;
use crate::cursor::SortKind;
use crate::edit::Author;
use crate::error::{Doing, Result};
use crate::filter::storable;
use crate::page::{Listing, Page, Sorting, Window};
use crate::view::Desk;

pub use entity::audit::Model as Entry;

/// Days for which entries are kept.
pub const KEPT_DAYS: i64 = 730;
/// Characters that are kept of who somebody says to be.
const MOST_CHARS: usize = 254;

/// What somebody did or tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Who, as far as it is known.
    pub actor: Option<Author>,
    /// What: the field of the schema.
    pub act: String,
    /// Why it was refused; nothing if it was done.
    pub refused: Option<Code>,
}

/// Writes down what was done or refused outside of an edit.
///
/// # Errors
///
/// If the database fails.
pub async fn note(gate: &Gate, act: Act, caller: &Caller) -> Result<()> {
    let at = gate.store.clock.now();
    let row = row(gate, (at, None), act, caller);
    audit::Entity::insert(row).exec_without_returning(gate.store.writer()).await.doing("write the audit record").map(drop)
}

/// Writes down an edit, with its commit.
pub(crate) async fn note_edit(
    database: &impl ConnectionTrait,
    desk: &Desk,
    act: &str,
    (at, operation): (Timestamp, OperationId),
) -> Result<()> {
    let act = Act { actor: Some(desk.author().clone()), act: act.to_owned(), refused: None };
    let row = row(&desk.gate(), (at, Some(operation)), act, desk.caller());
    audit::Entity::insert(row).exec_without_returning(database).await.doing("write the audit record").map(drop)
}

fn row(gate: &Gate, (at, operation): (Timestamp, Option<OperationId>), act: Act, caller: &Caller) -> audit::ActiveModel {
    let actor = act.actor.map_or_else(String::new, |actor| actor.to_string());
    let actor = actor.chars().filter(|sign| !sign.is_control()).take(MOST_CHARS).collect();
    audit::ActiveModel {
        id: Set(gate.store.clock.audit_id()),
        at: Set(at),
        actor: Set(actor),
        act: Set(act.act),
        outcome: Set(if act.refused.is_some() { AuditOutcome::Refused } else { AuditOutcome::Done }),
        code: Set(act.refused.map(|code| code.text().to_owned())),
        operation_id: Set(operation),
        address: Set(caller.address.clone()),
        agent: Set(caller.agent.clone()),
        request_id: Set(caller.request.clone()),
    }
}

/// Which entries. All that is said must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Test {
    /// By this user.
    pub actor: Option<String>,
    /// After this instant.
    pub since: Option<Timestamp>,
    /// Of these acts.
    pub acts: Option<Vec<String>>,
    /// That ended so.
    pub outcome: Option<AuditOutcome>,
}

/// Entries, newest first. One statement.
///
/// # Errors
///
/// If a cursor is refused, or the database fails.
pub async fn list(desk: &Desk, test: &Test, window: Window) -> Result<Page<Entry>> {
    use audit::Column::{Act, Actor, Address, Agent, At, Code, Id, OperationId, Outcome, RequestId};
    let condition = Condition::all()
        .add_option(test.actor.as_ref().map(|actor| Actor.is_in(storable([actor.as_str()]))))
        .add_option(test.since.map(|since| At.gt(since)))
        .add_option(test.acts.as_ref().map(|acts| Act.is_in(storable(acts.iter().map(String::as_str)))))
        .add_option(test.outcome.map(|outcome| Outcome.eq(outcome)));
    let statement = Query::select().from(audit::Entity).cond_where(condition).take();
    let columns = [
        (Id, "id"),
        (At, "at"),
        (Actor, "actor"),
        (Act, "act"),
        (Outcome, "outcome"),
        (Code, "code"),
        (OperationId, "operation_id"),
        (Address, "address"),
        (Agent, "agent"),
        (RequestId, "request_id"),
    ];
    let columns = columns.into_iter().map(|(column, name)| (column.into_expr(), name)).collect();
    let read = |row: &QueryResult| Entry::from_query_result(row, "").doing("read the audit record");
    let sorting = Sorting::new("audit.at", true, [(At.into_expr(), SortKind::Number), (Id.into_expr(), SortKind::Id)]);
    Listing { statement, company: Id.into_expr(), item: Id.into_expr(), sorting }.rows(desk.store.reader(), window, columns, read).await
}

/// Removes entries that are older than they are kept.
pub(crate) async fn tidy(gate: &Gate) -> Result<()> {
    let oldest = Timestamp(gate.store.clock.now().0 - KEPT_DAYS * 86_400_000_000);
    let old = audit::Entity::delete_many().filter(audit::Column::At.lt(oldest));
    old.exec(gate.store.writer()).await.doing("remove old entries of the audit record").map(drop)
}
