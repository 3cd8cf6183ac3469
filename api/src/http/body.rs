//! How the body of an answer is written. Parts of the data may be JSON already (`graphql::here`), which no serialiser knows of.

use std::cell::RefCell;

use async_graphql::{ServerError, Value};
use serde::Serialize;

use super::answer::Figures;

/// Bytes of the room in which a thread writes answers that it keeps for the next one.
const MOST_SCRATCH: usize = 256 * 1_024;

thread_local! {
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// What is said beside the data.
#[derive(Serialize)]
pub(super) struct Extensions {
    pub(super) cost: Figures,
}

/// What an answer says.
pub(super) struct Body<'a> {
    pub(super) errors: &'a [ServerError],
    pub(super) data: Option<&'a Value>,
    pub(super) extensions: Option<Extensions>,
}

impl Body<'_> {
    /// The body as JSON. It is written where the last one was, and takes no more than its bytes: answers are kept.
    pub(super) fn json(&self) -> serde_json::Result<Vec<u8>> {
        SCRATCH.with_borrow_mut(|json| {
            json.clear();
            json.shrink_to(MOST_SCRATCH);
            self.put(json)?;
            Ok(json.as_slice().to_vec())
        })
    }

    fn put(&self, json: &mut Vec<u8>) -> serde_json::Result<()> {
        json.push(b'{');
        if !self.errors.is_empty() {
            json.extend_from_slice(b"\"errors\":");
            serde_json::to_writer(&mut *json, self.errors)?;
        }
        if let Some(data) = self.data {
            json.extend_from_slice(if self.errors.is_empty() { b"\"data\":" } else { b",\"data\":" });
            put(json, data)?;
        }
        if let Some(extensions) = &self.extensions {
            json.extend_from_slice(if json.len() > 1 { b",\"extensions\":" } else { b"\"extensions\":" });
            serde_json::to_writer(&mut *json, extensions)?;
        }
        json.push(b'}');
        Ok(())
    }
}

/// Writes a value. Parts of it are written already (`graphql::here`).
fn put(json: &mut Vec<u8>, value: &Value) -> serde_json::Result<()> {
    match value {
        Value::Binary(written) => json.extend_from_slice(written),
        Value::Object(fields) => {
            json.push(b'{');
            for (place, (key, value)) in fields.iter().enumerate() {
                if place > 0 {
                    json.push(b',');
                }
                serde_json::to_writer(&mut *json, key)?;
                json.push(b':');
                put(json, value)?;
            }
            json.push(b'}');
        }
        Value::List(values) => {
            json.push(b'[');
            for (place, value) in values.iter().enumerate() {
                if place > 0 {
                    json.push(b',');
                }
                put(json, value)?;
            }
            json.push(b']');
        }
        Value::Null | Value::Number(_) | Value::String(_) | Value::Boolean(_) | Value::Enum(_) => serde_json::to_writer(json, value)?,
    }
    Ok(())
}
