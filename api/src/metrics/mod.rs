//! What is counted while the server answers, in the text form of Prometheus. Every label has a bounded set of values, whatever callers send.

mod figures;
mod names;
mod readers;

use std::sync::Arc;
use std::time::Duration;

use content::store::Store;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::prometheus_text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use self::figures::Figures;
use self::names::Names;

pub use readers::Readers;

/// Seconds at which the times of requests and statements are parted.
const BOUNDS_S: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

impl Default for Line {
    /// Counters that nobody reads.
    fn default() -> Self {
        Self { requests: Counter::default(), seconds: Histogram::new(BOUNDS_S) }
    }
}

/// The counters of one server. A clone counts into the same ones.
#[derive(Clone, Debug)]
pub struct Metrics(Arc<Counters>);

#[derive(Debug)]
struct Counters {
    registry: Registry,
    operations: Names,
    requests: Family<Request, Counter>,
    request_seconds: Family<Endpoint, Histogram>,
    statements: Counter,
    statements_failed: Counter,
    statement_seconds: Histogram,
    decisions: Family<Decision, Counter>,
    answers: Family<Decision, Counter>,
    /// Those of an answer that was given before, and of its points.
    hits: Counter,
    granted: Counter,
}

/// The counters of requests that have all labels in common: found once, and counted into as often as is wanted.
#[derive(Clone, Debug)]
pub struct Line {
    requests: Counter,
    seconds: Histogram,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    endpoint: &'static str,
    operation: Arc<str>,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Endpoint {
    endpoint: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Decision {
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Build {
    version: &'static str,
}

impl Metrics {
    /// Counters that stand at zero. Figures about the content come from this store whenever they are read.
    #[must_use]
    pub fn new(store: &Store) -> Self {
        let mut registry = Registry::with_prefix("greenroom");
        let requests = Family::default();
        let request_seconds = Family::new_with_constructor((|| Histogram::new(BOUNDS_S)) as fn() -> Histogram);
        let (statements, statements_failed, statement_seconds) = (Counter::default(), Counter::default(), Histogram::new(BOUNDS_S));
        let (decisions, answers) = (Family::<Decision, Counter>::default(), Family::<Decision, Counter>::default());
        let hits = answers.get_or_create(&Decision { outcome: "hit" }).clone();
        let granted = decisions.get_or_create(&Decision { outcome: "granted" }).clone();
        let build = Family::<Build, Gauge>::default();
        build.get_or_create(&Build { version: env!("CARGO_PKG_VERSION") }).set(1);
        registry.register("build_info", "The program that answers", build);
        registry.register("requests", "Requests that were answered, by endpoint, operation name and outcome", requests.clone());
        registry.register("request_seconds", "Seconds until a request was answered", request_seconds.clone());
        registry.register("sql_statements", "Statements sent to the database", statements.clone());
        registry.register("sql_statements_failed", "Statements that failed", statements_failed.clone());
        registry.register("sql_statement_seconds", "Seconds that statements took", statement_seconds.clone());
        registry.register("limiter_decisions", "Decisions of the limiter, by outcome", decisions.clone());
        registry.register(
            "answers",
            "Looks for an answer that was given before, by outcome; parts are those of the misses that were put together of parts",
            answers.clone(),
        );
        registry.register_collector(Box::new(Figures(store.clone())));
        let operations = Names::default();
        Self(Arc::new(Counters {
            registry,
            operations,
            requests,
            request_seconds,
            statements,
            statements_failed,
            statement_seconds,
            decisions,
            answers,
            hits,
            granted,
        }))
    }

    /// Counts an answered request. The outcome is `ok`, the area of an error's code, or the class of a status.
    pub fn answered(&self, endpoint: &'static str, operation: Option<&str>, outcome: &'static str, took: Duration) {
        let line = self.line(endpoint, operation, outcome);
        line.requests.inc();
        line.seconds.observe(took.as_secs_f64());
    }

    /// Where such requests are counted.
    #[must_use]
    pub fn line(&self, endpoint: &'static str, operation: Option<&str>, outcome: &'static str) -> Line {
        let operation = self.0.operations.known(operation);
        let requests = self.0.requests.get_or_create(&Request { endpoint, operation, outcome }).clone();
        Line { requests, seconds: self.0.request_seconds.get_or_create(&Endpoint { endpoint }).clone() }
    }

    /// Counts a request whose answer was there and was paid for.
    pub fn hit(&self, line: &Line, took: Duration) {
        line.requests.inc();
        line.seconds.observe(took.as_secs_f64());
        self.0.hits.inc();
        self.0.granted.inc();
    }

    /// Counts a statement.
    pub fn statement(&self, took: Duration, failed: bool) {
        self.0.statements.inc();
        if failed {
            self.0.statements_failed.inc();
        }
        self.0.statement_seconds.observe(took.as_secs_f64());
    }

    /// Counts a decision of the limiter, such as `allowed` or `refused`.
    pub fn decisions(&self, outcome: &'static str) {
        self.0.decisions.get_or_create(&Decision { outcome }).inc();
    }

    /// Counts a look for an answer that was given before, `hit` or `miss`, and an answer that was put together of `parts`.
    pub fn answers(&self, outcome: &'static str) {
        self.0.answers.get_or_create(&Decision { outcome }).inc();
    }

    /// All of it, as Prometheus reads it.
    ///
    /// # Errors
    ///
    /// Never by itself: only what is written to can fail, and that is a text.
    pub fn text(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.0.registry)?;
        Ok(text)
    }
}
