//! In which encoding answers are sent, and which guides they say are in them.

use std::io::Read;

use reqwest::Response;
use serde_json::json;
use tests::guides::{complete, saying};
use tests::{Server, both};

const PAGES: &str =
    "{ companies(first: 8) { nodes { name questionCategories { name questions { text guidance } } insiderTips { text } } } }";

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

async fn ask(server: &Server, query: &str, accept: &str) -> Response {
    let request = server.request("GET", "/graphql").query(&[("query", query)]);
    let request = if accept.is_empty() { request } else { request.header("accept-encoding", accept) };
    request.send().await.unwrap()
}

fn decoded(encoding: &str, bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    match encoding {
        "gzip" => drop(flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap()),
        "br" => drop(brotli::Decompressor::new(bytes, 4_096).read_to_end(&mut plain).unwrap()),
        "zstd" => plain = zstd::stream::decode_all(bytes).unwrap(),
        _ => plain = bytes.to_vec(),
    }
    plain
}

both! {
    async fn an_answer_is_sent_in_the_encoding_that_is_asked_for_each_time(stage) {
        stage.plant_starter().await;
        let server = Server::of(&stage);
        let plain = ask(&server, PAGES, "").await;
        assert_eq!(header(&plain, "content-encoding"), "");
        assert!(header(&plain, "vary").starts_with("Accept, Accept-Encoding, Authorization, X-API-Key"), "{}", header(&plain, "vary"));
        let tag = header(&plain, "etag").to_owned();
        let bytes = plain.bytes().await.unwrap();
        let mut tags = vec![tag];
        for encoding in ["gzip", "br", "zstd"] {
            for turn in 0..3 {
                let answer = ask(&server, PAGES, encoding).await;
                assert_eq!(header(&answer, "content-encoding"), encoding, "turn {turn}");
                tags.push(header(&answer, "etag").to_owned());
                let known = server.request("GET", "/graphql").query(&[("query", PAGES)]).header("accept-encoding", encoding);
                let known = known.header("if-none-match", header(&answer, "etag")).send().await.unwrap();
                assert_eq!((known.status().as_u16(), header(&known, "etag")), (304, header(&answer, "etag")));
                let sent = answer.bytes().await.unwrap();
                assert!(sent.len() * 2 < bytes.len(), "{encoding}: {} of {}", sent.len(), bytes.len());
                assert!(decoded(encoding, &sent) == bytes, "{encoding}");
            }
        }
        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), 4, "each encoding has a tag of its own: {tags:?}");
        let small = ask(&server, "{ companies(first: 1) { nodes { name } } }", "gzip").await;
        assert_eq!(header(&small, "content-encoding"), "", "what is small is sent as it is");
        let posted = server.body(json!({ "query": PAGES }).to_string()).header("accept-encoding", "br").send().await.unwrap();
        assert_eq!(header(&posted, "content-encoding"), "br");
        assert!(decoded("br", &posted.bytes().await.unwrap()) == bytes);
    }

    async fn an_answer_names_the_guides_that_are_in_it_and_no_others(stage) {
        let editor = stage.editor().await;
        let acorn = editor.create_public("acorn", &complete("Acorn")).await.unwrap();
        let birch = editor.create_public("birch", &complete("Birch")).await.unwrap();
        let id = |company| content::WireId::from(company).to_string();
        let (acorn_id, birch_id) = (id(acorn), id(birch));
        let both_ids = { let mut ids = [acorn_id.clone(), birch_id.clone()]; ids.sort(); ids.join(", ") };
        let node = format!("{{ node(id: \"{acorn_id}\") {{ id }} }}");
        let servers = [Server::of(&stage), Server::of(&stage)];
        for server in &servers {
            for (query, expected) in [
                ("{ company(by: {slug: \"acorn\"}) { name } }", acorn_id.clone()),
                ("{ a: company(by: {slug: \"acorn\"}) { name } b: company(by: {slug: \"birch\"}) { name } }", both_ids.clone()),
                ("{ company(by: {slug: \"birch\"}) { questions { nodes { text company { name } } } } }", birch_id.clone()),
                ("{ company(by: {slug: \"nobody\"}) { name } }", "companies".to_owned()),
                ("{ companies(first: 1) { nodes { name } } }", format!("companies, {acorn_id}")),
                ("{ companies { totalCount } }", format!("companies, {both_ids}")),
                ("{ tiers { name } }", "companies".to_owned()),
                ("{ company(by: {slug: \"acorn\"}) { name } tiers { name } }", format!("companies, {acorn_id}")),
                ("{ questions(search: \"birch\") { nodes { text } } }", "companies".to_owned()),
                (&node, acorn_id.clone()),
                ("{ service { version } }", "companies".to_owned()),
            ] {
                for _ in 0..3 {
                    assert_eq!(header(&ask(server, query, "").await, "cache-tag"), expected, "{query}");
                }
            }
        }
        editor.republish(birch, &saying("Birch", "And now?")).await.unwrap();
        let server = Server::of(&stage);
        assert_eq!(header(&ask(&server, "{ company(by: {slug: \"birch\"}) { name } }", "").await, "cache-tag"), birch_id);
        assert_eq!(header(&ask(&server, "{ viewer { kind } company(by: {slug: \"birch\"}) { name } }", "").await, "cache-tag"), "", "it is not kept");
    }
}
