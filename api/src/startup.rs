//! The first minute: from settings to a site that answers, and one clear line for everything that can be in the way.

use std::fs::File;
use std::net::TcpListener;
use std::path::PathBuf;

use content::access::secret::Secret;
use content::company::{self, Selection};
use content::edit::{Author, Edit};
use content::page::{Asked, Window};
use content::question;
use content::store::{Options, Store, sqlite_url};
use content::user::{self, Email, NewUser};
use content::view::{Desk, Viewer};
use content::{OperationKind, Role};
use migration::Standing;

use crate::access::{KeyError, Keys};
use crate::http::Site;
use crate::settings::{self, Settings, SettingsError};

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// Somebody else listens there.
    #[error("{listen} is taken by another program. Stop that one, or listen elsewhere: --listen 127.0.0.1:8081")]
    Taken {
        /// The address.
        listen: String,
    },
    /// The address cannot be listened on.
    #[error("{listen} cannot be listened on: {why}.")]
    Address {
        /// The address.
        listen: String,
        /// What the system says.
        why: String,
    },
    /// The folder of the database cannot be made or written.
    #[error(
        "The folder {folder} for the database cannot be written: {why}. Make it writable, or give another place: --database-url sqlite:PATH"
    )]
    Folder {
        /// The folder.
        folder: String,
        /// What the system says.
        why: String,
    },
    /// The database was brought up to date by a newer version.
    #[error(
        "The database was made by a newer Greenroom: it has {count} steps that this one does not know, the last is {last}. Update greenroom-api."
    )]
    Newer {
        /// How many steps.
        count: usize,
        /// The last of them.
        last: String,
    },
    /// The database cannot be used.
    #[error("The database {database} cannot be used: {why}")]
    Database {
        /// Its address, without a password.
        database: String,
        /// What it says.
        why: String,
    },
    /// The key that signs logins cannot be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The first administrator cannot be made.
    #[error("The first administrator {email} cannot be made: {why}")]
    FirstAdmin {
        /// The e-mail address.
        email: String,
        /// What is in the way.
        why: String,
    },
    /// The server ended because of the system.
    #[error("The server ended: {0}")]
    Ended(#[from] std::io::Error),
}

impl StartError {
    /// The exit code: 2 for what was typed, 9 for a service that does not answer, 13 for a version, 1 for the rest.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Settings(_) | Self::FirstAdmin { .. } => 2,
            Self::Database { .. } => 9,
            Self::Newer { .. } => 13,
            Self::Key(_) | Self::Taken { .. } | Self::Address { .. } | Self::Folder { .. } | Self::Ended(_) => 1,
        }
    }
}

/// What the start did, to be told to whoever started it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Started {
    /// The database, without a password.
    pub database: String,
    /// Steps by which it was brought up to date.
    pub migrated: usize,
    /// Starter guides that were put in.
    pub planted: usize,
    /// Whether anybody can log in.
    pub users: Users,
}

/// Whether anybody can log in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Users {
    /// Nobody.
    None,
    /// There are users.
    Some,
    /// This administrator was made just now.
    Made(String),
}

/// Takes the port before anything else is touched.
///
/// # Errors
///
/// If the address is taken or not one of this machine.
pub fn listen(settings: &Settings) -> Result<TcpListener, StartError> {
    let listen = settings.listen.to_string();
    TcpListener::bind(settings.listen).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AddrInUse {
            StartError::Taken { listen }
        } else {
            StartError::Address { listen, why: error.to_string() }
        }
    })
}

/// Opens the database, brings it up to date, and puts the starter guides into an empty one. Of several that start at once, one does it.
///
/// # Errors
///
/// If the database cannot be reached, made, written, or is newer than this program.
pub async fn site(settings: &Settings) -> Result<(Site, Started), StartError> {
    let place = Place::of(settings)?;
    let _file = place.prepare().await?;
    let store = place.open(settings).await?;
    let _turn = migration::turn(store.writer()).await.map_err(|error| place.unusable(&error))?;
    let migrated = match migration::standing(store.writer()).await.map_err(|error| place.unusable(&error))? {
        Standing::Current => 0,
        Standing::Newer(steps) => {
            return Err(StartError::Newer { count: steps.len(), last: steps.last().cloned().unwrap_or_default() });
        }
        Standing::Behind(steps) => {
            migration::apply(store.writer()).await.map_err(|error| place.unusable(&error))?;
            steps
        }
    };
    let planted = if settings.starter_guides {
        seed::starter::plant(&store.desk(Author::new("greenroom-api"))).await.map_err(|error| place.unusable(&error))?
    } else {
        0
    };
    let desk = store.desk(Author::new("greenroom-api"));
    let users = first_admin(&desk, settings.first_admin.as_ref(), settings::first_admin_password()).await?;
    let gate = store.gate();
    if let Err(error) = gate.tidy().await {
        tracing::warn!(error = %error, "old sessions were not removed");
    }
    let mut site = Site::new(store, settings.limits);
    site.keys = Keys::new(gate, Some(place.signing_key(settings)?));
    site.keys.ready().await?;
    site.address_header.clone_from(&settings.address_header);
    site.anonymous = settings.anonymous;
    site.origins.clone_from(&settings.cors_origins);
    Ok((site, Started { database: place.shown, migrated, planted, users }))
}

/// An e-mail address, as it was typed.
///
/// # Errors
///
/// If it is none.
pub fn email(text: &str) -> Result<Email, StartError> {
    text.parse().map_err(|error: user::EmailError| StartError::FirstAdmin { email: format!("{text:?}"), why: error.to_string() })
}

/// Makes the first administrator, while there is no user at all.
///
/// # Errors
///
/// If the password is missing or refused, or the database fails.
pub async fn first_admin(desk: &Desk, email: Option<&Email>, password: Option<Secret>) -> Result<Users, StartError> {
    let failed = |why: String| StartError::FirstAdmin { email: email.map(Email::to_string).unwrap_or_default(), why };
    let mut edit = Edit::begin(desk, OperationKind::Users, "The first administrator").await.map_err(|error| failed(error.to_string()))?;
    if user::any(&edit).await.map_err(|error| failed(error.to_string()))? {
        return Ok(Users::Some);
    }
    let Some(email) = email else { return Ok(Users::None) };
    let Some(password) = password else {
        return Err(failed("there is no password. Set GREENROOM_FIRST_ADMIN_PASSWORD for the first start.".to_owned()));
    };
    let name = email.as_str().split('@').next().unwrap_or_default().to_owned();
    let new = NewUser { email: email.clone(), name, role: Role::Admin, password };
    user::create(&mut edit, new).await.map_err(|error| failed(error.to_string()))?;
    edit.commit().await.map_err(|error| failed(error.to_string()))?;
    Ok(Users::Made(email.to_string()))
}

/// What is found in a database by looking only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// There is no database yet.
    Nothing,
    /// It is not as this program needs it.
    Outdated(usize),
    /// It was made by a newer program.
    Newer(usize),
    /// It holds this much.
    Ready(Counts),
}

/// Looks at a database without making or changing anything. Gives its address, without a password, and what was found.
///
/// # Errors
///
/// If the database cannot be read.
pub async fn look(settings: &Settings) -> Result<(String, Found), StartError> {
    let place = Place::of(settings)?;
    if place.file.as_ref().is_some_and(|file| !file.exists()) {
        return Ok((place.shown, Found::Nothing));
    }
    let store = place.open(settings).await?;
    let found = match migration::look(store.writer()).await.map_err(|error| place.unusable(&error))? {
        Standing::Behind(steps) => Found::Outdated(steps),
        Standing::Newer(steps) => Found::Newer(steps.len()),
        Standing::Current => {
            let site = Site::new(store, settings.limits);
            Found::Ready(counts(&site).await.map_err(|why| StartError::Database { database: place.shown.clone(), why })?)
        }
    };
    Ok((place.shown, found))
}

/// How much there is to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Companies with a published guide.
    pub companies: u64,
    /// Questions in all of them.
    pub questions: u64,
}

/// Counts what readers can see.
///
/// # Errors
///
/// What the database says when it fails.
pub async fn counts(site: &Site) -> Result<Counts, String> {
    let view = site.store.view(Viewer::Anonymous);
    let count = async {
        let none = || Window::new(Asked { first: Some(0), ..Asked::default() }, 1);
        let companies = company::list(&view, &Selection::default(), none()?).await?.total(&view).await?;
        let questions = question::list(&view, &Selection::default(), none()?).await?.total(&view).await?;
        content::Result::<Counts>::Ok(Counts { companies, questions })
    };
    count.await.map_err(|error| error.to_string())
}

/// The desk of whoever runs the database: everything they do is recorded under this name.
#[must_use]
pub fn operator(site: &Site, name: &str) -> Desk {
    site.store.desk(Author::new(name))
}

/// Where the database is.
struct Place {
    url: String,
    /// Its address without a password.
    shown: String,
    /// The file, if it is one.
    file: Option<PathBuf>,
}

impl Place {
    fn of(settings: &Settings) -> Result<Self, StartError> {
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
    async fn prepare(&self) -> Result<Option<File>, StartError> {
        let Some(file) = &self.file else { return Ok(None) };
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        let shown = folder.map_or_else(|| ".".to_owned(), |folder| folder.display().to_string());
        let refused = |error: std::io::Error| StartError::Folder { folder: shown.clone(), why: error.to_string() };
        if let Some(folder) = folder {
            std::fs::create_dir_all(folder).map_err(refused)?;
        }
        // SQLite only says "unable to open database file"; opening the file for writing says what is in the way.
        std::fs::OpenOptions::new().create(true).append(true).open(file).map_err(refused)?;
        // A file beside it: SQLite has locks of its own on the database, and this one must not be mistaken for them.
        let mut name = file.clone().into_os_string();
        name.push(".starting");
        let lock = File::create(name).map_err(refused)?;
        // Waiting for a file's lock blocks a thread, so it is not one that others need to go on.
        let waited = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await;
        waited.map_err(std::io::Error::other).and_then(|locked| locked).map(Some).map_err(refused)
    }

    /// The file of the key that signs logins: beside the database, or in the data folder.
    fn signing_key(&self, settings: &Settings) -> Result<PathBuf, StartError> {
        match (&settings.signing_key, &self.file) {
            (Some(path), _) => Ok(path.clone()),
            (None, Some(database)) => Ok(database.with_extension("key")),
            (None, None) => Ok(Settings::data_folder()?.join("greenroom.key")),
        }
    }

    async fn open(&self, settings: &Settings) -> Result<Store, StartError> {
        let options = Options { readers: settings.database_readers, shelf_bytes: settings.memory_bytes, ..Options::new(self.url.as_str()) };
        Store::open(options).await.map_err(|error| self.unusable(&error))
    }

    fn unusable(&self, error: &dyn std::error::Error) -> StartError {
        StartError::Database { database: self.shown.clone(), why: root(error) }
    }
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
