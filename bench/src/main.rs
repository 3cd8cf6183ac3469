//! The benchmark: this API beside static bytes and a bare handler of the same framework, in one run, on both databases, with every answer looked at.
//! `bench/run` builds what it needs and starts it.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the program speaks here and nowhere else")]

mod ask;
mod beside;
mod data;
mod guides;
mod load;
mod process;
mod report;
mod rounds;
mod shot;
mod statements;
mod works;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

use crate::data::{Data, look_over};
use crate::process::Process;
use crate::report::Report;
use crate::rounds::{Effort, Place, Way, measure, size};
use crate::works::Work;

/// Measures the API
#[derive(Parser, Debug)]
#[command(name = "bench")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Compare the API with static bytes and with one SQL statement
    Speed(Speed),
    /// Serve what the API is compared with
    #[command(hide = true)]
    Beside { port: u16, url: String, sizes: Vec<usize> },
}

#[derive(Args, Debug)]
struct Speed {
    /// Guides in each database
    #[arg(long, default_value_t = 10_000)]
    guides: u32,
    /// Seconds of each figure
    #[arg(long, default_value_t = 2.0)]
    seconds: f64,
    /// Times that everything is measured; the median counts
    #[arg(long, default_value_t = 1)]
    passes: usize,
    /// Connections that ask at once
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// Operations, such as W1,W5
    #[arg(long, value_delimiter = ',')]
    works: Vec<String>,
    /// Leave SQLite out
    #[arg(long)]
    no_sqlite: bool,
    /// Measure on this PostgreSQL, too: in a database of its own
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// The server
    #[arg(long, value_name = "FILE", default_value = "target/release/greenroom-api")]
    api: PathBuf,
    /// Write the figures and the picture here
    #[arg(long, value_name = "FOLDER", default_value = "target/bench")]
    out: PathBuf,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Speed(speed) => measure_speed(&speed),
        Command::Beside { port, url, sizes } => actix_web::rt::System::new().block_on(beside::serve(port, &url, &sizes)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("bench: {why}");
            ExitCode::FAILURE
        }
    }
}

fn measure_speed(speed: &Speed) -> Result<(), String> {
    let home = tempfile::tempdir().map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut rows = Vec::new();
    if !speed.no_sqlite {
        println!("making {} guides on SQLite", speed.guides);
        let data = runtime.block_on(Data::sqlite(home.path(), speed.guides))?;
        rows.extend(on(speed, &data, home.path())?);
    }
    if let Some(server) = &speed.postgres {
        println!("making {} guides on PostgreSQL", speed.guides);
        let data = runtime.block_on(Data::postgres(server, speed.guides))?;
        rows.extend(on(speed, &data, home.path())?);
    }
    let report =
        Report { guides: speed.guides, processors, connections: speed.connections, seconds: speed.seconds, passes: speed.passes, rows };
    print!("{}", report.table());
    report.write(&speed.out)?;
    println!(
        "\n{} guides, {processors} processors shared by servers and load, {} connections; every answer was looked at",
        speed.guides, speed.connections
    );
    println!("{} has the figures, speed.svg beside it the picture", speed.out.join("speed.json").display());
    Ok(())
}

/// Measures all operations on one database.
fn on(speed: &Speed, data: &Data, home: &Path) -> Result<Vec<rounds::Row>, String> {
    println!("  {} s, {:.0} guides a second", data.planted.as_secs(), f64::from(speed.guides) / data.planted.as_secs_f64());
    let api = start_api(&speed.api, home, &data.url)?;
    let guides = Arc::new(look_over(&api, speed.guides)?);
    let works: Vec<Work> =
        Work::ALL.into_iter().filter(|work| speed.works.is_empty() || speed.works.iter().any(|name| name == work.name())).collect();
    let sizes = works.iter().map(|work| size(&api, &guides, *work)).collect::<Result<Vec<usize>, String>>()?;
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let beside = Process::start(&own, home, |port| {
        let fixed = ["beside".to_owned(), port.to_string(), data.url.clone()];
        fixed.into_iter().chain(sizes.iter().map(usize::to_string)).collect()
    })?;
    let place = Place { database: data.name, api: &api, beside: &beside, guides };
    let effort = Effort { connections: speed.connections, length: Duration::from_secs_f64(speed.seconds), passes: speed.passes };
    let (mut rows, mut run) = (Vec::new(), 1);
    for (work, size) in works.into_iter().zip(sizes) {
        println!("  measuring {} on {}", work.name(), data.name);
        rows.extend(measure(&place, work, size, (&Way::ALL, effort), &mut run)?);
    }
    Ok(rows)
}

/// Starts the API as it comes, but for its quotas: the load is one caller, and it is not the limits that are measured.
fn start_api(program: &Path, home: &Path, url: &str) -> Result<Process, String> {
    let program = std::path::absolute(program).map_err(|error| error.to_string())?;
    Process::start(&program, home, |port| {
        let listen = format!("127.0.0.1:{port}");
        let most = u32::MAX.to_string();
        ["--listen", &listen, "--database-url", url, "--starter-guides", "off", "--log", "warn"]
            .into_iter()
            .chain(["--anonymous-points-per-minute", &most, "--heavy-cost", &most])
            .map(str::to_owned)
            .collect()
    })
}
