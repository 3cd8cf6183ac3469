//! `greenroom undo`: takes an operation or a whole job back, and leaves alone what somebody changed again since.

mod job;

use std::collections::BTreeSet;

use clap::Args;

use crate::acts::{Act, carry_out, counted};
use crate::client::Client;
use crate::code::Code;
use crate::documents::edit::Undo as UndoEdit;
use crate::documents::operation::{
    Operation, OperationFilter, OperationKind, OperationQuery, OperationVariables, OperationsQuery, OperationsVariables,
};
use crate::fault::{Fault, Result};
use crate::line::{DryRun, Reason};
use crate::room::Room;

/// Take back what you did last, or the named operation or job
#[derive(Args, Debug)]
pub(crate) struct Undo {
    /// The operation, or the job with all of its operations; what you did last if it is not said
    #[arg(value_name = "OPERATION|JOB")]
    operation: Option<String>,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Undo {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let client = room.client().await?;
        let id = match &self.operation {
            Some(id) => id.clone(),
            None => last(client, &room.announce(self.dry.dry_run).await?.name).await?,
        };
        if id.starts_with("job_") {
            return job::undo(room, &id, self).await;
        }
        let OperationQuery { operation } = client.ask(OperationVariables { id: cynic::Id::new(&id) }).await?;
        let Some(operation) = operation else { return Err(unknown(&id)) };
        let what = format!("{} by {}, {}", operation.kind.word(), operation.by, room.ui.when(&operation.at.0));
        let guides = match operation.plan.companies.len() {
            0 => String::new(),
            count => format!(" ({})", counted(count, "guide", "guides")),
        };
        let act = Act::medium(self.dry.dry_run, &self.reason.reason, format!("Take back {what}{guides}?"));
        let edit = UndoEdit::new(cynic::Id::new(&id));
        let headline = |dry: bool| format!("{} {what}{guides}.", if dry { "Would take back" } else { "Took back" });
        carry_out(room, edit, act, |_, dry| headline(dry)).await.map(drop)
    }
}

/// The last thing that this user did and that is not taken back: an operation, or the job that it is a part of.
async fn last(client: &Client, by: &str) -> Result<String> {
    let filter = OperationFilter { by: Some(by.to_owned()), ..OperationFilter::default() };
    let (mut after, mut taken_back) = (None, BTreeSet::new());
    loop {
        let variables = OperationsVariables { first: 100, after, filter: Some(filter.clone()), company: None };
        let OperationsQuery { operations } = client.ask(variables).await?;
        if let Some(found) = operations.nodes.iter().find(|operation| stands(operation, &mut taken_back)) {
            return Ok(found.job.as_ref().unwrap_or(&found.id).inner().to_owned());
        }
        if !operations.page_info.has_next_page {
            return Err(Fault::new(Code::JobUnknown, format!("{by} did nothing that can be taken back")).next("greenroom log"));
        }
        after = operations.page_info.end_cursor;
    }
}

/// Whether an operation is no undo and not taken back, seen from the newest to the oldest: an undo that was itself taken back takes nothing back.
fn stands(operation: &Operation, taken_back: &mut BTreeSet<String>) -> bool {
    if taken_back.contains(operation.id.inner()) {
        return false;
    }
    if let Some(undone) = &operation.undoes {
        taken_back.insert(undone.inner().to_owned());
    }
    operation.kind != OperationKind::Undo
}

/// That there is no such operation.
pub(crate) fn unknown(id: &str) -> Fault {
    let fault = Fault::new(Code::Usage, format!("there is no operation {id:?}"));
    Fault { code: "NOT-001".to_owned(), exit: 7, ..fault }.next("greenroom log")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::stands;
    use crate::documents::DateTime;
    use crate::documents::operation::{Operation, OperationKind};

    fn operation(id: &str, undoes: Option<&str>) -> Operation {
        let kind = if undoes.is_some() { OperationKind::Undo } else { OperationKind::Save };
        let (by, reason, at) = ("ada".to_owned(), String::new(), DateTime(String::new()));
        Operation { id: cynic::Id::new(id), kind, by, reason, at, undoes: undoes.map(cynic::Id::new), job: None }
    }

    fn last(newest_first: &[Operation]) -> Option<&str> {
        let mut taken_back = BTreeSet::new();
        newest_first.iter().find(|operation| stands(operation, &mut taken_back)).map(|operation| operation.id.inner())
    }

    #[test]
    fn what_was_taken_back_is_passed_over_and_what_came_back_is_not() {
        let (a, b) = (operation("a", None), operation("b", None));
        let undo_b = operation("u", Some("b"));
        let undo_undo = operation("v", Some("u"));
        assert_eq!(last(&[undo_b.clone(), b.clone(), a.clone()]), Some("a"));
        assert_eq!(last(&[undo_undo, undo_b, b, a]), Some("b"));
        assert_eq!(last(&[]), None);
    }
}
