//! The journal of a job. What shall be done is written once, before the first guide; what was done is a line each, added behind the others. A kill
//! in the middle of a line leaves a piece that is passed over, and what was on its way then is asked for under its own id.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Kind;
use super::planning::Task;
use crate::code::Code;
use crate::fault::{Fault, Result, unreadable, unwritable};
use crate::settings::{Folders, private_folder, write_private};

const FORMAT: &str = "greenroom/job@1";

/// What shall be done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) format: String,
    pub(super) job: String,
    pub(super) kind: Kind,
    /// The name of the target.
    pub(super) target: String,
    /// Its address.
    pub(super) address: String,
    /// The table, and the fingerprint of its bytes.
    pub(super) file: String,
    pub(super) sha256: String,
    pub(super) reason: String,
    /// When it began (RFC 3339).
    pub(super) began_at: String,
    /// The guides that said it already.
    pub(super) same: Vec<String>,
    /// The companies that are left out, and the file with their rows.
    pub(super) skipped: Vec<String>,
    pub(super) problems: Option<String>,
    pub(super) tasks: Vec<Task>,
}

/// How far a guide is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Step {
    /// It is on its way; whether it arrived is not known yet.
    Sent,
    /// It is changed.
    Changed,
    /// It said so already.
    Same,
    /// It was refused.
    Failed,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    guide: usize,
    step: Step,
}

/// A journal that is being carried out, by this process alone.
pub(super) struct Open {
    pub(super) journal: Journal,
    pub(super) steps: BTreeMap<usize, Step>,
    log: File,
    paths: Paths,
}

/// A job that can go on, for lists.
#[derive(Clone, Debug)]
pub(crate) struct Unfinished {
    pub(crate) job: String,
    pub(crate) kind: Kind,
    pub(crate) target: String,
    pub(crate) file: String,
    pub(crate) began_at: String,
    pub(crate) done: usize,
    pub(crate) total: usize,
}

#[derive(Clone, Debug)]
struct Paths {
    plan: PathBuf,
    log: PathBuf,
}

impl Paths {
    fn new(folders: &Folders, job: &str) -> Self {
        let folder = folder(folders);
        Self { plan: folder.join(format!("{job}.json")), log: folder.join(format!("{job}.log")) }
    }
}

fn folder(folders: &Folders) -> PathBuf {
    folders.state.join("jobs")
}

impl Journal {
    pub(super) fn format() -> String {
        FORMAT.to_owned()
    }
}

impl Open {
    /// Writes a new journal.
    pub(super) fn begin(folders: &Folders, journal: Journal) -> Result<Self> {
        let paths = Paths::new(folders, &journal.job);
        private_folder(&folder(folders))?;
        write_private(&paths.plan, &serde_json::to_vec(&journal).unwrap_or_default())?;
        write_private(&paths.log, b"")?;
        Self::opened(paths, journal)
    }

    /// Opens the journal of a job that was stopped.
    pub(super) fn again(folders: &Folders, job: &str) -> Result<Self> {
        let unknown = || {
            let mut fault = Fault::new(Code::JobUnknown, format!("no job that can go on is called {job:?}"));
            for other in unfinished(folders) {
                let Unfinished { job, kind, target, file, done, total, .. } = other;
                fault = fault.line(format!("  unfinished: {job}  {} from {file} on {target}, {done} of {total} guides", kind.word()));
            }
            fault.next("greenroom status")
        };
        if job.parse::<content::WireId>().is_err() {
            return Err(unknown());
        }
        let paths = Paths::new(folders, job);
        let journal = read(&paths.plan)?.ok_or_else(unknown)?;
        Self::opened(paths, journal)
    }

    fn opened(paths: Paths, journal: Journal) -> Result<Self> {
        let lost = |error: std::io::Error| unwritable(&paths.log, &error);
        let mut log = OpenOptions::new().append(true).create(true).open(&paths.log).map_err(lost)?;
        match log.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Fault::new(Code::JobUnknown, format!("{} is being carried out already", journal.job)));
            }
            Err(TryLockError::Error(error)) => return Err(lost(error)),
        }
        let text = fs::read_to_string(&paths.log).map_err(|error| unreadable(&paths.log, &error))?;
        if !text.is_empty() && !text.ends_with('\n') {
            // The piece of a line that a kill left.
            log.write_all(b"\n").map_err(lost)?;
        }
        Ok(Self { journal, steps: steps(&text), log, paths })
    }

    /// Notes how far a guide is. What the system has been given survives this process.
    pub(super) fn note(&mut self, guide: usize, step: Step) -> Result {
        let line = serde_json::to_string(&Entry { guide, step }).unwrap_or_default();
        self.log.write_all(format!("{line}\n").as_bytes()).map_err(|error| unwritable(&self.paths.log, &error))?;
        self.steps.insert(guide, step);
        Ok(())
    }

    /// So many guides are as far.
    pub(super) fn count(&self, step: Step) -> usize {
        self.steps.values().filter(|other| **other == step).count()
    }

    /// So many guides need nothing more.
    pub(super) fn done(&self) -> usize {
        self.count(Step::Changed) + self.count(Step::Same)
    }

    /// Nothing of it is left to do.
    pub(super) fn end(self) -> Result {
        for path in [&self.paths.plan, &self.paths.log] {
            fs::remove_file(path).map_err(|error| unwritable(path, &error))?;
        }
        Ok(())
    }
}

/// All jobs that can go on, the oldest first.
pub(crate) fn unfinished(folders: &Folders) -> Vec<Unfinished> {
    let entries = fs::read_dir(folder(folders)).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let plans = entries.filter(|path| path.extension().is_some_and(|end| end == "json"));
    let mut found: Vec<Unfinished> = plans
        .filter_map(|plan| {
            let journal = read(&plan).ok().flatten()?;
            let steps = steps(&fs::read_to_string(plan.with_extension("log")).unwrap_or_default());
            let done = steps.values().filter(|step| matches!(step, Step::Changed | Step::Same)).count();
            let Journal { job, kind, target, file, began_at, tasks, .. } = journal;
            Some(Unfinished { job, kind, target, file, began_at, done, total: tasks.len() })
        })
        .collect();
    found.sort_by(|one, other| one.began_at.cmp(&other.began_at));
    found
}

fn read(plan: &Path) -> Result<Option<Journal>> {
    match fs::read(plan) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok().filter(|journal: &Journal| journal.format == FORMAT)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(plan, &error)),
    }
}

/// The last step of each guide. A line that is no entry is the piece of one.
fn steps(log: &str) -> BTreeMap<usize, Step> {
    log.lines().filter_map(|line| serde_json::from_str::<Entry>(line).ok()).map(|entry| (entry.guide, entry.step)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Step, steps};

    #[test]
    fn a_piece_of_a_line_is_passed_over() {
        let log = "{\"guide\":0,\"step\":\"sent\"}\n{\"guide\":0,\"step\":\"changed\"}\n{\"guide\":1,\"step\":\"sent\"}\n{\"guide\":1,\"st\n{\"guide\":2,\"step\":\"failed\"}\n";
        let steps = steps(log);
        assert_eq!(steps.into_iter().collect::<Vec<_>>(), [(0, Step::Changed), (1, Step::Sent), (2, Step::Failed)]);
    }
}
