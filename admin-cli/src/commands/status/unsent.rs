//! Texts that somebody wrote and that no server has: of all profiles, because a text is not lost on the one that is not looked at.

use serde_json::{Value as Json, json};

use crate::kept::{self, Kept, Origin};
use crate::room::Room;
use crate::settings::Folders;

/// A text that waits.
pub(super) struct Unsent {
    kept: Kept,
    origin: Option<Origin>,
}

/// All of them.
pub(super) fn list(folders: &Folders) -> Vec<Unsent> {
    kept::all(folders).into_iter().map(|(kept, origin)| Unsent { kept, origin }).collect()
}

impl Unsent {
    fn company(&self) -> String {
        let stem = || self.kept.file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.origin.as_ref().map_or_else(stem, |origin| origin.company.clone())
    }

    /// How to go on with it.
    fn next(&self, target: &str) -> String {
        let profile = if self.kept.profile == target { String::new() } else { format!(" -p {}", self.kept.profile) };
        match self.origin {
            Some(_) => format!("greenroom{profile} edit {} --resume", self.company()),
            // Nobody knows whether it is a whole guide.
            None => "what it was started from is lost: take from it what you need".to_owned(),
        }
    }

    /// For people: what, since when, how to go on, and where it lies.
    pub(super) fn lines(&self, room: &Room, target: &str) -> [String; 2] {
        let at = self.origin.as_ref().map(|origin| room.ui.when(&origin.opened_at)).unwrap_or_default();
        let head = format!("  {:<24} {:<12} {at:<14} {}", self.company(), self.kept.profile, self.next(target));
        [head, format!("    in {}", room.settings.folders.short(&self.kept.file))]
    }

    /// For programs.
    pub(super) fn object(&self) -> Json {
        let at = self.origin.as_ref().map(|origin| origin.opened_at.as_str());
        json!({ "company": self.company(), "profile": self.kept.profile, "file": self.kept.file.display().to_string(), "at": at })
    }
}
