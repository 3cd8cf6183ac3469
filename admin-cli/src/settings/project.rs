//! The project file of a folder with guides: it may choose a profile by its name and say where the guides are. It cannot define an address or a
//! command: a cloned repository must not be able to send a token elsewhere, or to run something.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::wrong;
use crate::fault::Result;

/// What the file says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Project {
    pub(crate) profile: Option<String>,
    pub(crate) content: Option<PathBuf>,
    #[serde(skip)]
    pub(crate) path: PathBuf,
}

impl Project {
    /// The nearest `.greenroom.toml` from this folder upwards.
    pub(super) fn find(folder: &Path) -> Result<Option<Self>> {
        for folder in folder.ancestors() {
            let path = folder.join(".greenroom.toml");
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let read: Result<Self, toml::de::Error> = toml::from_str(&text);
            let mut project = read.map_err(|error| {
                let message = format!("{} cannot be understood\n{}", path.display(), error.to_string().trim_end());
                wrong(message).line("  A project file may have profile and content, and nothing else.")
            })?;
            project.path = path;
            return Ok(Some(project));
        }
        Ok(None)
    }
}
