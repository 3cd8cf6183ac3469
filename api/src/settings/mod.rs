//! Settings: the default file, then a file, then the environment, then the command line. A name that is not known is refused.

mod check;
mod environment;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Parser;
use content::user::Email;
use etcetera::BaseStrategy;
use serde::Deserialize;

pub use content::access::secret::Secret;

pub use self::environment::first_admin_password;

use self::check::Check;
use self::environment::{FIRST_ADMIN_PASSWORD, unknown_variables};
use crate::http::Origins;
use crate::limits::Limits;
use crate::metrics::Readers;

const DEFAULTS: &str = include_str!("../default.toml");

/// Why the settings cannot be used: one line for each thing that is wrong.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct SettingsError(pub Vec<String>);

macro_rules! settings {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ty, $env:literal;)*) => {
        /// The server of Greenroom: interview guides over GraphQL.
        #[derive(Parser, Debug)]
        #[command(name = "greenroom-api", version, after_help = AFTER_HELP)]
        pub struct Arguments {
            /// Read settings from this file
            #[arg(long, value_name = "FILE", env = "GREENROOM_CONFIG")]
            pub config: Option<PathBuf>,
            /// Ask the server with these settings whether it is ready; the exit code is the answer
            #[arg(long)]
            pub check_health: bool,
            /// Print the default settings file, which explains every setting
            #[arg(long)]
            pub print_defaults: bool,
            /// Print the public schema
            #[arg(long)]
            pub print_schema: bool,
            /// Print the schema of the admin API
            #[arg(long)]
            pub print_admin_schema: bool,
            $($(#[doc = $doc])+ #[arg(long, env = $env, hide_env_values = true)] $name: Option<$type>,)*
        }

        /// One layer of settings: what it does not say, the layer below says.
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Layer { $($name: Option<$type>,)* }

        impl Layer {
            fn over(self, below: Self) -> Self {
                Self { $($name: self.$name.or(below.$name),)* }
            }
        }

        impl From<Arguments> for Layer {
            fn from(arguments: Arguments) -> Self {
                Self { $($name: arguments.$name,)* }
            }
        }

        const NAMES: &[&str] = &["GREENROOM_CONFIG", FIRST_ADMIN_PASSWORD, $($env),*];
    };
}

const AFTER_HELP: &str = "Without any setting it serves a SQLite database in your data folder on 127.0.0.1:8080, with starter guides in it.\n\
    Each setting is explained in the file that --print-defaults prints.";

settings! {
    /// Listen on this address
    listen: String, "GREENROOM_LISTEN";
    /// Use this database, sqlite: or postgres:
    database_url: String, "GREENROOM_DATABASE_URL";
    /// Answer readers from this copy of the database, postgres:
    read_database_url: String, "GREENROOM_READ_DATABASE_URL";
    /// Share so many connections among readers
    database_readers: u32, "GREENROOM_DATABASE_READERS";
    /// Use this Redis
    redis_url: String, "GREENROOM_REDIS_URL";
    /// Answer those without a key, on or off
    anonymous: String, "GREENROOM_ANONYMOUS";
    /// Put the starter guides into an empty database, on or off
    starter_guides: String, "GREENROOM_STARTER_GUIDES";
    /// Let these web origins ask, separated by commas
    cors_origins: String, "GREENROOM_CORS_ORIGINS";
    /// Keep the key that signs logins in this file
    signing_key: String, "GREENROOM_SIGNING_KEY";
    /// Make this user an administrator while there is no user; the password stands in the environment
    first_admin: String, "GREENROOM_FIRST_ADMIN";
    /// Believe this header when it says where a request comes from
    address_header: String, "GREENROOM_ADDRESS_HEADER";
    /// Keep so many bytes of guides in memory
    memory_bytes: u64, "GREENROOM_MEMORY_BYTES";
    /// Keep so many bytes of answers in memory
    answer_bytes: u64, "GREENROOM_ANSWER_BYTES";
    /// Answer with so many threads
    workers: usize, "GREENROOM_WORKERS";
    /// Let a request's headers take so many seconds
    head_seconds: u64, "GREENROOM_HEAD_SECONDS";
    /// Keep an idle connection for so many seconds
    keep_alive_seconds: u64, "GREENROOM_KEEP_ALIVE_SECONDS";
    /// Serve so many connections at a time
    connections: usize, "GREENROOM_CONNECTIONS";
    /// Show the metrics to local connections, to all (open), to none (off) or to these networks
    metrics: String, "GREENROOM_METRICS";
    /// Send traces to the collector at this address
    otlp_endpoint: String, "GREENROOM_OTLP_ENDPOINT";
    /// Log what passes this filter
    log: String, "GREENROOM_LOG";
    /// Log as text or as json
    log_format: String, "GREENROOM_LOG_FORMAT";
    /// Let requests end for so many seconds after SIGTERM
    shutdown_seconds: u64, "GREENROOM_SHUTDOWN_SECONDS";
    /// Limit the bytes of a body
    limit_body_bytes: usize, "GREENROOM_LIMIT_BODY_BYTES";
    /// Limit the bytes of a body at the admin API
    limit_admin_body_bytes: usize, "GREENROOM_LIMIT_ADMIN_BODY_BYTES";
    /// Limit the tokens of a document
    limit_query_tokens: usize, "GREENROOM_LIMIT_QUERY_TOKENS";
    /// Limit the depth of a document
    limit_query_depth: usize, "GREENROOM_LIMIT_QUERY_DEPTH";
    /// Limit the fields at the root
    limit_root_fields: usize, "GREENROOM_LIMIT_ROOT_FIELDS";
    /// Limit the aliases of one field
    limit_aliases: usize, "GREENROOM_LIMIT_ALIASES";
    /// Limit the directives in one place
    limit_directives: usize, "GREENROOM_LIMIT_DIRECTIVES";
    /// Limit the fields of a document
    limit_query_fields: usize, "GREENROOM_LIMIT_QUERY_FIELDS";
    /// Limit the entries of all lists of an answer together
    limit_answer_entries: usize, "GREENROOM_LIMIT_ANSWER_ENTRIES";
    /// Limit the entries of a page
    limit_page_size: u32, "GREENROOM_LIMIT_PAGE_SIZE";
    /// Limit the milliseconds of a request
    limit_request_ms: u64, "GREENROOM_LIMIT_REQUEST_MS";
    /// Limit the points that a request costs
    limit_cost: u32, "GREENROOM_LIMIT_COST";
    /// Give those without a key so many points a minute, by address
    anonymous_points_per_minute: u32, "GREENROOM_ANONYMOUS_POINTS_PER_MINUTE";
    /// Run operations above so many points beside the others
    heavy_cost: u32, "GREENROOM_HEAVY_COST";
    /// Let so many of them wait for one account
    heavy_waiting: usize, "GREENROOM_HEAVY_WAITING";
}

/// Instead of a collector's address: none, whatever the environment says.
const OFF: &str = "off";

impl Arguments {
    /// The arguments of another program that works on the same database: only these two, the rest from the environment and the settings file.
    #[must_use]
    pub fn of_tool(database_url: Option<String>, starter_guides: bool) -> Self {
        let mut arguments = Self::parse_from(["greenroom"]);
        arguments.database_url = database_url.or(arguments.database_url);
        // Traces are of a server: a tool ends before they would be sent.
        arguments.otlp_endpoint = Some(OFF.to_owned());
        arguments.starter_guides = Some(if starter_guides { "on" } else { "off" }.to_owned());
        arguments
    }
}

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
    use super::{Arguments, DEFAULTS, Layer, Settings};
    use crate::limits::Limits;
    use clap::Parser;

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
