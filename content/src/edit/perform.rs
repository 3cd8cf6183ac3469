//! Carries an order out: for real, or as a rehearsal of which nothing stays. An order under an id that was carried out already is not done again.

use sea_orm::EntityTrait;

use entity::{CatalogueVersion, CompanyId, OperationId, operation};

use super::{Edit, Order};
use crate::code::{Code, Fault};
use crate::error::{Doing, Error, Result};
use crate::operation::{self as record, Touched};
use crate::plan::Plan;
use crate::view::Desk;

/// Whether it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It is done.
    Do,
    /// It is done up to the commit, and then let go: the plan is the same, and nothing stays.
    Rehearse,
}

/// What came of an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// The record; nothing after a rehearsal, and where nothing had to change.
    pub operation: Option<operation::Model>,
    /// What changes.
    pub plan: Plan,
    /// The version of the catalogue since then, if readers see a difference.
    pub version: Option<CatalogueVersion>,
    /// The companies that it made; none in a rehearsal, because they do not last.
    pub made: Vec<CompanyId>,
    /// Whether it had been done before, by an earlier try.
    pub again: bool,
}

/// Carries an order out. `act` does it; what it changed is told by the plan.
///
/// # Errors
///
/// Those of the act, [`Code::OperationOther`] if the id stands for another request, or if the database fails. Nothing has changed then.
pub async fn perform(desk: &Desk, order: Order, mode: Mode, act: impl AsyncFnOnce(&mut Edit) -> Result<()>) -> Result<Done> {
    let id = order.operation;
    let request = order.request.clone();
    if let Some(done) = earlier(desk, id, request.as_deref()).await? {
        return Ok(done);
    }
    let error = match attempt(desk, order, mode, act).await {
        // Nothing had to change: that may be because another try of the same request was faster.
        Ok(done) if done.operation.is_none() && mode == Mode::Do => {
            return Ok(earlier(desk, id, request.as_deref()).await?.unwrap_or(done));
        }
        Ok(done) => return Ok(done),
        Err(error) => error,
    };
    // Two tries at the same time: the one that waited finds the world as the other has left it, and is refused for that.
    let by_the_other = matches!(error.code().kind(), Fault::Conflict | Fault::Missing | Fault::Request | Fault::Unwell);
    match earlier(desk, id.filter(|_| by_the_other), request.as_deref()).await {
        Ok(Some(done)) => Ok(done),
        Ok(None) | Err(_) => Err(error),
    }
}

async fn attempt(desk: &Desk, order: Order, mode: Mode, act: impl AsyncFnOnce(&mut Edit) -> Result<()>) -> Result<Done> {
    let mut edit = Edit::of_order(desk, order).await?;
    act(&mut edit).await?;
    let plan = edit.plan().await?;
    if mode == Mode::Rehearse || plan.is_empty() {
        edit.transaction.rollback().await.doing("let a rehearsal go")?;
        return Ok(Done { operation: None, plan, version: None, made: Vec::new(), again: false });
    }
    let created = made(&edit.touched());
    let receipt = edit.commit().await?;
    let operation = read(desk, receipt.operation).await?;
    Ok(Done { operation, plan, version: receipt.version, made: created, again: false })
}

/// What an earlier try under this id did, if there was one.
async fn earlier(desk: &Desk, id: Option<OperationId>, request: Option<&str>) -> Result<Option<Done>> {
    let Some(id) = id else { return Ok(None) };
    let Some(operation) = read(desk, id).await? else { return Ok(None) };
    if operation.request.as_deref() != request || operation.actor != desk.author().to_string() {
        return Err(Error::refused(Code::OperationOther, "The id of the operation stands for another request; give each request its own."));
    }
    let plan = Plan::of_record(desk, &operation).await?;
    let made = made(&record::touched(desk, id).await?);
    Ok(Some(Done { operation: Some(operation), plan, version: None, made, again: true }))
}

fn made(touched: &[Touched]) -> Vec<CompanyId> {
    touched.iter().filter(|each| each.before.is_none()).map(|each| each.company).collect()
}

async fn read(desk: &Desk, id: OperationId) -> Result<Option<operation::Model>> {
    operation::Entity::find_by_id(id).one(desk.store.reader()).await.doing("read an operation")
}

/// Does the same with several companies of one edit, all or none: they are locked first, in an order that all writers share, and what is in the
/// way of any of them is told of all of them.
///
/// # Errors
///
/// Those of the act, together if they are the caller's to mend.
pub async fn each<T>(
    edit: &mut Edit,
    companies: &[(CompanyId, T)],
    act: impl AsyncFn(&mut Edit, CompanyId, &T) -> Result<()>,
) -> Result<()> {
    edit.hold_all(&companies.iter().map(|(id, _)| *id).collect()).await?;
    let mut refused = Vec::new();
    for (id, what) in companies {
        let Err(error) = act(edit, *id, what).await else { continue };
        match (edit.held(*id).ok().and_then(|held| held.now.as_ref()), error.code().kind()) {
            (Some(state), Fault::Request | Fault::Missing | Fault::Conflict) => refused.push((state.slug.clone(), error)),
            _ => return Err(error),
        }
    }
    match (refused.len(), companies.len()) {
        (0, _) => Ok(()),
        (1, 1) => refused.pop().map_or(Ok(()), |(_, error)| Err(error)),
        _ => Err(Error::Several(refused)),
    }
}
