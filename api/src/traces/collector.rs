//! The way to the collector of traces. When it is away that is said once, and once more when it takes traces again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use opentelemetry_otlp::{Protocol, SpanExporter as Otlp, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

/// How long a collector has for one batch. It is sent by a thread of its own, for which nobody waits.
const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Debug)]
pub(super) struct Collector {
    otlp: Otlp,
    /// The address without what may be secret in it.
    shown: String,
    away: AtomicBool,
}

impl Collector {
    /// The collector at this base address.
    pub(super) fn at(endpoint: &str) -> Result<Self, String> {
        let address = format!("{}/v1/traces", endpoint.trim_end_matches('/'));
        let otlp = Otlp::builder().with_http().with_protocol(Protocol::HttpBinary).with_endpoint(address).with_timeout(PATIENCE).build();
        let otlp = otlp.map_err(|error| error.to_string())?;
        let shown = match endpoint.split_once("://") {
            Some((scheme, rest)) => format!("{scheme}://{}", rest.rsplit('@').next().unwrap_or_default()),
            None => String::new(),
        };
        Ok(Self { otlp, shown, away: AtomicBool::new(false) })
    }
}

impl SpanExporter for Collector {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let outcome = self.otlp.export(batch).await;
        match (self.away.swap(outcome.is_err(), Ordering::Relaxed), outcome.is_err()) {
            (false, true) => tracing::warn!(collector = self.shown, "the collector takes no traces; they are lost until it does"),
            (true, false) => tracing::info!(collector = self.shown, "the collector takes traces again"),
            (false, false) | (true, true) => {}
        }
        outcome
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.otlp.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.otlp.set_resource(resource);
    }
}
