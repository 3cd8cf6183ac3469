//! The program `greenroom`.

use std::process::ExitCode;

fn main() -> ExitCode {
    admin_cli::run()
}
