//! The servers of a measurement, and on which databases it is made.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::data::Data;
use crate::process::Process;

/// Where is measured, the same for all commands.
#[derive(Args, Debug)]
pub(crate) struct Servers {
    /// Connections that ask at once
    #[arg(long, default_value_t = 16)]
    pub(crate) connections: usize,
    /// Leave SQLite out
    #[arg(long)]
    no_sqlite: bool,
    /// Measure on this PostgreSQL, too: in a database of its own
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// The server
    #[arg(long, value_name = "FILE", default_value = "target/release/greenroom-api")]
    api: PathBuf,
}

impl Servers {
    /// Makes so many guides on each database, one after the other, and lets something be done with it.
    ///
    /// # Errors
    ///
    /// If a database cannot be made, or what is done fails.
    pub(crate) fn on_each(&self, guides: u32, mut act: impl FnMut(&Data, &Path) -> Result<(), String>) -> Result<(), String> {
        let home = tempfile::tempdir().map_err(|error| error.to_string())?;
        let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
        let mut made = |name: &str, data: Data| {
            let seconds = data.planted.as_secs_f64();
            println!("{guides} guides on {name}, published in {seconds:.0} s");
            act(&data, home.path())
        };
        if !self.no_sqlite {
            made("SQLite", runtime.block_on(Data::sqlite(home.path(), guides))?)?;
        }
        if let Some(server) = &self.postgres {
            made("PostgreSQL", runtime.block_on(Data::postgres(server, guides))?)?;
        }
        Ok(())
    }

    /// Starts the API as it comes, but for its quotas: the load is one caller, and it is not the limits that are measured.
    ///
    /// # Errors
    ///
    /// If it does not start.
    pub(crate) fn api(&self, home: &Path, data: &Data, more: &[&str]) -> Result<Process, String> {
        let program = std::path::absolute(&self.api).map_err(|error| error.to_string())?;
        Process::start(&program, home, |port| {
            let (listen, most) = (format!("127.0.0.1:{port}"), u32::MAX.to_string());
            ["--listen", &listen, "--database-url", &data.url, "--starter-guides", "off", "--log", "warn"]
                .into_iter()
                .chain(["--anonymous-points-per-minute", &most, "--heavy-cost", &most])
                .chain(more.iter().copied())
                .map(str::to_owned)
                .collect()
        })
    }
}

/// Starts what the API is compared with, with static answers of these sizes.
///
/// # Errors
///
/// If it does not start.
pub(crate) fn beside(home: &Path, data: &Data, sizes: &[usize]) -> Result<Process, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    Process::start(&own, home, |port| {
        let fixed = ["beside".to_owned(), port.to_string(), data.url.clone()];
        fixed.into_iter().chain(sizes.iter().map(usize::to_string)).collect()
    })
}
