//! What an operator sees: figures, traces, and one line when nobody takes the traces.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod running;

use std::net::TcpListener;
use std::time::{Duration, Instant};

use running::{Collector, Running, program};
use tempfile::TempDir;

const QUERY: &str = r#"{"query":"query Names { companies(first: 3) { nodes { name } } }"}"#;

#[test]
fn the_metrics_tell_of_requests_statements_guides_and_the_process() {
    let home = TempDir::new().unwrap();
    let server = Running::start(program(home.path()));
    for _ in 0..3 {
        server.post("/graphql", "", QUERY);
    }
    server.post("/graphql", "", r#"{"query":"query Broken { nothing }"}"#);
    server.get("/nothing/at/all");
    for number in 0..120 {
        server.post("/graphql", "", &format!(r#"{{"query":"query Flood{number} {{ __typename }}"}}"#));
    }
    let metrics = server.get("/metrics");
    assert!(metrics.contains("content-type: text/plain; version=0.0.4; charset=utf-8"), "{metrics}");
    for line in [
        r#"greenroom_requests_total{endpoint="/graphql",operation="Names",outcome="ok"} 3"#,
        r#"greenroom_requests_total{endpoint="/graphql",operation="Broken",outcome="REQ"} 1"#,
        r#"greenroom_requests_total{endpoint="none",operation="",outcome="REQ"} 1"#,
        r#"greenroom_requests_total{endpoint="/graphql",operation="other",outcome="ok"} 22"#,
        r#"greenroom_request_seconds_count{endpoint="/graphql"} 124"#,
        // Asked three times: made, made again and kept, and given. The guides were read once.
        r#"greenroom_answers_total{outcome="hit"} 1"#,
        "greenroom_shelf_hits_total 3",
        "greenroom_shelf_misses_total 3",
        "greenroom_shelf_guides 3",
        "greenroom_sql_statements_failed_total 0",
        r#"greenroom_pool_connections{pool="writer",state="idle"} 1"#,
        r#"greenroom_build_info{version=""#,
    ] {
        assert!(metrics.contains(line), "{line} in:\n{metrics}");
    }
    for name in ["greenroom_sql_statements_total", "greenroom_process_resident_memory_bytes", "greenroom_process_open_fds"] {
        let figure = metrics.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<u64>().ok());
        assert!(figure.is_some_and(|figure| figure > 0), "{name}: {figure:?}");
    }
    server.stop();
}

#[test]
fn the_metrics_are_for_those_whom_the_settings_name() {
    let home = TempDir::new().unwrap();
    let status = |metrics: &str, headers: &str| {
        let mut command = program(home.path());
        command.env("GREENROOM_METRICS", metrics);
        let server = Running::start(command);
        let answer = server.raw(&format!("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n"));
        server.stop();
        answer
    };
    for (metrics, headers) in
        [("local", ""), ("open", "X-Forwarded-For: 8.8.8.8\r\n"), ("127.0.0.0/8, ::1/128", "X-Forwarded-For: 8.8.8.8\r\n")]
    {
        assert!(status(metrics, headers).starts_with("HTTP/1.1 200"), "{metrics} {headers}");
    }
    let forwarded = "X-Forwarded-For: 127.0.0.1\r\n";
    for (metrics, headers) in [("off", ""), ("10.0.0.0/8", forwarded), ("10.0.0.0/8", "X-Real-Ip: 10.0.0.1\r\n"), ("local", forwarded)] {
        let answer = status(metrics, headers);
        assert!(answer.starts_with("HTTP/1.1 404") && answer.contains("REQ-010"), "{metrics} {headers}: {answer}");
    }
    let mut command = program(home.path());
    command.env("GREENROOM_METRICS", "everybody");
    assert_eq!(command.output().unwrap().status.code(), Some(2));
}

#[test]
fn a_trace_has_the_request_its_parts_and_its_statements_below_the_callers_span() {
    let home = TempDir::new().unwrap();
    let collector = Collector::start();
    let mut command = program(home.path());
    // The variable that other programs of the machine share.
    command.env("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.endpoint);
    let server = Running::start(command);
    let parent = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nx-request-id: from-the-caller\r\n";
    server.post("/graphql", parent, QUERY);
    server.post("/graphql", "traceparent: 00-0bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00\r\nx-request-id: not-wanted\r\n", QUERY);
    // What is left is sent at the end.
    server.stop();
    let heard = collector.bytes();
    let has = |part: &[u8]| heard.windows(part.len()).any(|window| window == part);
    for part in ["POST /v1/traces", "greenroom-api", "graphql.parse", "graphql.execute", "SELECT", "from-the-caller", "Names", "/graphql"] {
        assert!(has(part.as_bytes()), "{part}");
    }
    let (trace, span) = (0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736_u128.to_be_bytes(), 0x00f0_67aa_0ba9_02b7_u64.to_be_bytes());
    assert!(has(&trace) && has(&span), "the caller's trace goes on");
    assert!(!has(b"not-wanted"), "a caller who does not sample is followed in that");
}

#[test]
fn a_collector_that_is_away_disturbs_nobody_and_is_said_once() {
    let home = TempDir::new().unwrap();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut command = program(home.path());
    command.env("GREENROOM_OTLP_ENDPOINT", format!("http://user:secret@{nobody}")).env("OTEL_BSP_SCHEDULE_DELAY", "50");
    let server = Running::start(command);
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(2) {
        assert!(server.post("/graphql", "", QUERY).starts_with("HTTP/1.1 200"));
    }
    let begun = Instant::now();
    let (_, log) = server.stop_and_hear();
    assert!(begun.elapsed() < Duration::from_secs(10), "it took {:?}", begun.elapsed());
    assert_eq!(log.matches("takes no traces").count(), 1, "{log}");
    assert!(!log.contains("secret"), "{log}");
}
