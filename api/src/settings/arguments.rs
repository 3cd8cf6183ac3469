//! Every setting by its names: on the command line, in the environment and in a file. Each stands here once.

use std::path::PathBuf;

use clap::Parser;
use serde::Deserialize;

/// A password is in no flag and in no file of settings: others could read it there.
pub(super) const FIRST_ADMIN_PASSWORD: &str = "GREENROOM_FIRST_ADMIN_PASSWORD";

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
        pub(super) struct Layer { $(pub(super) $name: Option<$type>,)* }

        impl Layer {
            pub(super) fn over(self, below: Self) -> Self {
                Self { $($name: self.$name.or(below.$name),)* }
            }
        }

        impl From<Arguments> for Layer {
            fn from(arguments: Arguments) -> Self {
                Self { $($name: arguments.$name,)* }
            }
        }

        pub(super) const NAMES: &[&str] = &["GREENROOM_CONFIG", FIRST_ADMIN_PASSWORD, $($env),*];
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
pub(super) const OFF: &str = "off";

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
