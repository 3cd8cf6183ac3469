//! Where the database is, and what is made there before it can be opened.

use std::fs::File;
use std::path::{Path, PathBuf};

use content::store::{Options, Store, sqlite_url};

use super::StartError;
use crate::settings::Settings;

/// Where the database is.
pub(crate) struct Place {
    pub(crate) url: String,
    /// Its address without a password.
    pub(crate) shown: String,
    /// The file, if it is one.
    pub(crate) file: Option<PathBuf>,
}

impl Place {
    pub(crate) fn of(settings: &Settings) -> Result<Self, StartError> {
        let file = match settings.database_url.as_deref() {
            None => Settings::data_folder()?.join("greenroom.db"),
            Some(url) => match url.strip_prefix("sqlite:") {
                None => return Ok(Self { url: url.to_owned(), shown: without_password(url), file: None }),
                Some(path) => PathBuf::from(path.strip_prefix("//").unwrap_or(path)),
            },
        };
        Ok(Self { url: sqlite_url(&file), shown: file.display().to_string(), file: Some(file) })
    }

    /// Makes the folder and the file of a SQLite database, and locks out others that start on it until the value is dropped.
    pub(crate) async fn prepare(&self) -> Result<Option<File>, StartError> {
        let Some(file) = &self.file else { return Ok(None) };
        let refused = |error: std::io::Error| unwritable(file, &error);
        make_folder(file)?;
        // SQLite only says "unable to open database file"; opening the file for writing says what is in the way.
        std::fs::OpenOptions::new().create(true).append(true).open(file).map_err(refused)?;
        // A file beside it: SQLite has locks of its own on the database, and this one must not be mistaken for them.
        let lock = File::create(beside(file, ".starting")).map_err(refused)?;
        // Waiting for a file's lock blocks a thread, so it is not one that others need to go on.
        let waited = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await;
        waited.map_err(std::io::Error::other).and_then(|locked| locked).map(Some).map_err(refused)
    }

    /// The file of the key that signs logins: beside the database, or in the data folder.
    pub(super) fn signing_key(&self, settings: &Settings) -> Result<PathBuf, StartError> {
        match (&settings.signing_key, &self.file) {
            (Some(path), _) => Ok(path.clone()),
            (None, Some(database)) => Ok(database.with_extension("key")),
            (None, None) => Ok(Settings::data_folder()?.join("greenroom.key")),
        }
    }

    pub(crate) async fn open(&self, settings: &Settings) -> Result<Store, StartError> {
        let options = Options {
            read_url: settings.read_database_url.clone(),
            readers: settings.database_readers,
            shelf_bytes: settings.memory_bytes,
            ..Options::new(self.url.as_str())
        };
        Store::open(options).await.map_err(|error| self.unusable(&error))
    }

    pub(crate) fn unusable(&self, error: &dyn std::error::Error) -> StartError {
        StartError::Database { database: self.shown.clone(), why: root(error) }
    }
}

/// A file beside another one, with its name and something behind it.
pub(crate) fn beside(file: &Path, behind: &str) -> PathBuf {
    let mut name = file.to_owned().into_os_string();
    name.push(behind);
    PathBuf::from(name)
}

/// Makes the folder that a file is in.
pub(super) fn make_folder(file: &Path) -> Result<(), StartError> {
    match file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => std::fs::create_dir_all(folder).map_err(|error| unwritable(file, &error)),
        None => Ok(()),
    }
}

/// Says which folder cannot be written.
pub(super) fn unwritable(file: &Path, error: &std::io::Error) -> StartError {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.map_or_else(|| ".".to_owned(), |folder| folder.display().to_string());
    StartError::Folder { folder, why: error.to_string() }
}

/// The innermost cause: the database's own words, without the layers that carried them.
fn root(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(cause) = innermost.source() {
        innermost = cause;
    }
    let words = innermost.to_string();
    if words.starts_with("pool timed out") {
        return "it did not answer within 10 s.".to_owned();
    }
    words.trim_start_matches("error returned from database: ").to_owned()
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let Some((user, place)) = rest.rsplit_once('@') else { return url.to_owned() };
    let user = user.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}@{place}")
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn an_address_is_shown_without_its_password() {
        assert_eq!(without_password("postgres://ann:s3:cr@t@db:5432/greenroom"), "postgres://ann@db:5432/greenroom");
        assert_eq!(without_password("postgres://db/greenroom"), "postgres://db/greenroom");
    }
}
