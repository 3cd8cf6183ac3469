//! A server as a process of its own: started on a free port, looked at from outside, and ended.

use std::ffi::OsStr;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Ticks of the system's clock of processor time in a second: always so on Linux.
const TICKS: f64 = 100.0;
const PATIENCE: Duration = Duration::from_mins(1);

/// A server that runs until the value is dropped.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// How long it took until it listened.
    pub(crate) start: Duration,
}

impl Process {
    /// Starts a program; `arguments` are given the port.
    ///
    /// # Errors
    ///
    /// If it cannot be started, or ends or does not listen within a minute.
    pub(crate) fn start<S: AsRef<OsStr>>(program: &Path, home: &Path, arguments: impl FnOnce(u16) -> Vec<S>) -> Result<Self, String> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        drop(listener);
        let began = Instant::now();
        // Settings of the developer's own server must not reach this one.
        let child = Command::new(program)
            .args(arguments(address.port()))
            .env_clear()
            .env("HOME", home)
            .env("XDG_DATA_HOME", home)
            .current_dir(home)
            .stdout(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let mut process = Self { child, address, start: Duration::ZERO };
        while TcpStream::connect(address).is_err() || !process.answers() {
            if process.child.try_wait().is_ok_and(|ended| ended.is_some()) || began.elapsed() > PATIENCE {
                return Err(format!("{} did not start", program.display()));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        process.start = began.elapsed();
        Ok(process)
    }

    /// Seconds of a processor that it has used.
    pub(crate) fn seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // The name of the program stands in parentheses and may have spaces.
        let after = stat.rsplit(')').next().unwrap_or_default();
        let fields: Vec<f64> = after.split_whitespace().skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
        fields.iter().sum::<f64>() / TICKS
    }

    /// Bytes of its memory that are resident now.
    pub(crate) fn memory_bytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap_or_default() * 1_024
    }

    /// The server takes the port before it opens its database, so that it listens is not that it answers.
    fn answers(&self) -> bool {
        use std::io::{Read, Write};
        let ask = || -> std::io::Result<bool> {
            let mut stream = TcpStream::connect(self.address)?;
            stream.set_read_timeout(Some(Duration::from_secs(1)))?;
            stream.write_all(b"GET /livez HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n")?;
            let mut answer = [0; 9];
            stream.read_exact(&mut answer)?;
            Ok(answer == *b"HTTP/1.1 ")
        };
        ask().unwrap_or(false)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
