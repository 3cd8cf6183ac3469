//! What arrives at the socket before anything is a request: headers and lines that are too long, requests inside of requests, bytes that are no text.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::documents::many;
use super::*;

const BODY: &str = r#"{"query":"{ __typename }"}"#;

/// Sends bytes, and gives all that comes back until the server closes or has nothing more to say for a second.
fn raw(server: &Server, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.base.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    // The server may have said no and closed before it has read all of it.
    drop(stream.write_all(bytes));
    let (mut answer, mut part) = (Vec::new(), [0; 4_096]);
    while let Ok(count @ 1..) = stream.read(&mut part) {
        answer.extend_from_slice(&part[..count]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

fn statuses(answer: &str) -> Vec<u16> {
    answer.split("HTTP/1.1 ").skip(1).filter_map(|rest| rest.get(..3)?.parse().ok()).collect()
}

fn post(extra: &str, body: &str) -> Vec<u8> {
    format!("POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{extra}\r\n{body}").into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_and_lines_that_are_too_long_are_refused() {
    let stage = Stage::empty(tests::Backend::Sqlite).await;
    let server = server(&stage).await;
    let long = "x".repeat(200_000);
    let headers = many(200, |number| format!("X-{number}: x\r\n")).replace("\n ", "\n");
    for (name, bytes) in [
        ("line", format!("GET /{long} HTTP/1.1\r\nHost: x\r\n\r\n")),
        ("query", format!("GET /graphql?query={long} HTTP/1.1\r\nHost: x\r\n\r\n")),
        ("header", format!("GET /livez HTTP/1.1\r\nHost: x\r\nX-Long: {long}\r\n\r\n")),
        ("headers", format!("GET /livez HTTP/1.1\r\nHost: x\r\n{headers}\r\n")),
        ("method", format!("{long} / HTTP/1.1\r\nHost: x\r\n\r\n")),
    ] {
        let answer = raw(&server, bytes.as_bytes());
        let found = statuses(&answer);
        assert!(found.iter().all(|status| (400..500).contains(status)) && found.len() <= 1, "{name}: {answer}");
    }
    still_honest(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_cannot_hide_another_one() {
    let stage = Stage::empty(tests::Backend::Sqlite).await;
    let server = server(&stage).await;
    let length = BODY.len();
    let chunked = format!("{length:x}\r\n{BODY}\r\n0\r\n\r\n");
    assert_eq!(statuses(&raw(&server, &post("Transfer-Encoding: chunked\r\n", &chunked))), [200], "the honest form");
    for extra in [
        format!("Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n"),
        format!("Transfer-Encoding: chunked\r\nContent-Length: {length}\r\n"),
        format!("Content-Length: {length}\r\nContent-Length: 5\r\n"),
        format!("Content-Length: {length}, {length}\r\n"),
        "Content-Length: +26\r\n".to_owned(),
        "Content-Length: -1\r\n".to_owned(),
        "Transfer-Encoding: xchunked\r\n".to_owned(),
        "Transfer-Encoding: chunked, identity\r\n".to_owned(),
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n".to_owned(),
        "Transfer-Encoding : chunked\r\n".to_owned(),
        "Host: y\r\n".to_owned(),
    ] {
        let hidden = format!("{chunked}GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
        let found = statuses(&raw(&server, &post(&extra, &hidden)));
        assert_eq!(found, [400], "{extra}");
    }
    still_honest(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_one_behind_the_other_are_answered_in_their_order() {
    let stage = Stage::empty(tests::Backend::Sqlite).await;
    let server = server(&stage).await;
    let one = |number: usize| {
        let body = format!(r#"{{"query":"{{ a{number}: __typename }}"}}"#);
        String::from_utf8(post(&format!("Content-Length: {}\r\n", body.len()), &body)).unwrap()
    };
    let answer = raw(&server, (0..50).map(one).collect::<String>().as_bytes());
    let order: Vec<String> = answer.split("{\"data\":{\"a").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    assert_eq!(order, (0..50).map(|number| number.to_string()).collect::<Vec<_>>());
    still_honest(&server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn methods_and_bytes_that_nobody_needs_are_refused() {
    let stage = Stage::empty(tests::Backend::Sqlite).await;
    let server = server(&stage).await;
    for method in ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "BREW"] {
        for path in ["/graphql", "/admin/graphql", "/", "/graphiql"] {
            let answer =
                raw(&server, format!("{method} {path} HTTP/1.1\r\nHost: x\r\nX-Mark: seen\r\nConnection: close\r\n\r\n").as_bytes());
            let found = statuses(&answer);
            assert!(matches!(found[..], [400 | 405]) && !answer.contains("seen"), "{method} {path}: {answer}");
        }
    }
    for (name, line) in [
        ("bytes", &b"/graphql?query=\xff\xfe"[..]),
        ("escapes", b"/graphql?query=%zz"),
        ("half an escape", b"/graphql?query=%4"),
        ("no text", b"/graphql?query=%ff%fe"),
        ("half a letter", b"/graphql?query=%C3"),
        ("a path of escapes", b"/graphiql/%zz"),
        ("a path that is no text", b"/graphiql/%ff"),
        ("a tab", b"/graphql?query=\t"),
        ("a zero byte", b"/graphql\0"),
    ] {
        let bytes = [b"GET ", line, b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"].concat();
        assert_eq!(statuses(&raw(&server, &bytes)), [400], "{name}");
    }
    for (name, header, right) in [
        ("X-Request-Id", &b"\xff\xfe"[..], 200),
        ("Accept", b"\xff", 200),
        ("User-Agent", b"\xc3\x28", 200),
        ("Content-Type", b"\xff", 415),
        ("Authorization", b"Bearer \xff", 401),
        ("X-Api-Key", b"\xff", 401),
        ("X-Zero", b"a\0b", 400),
    ] {
        // The last of two content types is not the one that counts: there is only one.
        let kind = if name == "Content-Type" { "" } else { "Content-Type: application/json\r\n" };
        let head = format!("POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{kind}Content-Length: {}\r\n{name}: ", BODY.len());
        let bytes = [head.as_bytes(), header, b"\r\n\r\n", BODY.as_bytes()].concat();
        assert_eq!(statuses(&raw(&server, &bytes)), [right], "{name}");
    }
    let head = raw(&server, b"HEAD /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert!(head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"), "{head}");
    still_honest(&server).await;
}

#[tokio::test]
async fn browsers_are_told_on_every_answer_what_it_may_be_used_for() {
    let stage = Stage::empty(tests::Backend::Sqlite).await;
    let server = server(&stage).await;
    let cases = [
        ("GET", "/graphql?query=%7B__typename%7D", "cross-origin"),
        ("GET", "/graphql", "cross-origin"),
        ("POST", "/admin/graphql", "cross-origin"),
        ("GET", "/schema.graphql", "cross-origin"),
        ("GET", "/.well-known/jwks.json", "cross-origin"),
        ("GET", "/nothing", "cross-origin"),
        ("GET", "/graphql%zz", "cross-origin"),
        ("GET", "/livez", "cross-origin"),
        ("GET", "/metrics", "cross-origin"),
        ("GET", "/", "same-origin"),
        ("GET", "/graphiql", "same-origin"),
        ("GET", "/graphiql/none.js", "same-origin"),
    ];
    for (method, path, origin) in cases {
        let response = server.request(method, path).send().await.unwrap();
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("absent").to_owned();
        let (policy, is_page) = (header("content-security-policy"), origin == "same-origin");
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert_eq!(policy == "default-src 'none'; frame-ancestors 'none'", !is_page, "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", if is_page { "no-referrer" } else { "absent" }),
            ("cross-origin-opener-policy", if is_page { "same-origin" } else { "absent" }),
            ("cross-origin-resource-policy", origin),
            ("x-frame-options", if is_page { "DENY" } else { "absent" }),
            ("server", "absent"),
            ("x-powered-by", "absent"),
        ] {
            assert_eq!(header(name), value, "{path} {name}");
        }
        assert_eq!(header("permissions-policy").contains("camera=()"), is_page, "{path}");
    }
}
