//! What must be true of every answer, whatever was asked.

use content::code::Code;
use serde_json::Value as Json;

/// Words from inside of the server, none of which a caller may ever read.
const INTERNAL: &[&str] = &[
    "panicked",
    "sqlx",
    "sea_orm",
    "sea-orm",
    "SELECT ",
    "INSERT ",
    "UPDATE ",
    "sqlite",
    "postgres://",
    "PgDatabaseError",
    "SqlxError",
    "BUG-001",
    "DbErr",
    "src/",
    ".rs:",
    "async_graphql",
    "async-graphql",
    "actix",
    "tokio",
    "serde",
    "thread '",
    "RUST_BACKTRACE",
    "unwrap",
    "Some(",
    "Err(",
    "foreign key",
    "constraint failed",
    "violates",
    "fts5",
    "no such column",
    "syntax error at",
    "redis://",
    "argon2",
];

/// How a request was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was answered in full; an edit was done, or would have been.
    Answered,
    /// It was refused with this code: that of the first error, or of what an edit says was wrong.
    Refused(String),
}

/// Looks at an answer.
///
/// # Errors
///
/// With what is wrong with it.
pub fn judge(status: u16, media: &str, text: &str) -> Result<Outcome, String> {
    if status >= 500 {
        return Err(format!("a status of {status}"));
    }
    if let Some(word) = INTERNAL.iter().find(|word| says(text, word)) {
        return Err(format!("an internal word: {word}"));
    }
    if !["application/json", "application/graphql-response+json"].iter().any(|kind| media.starts_with(kind)) {
        return Err(format!("it is of the type {media:?}"));
    }
    let body: Json = serde_json::from_str(text).map_err(|error| format!("no JSON: {error}"))?;
    let fields = body.as_object().ok_or("no object")?;
    if let Some(other) = fields.keys().find(|name| !["data", "errors", "extensions"].contains(&name.as_str())) {
        return Err(format!("an answer has no {other:?}"));
    }
    let errors = match fields.get("errors") {
        None if !fields.contains_key("data") => return Err("neither data nor errors".to_owned()),
        None => &[][..],
        Some(errors) => errors.as_array().filter(|errors| !errors.is_empty()).ok_or("errors that are no list, or an empty one")?,
    };
    errors.iter().try_for_each(look)?;
    if status >= 400 && errors.is_empty() {
        return Err(format!("a status of {status} without an error"));
    }
    let edits = body["data"].as_object().into_iter().flat_map(|data| data.values());
    let wrong = edits.filter_map(|edit| edit["userErrors"][0]["code"].as_str());
    let code = errors.iter().filter_map(|error| error["extensions"]["code"].as_str()).chain(wrong).next();
    Ok(code.map_or(Outcome::Answered, |code| Outcome::Refused(code.to_owned())))
}

/// Whether a text has a word. Within an id, whose letters are random, it is none.
fn says(text: &str, word: &str) -> bool {
    let letter = |sign: char| sign.is_ascii_alphanumeric();
    text.match_indices(word).any(|(at, _)| !(word.starts_with(letter) && text[..at].ends_with(letter)))
}

fn look(error: &Json) -> Result<(), String> {
    let code = error["extensions"]["code"].as_str().unwrap_or_default();
    if !Code::ALL.iter().any(|known| known.text() == code) {
        return Err(format!("an error with the code {code:?}"));
    }
    if !error["message"].is_string() || error["extensions"]["requestId"].as_str().is_none_or(str::is_empty) {
        return Err("an error without a message or a request id".to_owned());
    }
    let strange = |name: &&String| !["message", "locations", "path", "extensions"].contains(&name.as_str());
    error.as_object().and_then(|error| error.keys().find(strange)).map_or(Ok(()), |name| Err(format!("an error has no {name:?}")))
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn a_word_counts_where_it_stands_and_not_where_an_id_has_its_letters() {
        for told in ["serde_json failed", "in serde", "\"serde\"", "at /srv/main.rs:7"] {
            assert!(says(told, "serde") || says(told, ".rs:"), "{told}");
        }
        assert!(!says("user_01m8dkserdexa9anxjybdc6yym", "serde"));
    }
}
