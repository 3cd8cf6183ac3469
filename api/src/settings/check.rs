//! Checks the values of all settings one after the other and gathers everything that is wrong.

use content::user::Email;

use super::arguments::{Layer, OFF};
use super::environment::common_collector;
use super::{LogFormat, Settings};
use crate::http::Origins;
use crate::limits::Limits;

/// Checks values one after the other and gathers all that is wrong.
pub(super) struct Check {
    pub(super) wrong: Vec<String>,
}

impl Check {
    pub(super) fn settings(&mut self, layer: Layer) -> Option<Settings> {
        let listen = self.parsed("listen", layer.listen.as_deref(), "an address and a port such as 127.0.0.1:8080");
        let anonymous = self.switch("anonymous", layer.anonymous.as_deref());
        let starter_guides = self.switch("starter_guides", layer.starter_guides.as_deref());
        let log_format = self.log_format(layer.log_format.as_deref());
        let database_url = self.database_url(layer.database_url.as_deref());
        let read_database_url = self.read_database_url(layer.read_database_url.as_deref(), database_url.as_deref());
        let redis_url = self.redis_url(layer.redis_url.as_deref());
        let limits = self.limits(&layer);
        let database_readers = self.at_least_one("database_readers", layer.database_readers);
        if let Some(log) = layer.log.as_deref().filter(|log| log.parse::<tracing_subscriber::EnvFilter>().is_err()) {
            self.wrong.push(format!("log is {log:?}; right would be error, warn, info, debug or a filter such as \"info,api=debug\"."));
        }
        let address_header = self.address_header(layer.address_header.as_deref());
        let first_admin = self.first_admin(layer.first_admin.as_deref());
        let networks = "local, open, off, or networks such as 10.0.0.0/8, ::1/128";
        let metrics = self.parsed("metrics", layer.metrics.as_deref(), networks);
        let otlp_endpoint = self.otlp_endpoint(layer.otlp_endpoint.filter(|endpoint| !endpoint.is_empty()).or_else(common_collector));
        let head_seconds = self.at_least_one("head_seconds", layer.head_seconds);
        let keep_alive_seconds = self.at_least_one("keep_alive_seconds", layer.keep_alive_seconds);
        let connections = self.at_least_one("connections", layer.connections);
        let origins = self.origins(&layer.cors_origins.unwrap_or_default());
        Some(Settings {
            listen: listen?,
            database_url,
            read_database_url,
            database_readers: database_readers?,
            redis_url,
            anonymous: anonymous?,
            starter_guides: starter_guides?,
            cors_origins: origins,
            signing_key: layer.signing_key.filter(|path| !path.is_empty()).map(std::path::PathBuf::from),
            address_header,
            first_admin,
            memory_bytes: layer.memory_bytes?,
            answer_bytes: layer.answer_bytes?,
            workers: layer.workers?,
            head_seconds: head_seconds?,
            keep_alive_seconds: keep_alive_seconds?,
            connections: connections?,
            metrics: metrics?,
            otlp_endpoint,
            log: layer.log?,
            log_format: log_format?,
            shutdown_seconds: layer.shutdown_seconds?,
            limits: limits?,
        })
    }

    fn limits(&mut self, layer: &Layer) -> Option<Limits> {
        Some(Limits {
            body_bytes: self.at_least_one("limit_body_bytes", layer.limit_body_bytes)?,
            admin_body_bytes: self.at_least_one("limit_admin_body_bytes", layer.limit_admin_body_bytes)?,
            tokens: self.at_least_one("limit_query_tokens", layer.limit_query_tokens)?,
            depth: self.at_least_one("limit_query_depth", layer.limit_query_depth)?,
            root_fields: self.at_least_one("limit_root_fields", layer.limit_root_fields)?,
            aliases: layer.limit_aliases?,
            directives: layer.limit_directives?,
            fields: self.at_least_one("limit_query_fields", layer.limit_query_fields)?,
            entries: self.at_least_one("limit_answer_entries", layer.limit_answer_entries)?,
            page: self.at_least_one("limit_page_size", layer.limit_page_size)?,
            time_ms: self.at_least_one("limit_request_ms", layer.limit_request_ms)?,
            cost: self.at_least_one("limit_cost", layer.limit_cost)?,
            anonymous_points_per_minute: self.at_least_one("anonymous_points_per_minute", layer.anonymous_points_per_minute)?,
            heavy_cost: layer.heavy_cost?,
            heavy_waiting: layer.heavy_waiting?,
        })
    }

    fn at_least_one<N: PartialEq + From<u8>>(&mut self, name: &str, number: Option<N>) -> Option<N> {
        let number = number?;
        if number == N::from(0) {
            self.wrong.push(format!("{name} is 0; right would be 1 or more."));
        }
        Some(number)
    }

    fn parsed<T: std::str::FromStr>(&mut self, name: &str, text: Option<&str>, expected: &str) -> Option<T> {
        let text = text?;
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.wrong.push(format!("{name} is {text:?}; right would be {expected}."));
        }
        parsed
    }

    fn switch(&mut self, name: &str, text: Option<&str>) -> Option<bool> {
        match text? {
            "on" => Some(true),
            "off" => Some(false),
            other => {
                self.wrong.push(format!("{name} is {other:?}; right would be on or off."));
                None
            }
        }
    }

    fn log_format(&mut self, text: Option<&str>) -> Option<LogFormat> {
        match text? {
            "text" => Some(LogFormat::Text),
            "json" => Some(LogFormat::Json),
            other => {
                self.wrong.push(format!("log_format is {other:?}; right would be text or json."));
                None
            }
        }
    }

    fn database_url(&mut self, url: Option<&str>) -> Option<String> {
        let url = url.filter(|url| !url.is_empty())?;
        if !["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
            // The address may hold a password, so what is wrong with it is said without repeating it.
            let expected = "right would be sqlite: and a path, or postgres://user:password@host/name";
            self.wrong.push(format!("database_url is not the address of a database; {expected}."));
        }
        if url.starts_with("sqlite:") && (url.contains(":memory:") || url.contains('?')) {
            self.wrong.push("database_url is not a path; right would be sqlite: and the path of a file, without parameters.".to_owned());
        }
        Some(url.to_owned())
    }

    fn read_database_url(&mut self, url: Option<&str>, database: Option<&str>) -> Option<String> {
        let url = url.filter(|url| !url.is_empty())?;
        let postgres = |url: &str| ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
        // Either address may hold a password, so neither is repeated.
        if !postgres(url) {
            self.wrong.push(
                "read_database_url is not the address of a PostgreSQL; right would be postgres://user:password@host/name.".to_owned(),
            );
        } else if !database.is_some_and(postgres) {
            self.wrong.push("read_database_url is set and database_url is no PostgreSQL; only a PostgreSQL can have a copy.".to_owned());
        }
        Some(url.to_owned())
    }

    fn otlp_endpoint(&mut self, endpoint: Option<String>) -> Option<String> {
        let endpoint = endpoint.filter(|endpoint| endpoint != OFF)?;
        if !["http://", "https://"].iter().any(|scheme| endpoint.strip_prefix(scheme).is_some_and(|host| !host.is_empty())) {
            // The address may hold a token, so it is not repeated.
            self.wrong
                .push("otlp_endpoint is not the address of a collector; right would be one such as http://localhost:4318.".to_owned());
        }
        Some(endpoint)
    }

    fn address_header(&mut self, name: Option<&str>) -> Option<String> {
        let name = name.filter(|name| !name.is_empty())?;
        if actix_web::http::header::HeaderName::try_from(name).is_err() {
            self.wrong.push(format!("address_header is {name:?}; right would be the name of a header such as x-forwarded-for."));
        }
        Some(name.to_owned())
    }

    fn first_admin(&mut self, email: Option<&str>) -> Option<Email> {
        let email = email.filter(|email| !email.is_empty())?;
        self.parsed("first_admin", Some(email), "an e-mail address such as nora@guides.example")
    }

    fn origins(&mut self, text: &str) -> Origins {
        let origins: Vec<&str> = text.split(',').map(str::trim).filter(|origin| !origin.is_empty()).collect();
        if origins == ["*"] {
            return Origins::All;
        }
        for origin in &origins {
            let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).unwrap_or_default();
            let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | ':' | '[' | ']');
            if host.is_empty() || !host.chars().all(plain) {
                self.wrong.push(format!("cors_origins has {origin:?}; right would be * alone, or origins such as https://prep.example."));
            }
        }
        Origins::These(origins.into_iter().map(str::to_owned).collect())
    }

    fn redis_url(&mut self, url: Option<&str>) -> Option<String> {
        let url = url.filter(|url| !url.is_empty())?;
        if !["redis://", "rediss://"].iter().any(|scheme| url.starts_with(scheme)) {
            self.wrong.push("redis_url is not the address of a Redis; right would be redis://host:port.".to_owned());
        }
        Some(url.to_owned())
    }
}
