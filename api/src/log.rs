//! How the log is written, and what never comes into it: the libraries beneath hold what passes through them, and some of them could write it down.

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use crate::settings::{LogFormat, Settings};

/// Ours: they say what they are meant to say.
const OURS: &[&str] = &["api", "content", "greenroom_api", "migration", "seed"];

/// Those that hold statements with their values, and the database's address with its password.
const OF_THE_DATABASE: &[&str] = &["sea_orm", "sqlx"];

/// Says of every connection that sends no proper request that it is an error. It is none of ours, and anybody could fill the log with it.
const OF_STRANGERS: &str = "actix_http::h1::dispatcher";

/// Begins to log, to stderr.
pub fn begin(settings: &Settings) {
    let filter = EnvFilter::new(&settings.log).and(filter_fn(harmless));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    match settings.log_format {
        LogFormat::Text => tracing_subscriber::registry().with(lines.with_filter(filter)).init(),
        LogFormat::Json => {
            let lines = lines.json().flatten_event(true).with_span_list(false);
            tracing_subscriber::registry().with(lines.with_filter(filter)).init();
        }
    }
}

/// Whether a library may say this at all, whatever the filter of the settings lets through.
fn harmless(metadata: &Metadata<'_>) -> bool {
    if metadata.target() == OF_STRANGERS && *metadata.level() == Level::ERROR {
        return false;
    }
    let of = |crates: &[&str]| {
        let name = metadata.target().split("::").next().unwrap_or_default();
        crates.iter().any(|prefix| name == *prefix || name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('_')))
    };
    let most = if of(OURS) {
        Level::TRACE
    } else if of(OF_THE_DATABASE) {
        Level::WARN
    } else {
        Level::DEBUG
    };
    *metadata.level() <= most
}
