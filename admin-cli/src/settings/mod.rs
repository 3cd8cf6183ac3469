//! The settings of this computer: folders, the configuration file, the project file, the environment; and from them the target of a command.
//! This is the only place where the environment is read.

mod config;
mod folders;
mod key;
mod project;
mod target;

use std::path::{Path, PathBuf};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::code::Code;
use crate::fault::{Fault, Result};

pub(crate) use config::{Config, Profile};
pub(crate) use folders::{Folders, at_link, private_folder, write_private};
pub(crate) use key::Key;
pub(crate) use project::Project;
pub(crate) use target::{Place, Target, address, database_address, is_open, login_command, without_password};

/// A variable of the environment; an empty one counts as none.
pub(crate) fn variable(name: &str) -> Option<String> {
    given(name).filter(|value| !value.is_empty())
}

/// A variable of the environment where an empty one says something, too.
#[expect(clippy::disallowed_methods, reason = "this is the door for the environment")]
pub(crate) fn given(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The instant that everything is measured from: the clock, or what `SOURCE_DATE_EPOCH` fixes.
#[expect(clippy::disallowed_methods, reason = "this is the door for the clock")]
pub(crate) fn now() -> OffsetDateTime {
    let fixed = variable("SOURCE_DATE_EPOCH").and_then(|seconds| seconds.parse().ok());
    fixed.and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok()).unwrap_or_else(OffsetDateTime::now_utc)
}

/// An instant as the wire has it.
pub(crate) fn wire(instant: OffsetDateTime) -> String {
    instant.format(&Rfc3339).unwrap_or_default()
}

/// A new id for an operation or a job: nobody else makes the same one.
#[expect(clippy::disallowed_methods, reason = "this is the door for chance")]
pub(crate) fn fresh_id() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}

/// All that stands outside of the command line.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) folders: Folders,
    pub(crate) config: Config,
    pub(crate) project: Option<Project>,
}

impl Settings {
    /// Reads the configuration and the project file.
    pub(crate) fn read() -> Result<Self> {
        let folders = Folders::find()?;
        let config = Config::read(&folders.config_file())?;
        let project = Project::find(&std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")))?;
        Ok(Self { folders, config, project })
    }

    /// As if nothing were written anywhere.
    pub(crate) fn unread() -> Result<Self> {
        let folders = Folders::find()?;
        let config = Config { path: folders.config_file(), ..Config::default() };
        Ok(Self { folders, config, project: None })
    }

    /// The folder of guide files: what the project file names, or `content`.
    pub(crate) fn content(&self) -> PathBuf {
        let here = std::env::current_dir().unwrap_or_default();
        let Some(project) = &self.project else { return PathBuf::from("content") };
        let folder = project.path.with_file_name("").join(project.content.as_deref().unwrap_or(Path::new("content")));
        folder.strip_prefix(&here).map(Path::to_owned).unwrap_or(folder)
    }

    /// The editor that is started for texts.
    pub(crate) fn editor(&self, flag: Option<&str>) -> String {
        let named = flag.map(str::to_owned).or_else(|| variable("GREENROOM_EDITOR"));
        let named = named.or_else(|| self.config.editor.clone()).or_else(|| variable("VISUAL")).or_else(|| variable("EDITOR"));
        named.unwrap_or_else(|| usual().to_owned())
    }
}

/// The first of the usual editors that is there.
fn usual() -> &'static str {
    let folders = variable("PATH").unwrap_or_default();
    let is_there = |program: &&&str| std::env::split_paths(&folders).any(|folder| folder.join(program).is_file());
    ["nano", "vim", "vi", "emacs"].iter().find(is_there).copied().unwrap_or("nano")
}

/// What cannot be used of the settings.
fn wrong(message: impl Into<String>) -> Fault {
    Fault::new(Code::Settings, message)
}
