//! `bench memory`: how much memory the server takes while it is asked for everything at random.

use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;

use crate::data::look_over;
use crate::rounds::{Effort, Place, measure};
use crate::servers::Servers;
use crate::way::Way;
use crate::works::Work;

#[derive(Args, Debug)]
pub(crate) struct Memory {
    /// Guides in each database
    #[arg(long, default_value_t = 10_000)]
    guides: u32,
    /// Minutes on each database
    #[arg(long, default_value_t = 10.0)]
    minutes: f64,
    /// Bytes of guides that the server keeps
    #[arg(long = "memory-bytes", default_value_t = 64 * 1_048_576)]
    guide_bytes: u64,
    /// Bytes of answers that it keeps
    #[arg(long, default_value_t = 64 * 1_048_576)]
    answer_bytes: u64,
    #[command(flatten)]
    servers: Servers,
}

impl Memory {
    /// Measures, and tells the memory after each round.
    ///
    /// # Errors
    ///
    /// As `bench speed`.
    pub(crate) fn measure(&self) -> Result<(), String> {
        const MIB: u64 = 1_048_576;
        let effort = Effort { connections: self.servers.connections, length: Duration::from_secs(5), passes: 1 };
        self.servers.on_each(self.guides, |data, home| {
            let bounds = (self.guide_bytes.to_string(), self.answer_bytes.to_string());
            let api = self.servers.api(home, data, &["--memory-bytes", &bounds.0, "--answer-bytes", &bounds.1])?;
            println!(
                "  bounds {} MB and {} MB; {} MB at the start",
                self.guide_bytes / MIB,
                self.answer_bytes / MIB,
                api.memory_bytes() / MIB
            );
            let place = Place {
                database: data.name,
                api: &api,
                beside: None,
                guides: Arc::new(look_over(&api, self.guides)?),
                all_in_memory: false,
            };
            let (began, mut run, mut most, mut requests) = (Instant::now(), 1, 0, 0);
            while began.elapsed().as_secs_f64() < self.minutes * 60.0 {
                for work in Work::ALL {
                    let rows = measure(&place, work, 0, (&[Way::Random, Way::NewFields], effort), &mut run)?;
                    most = rows.iter().map(|row| row.memory_bytes).fold(most, u64::max);
                    requests += rows.iter().map(|row| row.requests).sum::<usize>();
                }
                println!(
                    "  after {:>4} s and {requests:>9} requests: {:>5} MB, {:>5} MB at most",
                    began.elapsed().as_secs(),
                    api.memory_bytes() / MIB,
                    most / MIB
                );
            }
            Ok(())
        })
    }
}
