//! Settings: the default file, then a file, then the environment, then the command line. A name that is not known is refused.

mod arguments;
mod check;
mod environment;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use content::user::Email;
use etcetera::BaseStrategy;

pub use content::access::secret::Secret;

pub use self::arguments::Arguments;
pub use self::environment::first_admin_password;

use self::arguments::Layer;
use self::check::Check;
use self::environment::unknown_variables;
use crate::http::Origins;
use crate::limits::Limits;
use crate::metrics::Readers;

const DEFAULTS: &str = include_str!("../default.toml");

/// Why the settings cannot be used: one line for each thing that is wrong.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct SettingsError(pub Vec<String>);

/// How a log line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines, an object a line.
    Json,
}

/// The settings of one server, checked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The database's address; nothing stands for the file in the data folder.
    pub database_url: Option<String>,
    /// The address of a copy of the database that readers are answered from while it is not behind.
    pub read_database_url: Option<String>,
    /// Connections for readers.
    pub database_readers: u32,
    /// The Redis in which several servers count together; nothing lets each count for itself.
    pub redis_url: Option<String>,
    /// Whether those without a key are answered.
    pub anonymous: bool,
    /// Whether starter guides go into an empty database.
    pub starter_guides: bool,
    /// The web origins that may ask.
    pub cors_origins: Origins,
    /// The file of the key that signs logins; nothing stands for one beside the database.
    pub signing_key: Option<PathBuf>,
    /// The header that says where a request comes from, if a proxy in front sets one.
    pub address_header: Option<String>,
    /// Who becomes an administrator while there is no user.
    pub first_admin: Option<Email>,
    /// Bytes of guides in memory.
    pub memory_bytes: u64,
    /// Bytes of answers in memory.
    pub answer_bytes: u64,
    /// Threads that answer; 0 is one for each processor.
    pub workers: usize,
    /// Seconds for the headers of a request.
    pub head_seconds: u64,
    /// Seconds for which an idle connection is kept.
    pub keep_alive_seconds: u64,
    /// Connections at a time, over all threads.
    pub connections: usize,
    /// Who may read the metrics.
    pub metrics: Readers,
    /// The collector of traces, if there is one.
    pub otlp_endpoint: Option<String>,
    /// The filter of the log.
    pub log: String,
    /// How a log line is written.
    pub log_format: LogFormat,
    /// Seconds for requests under way after SIGTERM.
    pub shutdown_seconds: u64,
    /// What a request may ask for.
    pub limits: Limits,
}

/// The default settings file, with its explanations.
#[must_use]
pub const fn defaults() -> &'static str {
    DEFAULTS
}

impl Settings {
    /// Puts the layers together and checks every value.
    ///
    /// # Errors
    ///
    /// All that is wrong, a line each: unknown names, files that cannot be read, values that are not what they should be.
    pub fn read(arguments: Arguments) -> Result<Self, SettingsError> {
        let mut wrong = unknown_variables();
        let file = match arguments.config.as_deref().map(read_file).transpose() {
            Ok(layer) => layer.unwrap_or_default(),
            Err(message) => {
                wrong.push(message);
                Layer::default()
            }
        };
        let defaults: Layer = toml::from_str(DEFAULTS).map_err(|error| SettingsError(vec![format!("The default settings: {error}")]))?;
        let layer = Layer::from(arguments).over(file).over(defaults);
        let mut check = Check { wrong };
        let settings = check.settings(layer);
        if check.wrong.is_empty() { settings.ok_or(SettingsError(Vec::new())) } else { Err(SettingsError(check.wrong)) }
    }

    /// The folder of the database where none is given.
    ///
    /// # Errors
    ///
    /// If there is no home folder to put it in.
    pub fn data_folder() -> Result<PathBuf, SettingsError> {
        let strategy = etcetera::choose_base_strategy().map_err(|_| {
            SettingsError(vec![
                "There is no home folder for the database. Set HOME, or give an address with --database-url sqlite:PATH.".to_owned(),
            ])
        })?;
        Ok(strategy.data_dir().join("greenroom"))
    }
}

fn read_file(path: &Path) -> Result<Layer, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("The settings file {} cannot be read: {error}.", path.display()))?;
    toml::from_str(&text).map_err(|error| format!("The settings file {}: {}", path.display(), error.to_string().trim_end()))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{Arguments, DEFAULTS, Layer, Settings};
    use crate::limits::Limits;

    fn read(arguments: &[&str]) -> Result<Settings, Vec<String>> {
        let arguments = Arguments::try_parse_from([&["greenroom-api"], arguments].concat()).unwrap();
        Settings::read(arguments).map_err(|error| error.0)
    }

    #[test]
    fn the_default_file_is_what_the_code_has_as_default() {
        let settings = read(&[]).unwrap();
        assert_eq!(settings.limits, Limits::default());
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
    }

    #[test]
    fn an_unknown_name_in_a_file_is_refused() {
        assert!(toml::from_str::<Layer>(&format!("{DEFAULTS}\nlisten_on = \"x\"")).unwrap_err().to_string().contains("listen_on"));
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let wrong = read(&["--listen", "here", "--anonymous", "maybe", "--database-url", "mysql://secret@x", "--limit-page-size", "0"])
            .unwrap_err();
        assert_eq!(wrong.len(), 4, "{wrong:?}");
        assert!(!wrong.concat().contains("secret"));
    }
}
