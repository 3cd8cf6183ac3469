//! What exists: values out of answers, by the names under which they stood there, so that some of what is asked for can be found.

use std::collections::BTreeMap;

use serde_json::Value as Json;

/// More values of one name bring nothing new.
const MOST: usize = 60;

/// Values by the names of their fields. Ids are sorted by what they are ids of.
#[derive(Debug, Default)]
pub struct Known(BTreeMap<String, Vec<Json>>);

impl Known {
    /// Takes all values out of an answer.
    pub fn learn(&mut self, answer: &Json) {
        match answer {
            Json::Array(items) => items.iter().for_each(|item| self.learn(item)),
            Json::Object(fields) => {
                for (name, value) in fields {
                    self.note(name, value);
                    self.learn(value);
                }
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
        }
    }

    /// What could be given to an argument of this name, in an input or a field of that name.
    #[must_use]
    pub fn of(&self, owner: &str, name: &str) -> &[Json] {
        let kind = owner.strip_suffix("By").map(str::to_lowercase);
        let under = match (name, kind) {
            ("id", Some(kind)) => format!("id of {}", if kind == "apikey" { "key" } else { &kind }),
            ("ids", _) => "id".to_owned(),
            ("operation", _) => "id of operation".to_owned(),
            ("after" | "before", _) => "endCursor".to_owned(),
            ("tier" | "keys" | "category" | "tipsOf" | "questionsOf", _) => "key".to_owned(),
            ("slugs" | "eq" | "in", _) => "slug".to_owned(),
            ("expect", _) => "stamp".to_owned(),
            (other, _) => other.to_owned(),
        };
        self.0.get(&under).or_else(|| self.0.get(name)).map_or(&[], Vec::as_slice)
    }

    fn note(&mut self, name: &str, value: &Json) {
        let is_one = value.is_string() || value.is_number() || name == "stamp" || name == "guide";
        if !is_one || value.as_str().is_some_and(|text| text.len() > 300) {
            return;
        }
        if name == "id"
            && let Some((kind, _)) = value.as_str().and_then(|id| id.split_once('_'))
        {
            self.keep(format!("id of {kind}"), value);
        }
        self.keep(name.to_owned(), value);
    }

    fn keep(&mut self, name: String, value: &Json) {
        let values = self.0.entry(name).or_default();
        if !values.contains(value) {
            values.push(value.clone());
            // The newest stay: what an edit has changed is seen by its newest stamp.
            if values.len() > MOST {
                values.remove(0);
            }
        }
    }
}
