//! Bodies and addresses that mean one thing to a guard and another to the server, or that are small only on the way.

use super::*;

tests::both! {
    async fn only_a_json_body_as_it_is_gets_executed(stage) {
        let server = server(&stage).await;
        let query = "mutation { logout { done } }";
        let json = json!({ "query": query }).to_string();
        let form = "query=mutation%20%7B%20logout%20%7B%20done%20%7D%20%7D";
        let parts = format!("--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{json}\r\n--x--\r\n");
        for path in ["/graphql", "/admin/graphql"] {
            let post = |kind: &'static str, body: String| server.request("POST", path).header("content-type", kind).body(body);
            for (kind, body) in [
                ("text/plain", json.clone()),
                ("application/x-www-form-urlencoded", form.to_owned()),
                ("multipart/form-data; boundary=x", parts.clone()),
                ("text/plain; application/json", json.clone()),
                ("application/json; charset=utf-7", json.clone()),
            ] {
                assert_eq!(outcome(post(kind, body)).await, refused(415, "REQ-002"), "{path} {kind}");
            }
            // Two kilobytes that would unpack to gigabytes: nothing here unpacks anything.
            for encoding in ["gzip", "br", "zstd", "deflate", "gzip, gzip"] {
                let packed = server.request("POST", path).header("content-type", "application/json").header("content-encoding", encoding);
                assert_eq!(outcome(packed.body(vec![0x1f; 2_000])).await, refused(415, "REQ-002"), "{path} {encoding}");
            }
        }
        let in_address = server.request("GET", "/graphql").query(&[("query", "mutation { __typename }")]);
        assert_eq!(outcome(in_address).await, refused(405, "REQ-004"));
        let in_address = server.request("GET", "/admin/graphql").query(&[("query", query)]);
        assert_eq!(outcome(in_address).await, refused(405, "REQ-004"));
        still_honest(&server).await;
    }

    async fn what_stands_twice_is_refused(stage) {
        let server = server(&stage).await;
        for body in [
            r#"{"query":"{ __typename }","query":"{ service { version } }"}"#,
            r#"{"query":"{ __typename }","\u0071uery":"{ service { version } }"}"#,
            r#"{"query":"query Q($slug: String!) { company(by: { slug: $slug }) { name } }","variables":{"slug":"a","slug":"b"}}"#,
        ] {
            assert_eq!(outcome(server.body(body)).await, refused(400, "REQ-001"), "{body}");
        }
        let address = |pairs: &[(&str, &str)]| server.request("GET", "/graphql").query(pairs);
        for name in ["query", "variables", "operationName", "extensions"] {
            let value = if name == "query" || name == "operationName" { "{ __typename }" } else { "{}" };
            assert_eq!(outcome(address(&[("query", "{ __typename }"), (name, value), (name, value)])).await, refused(400, "REQ-001"), "{name}");
        }
        assert_eq!(outcome(address(&[("query", "{ __typename }"), ("variables", "{\"a\":1,\"a\":2}")])).await, refused(400, "REQ-001"));
        still_honest(&server).await;
    }

    async fn what_is_no_text_is_refused(stage) {
        let server = server(&stage).await;
        for body in [&b"\xff\xfe{\0}\0"[..], b"{\"query\":\"{ \xc3( }\"}", b"{\"query\":\"\xed\xa0\x80\"}", b"{\"query\":\"\\ud800\"}", b"\xef\xbb\xbf{}"] {
            assert_eq!(outcome(server.body(body.to_vec())).await, refused(400, "REQ-001"), "{body:?}");
        }
        for deep in [format!("{}{}", "[".repeat(30_000), "]".repeat(30_000)), format!("{{\"query\":\"x\",\"variables\":{}1{}}}", "{\"a\":".repeat(200), "}".repeat(200)), "[".repeat(65_000)] {
            assert_eq!(outcome(server.body(deep)).await, refused(400, "REQ-001"));
        }
        still_honest(&server).await;
    }
}
