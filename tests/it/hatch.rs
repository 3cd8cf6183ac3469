//! What is handed out in front of the application is said like everything else, and what is not goes on to it whole.

use std::collections::BTreeMap;

use content::KeyMode;
use reqwest::Response;
use serde_json::{Value, json};
use tests::partners::{key, open_terms, revoke};
use tests::{Server, both};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const NAMES: &str = "query Names { companies(first: 3) { nodes { name slug questionCategories { questions { text } } } } }";
/// What is another one on every answer.
const PASSING: [&str; 3] = ["date", "x-request-id", "ratelimit"];

/// The headers of an answer that depend on the question alone. Where a header is a list, its order says nothing.
fn standing(response: &Response) -> BTreeMap<String, Vec<String>> {
    let words = |value: &str| {
        let mut words: Vec<String> = value.split(", ").map(str::to_owned).collect();
        words.sort();
        words
    };
    let headers = response.headers().iter().filter(|(name, _)| !PASSING.contains(&name.as_str()));
    headers.map(|(name, value)| (name.to_string(), words(value.to_str().unwrap()))).collect()
}

/// The length of an answer's body, as its head says it, once the head is there.
fn length(head: &str) -> usize {
    let line = head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("the answer has a length");
    line.parse().unwrap()
}

/// Reads one answer.
async fn answer(stream: &mut TcpStream) -> (String, String) {
    let mut read = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&read).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n")
            && body.len() == length(head)
        {
            return (head.to_owned(), body.to_owned());
        }
        assert!(stream.read_buf(&mut read).await.unwrap() > 0, "the connection was closed after {text}");
    }
}

both! {
    async fn what_is_kept_is_said_like_what_is_made(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let live = key(&stage, "live", KeyMode::Live, open_terms()).await.secret;
        let asked = [
            vec![],
            vec![("origin", "https://prep.example")],
            vec![("accept-encoding", "zstd"), ("accept", "application/graphql-response+json")],
            vec![("accept-encoding", "br, gzip;q=0.5"), ("origin", "https://prep.example")],
            vec![("x-api-key", live.reveal())],
        ];
        for method in ["GET", "POST"] {
            for headers in &asked {
                let ask = async || {
                    let request = if method == "GET" {
                        server.request("GET", "/graphql").query(&[("query", NAMES)])
                    } else {
                        server.body(json!({ "query": NAMES }).to_string())
                    };
                    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.unwrap()
                };
                // What is asked for the first time is noted, for the second time kept.
                let (made, noted, kept) = (ask().await, ask().await, ask().await);
                assert_eq!(standing(&made), standing(&noted));
                assert_eq!((made.status().as_u16(), kept.status().as_u16()), (200, 200));
                assert_eq!(standing(&made), standing(&kept), "{method} {headers:?}");
                for name in PASSING {
                    assert!(kept.headers().contains_key(name), "{method} {headers:?} without {name}");
                }
                assert_eq!(made.bytes().await.unwrap(), kept.bytes().await.unwrap(), "{method} {headers:?}");
            }
        }
    }

    async fn a_request_id_of_the_caller_comes_back_and_a_key_that_was_revoked_is_good_for_nothing_that_is_kept(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let made = key(&stage, "live", KeyMode::Live, open_terms()).await;
        let ask = async || {
            let request = server.body(json!({ "query": NAMES }).to_string()).header("x-api-key", made.secret.reveal());
            request.header("x-request-id", "mine-7").send().await.unwrap()
        };
        for _ in 0..3 {
            let answer = ask().await;
            assert_eq!((answer.status().as_u16(), answer.headers()["x-request-id"].to_str().unwrap()), (200, "mine-7"));
        }
        revoke(&stage, made.key).await;
        let refused = ask().await;
        assert_eq!(refused.status(), 401, "the server that wrote knows it at once");
    }

    async fn a_body_in_pieces_is_answered_like_one_in_one(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let body = json!({ "query": NAMES }).to_string();
        let whole = server.body(body.clone()).send().await.unwrap().text().await.unwrap();
        let host = server.base.trim_start_matches("http://").to_owned();
        let mut stream = TcpStream::connect(&host).await.unwrap();
        let head = format!("POST /graphql HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
        let cuts = [0, 1, head.len() - 1, head.len(), head.len() + 1, head.len() + body.len() / 2, head.len() + body.len() - 1];
        let request = head.clone() + &body;
        for cut in cuts {
            stream.write_all(&request.as_bytes()[..cut]).await.unwrap();
            stream.flush().await.unwrap();
            // The server has one thread: when it has answered this, it has read what came before.
            let answer_of_another = server.ask("{ companies { totalCount } }").await;
            assert_eq!(answer_of_another["data"]["companies"]["totalCount"], 8);
            stream.write_all(&request.as_bytes()[cut..]).await.unwrap();
            let (head, text) = answer(&mut stream).await;
            assert!(head.starts_with("HTTP/1.1 200 OK"), "cut at {cut}: {head}");
            assert_eq!(text, whole, "cut at {cut}");
        }
        // A whole one with the head of the next behind it, whose body comes when nobody expects it any more.
        stream.write_all((request.clone() + &head).as_bytes()).await.unwrap();
        assert_eq!(answer(&mut stream).await.1, whole);
        server.ask("{ companies { totalCount } }").await;
        stream.write_all(body.as_bytes()).await.unwrap();
        assert_eq!(answer(&mut stream).await.1, whole);
        // One behind the other, without waiting for the answers; on a connection of its own, because the server says that it closes that one.
        let mut stream = TcpStream::connect(&host).await.unwrap();
        stream.write_all(request.repeat(3).as_bytes()).await.unwrap();
        let mut read = Vec::new();
        while String::from_utf8_lossy(&read).matches("HTTP/1.1 200 OK").count() < 3 || !read.ends_with(b"}") {
            assert!(stream.read_buf(&mut read).await.unwrap() > 0);
        }
    }

    async fn what_is_not_a_question_is_refused_as_ever(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let code = async |body: &'static str| {
            let answer: Value = serde_json::from_str(&server.body(body).send().await.unwrap().text().await.unwrap()).unwrap();
            answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
        };
        for _ in 0..2 {
            assert_eq!(code("").await, "REQ-001");
            assert_eq!(code("{").await, "REQ-001");
        }
        for _ in 0..3 {
            assert_eq!(server.body(json!({ "query": NAMES }).to_string()).send().await.unwrap().status(), 200);
        }
        let address = server.request("POST", "/graphql?%zz").header("content-type", "application/json");
        let address = address.body(json!({ "query": NAMES }).to_string()).send().await.unwrap();
        assert_eq!(address.status(), 400, "what is kept is no way around the rules of an address");
        let large = server.body(format!("{{\"query\": \"{}\"}}", " ".repeat(2_000_000))).send().await.unwrap();
        assert_eq!(large.status(), 413);
    }
}
