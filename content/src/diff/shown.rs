//! Values as people read them.

use serde_json::Value;

use crate::guide::MinuteRange;
use crate::guide::parts::Fields;
use crate::money::Figures;

/// Whether a field holds prose, of which words are worth comparing.
pub(super) fn is_prose(field: &str) -> bool {
    matches!(field, "name" | "title" | "level" | "text" | "guidance" | "note" | "source" | "highlights")
}

/// A value of a field: `60m`, `35%`, `250k-330k`, entries of a list with `; ` between, a text as it is. Nothing for an empty list.
pub(super) fn value(field: &str, value: &Value) -> Option<String> {
    let own = match field {
        "duration" => serde_json::from_value::<MinuteRange>(value.clone()).ok().map(|range| range.to_string()),
        "figures" => serde_json::from_value::<Figures>(value.clone()).ok().map(|figures| figures.to_string()),
        "weight_percent" => value.as_i64().map(|weight| format!("{weight}%")),
        _ => None,
    };
    own.or_else(|| plain(value))
}

/// An item in a few words: what it is called or says, and how long, how heavy or how much it is.
pub(super) fn item(fields: &Fields) -> String {
    let text = ["title", "name", "level", "text"].iter().find_map(|field| fields.get(*field)).and_then(plain).unwrap_or_default();
    let figure =
        ["duration", "weight_percent", "figures"].iter().find_map(|field| fields.get(*field).and_then(|found| value(field, found)));
    match figure {
        Some(figure) => format!("{text} ({figure})"),
        None => text,
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(values) if values.is_empty() => None,
        Value::Array(values) => Some(values.iter().filter_map(plain).collect::<Vec<_>>().join("; ")),
        Value::Bool(true) => Some("yes".to_owned()),
        Value::Bool(false) => Some("no".to_owned()),
        Value::Number(_) | Value::Object(_) => Some(value.to_string()),
    }
}
