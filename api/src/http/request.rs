//! A GraphQL request as it arrives: a JSON body, or the parameters of an address (GraphQL over HTTP, "Request").

use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use actix_web::web::{Payload, Query};
use actix_web::{HttpMessage, HttpRequest};
use async_graphql::Variables;
use content::code::Code;
use content::trusted_document::Hash;
use futures_util::StreamExt;
use serde_json::{Map, Value};

use super::json::{self, Wrong};

/// What is asked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) document: Named,
    pub(super) operation_name: Option<String>,
    pub(super) variables: Map<String, Value>,
}

/// A document as a request names it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// By its text.
    Text(String),
    /// By its text, and later by its hash.
    New(String),
    /// By the hash of a text that was sent before ("automatic persisted queries"), or is registered ("persisted documents").
    Hash(Hash),
}

/// Why a request cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub(super) code: Code,
    pub(super) message: String,
}

impl Unreadable {
    fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl Asked {
    /// The variables as the library takes them.
    pub(super) fn take_variables(&mut self) -> Variables {
        Variables::from_json(Value::Object(std::mem::take(&mut self.variables)))
    }

    /// Reads the parameters of an address.
    pub(super) fn of_address(text: &str) -> Result<Self, Unreadable> {
        let pairs = Query::<Vec<(String, String)>>::from_query(text)
            .map_err(|_| Unreadable::new(Code::Body, "The parameters of the address cannot be read."))?;
        let mut parts = Map::new();
        for (name, text) in pairs.into_inner() {
            let value = match name.as_str() {
                "query" | "operationName" | "documentId" => Value::from(text),
                "variables" | "extensions" => json_parameter(&name, &text)?,
                _ => continue,
            };
            if parts.insert(name.clone(), value).is_some() {
                return Err(Unreadable::new(Code::Body, format!("The parameter {name} stands in the address twice.")));
            }
        }
        Self::of_parts(parts)
    }

    /// Reads a body.
    pub(super) fn of_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        match json::read(bytes) {
            Ok(Value::Object(parts)) => Self::of_parts(parts),
            Ok(Value::Array(_)) => Err(Unreadable::new(Code::Body, "The body is a list; one operation a request is answered.")),
            Ok(_) => Err(Unreadable::new(Code::Body, "The body is not a JSON object.")),
            Err(Wrong::Malformed { line, column }) => {
                Err(Unreadable::new(Code::Body, format!("The body is not JSON: it stops making sense at line {line}, column {column}.")))
            }
            Err(Wrong::Twice { line, column }) => {
                Err(Unreadable::new(Code::Body, format!("An object of the body has a name twice, at line {line}, column {column}.")))
            }
        }
    }

    fn of_parts(mut parts: Map<String, Value>) -> Result<Self, Unreadable> {
        let query = text(&mut parts, "query")?;
        let hash = persisted(&object(&mut parts, "extensions")?)?;
        let id = text(&mut parts, "documentId")?.map(|id| of_id(&id)).transpose()?;
        if id.is_some() && hash.is_some() && id != hash {
            return Err(Unreadable::new(Code::DocumentOther, "documentId and sha256Hash name two documents."));
        }
        let document = match (query, hash.or(id)) {
            (Some(text), Some(hash)) if Hash::of(&text) != hash => {
                let message = "sha256Hash is not the SHA-256 of the query beside it, in 64 hexadecimal digits.";
                return Err(Unreadable::new(Code::DocumentOther, message));
            }
            (Some(text), Some(_)) => Named::New(text),
            (Some(text), None) => Named::Text(text),
            (None, Some(hash)) => Named::Hash(hash),
            (None, None) => {
                let message = "There is no query. A request has a text named query, such as { companies { nodes { name } } }.";
                return Err(Unreadable::new(Code::Body, message));
            }
        };
        let operation_name = text(&mut parts, "operationName")?;
        let variables = object(&mut parts, "variables")?;
        Ok(Self { document, operation_name, variables })
    }
}

/// The body of a request that says it is JSON, which is bounded while it arrives.
pub(super) async fn body(request: &HttpRequest, payload: Payload, most_bytes: usize) -> Result<Vec<u8>, Unreadable> {
    json_only(request)?;
    let declared = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|bytes| bytes > most_bytes) {
        return Err(too_large(most_bytes));
    }
    bounded(payload, declared.unwrap_or_default(), most_bytes).await
}

fn text(parts: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Unreadable> {
    match parts.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Unreadable::new(Code::Body, format!("{name} is not a text."))),
    }
}

fn object(parts: &mut Map<String, Value>, name: &str) -> Result<Map<String, Value>, Unreadable> {
    match parts.remove(name) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(object)) => Ok(object),
        Some(_) => Err(Unreadable::new(Code::Body, format!("{name} is not a JSON object."))),
    }
}

/// The hash in `extensions.persistedQuery`, if there is one: `{"version": 1, "sha256Hash": "..."}`.
fn persisted(extensions: &Map<String, Value>) -> Result<Option<Hash>, Unreadable> {
    let persisted = match extensions.get("persistedQuery") {
        None | Some(Value::Null) => return Ok(None),
        Some(persisted) => persisted,
    };
    let hash = persisted.get("sha256Hash").and_then(Value::as_str).and_then(Hash::read);
    if hash.is_some() && persisted.get("version") == Some(&Value::from(1)) {
        return Ok(hash);
    }
    let message = "extensions.persistedQuery is not understood; right would be {\"version\": 1, \"sha256Hash\": \"...\"} with 64 \
        hexadecimal digits.";
    Err(Unreadable::new(Code::Body, message))
}

/// The hash in a `documentId`: `sha256:...` (GraphQL over HTTP, "Persisted Documents").
fn of_id(id: &str) -> Result<Hash, Unreadable> {
    let message = "documentId is not understood; right would be sha256: and 64 hexadecimal digits.";
    id.strip_prefix("sha256:").and_then(Hash::read).ok_or_else(|| Unreadable::new(Code::Body, message))
}

fn json_parameter(name: &str, text: &str) -> Result<Value, Unreadable> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    json::read(text.as_bytes()).map_err(|wrong| match wrong {
        Wrong::Malformed { .. } => Unreadable::new(Code::Body, format!("The parameter {name} is not JSON.")),
        Wrong::Twice { .. } => Unreadable::new(Code::Body, format!("An object of the parameter {name} has a name twice.")),
    })
}

/// Only JSON is executed: a form on a foreign page can send text and forms without asking, but not this.
fn json_only(request: &HttpRequest) -> Result<(), Unreadable> {
    if is_plain_json(request.headers()) {
        return Ok(());
    }
    let given = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("none");
    let charset =
        request.mime_type().ok().flatten().and_then(|mime| mime.get_param("charset").map(|charset| charset.as_str().to_ascii_lowercase()));
    let utf8 = charset.is_none_or(|charset| matches!(charset.as_str(), "utf-8" | "utf8"));
    let encoded = request.headers().get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity");
    if encoded {
        return Err(Unreadable::new(Code::ContentType, "The body is encoded; right would be a body as it is, without Content-Encoding."));
    }
    if request.content_type().eq_ignore_ascii_case("application/json") && utf8 {
        return Ok(());
    }
    Err(Unreadable::new(Code::ContentType, format!("The content type is {given}; right would be application/json, in UTF-8.")))
}

/// Whether a body is JSON, said in the usual way.
pub(super) fn is_plain_json(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|given| given == "application/json") && !headers.contains_key(CONTENT_ENCODING)
}

/// Bytes of room that is made for a body before any of it is there.
const ROOM: usize = 16 * 1_024;

fn too_large(most_bytes: usize) -> Unreadable {
    Unreadable::new(Code::BodyLarge, format!("The body has more than {most_bytes} bytes."))
}

async fn bounded(mut payload: Payload, declared: usize, most_bytes: usize) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::with_capacity(declared.min(ROOM));
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Unreadable::new(Code::Body, "The body broke off."))?;
        if bytes.len() + chunk.len() > most_bytes {
            return Err(too_large(most_bytes));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
