//! A Redis for tests: the one that `./test` has started, or one of a test's own that it can stop and start again.

#![allow(clippy::expect_used, reason = "a harness fails loudly")]

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The address of the Redis that tests share.
///
/// # Panics
///
/// If there is none: a missing one is a failure, not a test to skip.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "./test says where the Redis is")]
pub fn url() -> String {
    std::env::var("GREENROOM_TEST_REDIS_URL").expect("GREENROOM_TEST_REDIS_URL names a Redis; ./test starts one, or skip with --skip redis")
}

/// A Redis of one test. It ends when the value is dropped.
#[derive(Debug)]
pub struct Redis {
    port: u16,
    folder: TempDir,
    process: Option<Child>,
}

impl Redis {
    /// One that is not running yet, on a port that is free.
    ///
    /// # Panics
    ///
    /// If there is no port or folder.
    #[must_use]
    pub fn stopped() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("the port has an address").port();
        Self { port, folder: tempfile::tempdir().expect("a temporary folder"), process: None }
    }

    /// Its address, whether it runs or not.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Starts it, empty.
    ///
    /// # Panics
    ///
    /// If it does not listen within ten seconds.
    pub fn start(&mut self) {
        let mut command = Command::new("redis-server");
        command.args(["--port", &self.port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        command.current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.process = Some(command.spawn().expect("redis-server is installed"));
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(10), "redis-server does not listen");
            std::thread::yield_now();
        }
    }

    /// Ends it at once, as a crash would.
    ///
    /// # Panics
    ///
    /// If it cannot be ended.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("the process is ours");
            process.wait().expect("the process ends");
        }
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}
