//! `greenroom.lock`: which state of its guide each file was exported from, and at which target. It is the third side when files come back. One line
//! for each guide, sorted, so that git merges it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use content::guide::Guide;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::files;
use crate::code::Code;
use crate::documents::plan::Stamp;
use crate::fault::{Fault, Result};

/// What the file is called.
pub(crate) const NAME: &str = "greenroom.lock";
const FORMAT: &str = "greenroom/lock@1";

/// What is known of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) slug: String,
    pub(crate) base: i32,
    pub(crate) edits: i32,
    /// Of the exported guide, not of the bytes of the file: comments and spaces do not count.
    pub(crate) sha256: String,
}

#[derive(Serialize, Deserialize)]
struct Head {
    format: String,
    target: String,
}

/// The lock of a folder.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lock {
    pub(crate) path: PathBuf,
    /// The address that the files were exported from.
    pub(crate) target: String,
    entries: BTreeMap<String, Entry>,
}

impl Lock {
    /// The lock at this path; nothing if there is none.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>> {
        let Some(text) = files::read_if_there(path)? else { return Ok(None) };
        Self::parse(path, &text).map(Some).map_err(|line| {
            let fault = Fault::new(Code::LockUnreadable, format!("{} cannot be understood", path.display()));
            let fault =
                fault.line(format!("  {}:{line}", path.display())).line("  It is written by export; after a merge in git, export again.");
            fault.next("greenroom export")
        })
    }

    fn parse(path: &Path, text: &str) -> std::result::Result<Self, usize> {
        let mut lines = (1..).zip(text.lines());
        let head: Head = lines.next().and_then(|(_, line)| serde_json::from_str(line).ok()).ok_or(1_usize)?;
        if head.format != FORMAT {
            return Err(1);
        }
        let entry = |(number, line): (usize, &str)| serde_json::from_str::<Entry>(line).map_err(|_| number);
        let entries: Vec<Entry> = lines.map(entry).collect::<std::result::Result<_, usize>>()?;
        let entries = entries.into_iter().map(|entry| (entry.slug.clone(), entry)).collect();
        Ok(Self { path: path.to_owned(), target: head.target, entries })
    }

    /// The lock of the folder that a path is, or lies in.
    pub(crate) fn near(path: &Path) -> Result<Option<Self>> {
        // A relative path ends at the folder that everything is started in.
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let folders = absolute.ancestors().take(3).filter(|folder| folder.is_dir());
        match folders.map(|folder| folder.join(NAME)).find(|lock| lock.is_file()) {
            Some(lock) => Self::read(&lock),
            None => Ok(None),
        }
    }

    /// An empty one for files of a target.
    pub(crate) fn new(path: PathBuf, target: &str) -> Self {
        Self { path, target: target.to_owned(), entries: BTreeMap::new() }
    }

    pub(crate) fn get(&self, slug: &str) -> Option<&Entry> {
        self.entries.get(slug)
    }

    pub(crate) fn put(&mut self, slug: &str, stamp: Stamp, sha256: String) {
        let entry = Entry { slug: slug.to_owned(), base: stamp.base, edits: stamp.edits, sha256 };
        self.entries.insert(slug.to_owned(), entry);
    }

    pub(crate) fn remove(&mut self, slug: &str) {
        self.entries.remove(slug);
    }

    pub(crate) fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.entries.retain(|slug, _| keep(slug));
    }

    pub(crate) fn slugs(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The text of the file.
    fn text(&self) -> String {
        let head = Head { format: FORMAT.to_owned(), target: self.target.clone() };
        let mut text = line(&head);
        for entry in self.entries.values() {
            text += &line(entry);
        }
        text
    }

    /// Writes the file, if it says something else.
    pub(crate) fn write(&self) -> Result {
        let text = self.text();
        if files::read_if_there(&self.path)?.as_deref() == Some(&text) { Ok(()) } else { files::write(&self.path, &text) }
    }
}

fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}

/// The fingerprint of a guide.
pub(crate) fn sha(guide: &Guide) -> String {
    hex(guide.to_json().unwrap_or_default().as_bytes())
}

/// SHA-256 in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |text, byte| text + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Lock, hex};
    use crate::documents::plan::Stamp;

    #[test]
    fn a_lock_reads_back_as_it_was_written_and_names_the_line_that_it_does_not_understand() {
        let mut lock = Lock::new("greenroom.lock".into(), "sqlite:x");
        lock.put("orrin", Stamp { base: 1, edits: 7 }, hex(b"b"));
        lock.put("acorn", Stamp { base: 2, edits: 0 }, hex(b"a"));
        let text = lock.text();
        assert!(text.lines().nth(1).unwrap().starts_with("{\"slug\":\"acorn\",\"base\":2,\"edits\":0,"));
        let read = Lock::parse(Path::new("x"), &text).unwrap();
        assert_eq!((read.get("orrin"), read.target.as_str()), (lock.get("orrin"), "sqlite:x"));
        assert_eq!(Lock::parse(Path::new("x"), &text.replace("{\"slug\":\"orrin\"", "<<<<<<< ours\n{\"slug\":\"orrin\"")).unwrap_err(), 3);
    }
}
