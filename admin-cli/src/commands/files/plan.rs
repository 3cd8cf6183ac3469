//! `greenroom plan`: what files would change at the target. Nothing is written there; the plan can be kept and applied later.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Match;
use crate::fault::{Fault, Result};
use crate::folder::compare::{Compared, Comparing};
use crate::folder::item::Item;
use crate::folder::lock::Lock;
use crate::folder::plan::Plan as Kept;
use crate::folder::prune::prune;
use crate::folder::survey::Survey;
use crate::folder::{files, show};
use crate::room::Room;

/// Show what guide files would change
#[derive(Args, Debug)]
pub(crate) struct Plan {
    /// Files, or folders of them; the content folder if none is given
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Keep the plan in this file, for greenroom apply
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// End with 10 if anything differs
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    how: How,
}

/// How files are compared.
#[derive(Args, Clone, Debug)]
pub(crate) struct How {
    /// Archive guides that greenroom.lock names and that have no file any more
    #[arg(long)]
    pub(crate) prune: bool,
    /// How items without a key are recognised
    #[arg(long = "match", value_enum, value_name = "HOW", default_value = "similar")]
    pub(crate) matching: Match,
}

/// What lies beside files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beside {
    /// A lock, if there is one.
    Lock,
    /// Nothing of theirs: they came from standard input, and lie among what any program of this computer keeps for a while.
    Nothing,
}

impl Plan {
    pub(crate) async fn run(&self, room: &Room) -> Result<u8> {
        let (compared, lock) = compare(room, (&self.paths, Beside::Lock), &self.how, (false, false)).await?;
        show::compared(room, &compared);
        let differs = !compared.items.is_empty() || !compared.conflicts.is_empty();
        let Compared { items, unchanged, conflicts, .. } = compared;
        if let Some(fault) = Fault::all(conflicts) {
            return Err(fault);
        }
        let told: Vec<_> = if room.ui.is_for_programs() { items.iter().map(show::json).collect() } else { Vec::new() };
        let target = room.announce(true).await?.address.clone();
        let sha = self.keep(room, &target, lock, items)?;
        if room.ui.is_for_programs() {
            room.ui.object(&json!({
                "format": "greenroom/result@1", "dry_run": true, "target": target, "changed": told, "unchanged": unchanged, "failed": [],
                "plan": self.out.as_ref().map(|path| path.display().to_string()), "sha": sha,
            }));
        }
        Ok(if self.exit_code && differs { 10 } else { 0 })
    }

    fn keep(&self, room: &Room, target: &str, lock: Option<Lock>, items: Vec<Item>) -> Result<Option<String>> {
        let Some(out) = &self.out else { return Ok(None) };
        let guides = if items.len() == 1 { "its guide changes".to_owned() } else { format!("one of its {} guides changes", items.len()) };
        let kept = Kept::new(room, target, lock.map(|lock| lock.path), items);
        kept.write(out)?;
        let short = kept.sha.get(..8).unwrap_or_default();
        room.ui.say(format!("Plan {} (sha {short}...), good until {guides}, for one run.", out.display()));
        Ok(Some(kept.sha))
    }
}

/// Compares files with the target, after looking at all of them. The lock comes along if it is of this target.
pub(crate) async fn compare(
    room: &Room,
    (paths, beside): (&[PathBuf], Beside),
    how: &How,
    (publish, dry_run): (bool, bool),
) -> Result<(Compared, Option<Lock>)> {
    let given = files::given(room, paths);
    let survey = Survey::of(&files::find(&given)?, |_| {}).sound()?;
    let target = room.announce(dry_run).await?.address.clone();
    let lock = match beside {
        Beside::Lock => lock(room, &given, &target)?,
        Beside::Nothing => None,
    };
    let comparing = Comparing { room, lock: lock.as_ref(), matching: how.matching.matching(), publish };
    // What may not be done is told before much is compared.
    let pruned = if how.prune { prune(room, lock.as_ref(), &survey).await? } else { Vec::new() };
    let mut compared = comparing.all(&survey).await?.sound()?;
    compared.items.extend(pruned);
    Ok((compared, lock))
}

/// The lock beside the files. One of another target says nothing about this one.
fn lock(room: &Room, given: &[PathBuf], target: &str) -> Result<Option<Lock>> {
    let Some(path) = given.first() else { return Ok(None) };
    let Some(lock) = Lock::near(path)? else { return Ok(None) };
    if lock.target == target {
        return Ok(Some(lock));
    }
    room.ui.say(format!("note: these files were exported from {}; they are compared with what is here now.", lock.target));
    Ok(None)
}
