//! The server in a process of its own, over the database of a stage.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use tests::Stage;

/// A server that runs until the value is dropped.
pub(crate) struct Host {
    pub(crate) child: Child,
    /// Its address: `http://127.0.0.1:PORT`.
    pub(crate) base: String,
}

impl Host {
    pub(crate) fn over(stage: &Stage) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_host"));
        let mut child = command.arg(&stage.url).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut base = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut base).unwrap();
        Self { child, base: base.trim().to_owned() }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
