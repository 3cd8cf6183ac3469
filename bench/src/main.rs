//! The benchmark: this API beside static bytes and a bare handler of the same framework, in one run, on both databases, with every answer looked at.
//! `bench/run` builds what it needs and starts it.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the program speaks here and nowhere else")]

mod ask;
mod beside;
mod data;
mod figures;
mod growth;
mod guides;
mod load;
mod memory;
mod process;
mod report;
mod rounds;
mod servers;
mod shot;
mod speed;
mod statements;
mod way;
mod works;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    Speed(speed::Speed),
    /// Compare what a request, a publishing and a start cost over few and many guides
    Growth(growth::Growth),
    /// Ask at random for a while, and see how much memory the server takes
    Memory(memory::Memory),
    /// Serve what the API is compared with
    #[command(hide = true)]
    Beside { port: u16, url: String, sizes: Vec<usize> },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Speed(speed) => speed.measure(),
        Command::Growth(growth) => growth.measure(),
        Command::Memory(memory) => memory.measure(),
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
