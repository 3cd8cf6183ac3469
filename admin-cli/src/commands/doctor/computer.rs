//! What the doctor looks at on this computer: the editor, and who may read the files with sessions and texts.

use std::path::{Path, PathBuf};

use super::Check;
use crate::room::Room;
use crate::settings::variable;

pub(super) fn look(room: &Room, checks: &mut Vec<Check>) {
    checks.push(editor(&room.settings.editor(None)));
    let folders = &room.settings.folders;
    let open: Vec<PathBuf> = [folders.config_file(), folders.state.clone(), folders.state.join("sessions.json")]
        .into_iter()
        .filter(|path| others_read(path))
        .collect();
    checks.push(match open.first() {
        None => Check::well("files", "nobody else reads them"),
        Some(path) => {
            let names: Vec<String> = open.iter().map(|path| folders.short(path)).collect();
            Check::warning("files", format!("others may read {}", names.join(", ")), format!("chmod go= {}", path.display()))
        }
    });
}

fn editor(line: &str) -> Check {
    let program = shlex::split(line).and_then(|words| words.into_iter().next()).unwrap_or_default();
    if found(&program) {
        return Check::well("editor", line);
    }
    Check::warning("editor", format!("{program:?} is not found"), "greenroom config set editor=nano")
}

/// Whether a program can be started by this name.
fn found(program: &str) -> bool {
    if program.contains('/') {
        return Path::new(program).is_file();
    }
    let path = variable("PATH").unwrap_or_default();
    !program.is_empty() && std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

#[cfg(unix)]
fn others_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
const fn others_read(_: &Path) -> bool {
    false
}
