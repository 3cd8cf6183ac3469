//! A request as it goes over the wire, and the ways to spoil what is around its document.

use std::fmt;

use serde_json::{Value as Json, json};

use super::{Dice, Document};

/// Who sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// Somebody without a key, at the public API.
    Stranger,
    /// A partner with a key, at the public API.
    Partner,
    /// Somebody who has not logged in, at the admin API.
    Outsider,
    /// A user who may only read.
    Reader,
    /// A user who may do everything.
    Administrator,
}

impl Asker {
    /// Whether the public API is asked.
    #[must_use]
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Stranger | Self::Partner)
    }
}

/// A request.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Who sends it.
    pub asker: Asker,
    /// Its method.
    pub method: &'static str,
    /// Its headers, without that of whoever sends it.
    pub headers: Vec<(&'static str, String)>,
    /// What stands in its address.
    pub pairs: Vec<(&'static str, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

impl fmt::Display for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { asker, method, headers, pairs, body } = self;
        write!(f, "{asker:?} {method} {headers:?} {pairs:?}\n{}", String::from_utf8_lossy(body))
    }
}

impl Sent {
    /// Whether it has a header of this name of its own.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(own, _)| *own == name)
    }

    /// A document in a body, or one in a while in the address.
    #[must_use]
    pub fn of(dice: &mut Dice, asker: Asker, document: &Document) -> Self {
        let variables = Json::Object(document.variables.clone());
        let accept = *dice.pick(&["application/json", "application/graphql-response+json", "*/*", "application/*;q=0.5, application/json"]);
        let mut headers = vec![("accept", accept.to_owned())];
        if asker.is_public() && dice.chance(5) && document.text.len() + variables.to_string().len() < 4_000 {
            let pairs = vec![("query", document.text.clone()), ("variables", variables.to_string())];
            return Self { asker, method: "GET", headers, pairs, body: Vec::new() };
        }
        headers.push(("content-type", "application/json".to_owned()));
        if dice.chance(3) {
            headers.push(("x-greenroom-estimate", "cost".to_owned()));
        }
        let mut body = json!({ "query": document.text, "variables": variables });
        if let Some(name) = document.name.as_ref().filter(|_| dice.chance(50)) {
            body["operationName"] = json!(name);
        }
        Self { asker, method: "POST", headers, pairs: Vec::new(), body: body.to_string().into_bytes() }
    }

    /// Spoils what is around the document.
    pub fn spoil(&mut self, dice: &mut Dice) {
        match dice.below(4) {
            0 => self.spoil_head(dice),
            1 => self.spoil_bytes(dice),
            _ => self.spoil_json(dice),
        }
    }

    fn spoil_head(&mut self, dice: &mut Dice) {
        match dice.below(4) {
            0 => self.method = *dice.pick(&["PUT", "DELETE", "PATCH", "GET", "TRACE", "BREW"]),
            1 => {
                let kinds = [
                    "text/plain",
                    "",
                    "application/graphql",
                    "multipart/form-data",
                    "application/json; charset=utf-16",
                    "application/xml",
                    "/",
                ];
                self.headers.retain(|(name, _)| *name != "content-type");
                self.headers.push(("content-type", (*dice.pick(&kinds)).to_owned()));
            }
            2 => {
                let kinds = [
                    "text/html",
                    "image/png",
                    "",
                    "application/json;q=0",
                    ",,,",
                    "*/*;q=2",
                    "application/graphql-response+json;charset=utf-7",
                ];
                self.headers.retain(|(name, _)| *name != "accept");
                self.headers.push(("accept", (*dice.pick(&kinds)).to_owned()));
            }
            _ => {
                let others = [
                    ("content-encoding", "gzip"),
                    ("x-greenroom-estimate", "all"),
                    ("origin", "null"),
                    ("x-request-id", "a b\"<"),
                    ("authorization", "Bearer x"),
                    ("x-api-key", "grk_live_x_y"),
                    ("traceparent", "00-zz"),
                ];
                let (name, value) = *dice.pick(&others);
                self.headers.push((name, value.to_owned()));
            }
        }
    }

    fn spoil_bytes(&mut self, dice: &mut Dice) {
        let length = self.body.len();
        for _ in 0..=dice.below(4) {
            let (one, two) = (dice.below(length), dice.below(length));
            if self.body.len() <= one.max(two) {
                return;
            }
            match dice.below(4) {
                0 => self.body.swap(one, two),
                1 => self.body[one] = u8::try_from(dice.below(256)).unwrap_or_default(),
                2 => self.body.insert(one, 0),
                _ => self.body.truncate(one),
            }
        }
    }

    fn spoil_json(&mut self, dice: &mut Dice) {
        let text = String::from_utf8_lossy(&self.body).into_owned();
        let many = 1 + dice.below(3_000);
        let spoilt = match dice.below(13) {
            0 => format!("[{text}]"),
            1 => format!("[{text},{text}]"),
            2 => text.replacen(':', ":null,\"a\":", 1),
            3 => text.replacen("\"query\":\"", "\"query\":\"\\ud800", 1),
            4 => text.replacen("\"query\":\"", "\"query\":\"\\ud83d\\ude00\\u0000", 1),
            5 => text.replacen("\"variables\":{", "\"variables\":[", 1),
            6 => text.replacen("\"variables\":{", "\"variables\":{\"v0\":1,\"v0\":\"\\udfff\",", 1),
            7 => text.replacen("\"query\"", "\"query\":1,\"query\"", 1),
            8 => text.replacen("\"variables\":", &format!("\"extensions\":{}{},\"variables\":", "[".repeat(many), "]".repeat(many)), 1),
            9 => text.replacen("\"query\":", "\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"x\"}},\"query\":", 1),
            10 => text.replacen("\"query\":", &format!("\"documentId\":\"sha256:{}\",\"query\":", "ab".repeat(31 + many % 2)), 1),
            11 => (*dice.pick(&[
                "",
                "null",
                "0",
                "{}",
                "\"\"",
                "{\"query\":null}",
                "{\"query\":\"\"}",
                "{\"query\":{}}",
                "\u{feff}{}",
                "NaN",
            ]))
            .to_owned(),
            _ => format!("{text} {text}"),
        };
        self.body = spoilt.into_bytes();
    }
}
