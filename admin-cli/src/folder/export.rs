//! Guides into files: a file that says the same stays as it is, comments are carried, and what a person wrote and nobody has is kept beside it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use content::file::{Blended, GuideFile, blend};

use super::files;
use super::lock::{Lock, NAME, sha};
use crate::documents::plan::Stamp;
use crate::fault::Result;

/// An export that is under way.
pub(crate) struct Export {
    folder: PathBuf,
    /// What new files begin with.
    head: &'static str,
    /// What the files were exported from before.
    before: Option<Lock>,
    pub(crate) lock: Lock,
    seen: BTreeSet<String>,
    pub(crate) unchanged: usize,
    pub(crate) updated: Vec<String>,
    pub(crate) new: Vec<String>,
    /// Old texts that are kept beside the new ones.
    pub(crate) kept: Vec<Kept>,
    /// How many files that changed have comments.
    pub(crate) commented: usize,
}

/// An old text that is kept.
pub(crate) struct Kept {
    pub(crate) path: PathBuf,
    /// How many comments have no place in the new text; none if it is kept for what it says.
    pub(crate) lost: usize,
}

impl Export {
    /// An export of a target into a folder; into the lock that is there if only some guides are exported, or only those that have a state.
    pub(crate) fn begin(folder: PathBuf, head: &'static str, target: &str, some: bool) -> Result<Self> {
        let path = folder.join(NAME);
        let before = Lock::read(&path)?;
        let lock = match &before {
            Some(lock) if some && lock.target == target => lock.clone(),
            Some(_) | None => Lock::new(path, target),
        };
        let (seen, updated, new, kept) = (BTreeSet::new(), Vec::new(), Vec::new(), Vec::new());
        Ok(Self { folder, head, before, lock, seen, unchanged: 0, updated, new, kept, commented: 0 })
    }

    /// The file of a guide.
    fn path(&self, slug: &str) -> PathBuf {
        self.folder.join("companies").join(format!("{slug}.yaml"))
    }

    /// That there is such a guide, though nothing of it is exported.
    pub(crate) fn saw(&mut self, slug: &str) {
        self.seen.insert(slug.to_owned());
    }

    /// Writes the file of a guide.
    pub(crate) fn put(&mut self, file: &GuideFile, stamp: Stamp) -> Result {
        let slug = file.slug.to_string();
        let path = self.path(&slug);
        match files::read_if_there(&path)? {
            None => {
                files::write(&path, &format!("{}\n{}", self.head, content::file::write(file)))?;
                self.new.push(slug.clone());
            }
            Some(old) => self.over(&path, &old, file)?,
        }
        self.lock.put(&slug, stamp, sha(&file.guide));
        self.saw(&slug);
        Ok(())
    }

    fn over(&mut self, path: &Path, old: &str, file: &GuideFile) -> Result {
        let Blended { text, lost } = blend(old, file);
        if text == old {
            self.unchanged += 1;
            return Ok(());
        }
        if !lost.is_empty() || self.is_unsent(old, file) {
            let beside = free(path);
            files::write(&beside, old)?;
            self.kept.push(Kept { path: beside, lost: lost.len() });
        }
        files::write(path, &text)?;
        self.commented += usize::from(text.lines().skip(1).any(|line| line.trim_start().starts_with('#')));
        self.updated.push(file.slug.to_string());
        Ok(())
    }

    /// Whether a file says what no target ever said: it was changed since it was exported, or cannot be read.
    fn is_unsent(&self, old: &str, file: &GuideFile) -> bool {
        let Ok(read) = content::file::read(old) else { return true };
        let entry = self.before.as_ref().and_then(|lock| lock.get(file.slug.as_str()));
        read.guide != file.guide && entry.is_none_or(|entry| entry.sha256 != sha(&read.guide))
    }

    /// Files whose guides are not there. They stay, and count as exported from nothing.
    pub(crate) fn gone(&mut self) -> Result<Vec<PathBuf>> {
        let seen = std::mem::take(&mut self.seen);
        self.lock.retain(|slug| seen.contains(slug));
        let folder = self.folder.join("companies");
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let is_gone = |path: &PathBuf| path.file_stem().is_some_and(|stem| !seen.contains(stem.to_string_lossy().as_ref()));
        Ok(files::find(&[folder])?.into_iter().filter(is_gone).collect())
    }
}

/// A name for the old text beside a file that nothing has yet.
fn free(path: &Path) -> PathBuf {
    let name = path.display();
    let first = PathBuf::from(format!("{name}.before"));
    let others = (2_u32..).map(|number| PathBuf::from(format!("{name}.before-{number}")));
    std::iter::once(first.clone()).chain(others).find(|path| !path.exists()).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use content::file::read;

    use super::Export;
    use crate::documents::plan::Stamp;
    use crate::folder::files;

    const TEXT: &str = "format: greenroom/guide@1\nslug: acorn\nname: Acorn\n# about the tips\ninsider_tips:\n  - Ask early\n";

    fn put(export: &mut Export, text: &str) {
        export.put(&read(text).unwrap(), Stamp { base: 1, edits: 0 }).unwrap();
    }

    #[test]
    fn a_file_that_says_the_same_is_not_touched_and_what_nobody_has_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("companies/acorn.yaml");
        let begin = || Export::begin(folder.path().to_owned(), "# head", "here", false).unwrap();
        let mut export = begin();
        put(&mut export, TEXT);
        assert_eq!(export.new, ["acorn"]);
        assert!(files::read(&path).unwrap().starts_with("# head\nformat: "));
        export.lock.write().unwrap();

        let mut again = begin();
        put(&mut again, TEXT);
        assert_eq!((again.unchanged, again.updated.len()), (1, 0));

        // The guide changed at the target, and the file did not: nothing is kept.
        let mut newer = begin();
        put(&mut newer, &TEXT.replace("Ask", "Call"));
        assert_eq!((newer.updated.len(), newer.kept.len()), (1, 0));
        newer.lock.write().unwrap();

        // Somebody wrote into the file.
        files::write(&path, &TEXT.replace("Ask", "Write")).unwrap();
        let mut over = begin();
        put(&mut over, TEXT);
        assert_eq!((over.kept.len(), over.kept[0].lost), (1, 0));
        assert!(files::read(&over.kept[0].path).unwrap().contains("Write early"));
        assert!(files::read(&path).unwrap().contains("# about the tips"));
    }

    #[test]
    fn files_of_guides_that_are_gone_are_told_and_stay() {
        let folder = tempfile::tempdir().unwrap();
        let begin = || Export::begin(folder.path().to_owned(), "# head", "here", false).unwrap();
        let mut first = begin();
        put(&mut first, TEXT);
        put(&mut first, &TEXT.replace("acorn", "birch"));
        assert!(first.gone().unwrap().is_empty());
        let mut second = begin();
        second.saw("acorn");
        let gone = second.gone().unwrap();
        assert!(gone.len() == 1 && gone[0].ends_with("birch.yaml") && gone[0].exists());
    }
}
