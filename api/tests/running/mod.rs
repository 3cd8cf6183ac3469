//! The binary as somebody starts it, and what is seen of it from outside.

#![allow(dead_code, unreachable_pub, reason = "each file of tests is a program of its own and uses its part of this")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The binary with nothing in its environment but a home, on a free port.
pub fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom-api"));
    // The quota of an address has tests of its own; here it would be in the way of all others.
    command.env_clear().env("GREENROOM_ANONYMOUS_POINTS_PER_MINUTE", "1000000");
    command.env("HOME", home).args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A started server, and its address as it told it.
pub struct Running {
    pub child: Child,
    pub address: String,
    pub told: String,
    stdout: BufReader<ChildStdout>,
}

impl Running {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut told = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        while !told.contains("Stop with Ctrl-C") {
            assert!(stdout.read_line(&mut told).unwrap() > 0, "the server ended early: {told}");
        }
        let address = told.split_once("http://").and_then(|(_, rest)| rest.split_once('/')).unwrap().0.to_owned();
        Self { child, address, told, stdout }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// The whole answer to a request, as it came over the wire.
    pub fn raw(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub fn get(&self, path: &str) -> String {
        self.raw(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }

    /// A JSON body sent with these further headers, each with its line end.
    pub fn post(&self, path: &str, headers: &str, body: &str) -> String {
        let length = body.len();
        self.raw(&format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        ))
    }

    pub fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap().success());
    }

    pub fn stop(mut self) {
        self.signal("-TERM");
        assert!(self.child.wait().unwrap().success());
    }

    /// Ends the server, and gives all that it said on stdout and on stderr.
    pub fn stop_and_hear(mut self) -> (String, String) {
        self.signal("-TERM");
        let mut stderr = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        self.stdout.read_to_string(&mut self.told).unwrap();
        assert!(self.child.wait().unwrap().success());
        (self.told, stderr)
    }

    /// A figure of `/proc`, in KiB: `VmRSS` is what is resident now.
    pub fn resident_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches("kB").trim().parse().unwrap()
    }
}

/// A collector of traces that keeps what it gets, byte by byte.
pub struct Collector {
    pub endpoint: String,
    kept: Arc<Mutex<Vec<u8>>>,
}

impl Collector {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let kept = Arc::new(Mutex::new(Vec::new()));
        let keeping = Arc::clone(&kept);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let keeping = Arc::clone(&keeping);
                std::thread::spawn(move || keep(stream.unwrap(), &keeping));
            }
        });
        Self { endpoint, kept }
    }

    /// All bytes so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.kept.lock().unwrap().clone()
    }

    /// The same, with those that are no text replaced.
    pub fn heard(&self) -> String {
        String::from_utf8_lossy(&self.bytes()).into_owned()
    }
}

/// Reads requests one after the other, and takes each.
fn keep(mut stream: TcpStream, kept: &Mutex<Vec<u8>>) {
    let mut pending = Vec::new();
    let mut part = vec![0; 65_536];
    while let Ok(count @ 1..) = stream.read(&mut part) {
        kept.lock().unwrap().extend_from_slice(&part[..count]);
        pending.extend_from_slice(&part[..count]);
        while let Some(length) = whole(&pending) {
            pending.drain(..length);
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n").unwrap();
        }
    }
}

/// How long the first request is, once all of it is there.
fn whole(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
    let body: usize = text.split_once("content-length:").map_or(0, |(_, rest)| rest.lines().next().unwrap().trim().parse().unwrap());
    (bytes.len() >= head + body).then_some(head + body)
}
