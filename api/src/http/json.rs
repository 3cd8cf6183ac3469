//! JSON in which no object has the same name twice. Which of the two counts differs from reader to reader, so a guard in front could see the other one.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Why a text is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It is not JSON, from this line and column on.
    Malformed { line: usize, column: usize },
    /// An object has a name twice.
    Twice { line: usize, column: usize },
}

/// Reads a JSON text. The library bounds how deep it is.
pub(super) fn read(bytes: &[u8]) -> Result<Value, Wrong> {
    serde_json::from_slice(bytes).map(|Strict(value)| value).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        // Any JSON is taken, so that the only fault of content is the one that is found here.
        if error.is_data() { Wrong::Twice { line, column } } else { Wrong::Malformed { line, column } }
    })
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(value)) = seq.next_element()? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, Strict(value))) = entries.next_entry::<String, Strict>()? {
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("twice"));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::{Wrong, read};
    use serde_json::json;

    #[test]
    fn json_is_read_as_usual_but_for_names_that_stand_twice() {
        let text = br#"{"a":[1,-2,3.5,"x",true,null,{}],"b":{"a":18446744073709551615}}"#;
        assert_eq!(read(text).unwrap(), json!({ "a": [1, -2, 3.5, "x", true, null, {}], "b": { "a": u64::MAX } }));
        for twice in [&br#"{"a":1,"a":1}"#[..], br#"{"b":[{"a":1,"\u0061":2}]}"#] {
            assert!(matches!(read(twice), Err(Wrong::Twice { line: 1, .. })));
        }
        for not in [&b""[..], b"{", b"{} {}", b"\xff", b"nul", b"1e999", &[b'['; 200]] {
            assert!(matches!(read(not), Err(Wrong::Malformed { .. })), "{not:?}");
        }
    }
}
