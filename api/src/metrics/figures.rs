//! Figures that are looked up when somebody reads them: the guides in memory, the connections of the pools, and the process.

use content::store::{Pool, ShelfUse, Store};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric, MetricEncoder};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;

#[derive(Debug)]
pub(super) struct Figures(pub(super) Store);

impl Collector for Figures {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let ShelfUse { hits, misses, bytes, guides } = self.0.shelf_use();
        counter(&mut encoder, "shelf_hits", "Guides that were in memory when they were asked for", hits)?;
        counter(&mut encoder, "shelf_misses", "Guides that had to be read from the database", misses)?;
        gauge(&mut encoder, "shelf_bytes", "Bytes of guides in memory, by their own estimate", bytes)?;
        gauge(&mut encoder, "shelf_guides", "Guides in memory", guides)?;
        let mut connections =
            encoder.encode_descriptor("pool_connections", "Connections to the database, by pool and state", None, MetricType::Gauge)?;
        for (pool, Pool { used, idle }) in ["reader", "writer"].into_iter().zip(self.0.pools()) {
            for (state, count) in [("used", used), ("idle", idle)] {
                let labels = [("pool", pool), ("state", state)];
                ConstGauge::new(wide(count)).encode(connections.encode_family(&labels)?)?;
            }
        }
        if let Some(bytes) = resident_bytes() {
            gauge(&mut encoder, "process_resident_memory_bytes", "Memory of the process that is resident", bytes)?;
        }
        if let Some(files) = open_files() {
            gauge(&mut encoder, "process_open_fds", "Files and connections that the process has open", files)?;
        }
        Ok(())
    }
}

fn counter(encoder: &mut DescriptorEncoder<'_>, name: &str, help: &str, count: u64) -> Result<(), std::fmt::Error> {
    let line: MetricEncoder<'_> = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
    ConstCounter::new(count).encode(line)
}

fn gauge(encoder: &mut DescriptorEncoder<'_>, name: &str, help: &str, figure: u64) -> Result<(), std::fmt::Error> {
    let line: MetricEncoder<'_> = encoder.encode_descriptor(name, help, None, MetricType::Gauge)?;
    ConstGauge::new(figure).encode(line)
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Where the system tells: on Linux.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kibibytes| kibibytes * 1_024)
}

fn open_files() -> Option<u64> {
    Some(wide(std::fs::read_dir("/proc/self/fd").ok()?.count()))
}
