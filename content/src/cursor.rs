//! Cursors: where a list goes on. A cursor holds the sort values of one entry and the name of the order, and nothing that a caller should read.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::code::Code;
use crate::error::{Error, Result};
use crate::guide::limits;

/// One value that a list is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortValue {
    /// A folded text.
    Text(String),
    /// A number.
    Number(i64),
    /// An identity, which makes the order unique.
    Id(Uuid),
}

/// What kind of value a list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SortKind {
    Text,
    Number,
    Id,
}

/// A place in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    order: String,
    values: Vec<SortValue>,
}

/// Longer ones are not read at all. Ours hold a folded name at most, and one sign of a name folds to 64 letters at the very most.
const MAX_CHARS: usize = limits::NAME * 64 * 2;

impl Cursor {
    pub(crate) fn new(order: impl Into<String>, values: Vec<SortValue>) -> Self {
        Self { order: order.into(), values }
    }

    /// Reads a cursor that a list in this order has given.
    pub(crate) fn read(text: &str, order: &str, kinds: &[SortKind]) -> Result<Self> {
        let refused = || {
            Error::refused(Code::Cursor, format!("The cursor {} was not given by this list in this order.", crate::finding::quoted(text)))
        };
        if text.len() > MAX_CHARS {
            return Err(refused());
        }
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| refused())?;
        let (given, values): (String, Vec<Json>) = serde_json::from_slice(&bytes).map_err(|_| refused())?;
        if given != order || values.len() != kinds.len() {
            return Err(refused());
        }
        let values =
            values.into_iter().zip(kinds).map(|(value, kind)| read_value(value, *kind).ok_or_else(refused)).collect::<Result<_>>()?;
        Ok(Self { order: given, values })
    }

    pub(crate) fn values(&self) -> &[SortValue] {
        &self.values
    }
}

fn read_value(value: Json, kind: SortKind) -> Option<SortValue> {
    match (kind, value) {
        // PostgreSQL refuses a text with a zero byte, so a cursor must not bring one in.
        (SortKind::Text, Json::String(text)) if !text.contains('\0') => Some(SortValue::Text(text)),
        (SortKind::Number, Json::Number(number)) => number.as_i64().map(SortValue::Number),
        (SortKind::Id, Json::String(text)) => Uuid::try_parse(&text).ok().map(SortValue::Id),
        _ => None,
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values = self.values.iter().map(|value| match value {
            SortValue::Text(text) => Json::from(text.as_str()),
            SortValue::Number(number) => Json::from(*number),
            SortValue::Id(id) => Json::from(id.simple().to_string()),
        });
        let json = Json::from(vec![Json::from(self.order.as_str()), values.collect()]);
        f.write_str(&BASE64URL_NOPAD.encode(json.to_string().as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, SortKind, SortValue};
    use uuid::Uuid;

    const KINDS: [SortKind; 3] = [SortKind::Text, SortKind::Number, SortKind::Id];

    #[test]
    fn a_cursor_comes_back_as_it_was_given() {
        let values = vec![SortValue::Text("netflix".to_owned()), SortValue::Number(-7), SortValue::Id(Uuid::from_u128(5))];
        let cursor = Cursor::new("question.company", values);
        assert_eq!(Cursor::read(&cursor.to_string(), "question.company", &KINDS).unwrap(), cursor);
    }

    #[test]
    fn a_cursor_of_another_order_or_by_another_hand_is_refused() {
        let cursor = Cursor::new("company.name", vec![SortValue::Number(1)]).to_string();
        assert!(Cursor::read(&cursor, "company.published_at", &[SortKind::Number]).is_err());
        assert!(Cursor::read(&cursor, "company.name", &[SortKind::Id]).is_err());
        for forged in ["", "x", "bm8", "WyJjb21wYW55Lm5hbWUiLFtdXQ", &"A".repeat(50_000), "\u{0}", "é"] {
            assert!(Cursor::read(forged, "company.name", &[SortKind::Number]).is_err(), "{forged}");
        }
    }
}
