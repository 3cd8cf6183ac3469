//! The files themselves: which are meant, reading them, and writing them so that a kill or a full disk leaves the old text.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::code::Code;
use crate::fault::{Fault, Result, unreadable, unwritable};
use crate::room::Room;
use crate::settings::at_link;

/// What is looked at: the paths that were given, or the folder of the project.
pub(crate) fn given(room: &Room, paths: &[PathBuf]) -> Vec<PathBuf> {
    if paths.is_empty() { vec![room.settings.content()] } else { paths.to_vec() }
}

/// All guide files among paths: a file is meant whatever it is called, of a folder what ends in `.yaml`. Each once, sorted. Every path that
/// is not there is told.
pub(crate) fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let (mut found, mut faults) = (BTreeSet::new(), Vec::new());
    for path in paths {
        match fs::metadata(path) {
            Ok(about) if about.is_dir() => {
                if let Err(fault) = walk(path, &mut found) {
                    faults.push(fault);
                }
            }
            Ok(_) => drop(found.insert(path.clone())),
            Err(error) => faults.push(missing(path, &error)),
        }
    }
    match Fault::all(faults) {
        Some(fault) => Err(fault),
        None => Ok(found.into_iter().collect()),
    }
}

fn missing(path: &Path, error: &std::io::Error) -> Fault {
    if error.kind() == std::io::ErrorKind::NotFound {
        let fault = Fault::new(Code::FilesMissing, format!("there is no {}", path.display()));
        return fault.next(format!("greenroom export --dir {}", path.display()));
    }
    unreadable(path, error)
}

/// Hidden folders are not looked into, and links to folders are not followed: they may lead back.
fn walk(folder: &Path, found: &mut BTreeSet<PathBuf>) -> Result {
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if hidden {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(&path, found)?;
        } else if path.extension().is_some_and(|end| end == "yaml" || end == "yml") {
            found.insert(path);
        }
    }
    Ok(())
}

/// The text of a file.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| unreadable(path, &error))
}

/// The text of a file, if there is one.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// Writes a file, wholly or not at all. Others may read it: it is no secret, and it goes into a repository.
pub(crate) fn write(path: &Path, text: &(impl AsRef<[u8]> + ?Sized)) -> Result {
    let path = &at_link(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    put(folder, path, text.as_ref()).map_err(|error| unwritable(path, &error))
}

fn put(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".greenroom-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    if let Ok(before) = fs::metadata(path) {
        // Somebody's text is about to be replaced: it goes when the new one is on the disk. A new file can be written again.
        file.as_file().set_permissions(before.permissions())?;
        file.as_file().sync_all()?;
    }
    file.persist(path).map(drop).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::{find, write};

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real.yaml"), folder.path().join("link.yaml"));
        write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write(&link, "new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read_to_string(&real).unwrap(), "new");
    }

    #[test]
    fn a_folder_stands_for_its_yaml_files_but_not_for_hidden_ones() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["companies/b.yaml", "companies/a.yaml", ".greenroom/c.yaml", "greenroom.lock", "companies/a.yaml.before"] {
            write(&at(name), "text").unwrap();
        }
        let paths = [folder.path().to_owned(), at("companies/a.yaml")];
        assert_eq!(find(&paths).unwrap(), [at("companies/a.yaml"), at("companies/b.yaml")]);
        assert_eq!(find(&[at("x"), at("y")]).unwrap_err().also.len(), 1);
    }
}
