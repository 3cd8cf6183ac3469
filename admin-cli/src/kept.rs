//! Texts that a person wrote and that no server has yet. Each lies in a named file, beside what it was started from, until it is saved.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::fault::{Fault, Result, unreadable, unwritable};
use crate::settings::{Folders, private_folder, write_private};

/// What a text was started from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Origin {
    /// The company, by its slug.
    pub(crate) company: String,
    /// Its id: it may get another slug, and its slug may go to another company.
    #[serde(default)]
    pub(crate) id: String,
    /// Its name for people.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) address: String,
    /// When it was opened (RFC 3339).
    pub(crate) opened_at: String,
    /// The revision that was seen.
    pub(crate) base: i32,
    /// The save that was seen.
    pub(crate) edits: i32,
    /// The guide as it was then: what both sides are merged against.
    pub(crate) guide: content::guide::Guide,
    /// The text as it was opened.
    pub(crate) text: String,
    /// Only this part of the guide was opened, if so.
    #[serde(default)]
    pub(crate) section: Option<String>,
}

/// The place of one text.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// The text.
    pub(crate) file: PathBuf,
    origin: PathBuf,
    lock: PathBuf,
    pub(crate) profile: String,
}

impl Kept {
    /// The place for the text of a company's guide under a profile.
    pub(crate) fn new(folders: &Folders, profile: &str, company: &str) -> Self {
        // Names are names here, and never a way to another folder.
        let plain = |name: &str| name.replace(['/', '\\'], "_").replace("..", "__");
        let (folder, company) = (folders.state.join("edits").join(plain(profile)), plain(company));
        let place = |name: String| folder.join(name);
        Self {
            file: place(format!("{company}.yaml")),
            origin: place(format!(".{company}.json")),
            lock: place(format!(".{company}.lock")),
            profile: profile.to_owned(),
        }
    }

    /// Begins a text. What it was started from is written first: a text without it could not be merged.
    pub(crate) fn begin(&self, origin: &Origin) -> Result {
        private_folder(self.file.parent().unwrap_or(Path::new(".")))?;
        let json = serde_json::to_vec(origin).unwrap_or_default();
        write_private(&self.origin, &json)?;
        write_private(&self.file, origin.text.as_bytes())
    }

    /// What the text was started from, if there is one.
    pub(crate) fn origin(&self) -> Result<Option<Origin>> {
        if !self.file.exists() {
            return Ok(None);
        }
        match fs::read(&self.origin) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreadable(&self.origin, &error)),
        }
    }

    /// Holds the text for one program: what another one writes meanwhile would be lost. It is let go with the file.
    pub(crate) fn hold(&self) -> Result<File> {
        private_folder(self.lock.parent().unwrap_or(Path::new(".")))?;
        let file = File::create(&self.lock).map_err(|error| unwritable(&self.lock, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => {
                Err(Fault::new(Code::Kept, "this guide is open in another terminal of yours").next("close that editor first"))
            }
            Err(TryLockError::Error(error)) => Err(unwritable(&self.lock, &error)),
        }
    }

    /// The text as it is.
    pub(crate) fn text(&self) -> Result<String> {
        fs::read_to_string(&self.file).map_err(|error| unreadable(&self.file, &error))
    }

    /// Puts notes into the text, or takes them out: wholly or not at all.
    pub(crate) fn put(&self, text: &str) -> Result {
        write_private(&self.file, text.as_bytes())
    }

    /// Whether the text still says this: an editor may have gone on writing.
    pub(crate) fn says(&self, text: &str) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|now| now == text)
    }

    /// The server has it, or nobody wants it any more.
    pub(crate) fn end(&self) -> Result {
        for path in [&self.file, &self.origin] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(unwritable(path, &error)),
                Ok(()) | Err(_) => {}
            }
        }
        Ok(())
    }
}

/// All texts that wait, with what they were started from. One whose start is lost is still a text.
pub(crate) fn all(folders: &Folders) -> Vec<(Kept, Option<Origin>)> {
    let mut found = Vec::new();
    let entries = |path: &Path| fs::read_dir(path).into_iter().flatten().filter_map(Result::ok).collect::<Vec<_>>();
    for profile in entries(&folders.state.join("edits")) {
        for file in entries(&profile.path()) {
            let path = file.path();
            let Some(company) =
                path.file_stem().and_then(|name| name.to_str()).filter(|_| path.extension().is_some_and(|end| end == "yaml"))
            else {
                continue;
            };
            let kept = Kept::new(folders, &profile.file_name().to_string_lossy(), company);
            let origin = kept.origin().ok().flatten();
            found.push((kept, origin));
        }
    }
    found.sort_by(|one, other| one.0.file.cmp(&other.0.file));
    found
}
