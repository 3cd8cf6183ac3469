//! A plan as a file: what was found, what would change, and at which target. It is good for one run, as long as no guide in it moves.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::files;
use super::item::Item;
use super::lock::hex;
use crate::code::Code;
use crate::documents::operation::{OperationFilter, OperationsQuery, OperationsVariables};
use crate::fault::{Fault, Result};
use crate::room::Room;
use crate::settings::{fresh_id, wire, write_private};

const FORMAT: &str = "greenroom/plan@1";

/// What the file says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Plan {
    format: String,
    /// No two plans are the same, also where they say the same.
    id: Uuid,
    pub(crate) made_at: String,
    /// The address that it was made for.
    pub(crate) target: String,
    pub(crate) sha: String,
    /// What the files were exported from: it is kept up to date when the plan is carried out.
    pub(crate) lock: Option<PathBuf>,
    pub(crate) items: Vec<Item>,
}

/// That a plan was used.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Used {
    pub(crate) at: String,
    pub(crate) job: String,
}

impl Plan {
    /// A new plan.
    pub(crate) fn new(room: &Room, target: &str, lock: Option<PathBuf>, items: Vec<Item>) -> Self {
        let (format, made_at, target) = (FORMAT.to_owned(), wire(room.ui.now), target.to_owned());
        let mut plan = Self { format, id: fresh_id(), made_at, target, sha: String::new(), lock, items };
        plan.sha = plan.fingerprint();
        plan
    }

    /// Of all but itself.
    fn fingerprint(&self) -> String {
        hex(serde_json::to_string(&(self.id, &self.made_at, &self.target, &self.lock, &self.items)).unwrap_or_default().as_bytes())
    }

    /// Writes the file.
    pub(crate) fn write(&self, path: &Path) -> Result {
        files::write(path, &(serde_json::to_string_pretty(self).unwrap_or_default() + "\n"))
    }

    /// Reads a plan that is good for this target.
    pub(crate) fn read(path: &Path, target: &str) -> Result<Self> {
        let unusable = |why: String| {
            let fault = Fault::new(Code::PlanUnreadable, format!("{} cannot be used: {why}", path.display()));
            fault.line("  Nothing was applied.").next("greenroom plan")
        };
        let plan: Self = serde_json::from_str(&files::read(path)?).map_err(|error| unusable(format!("it is not a plan ({error})")))?;
        if plan.format != FORMAT {
            return Err(unusable(format!("its format is {:?}, and {FORMAT} is understood", plan.format)));
        }
        if plan.sha != plan.fingerprint() {
            return Err(unusable("it was changed after it was made".to_owned()));
        }
        if plan.target != target {
            return Err(unusable(format!("it was made for {}, and this is {target}", plan.target)));
        }
        Ok(plan)
    }

    /// The id of one of its operations: the same each time, so that the server knows one that was done.
    pub(crate) fn operation(&self, slug: &str, what: &str) -> Uuid {
        operation(&self.sha, slug, what)
    }

    /// The job of all its operations.
    pub(crate) fn job(&self) -> Uuid {
        operation(&self.sha, "", "job")
    }

    /// Where it is remembered that it was used.
    fn record(&self, room: &Room) -> PathBuf {
        room.settings.folders.state.join("plans").join(format!("{}.json", self.sha))
    }

    /// When it was used from this computer, if it was.
    pub(crate) fn used(&self, room: &Room) -> Result<Option<Used>> {
        Ok(files::read_if_there(&self.record(room))?.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Remembers that it is used.
    pub(crate) fn spend(&self, room: &Room, job: &str) -> Result {
        let used = Used { at: wire(room.ui.now), job: job.to_owned() };
        write_private(&self.record(room), serde_json::to_string(&used).unwrap_or_default().as_bytes())
    }
}

/// The id of an operation that follows from a plan.
pub(crate) fn operation(sha: &str, slug: &str, what: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{sha} {slug} {what}").as_bytes())
}

/// That a plan was used.
pub(crate) fn spent(when: &str, job: &str) -> Fault {
    let fault = Fault::new(Code::PlanUsed, format!("this plan was used {when} ({job})"));
    fault.line("  Nothing was applied.").next("greenroom plan")
}

/// The ids of everything that was done under a job, newest first.
pub(crate) async fn done(room: &Room, job: &str) -> Result<Vec<crate::documents::operation::Operation>> {
    let client = room.client().await?;
    let filter = OperationFilter { job: Some(cynic::Id::new(job)), ..OperationFilter::default() };
    let (mut after, mut all) = (None, Vec::new());
    loop {
        let variables = OperationsVariables { first: 100, after, filter: Some(filter.clone()), company: None };
        let OperationsQuery { operations } = client.ask(variables).await?;
        all.extend(operations.nodes);
        if !operations.page_info.has_next_page {
            return Ok(all);
        }
        after = operations.page_info.end_cursor;
    }
}

#[cfg(test)]
mod tests {
    use super::operation;

    #[test]
    fn the_operations_of_a_plan_have_the_same_ids_each_time_and_each_its_own() {
        assert_eq!(operation("4be1", "acorn", "save"), operation("4be1", "acorn", "save"));
        assert_ne!(operation("4be1", "acorn", "save"), operation("4be1", "acorn", "publish"));
        assert_ne!(operation("4be1", "acorn", "save"), operation("4be2", "acorn", "save"));
    }
}
