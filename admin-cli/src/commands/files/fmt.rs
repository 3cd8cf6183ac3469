//! `greenroom fmt`: writes guide files in the one form, with the keys of new items and with all comments.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::acts::counted;
use crate::fault::{Fault, Result};
use crate::folder::examine::examine;
use crate::folder::files;
use crate::report;
use crate::room::Room;

/// Write guide files in their one form, with the keys of new items
#[derive(Args, Debug)]
pub(crate) struct Fmt {
    /// Files, or folders of them; the content folder if none is given
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only name the files that would be written otherwise, and end with 10 if there is one
    #[arg(long)]
    check: bool,
}

impl Fmt {
    pub(crate) fn run(&self, room: &Room) -> Result<u8> {
        let paths = files::find(&files::given(room, &self.paths))?;
        let (mut changed, mut faults) = (Vec::new(), Vec::new());
        for path in &paths {
            match self.one(path) {
                Ok(true) => {
                    room.ui.tell(path.display().to_string());
                    changed.push(path.display().to_string());
                }
                Ok(false) => {}
                Err(fault) => faults.push(fault),
            }
        }
        let files = counted(paths.len(), "file", "files");
        match (changed.len(), self.check) {
            (0, _) if !faults.is_empty() => {}
            (0, _) => room.ui.say(format!("{files}, nothing to write otherwise.")),
            (count, true) => room.ui.say(format!("{count} of {files} would be written otherwise.\n  next: {}", self.again())),
            (count, false) => room.ui.say(format!("Wrote {count} of {files}.")),
        }
        if let Some(fault) = Fault::all(faults) {
            return Err(fault);
        }
        if room.ui.is_for_programs() {
            room.ui.object(&json!({ "format": "greenroom/result@1", "dry_run": self.check, "files": paths.len(), "changed": changed }));
        }
        Ok(if self.check && !changed.is_empty() { 10 } else { 0 })
    }

    /// The command that writes.
    fn again(&self) -> String {
        self.paths.iter().fold("greenroom fmt".to_owned(), |command, path| format!("{command} {}", path.display()))
    }

    /// Whether the file is, or was, written otherwise.
    fn one(&self, path: &Path) -> Result<bool> {
        let text = files::read(path)?;
        let Ok(formatted) = content::file::format(&text) else {
            return Err(unreadable(path, &text));
        };
        if formatted.changed && !self.check {
            files::write(path, &formatted.text)?;
        }
        Ok(formatted.changed)
    }
}

/// All that is in the way.
fn unreadable(path: &Path, text: &str) -> Fault {
    let fault = Fault::all(examine(path, text).faults);
    let name = path.display().to_string();
    let read = || report::faults(text, &content::file::Source::of(text), (&name, ""));
    fault.or_else(read).unwrap_or_else(|| Fault::told("VAL-010", format!("{name} is not understood")))
}
