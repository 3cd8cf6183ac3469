//! A tree against the form of a guide file: which fields there are, and whether a text, a list or a group of fields stands where one belongs.
//!
//! What does not fit is found and left out, so that everything else can still be read.

use serde_json::{Map, Value as Json};

use super::place::{Spot, inside, segment};
use super::schema::{SCHEMA, forms, is};
use super::source::Placed;
use super::tree::{Field, Node, Value};
use crate::code::Code;
use crate::finding::{Finding, Level, Path, quoted};

/// The tree as JSON of the form, in which every value is a text and every item has its key; and what does not fit, with its place.
pub(super) fn fitted(root: &Node) -> (Option<Json>, Vec<Placed>) {
    let mut shape = Shape { misfits: Vec::new() };
    let json = shape.node(root, &SCHEMA, &Path::root());
    (json, shape.misfits)
}

/// Misfits that are told; nobody reads more.
const MOST: usize = 1_000;

struct Shape {
    misfits: Vec<Placed>,
}

impl Shape {
    fn node(&mut self, node: &Node, schema: &'static Json, path: &Path) -> Option<Json> {
        let forms = forms(schema);
        let form = |wanted: &str| forms.iter().copied().find(|form| is(form, wanted));
        match &node.value {
            Value::Text { .. } => {
                if ["string", "boolean", "integer"].iter().all(|wanted| form(wanted).is_none()) {
                    return self.misfit(node, path, &forms);
                }
                let text = Json::String(node.text().unwrap_or_default());
                let keyed = |key: &String| {
                    Json::Object(Map::from_iter([("text".to_owned(), text.clone()), ("key".to_owned(), key.as_str().into())]))
                };
                Some(node.key.as_ref().map_or_else(|| text.clone(), keyed))
            }
            Value::List { items, .. } => {
                let Some(form) = form("array").and_then(|form| form.get("items")) else { return self.misfit(node, path, &forms) };
                let items = items.iter().zip(1..);
                Some(Json::Array(items.filter_map(|(item, number)| self.node(item, form, &path.at(segment(item, number)))).collect()))
            }
            Value::Map { fields, .. } => {
                let Some(form) = form("object") else { return self.misfit(node, path, &forms) };
                let mut map = self.fields(fields, form, path);
                self.required(&mut map, form, node, path);
                if let Some(key) = &node.key {
                    map.insert("key".to_owned(), key.as_str().into());
                }
                Some(Json::Object(map))
            }
        }
    }

    fn fields(&mut self, fields: &[Field], form: &'static Json, path: &Path) -> Map<String, Json> {
        let mut map = Map::new();
        let known = form.get("properties").and_then(Json::as_object);
        for field in fields {
            match known.and_then(|known| known.get(&field.name)) {
                None if self.misfits.len() >= MOST => {}
                None => {
                    let words = (quoted(&field.name), nearest(&field.name, known.into_iter().flat_map(Map::keys)));
                    self.add(Code::FieldUnknown, path, field.spot, words);
                }
                Some(_) if field.value.is_absent() => {}
                Some(schema) => {
                    if let Some(value) = self.node(&field.value, schema, &inside(path, &field.name)) {
                        map.insert(field.name.clone(), value);
                    }
                }
            }
        }
        map
    }

    /// What must be there and is not is found once, here: it becomes an empty text.
    fn required(&mut self, map: &mut Map<String, Json>, form: &Json, node: &Node, path: &Path) {
        for name in form.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str) {
            if map.contains_key(name) {
                continue;
            }
            let told = self.misfits.iter().any(|placed| placed.finding.path == path.at(name));
            if !told {
                let spot = node.field(name).map_or_else(|| first(node), |field| field.spot);
                self.add(Code::FileUnreadable, &path.at(name), spot, (format!("no {name}"), format!("{name}, with its value")));
            }
            map.insert(name.to_owned(), Json::String(String::new()));
        }
    }

    fn misfit(&mut self, node: &Node, path: &Path, forms: &[&Json]) -> Option<Json> {
        let found = match &node.value {
            Value::Text { .. } => "a text",
            Value::List { .. } => "a list",
            Value::Map { .. } => "a group of fields",
        };
        let has = |wanted: &str| forms.iter().any(|form| is(form, wanted));
        let expected = match (has("string") || has("integer") || has("boolean"), has("array"), has("object")) {
            (true, _, true) => "a text, or a group of fields",
            (_, true, _) => "a list, each entry in a line that begins with \"- \"",
            (false, _, true) => "a group of fields, each with its name",
            (_, _, false) => "one text; put quotes around it if it has \": \" in it or begins with [ or {",
        };
        self.add(Code::FileUnreadable, path, first(node), (found.to_owned(), expected.to_owned()));
        None
    }

    fn add(&mut self, code: Code, path: &Path, spot: Spot, (found, expected): (String, String)) {
        if self.misfits.len() >= MOST {
            return;
        }
        self.misfits.push(Placed { finding: Finding { code, level: Level::Saving, path: path.clone(), found, expected }, spot });
    }
}

/// The first that is written of a value.
fn first(node: &Node) -> Spot {
    match &node.value {
        Value::Text { .. } => node.spot,
        Value::List { items, .. } => items.first().map_or(node.spot, first),
        Value::Map { fields, .. } => fields.first().map_or(node.spot, |field| field.spot),
    }
}

/// The known field that was meant, or all of them.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a String>) -> String {
    let known: Vec<&String> = known.collect();
    // No field has a longer name, and somebody may send one without end.
    let name: String = name.chars().take(64).collect();
    let best = known.iter().map(|field| (strsim::levenshtein(&name, field), field)).min();
    match best {
        Some((apart, field)) if apart <= 2 => quoted(field),
        Some(_) | None => format!("one of: {}", known.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ")),
    }
}
