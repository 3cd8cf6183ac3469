//! `bench growth`: what a request, a publishing and a start cost over few and many guides.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use content::edit::Author;
use content::store::{Options, Store};
use serde::Serialize;

use crate::data::{Data, look_over};
use crate::figures::Row;
use crate::rounds::{Effort, Place, measure};
use crate::servers::Servers;
use crate::way::Way;
use crate::works::Work;

/// Guides that are published once more to see how long that takes.
const PUBLISHED: u32 = 100;

#[derive(Args, Debug)]
pub(crate) struct Growth {
    /// Guides, one count after the other
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000])]
    guides: Vec<u32>,
    /// Seconds of each figure
    #[arg(long, default_value_t = 2.0)]
    seconds: f64,
    /// Times that everything is measured; the median counts
    #[arg(long, default_value_t = 3)]
    passes: usize,
    /// Write the figures here
    #[arg(long, value_name = "FOLDER", default_value = "target/bench")]
    out: PathBuf,
    #[command(flatten)]
    servers: Servers,
}

/// What was measured over so many guides on one database.
#[derive(Debug, Serialize)]
struct Size {
    database: &'static str,
    guides: u32,
    disk_bytes: u64,
    start_ms: u128,
    memory_at_start_bytes: u64,
    memory_bytes: u64,
    publish_ms: f64,
    rows: Vec<Row>,
}

/// The operations and ways that are compared. What is asked for at random comes last: where there is more of it than memory, it takes the place of the rest.
const COMPARED: [(Work, &[Way]); 6] = [
    (Work::Page, &[Way::NewVariables]),
    (Work::List, &[Way::First, Way::Last]),
    (Work::TwoFields, &[Way::NewVariables]),
    (Work::Page, &[Way::Random]),
    (Work::List, &[Way::Random]),
    (Work::TwoFields, &[Way::Random]),
];

impl Growth {
    /// Measures, and tells.
    ///
    /// # Errors
    ///
    /// As `bench speed`.
    pub(crate) fn measure(&self) -> Result<(), String> {
        let mut sizes = Vec::new();
        for guides in &self.guides {
            self.servers.on_each(*guides, |data, home| {
                sizes.push(self.size(data, home, *guides)?);
                Ok(())
            })?;
        }
        sizes.sort_by_key(|size| (size.database, size.guides));
        for size in &sizes {
            tell(size);
        }
        std::fs::create_dir_all(&self.out).map_err(|error| error.to_string())?;
        let json = serde_json::to_string_pretty(&sizes).map_err(|error| error.to_string())?;
        std::fs::write(self.out.join("growth.json"), json + "\n").map_err(|error| error.to_string())
    }

    fn size(&self, data: &Data, home: &Path, guides: u32) -> Result<Size, String> {
        let api = self.servers.api(home, data, &[])?;
        let memory_at_start_bytes = api.memory_bytes();
        let place =
            Place { database: data.name, api: &api, beside: None, guides: Arc::new(look_over(&api, guides)?), all_in_memory: false };
        let effort = Effort { connections: self.servers.connections, length: Duration::from_secs_f64(self.seconds), passes: self.passes };
        let (mut rows, mut run) = (Vec::new(), 1);
        for (work, ways) in COMPARED {
            rows.extend(measure(&place, work, 0, (ways, effort), &mut run)?);
        }
        let (start_ms, memory_bytes) = (api.start.as_millis(), api.memory_bytes());
        drop(api);
        let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
        let disk_bytes = runtime.block_on(data.bytes())?;
        let publish_ms = runtime.block_on(publish(data, guides))?;
        Ok(Size { database: data.name, guides, disk_bytes, start_ms, memory_at_start_bytes, memory_bytes, publish_ms, rows })
    }
}

/// Milliseconds for which one guide is published, in operations of a hundred.
async fn publish(data: &Data, guides: u32) -> Result<f64, String> {
    let store = Store::open(Options::new(&data.url)).await.map_err(|error| error.to_string())?;
    let began = Instant::now();
    let desk = store.desk(Author::new("bench"));
    seed::synthetic::plant(&desk, guides..guides + PUBLISHED, |_| {}).await.map_err(|error| error.to_string())?;
    let milliseconds = began.elapsed().as_secs_f64() * 1_000.0 / f64::from(PUBLISHED);
    store.close().await.map_err(|error| error.to_string())?;
    Ok(milliseconds)
}

fn tell(size: &Size) {
    const MIB: u64 = 1_048_576;
    println!(
        "\n{} guides on {}: {} MB on disk, starts in {} ms with {} MB, {} MB after the load, publishes a guide in {:.1} ms",
        size.guides,
        size.database,
        size.disk_bytes / MIB,
        size.start_ms,
        size.memory_at_start_bytes / MIB,
        size.memory_bytes / MIB,
        size.publish_ms
    );
    for row in &size.rows {
        let (work, way) = (row.work, row.way.name());
        println!(
            "  {work} {way:<32} {:>8.0} a second {:>8.1} us of cpu {:>8.0} us p50 {:>8.0} us p99",
            row.per_second, row.cpu_us, row.p50_us, row.p99_us
        );
    }
}
