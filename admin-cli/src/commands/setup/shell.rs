//! Completions: the script for a shell, where the shell looks for it.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap_complete::Shell;

use crate::commands::shell::script;
use crate::fault::{Result, unwritable};
use crate::room::Room;
use crate::settings::{Folders, variable};

/// Writes the script for the shell that was named, or for the one in use if whoever is asked wants it.
pub(super) fn completions(room: &Room, named: Option<Shell>) -> Result<Option<PathBuf>> {
    let Some(shell) = named.or_else(|| in_use().filter(|_| room.ui.asks)) else { return Ok(None) };
    let Some(path) = place(&room.settings.folders, shell) else {
        room.ui.say(format!("  left out  completions for {shell}: greenroom completion {shell} prints them"));
        return Ok(None);
    };
    if named.is_none() {
        match room.ui.agree(&format!("Completions for {shell}?")) {
            Ok(()) => {}
            // No is an answer here, and not an end.
            Err(fault) if fault.code == "ASK-002" => return Ok(None),
            Err(fault) => return Err(fault),
        }
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    std::fs::write(&path, script(shell, false)?).map_err(|error| unwritable(&path, &error))?;
    room.ui.say(format!("  wrote     {}   (new shells have it)", room.settings.folders.short(&path)));
    Ok(Some(path))
}

/// The shell that this was typed in.
fn in_use() -> Option<Shell> {
    let path = variable("SHELL")?;
    let name = Path::new(&path).file_name()?.to_str()?.to_owned();
    Shell::from_str(&name, true).ok()
}

/// Where the shell looks for scripts; some have no such place.
fn place(folders: &Folders, shell: Shell) -> Option<PathBuf> {
    let places = [
        (Shell::Bash, folders.data.join("bash-completion/completions/greenroom")),
        (Shell::Zsh, folders.data.join("zsh/site-functions/_greenroom")),
        (Shell::Fish, folders.home.join(".config/fish/completions/greenroom.fish")),
    ];
    places.into_iter().find(|(each, _)| *each == shell).map(|(_, path)| path)
}
