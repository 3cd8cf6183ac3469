//! Clients that hold on to the server: slowly, in great number, or with documents that cost much. Each is let go in bounded time, others are answered
//! meanwhile, and the memory comes back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod running;

use std::fmt::Write as _;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use running::{Running, program};
use tempfile::TempDir;

/// One thread, so that it could be blocked; and short patience, so that the test is short.
fn impatient(home: &TempDir) -> Running {
    let mut command = program(home.path());
    command.env("GREENROOM_HEAD_SECONDS", "1").env("GREENROOM_KEEP_ALIVE_SECONDS", "2").env("GREENROOM_LIMIT_REQUEST_MS", "1500");
    command.env("GREENROOM_WORKERS", "1");
    Running::start(command)
}

fn still_honest(server: &Running) {
    let begun = Instant::now();
    let answer = server.post("/graphql", "", r#"{"query":"{ companies { totalCount } }"}"#);
    assert!(answer.contains(r#"{"data":{"companies":{"totalCount":8}}"#), "{answer}");
    assert!(begun.elapsed() < Duration::from_secs(2), "it took {:?}", begun.elapsed());
}

/// Goes on sending a sign now and then until the server has closed, and gives what it said before.
fn until_closed(mut stream: TcpStream, sign: &[u8]) -> (Duration, String) {
    stream.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    let begun = Instant::now();
    let (mut answer, mut part) = (Vec::new(), [0; 4_096]);
    loop {
        assert!(begun.elapsed() < Duration::from_secs(15), "the server holds on: {}", String::from_utf8_lossy(&answer));
        match stream.read(&mut part) {
            Ok(0) => break,
            Ok(count) => answer.extend_from_slice(&part[..count]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                if stream.write_all(sign).is_err() {
                    break;
                }
            }
            Err(_) => break,
        }
    }
    (begun.elapsed(), String::from_utf8_lossy(&answer).into_owned())
}

#[test]
fn whoever_is_slow_is_let_go_in_bounded_time_and_others_are_answered_meanwhile() {
    let home = TempDir::new().unwrap();
    let server = impatient(&home);
    let whole =
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 26\r\n\r\n{\"query\":\"{ __typename }\"}";
    let body = "HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{";
    let cases = [
        ("nothing at all", String::new(), &b""[..]),
        ("headers that trickle", "GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ".to_owned(), b"x"),
        ("a line that trickles", "G".to_owned(), b"E"),
        ("a body that trickles", format!("POST /graphql {body}"), b" "),
        ("a body of an editor that trickles", format!("POST /admin/graphql {body}"), b" "),
        ("a body that never comes", format!("POST /graphql {body}"), b""),
        ("a body that nobody reads", format!("POST /nothing {body}"), b" "),
        ("a body where none belongs", format!("GET /livez {body}"), b" "),
        (
            "chunks that trickle",
            "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned(),
            b"1\r\n \r\n",
        ),
        ("nothing after an answer", whole.to_owned(), b""),
        ("headers that trickle after an answer", format!("{whole}GET /livez HTTP/1.1\r\nX-Slow: "), b"x"),
    ];
    let threads = cases.map(|(name, start, sign)| {
        let mut stream = server.connect();
        stream.write_all(start.as_bytes()).unwrap();
        (name, std::thread::spawn(move || until_closed(stream, sign)))
    });
    still_honest(&server);
    let mut late = String::new();
    for (name, thread) in threads {
        match thread.join() {
            Ok((took, answer)) => assert!(!answer.contains("HTTP/1.1 5"), "{name} {took:?}: {answer}"),
            Err(_) => write!(late, "{name}; ").unwrap(),
        }
    }
    assert!(late.is_empty(), "not let go: {late}");
    assert!(server.raw("\u{1}\r\n\r\n").starts_with("HTTP/1.1 400"));
    still_honest(&server);
    let (_, log) = server.stop_and_hear();
    assert!(!log.contains("ERROR"), "what strangers do is no fault of ours: {log}");
}

/// Sends pieces of requests on one connection, with a pause before each, and reads an answer after the last one.
fn answered(stream: &mut TcpStream, pieces: &[(u64, &str)]) -> String {
    for (pause_ms, piece) in pieces {
        std::thread::sleep(Duration::from_millis(*pause_ms));
        stream.write_all(piece.as_bytes()).unwrap();
    }
    let mut part = [0; 4_096];
    let count = stream.read(&mut part).unwrap();
    String::from_utf8_lossy(&part[..count]).into_owned()
}

#[test]
fn a_connection_that_is_used_stays_for_longer_than_one_that_is_not() {
    let home = TempDir::new().unwrap();
    let server = impatient(&home);
    let mut stream = server.connect();
    // One of which nothing is heard is over after seven seconds.
    for number in 0..10 {
        let answer = answered(&mut stream, &[(if number == 0 { 0 } else { 900 }, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")]);
        assert!(answer.starts_with("HTTP/1.1 200"), "{number}: {answer}");
    }
    server.stop();
}

#[test]
fn a_request_after_a_pause_has_as_long_as_any_other() {
    let home = TempDir::new().unwrap();
    let mut command = program(home.path());
    command.env("GREENROOM_HEAD_SECONDS", "3").env("GREENROOM_KEEP_ALIVE_SECONDS", "9").env("GREENROOM_LIMIT_REQUEST_MS", "3000");
    let server = Running::start(command);
    let mut stream = server.connect();
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    let (rest, body) = ("Content-Length: 26\r\n\r\n{\"query\":\"", "{ __typename }\"}");
    let answer = answered(&mut stream, &[(0, head), (0, rest), (0, body)]);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let answer = answered(&mut stream, &[(7_500, head), (2_000, rest), (2_000, body)]);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    server.stop();
}

#[test]
fn more_connections_than_are_served_at_a_time_wait_and_do_not_break_the_others() {
    let home = TempDir::new().unwrap();
    let mut command = program(home.path());
    command.env("GREENROOM_HEAD_SECONDS", "1").env("GREENROOM_CONNECTIONS", "20").env("GREENROOM_WORKERS", "1");
    let server = Running::start(command);
    let idle: Vec<TcpStream> = (0..200).map(|_| server.connect()).collect();
    // Twenty at a time are let go after a second each; whoever comes behind two hundred of them waits for ten turns at the most.
    let begun = Instant::now();
    assert!(server.get("/livez").starts_with("HTTP/1.1 200"));
    assert!(begun.elapsed() < Duration::from_secs(18), "it took {:?}", begun.elapsed());
    drop(idle);
    still_honest(&server);
    server.stop();
}

#[test]
fn the_memory_comes_back_after_a_flood() {
    let home = TempDir::new().unwrap();
    let server = Running::start(program(home.path()));
    let ask = |query: &str| server.post("/graphql", "", &serde_json::json!({ "query": query }).to_string());
    let doubling: String = (0..40).fold(String::new(), |mut text, number| {
        write!(text, " fragment F{number} on Query {{ ...F{0} ...F{0} }}", number + 1).unwrap();
        text
    });
    let around = "questionCategories { questions { company { ".repeat(3);
    let floods = [
        format!("{{ ...F0 }} {doubling} fragment F40 on Query {{ __typename }}"),
        format!("{{ companies {{ nodes {{ {around} name {} }} }} }}", "} } }".repeat(3)),
        format!("{{ service {{ {} }} }}", "unknown ".repeat(1_900)),
        format!("{{ nodes(ids: [{}]) {{ id }} }}", "\"x\",".repeat(9_000)),
        include_str!("../../tests/it/queries/introspection.graphql").to_owned(),
    ];
    let once = || floods.iter().for_each(|flood| assert!(!ask(flood).starts_with("HTTP/1.1 5")));
    // The first round fills what is kept: schema, guides, connections, the allocator's own reserves.
    for _ in 0..5 {
        once();
    }
    let before = server.resident_kib();
    for _ in 0..15 {
        once();
    }
    let after = server.resident_kib();
    assert!(after < before + 32 * 1_024, "{before} KiB before, {after} KiB after");
    still_honest(&server);
    server.stop();
}
