//! The JSON Schema of a guide file, for editors that complete and check while somebody types. It is generated from the types that files are read into.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::form::File;

/// The schema (draft 07).
#[must_use]
pub fn schema() -> Value {
    SCHEMA.clone()
}

pub(super) static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| SchemaSettings::draft07().into_generator().into_root_schema_for::<File>().to_value());

/// The forms that a value may have: a reference is followed, a choice is all that can be chosen.
pub(super) fn forms(schema: &'static Value) -> Vec<&'static Value> {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        return name.strip_prefix('#').and_then(|pointer| SCHEMA.pointer(pointer)).map(forms).unwrap_or_default();
    }
    match schema.get("anyOf").or_else(|| schema.get("allOf")).and_then(Value::as_array) {
        Some(choices) => choices.iter().flat_map(forms).collect(),
        None => vec![schema],
    }
}

/// Whether a form is of a type.
pub(super) fn is(form: &Value, wanted: &str) -> bool {
    match form.get("type") {
        Some(Value::String(name)) => name == wanted,
        Some(Value::Array(names)) => names.iter().any(|name| name == wanted),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::schema;
    use crate::file::tree::{self, Node, Tree};

    fn objects(schema: &Value) -> Vec<&Value> {
        let definitions = schema["definitions"].as_object().unwrap().values();
        std::iter::once(schema).chain(definitions).filter(|each| each["type"] == "object").collect()
    }

    #[test]
    fn every_field_has_a_sentence_and_nothing_else_is_allowed() {
        let schema = schema();
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        let objects = objects(&schema);
        assert_eq!(objects.len(), 8);
        for object in objects {
            assert_eq!(object["additionalProperties"], false, "{object}");
            for (name, field) in object["properties"].as_object().unwrap() {
                let sentence = field["description"].as_str().unwrap_or_default();
                assert!(sentence.ends_with('.'), "{name}: {field}");
            }
        }
    }

    #[test]
    fn the_first_line_is_the_only_one_of_its_kind() {
        assert_eq!(schema()["properties"]["format"]["const"], "greenroom/guide@1");
        assert_eq!(schema()["required"], serde_json::json!(["format", "slug", "name"]));
    }

    fn names(node: &Node, found: &mut Vec<String>) {
        match &node.value {
            tree::Value::Text { .. } => {}
            tree::Value::List { items, .. } => items.iter().for_each(|item| names(item, found)),
            tree::Value::Map { fields, .. } => {
                for field in fields {
                    found.push(field.name.clone());
                    names(&field.value, found);
                }
            }
        }
    }

    #[test]
    fn the_fields_of_the_starter_guides_are_all_in_it() {
        let schema = schema();
        let known: Vec<&String> = objects(&schema).iter().flat_map(|each| each["properties"].as_object().unwrap().keys()).collect();
        for text in crate::file::samples::starters() {
            let mut found = Vec::new();
            names(&Tree::of(&text).root.unwrap(), &mut found);
            assert!(found.iter().all(|name| known.contains(&name)));
        }
    }
}
