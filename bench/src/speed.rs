//! `bench speed`: each operation in each way, beside what it is compared with.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use crate::data::look_over;
use crate::report::Report;
use crate::rounds::{Effort, Place, measure, size};
use crate::servers::{Servers, beside};
use crate::way::Way;
use crate::works::Work;

#[derive(Args, Debug)]
pub(crate) struct Speed {
    /// Guides in each database
    #[arg(long, default_value_t = 10_000)]
    guides: u32,
    /// Seconds of each figure, in each pass
    #[arg(long, default_value_t = 0.1)]
    seconds: f64,
    /// Times that everything is measured, one after the other: what slows the machine for a while slows all of it; the median counts, of ratios that of those within one pass
    #[arg(long, default_value_t = 15)]
    passes: usize,
    /// Bytes of guides that the server keeps, and of answers: room for all of them, so that what is measured is not the database
    #[arg(long, default_value_t = 2 * 1_073_741_824)]
    memory_bytes: u64,
    /// Operations, such as W1,W5
    #[arg(long, value_delimiter = ',')]
    works: Vec<String>,
    /// Ways of asking, such as repeated,new-document; static bytes and the bare handler are always among them
    #[arg(long, value_delimiter = ',', value_enum, hide_possible_values = true)]
    ways: Vec<Way>,
    /// Write the figures and the picture here
    #[arg(long, value_name = "FOLDER", default_value = "target/bench")]
    out: PathBuf,
    #[command(flatten)]
    servers: Servers,
}

impl Speed {
    /// Measures, and tells.
    ///
    /// # Errors
    ///
    /// The first answer that is not right, or a server that does not start.
    pub(crate) fn measure(&self) -> Result<(), String> {
        let effort = Effort { connections: self.servers.connections, length: Duration::from_secs_f64(self.seconds), passes: self.passes };
        let works: Vec<Work> =
            Work::ALL.into_iter().filter(|work| self.works.is_empty() || self.works.iter().any(|name| name == work.name())).collect();
        let is_asked = |way: &Way| self.ways.is_empty() || self.ways.contains(way) || matches!(way, Way::Static | Way::Bare);
        let ways: Vec<Way> = Way::COMPARED.into_iter().filter(is_asked).collect();
        let (mut rows, mut run) = (Vec::new(), 1);
        self.servers.on_each(self.guides, |data, home| {
            let room = self.memory_bytes.to_string();
            let api = self.servers.api(home, data, &["--memory-bytes", &room, "--answer-bytes", &room])?;
            let guides = Arc::new(look_over(&api, self.guides)?);
            let sizes = works.iter().map(|work| size(&api, &guides, *work)).collect::<Result<Vec<usize>, String>>()?;
            let beside = beside(home, data, &sizes)?;
            let place = Place { database: data.name, api: &api, beside: Some(&beside), guides, all_in_memory: true };
            for (work, size) in works.iter().zip(sizes) {
                println!("  measuring {}", work.name());
                rows.extend(measure(&place, *work, size, (&ways, effort), &mut run)?);
            }
            Ok(())
        })?;
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let (guides, connections) = (self.guides, self.servers.connections);
        let report = Report { guides, processors, connections, seconds: self.seconds, passes: self.passes, rows };
        print!("{}", report.table());
        report.write(&self.out)?;
        println!(
            "\n{guides} guides, {processors} processors for servers and load together, {connections} connections; every answer was looked at"
        );
        println!("{} has the figures, speed.svg beside it the picture", self.out.join("speed.json").display());
        Ok(())
    }
}
