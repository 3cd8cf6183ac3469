//! Where things are kept: configuration, state (unsent edits, journals, sessions), cache. Files with content or tokens are for their owner only.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::{variable, wrong};
use crate::fault::{Result, unwritable};

/// The folders of this user.
#[derive(Clone, Debug)]
pub(crate) struct Folders {
    pub(crate) config: PathBuf,
    pub(crate) state: PathBuf,
    pub(crate) cache: PathBuf,
    pub(crate) data: PathBuf,
    pub(crate) home: PathBuf,
}

impl Folders {
    /// By the XDG base directories, on macOS too.
    pub(super) fn find() -> Result<Self> {
        let strategy = etcetera::choose_base_strategy().map_err(|_| wrong("there is no home folder; set HOME"))?;
        let place = |folder: PathBuf| folder.join("greenroom");
        let config = variable("GREENROOM_CONFIG_DIR").map_or_else(|| place(strategy.config_dir()), PathBuf::from);
        let state = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
        Ok(Self {
            config,
            state: place(state),
            cache: place(strategy.cache_dir()),
            data: strategy.data_dir(),
            home: strategy.home_dir().to_owned(),
        })
    }

    /// The configuration file.
    pub(crate) fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// Where the names of all guides of a target are kept for completion.
    pub(crate) fn names_file(&self, target: &str) -> PathBuf {
        self.cache.join(format!("names-{target}"))
    }

    /// A path as people write it: with `~` for the home folder.
    pub(crate) fn short(&self, path: &Path) -> String {
        match path.strip_prefix(&self.home) {
            Ok(rest) if self.home.components().count() > 1 => format!("~/{}", rest.display()),
            Ok(_) | Err(_) => path.display().to_string(),
        }
    }
}

/// Makes a folder that only its owner opens.
pub(crate) fn private_folder(folder: &Path) -> Result {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| unwritable(folder, &error))
}

/// The file that a link leads to: whoever takes its name would put a plain file in the place of the link.
pub(crate) fn at_link(path: &Path) -> PathBuf {
    fs::canonicalize(path).ok().filter(|_| path.is_symlink()).unwrap_or_else(|| path.to_owned())
}

/// Writes a file that only its owner reads, wholly or not at all: a full disk or a kill leaves the old one.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result {
    let path = &at_link(path);
    let folder = path.parent().unwrap_or(Path::new("."));
    private_folder(folder)?;
    // A temporary file is made with mode 0600, and stands in the same folder so that it can take the name.
    let written = tempfile::NamedTempFile::new_in(folder).and_then(|mut file| {
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)
    });
    written.map(drop).map_err(|error| unwritable(path, &error))
}
