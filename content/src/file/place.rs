//! Where everything stands in the text of a file, so that a finding can be shown in the line that it is about.

use std::collections::BTreeMap;

use super::tree::{Field, Mark, Node, Value};
use crate::finding::Path;

/// A place in a text that can be underlined: line and column from 1, both columns and length in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The line.
    pub line: usize,
    /// The column in which it begins.
    pub column: usize,
    /// How many characters of the line it takes; nothing where nothing is written.
    pub length: usize,
}

/// The beginning of the text.
impl Default for Spot {
    fn default() -> Self {
        Self { line: 1, column: 1, length: 0 }
    }
}

/// The places of a text by the paths that rules and comparisons use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    of_path: BTreeMap<String, Vec<Spot>>,
    of_key: BTreeMap<String, Vec<Spot>>,
    root: Spot,
}

impl Places {
    /// Where a path stands: the value of a field, the first field of an item, the name of a list. What is not written has the place of what it
    /// would stand in.
    #[must_use]
    pub fn of(&self, path: &Path) -> Spot {
        self.all(path).first().copied().unwrap_or(self.root)
    }

    /// Every place that a path stands for: two where two items have one key.
    #[must_use]
    pub fn all(&self, path: &Path) -> &[Spot] {
        let text = path.to_string();
        let mut rest = text.as_str();
        loop {
            let found = self.of_path.get(rest).or_else(|| self.shared(rest)).or_else(|| self.of_key.get(rest));
            match (found, rest.rsplit_once('.')) {
                (Some(spots), _) => return spots,
                (None, Some((holder, _))) => rest = holder,
                (None, None) => return std::slice::from_ref(&self.root),
            }
        }
    }

    /// What a salary level does not say itself may stand above all levels.
    fn shared(&self, path: &str) -> Option<&Vec<Spot>> {
        let (_, field) = path.strip_prefix(SALARIES)?.strip_prefix('.')?.split_once('.')?;
        self.of_path.get(&format!("{SALARIES}.{field}"))
    }

    pub(super) fn of_entries(entries: &[Entry]) -> Self {
        let mut places = Self { root: entries.first().map(|first| first.spot).unwrap_or_default(), ..Self::default() };
        for entry in entries {
            places.of_path.entry(entry.path.to_string()).or_default().push(entry.spot);
            if let Some(key) = &entry.key {
                places.of_key.entry(key.clone()).or_default().push(entry.spot);
            }
        }
        places
    }
}

/// The names that lead to something, as comments hang on it: unlike in a path, an entry of a list of words is called by its words, and where
/// it stands in the list does not matter.
pub(super) type Anchor = Vec<String>;

const SALARIES: &str = "salary_ranges";
/// Has no name in a path: `salary_ranges.l5.range`.
const LEVELS: &str = "levels";

/// A field or an item of a list, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) path: Path,
    pub(super) anchor: Anchor,
    pub(super) key: Option<String>,
    /// The field or item that it stands in.
    pub(super) holder: Option<usize>,
    /// Where it begins, with its name or its hyphen.
    pub(super) start: Mark,
    /// Where it ends, if it is written in brackets.
    pub(super) closed: Option<Mark>,
    pub(super) spot: Spot,
}

/// Everything in a tree whose items have their keys.
pub(super) fn entries(root: &Node) -> Vec<Entry> {
    let mut walk = Walk { entries: Vec::new() };
    walk.node(root, &Path::root(), &Anchor::new(), None);
    walk.entries
}

/// What an item is called in a path: by its key, a week by its number, anything else by its place.
pub(super) fn segment(item: &Node, number: usize) -> String {
    item.key.clone().or_else(|| item.field("week")?.text()).unwrap_or_else(|| number.to_string())
}

/// The path inside of a field.
pub(super) fn inside(path: &Path, field: &str) -> Path {
    if field == LEVELS && path.to_string() == SALARIES { path.clone() } else { path.at(field) }
}

/// An anchor of something inside.
pub(super) fn anchored(anchor: &[String], segment: impl Into<String>) -> Anchor {
    anchor.iter().cloned().chain([segment.into()]).collect()
}

/// What an entry of a list of words is called in an anchor.
pub(super) fn word(text: &str, nth: usize) -> String {
    format!("{nth}\n{text}")
}

struct Walk {
    entries: Vec<Entry>,
}

impl Walk {
    fn node(&mut self, node: &Node, path: &Path, anchor: &[String], holder: Option<usize>) {
        match &node.value {
            Value::Text { .. } => {}
            Value::Map { fields, .. } => {
                for field in fields {
                    self.field(field, path, anchor, holder);
                }
            }
            Value::List { items, flow } => {
                let mut words: BTreeMap<String, usize> = BTreeMap::new();
                for (item, number) in items.iter().zip(1..) {
                    let segment = segment(item, number);
                    let name = match item.text().filter(|_| item.key.is_none()) {
                        Some(text) => {
                            let nth = words.entry(text.clone()).or_default();
                            *nth += 1;
                            word(&text, *nth)
                        }
                        None => segment.clone(),
                    };
                    let column = if *flow { item.start.column } else { node.start.column };
                    let start = Mark { line: item.start.line, column };
                    let (path, anchor) = (path.at(segment), anchored(anchor, name));
                    let key = item.key.clone();
                    let entry = Entry { path, anchor, key, holder, start, closed: closed(item), spot: shown(item) };
                    self.add(entry, item);
                }
            }
        }
    }

    fn field(&mut self, field: &Field, path: &Path, anchor: &[String], holder: Option<usize>) {
        let spot = if matches!(field.value.value, Value::Text { .. }) { field.value.spot } else { field.spot };
        let (start, closed) = (field.start, closed(&field.value));
        let full = Entry { path: path.at(&field.name), anchor: anchored(anchor, &field.name), key: None, holder, start, closed, spot };
        let (path, anchor) = (inside(path, &field.name), full.anchor.clone());
        let number = self.entries.len();
        self.entries.push(full);
        self.node(&field.value, &path, &anchor, Some(number));
    }

    fn add(&mut self, entry: Entry, node: &Node) {
        let (path, anchor, number) = (entry.path.clone(), entry.anchor.clone(), self.entries.len());
        self.entries.push(entry);
        self.node(node, &path, &anchor, Some(number));
    }
}

fn closed(node: &Node) -> Option<Mark> {
    match &node.value {
        Value::List { flow: true, .. } | Value::Map { flow: true, .. } => Some(node.end),
        Value::Text { .. } | Value::List { .. } | Value::Map { .. } => None,
    }
}

/// What of an item can be underlined.
fn shown(item: &Node) -> Spot {
    match &item.value {
        Value::Map { fields, .. } => fields.first().map_or(item.spot, |field| field.value.spot),
        Value::Text { .. } | Value::List { .. } => item.spot,
    }
}
