//! A tree grows with what the parser tells. What guide files do not have is told as a fault and left out.

use std::collections::BTreeMap;

use granit_parser::{Event, ScalarStyle, ScanError, Span, StructureStyle};

use super::{Comment, Fault, Field, Mark, Node, Tree, Value};
use crate::file::place::Spot;

fn mark(marker: granit_parser::Marker) -> Mark {
    Mark { line: marker.line(), column: marker.col() + 1 }
}

struct Open {
    node: Node,
    /// In a map, the field whose value comes next.
    name: Option<(String, Mark, Spot)>,
    /// The names of the fields before it, with their lines.
    names: BTreeMap<String, usize>,
}

/// What is known of a text so far.
pub(super) struct Builder<'a> {
    lines: Vec<&'a str>,
    open: Vec<Open>,
    tree: Tree,
}

impl<'a> Builder<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { lines: text.lines().collect(), open: Vec::new(), tree: Tree { whole: true, ..Tree::default() } }
    }

    /// What became of it, also where it breaks off.
    pub(super) fn tree(mut self) -> Tree {
        while !self.open.is_empty() {
            self.close(None);
        }
        self.tree
    }

    pub(super) fn second_document(&mut self, span: Span) {
        self.fault(mark(span.start), "a second document".to_owned(), "one guide in a file, without a further line of ---");
    }

    pub(super) fn broken(&mut self, error: &ScanError) {
        let expected = "plain YAML: fields and lists, and quotes around a text with \": \" or \" #\" in it or with a sign at its beginning";
        self.tree.whole = false;
        self.fault(mark(*error.marker()), error.info(), expected);
    }

    pub(super) fn take(&mut self, event: Event<'_>, span: Span) {
        let (start, end) = (mark(span.start), mark(span.end));
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse(start, anchor, tag.is_some());
                let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
                let spot = self.spot(start, end);
                // The parser writes a sign of its own where nothing is written.
                let text = if style == ScalarStyle::Plain && start == end { String::new() } else { text.into_owned() };
                self.put(Node { start, end, spot, key: None, value: Value::Text { text, quoted } });
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.refuse(start, anchor, tag.is_some());
                self.begin(start, Value::List { flow: style == StructureStyle::Flow, items: Vec::new() });
            }
            Event::MappingStart(style, anchor, tag) => {
                self.refuse(start, anchor, tag.is_some());
                self.begin(start, Value::Map { flow: style == StructureStyle::Flow, fields: Vec::new() });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(Some(end)),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.fault(start, "an alias".to_owned(), "the text itself, or quotes around a text that begins with *");
                let spot = self.spot(start, end);
                self.put(Node { start, end, spot, key: None, value: Value::Text { text: String::new(), quoted: true } });
            }
            Event::Comment(text, _) => {
                let before: String = self.line(start.line).chars().take(start.column - 1).collect();
                let comment = Comment { start, text: format!("#{}", text.trim_end()), alone: before.trim().is_empty() };
                self.tree.comments.push(comment);
            }
            // Beginnings and ends. The parser may learn to tell more; what is no value changes nothing.
            Event::StreamStart | Event::StreamEnd | Event::DocumentStart(..) | Event::DocumentEnd | Event::Anchor(..) | _ => {}
        }
    }

    fn begin(&mut self, start: Mark, value: Value) {
        self.open.push(Open {
            node: Node { start, end: start, spot: self.spot(start, start), key: None, value },
            name: None,
            names: BTreeMap::new(),
        });
    }

    fn close(&mut self, end: Option<Mark>) {
        if let Some(Open { mut node, name, .. }) = self.open.pop() {
            if let (Some((name, start, spot)), Value::Map { fields, .. }) = (name, &mut node.value) {
                let value = Node { start, end: start, spot, key: None, value: Value::Text { text: String::new(), quoted: false } };
                fields.push(Field { name, start, spot, value });
            }
            node.end = end.unwrap_or(node.start);
            self.put(node);
        }
    }

    fn put(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.tree.root.get_or_insert(node);
            return;
        };
        match (&mut open.node.value, open.name.take()) {
            (Value::List { items, .. }, _) => items.push(node),
            (Value::Map { .. }, None) => {
                let start = node.start;
                let spot = node.spot;
                if let Value::Text { text, .. } = node.value {
                    open.name = Some((text, start, spot));
                } else {
                    open.name = Some((String::new(), start, spot));
                    self.fault(
                        start,
                        "a list or a group of fields as the name of a field".to_owned(),
                        "the name of a field, then its value",
                    );
                }
            }
            (Value::Map { fields, .. }, Some((name, start, spot))) => {
                let double = open.names.insert(name.clone(), start.line);
                // A field without a value is pointed at by its name.
                let at = if node.is_absent() { spot } else { node.spot };
                if let Some(line) = double {
                    self.tree.faults.push(Fault {
                        spot,
                        found: format!("{name:?} twice, also in line {line}"),
                        expected: "each field once",
                    });
                } else if name == "<<" {
                    self.tree.faults.push(Fault { spot, found: "a merge key".to_owned(), expected: "the fields themselves" });
                } else {
                    fields.push(Field { name, start, spot, value: Node { spot: at, ..node } });
                }
            }
            (Value::Text { .. }, _) => {}
        }
    }

    fn refuse(&mut self, start: Mark, anchor: usize, tag: bool) {
        if anchor != 0 {
            self.fault(start, "an anchor".to_owned(), "the text itself, or quotes around a text that begins with &");
        }
        if tag {
            self.fault(start, "a tag".to_owned(), "the text itself, or quotes around a text that begins with !");
        }
    }

    fn fault(&mut self, start: Mark, found: String, expected: &'static str) {
        let end = Mark { line: start.line + 1, column: 1 };
        self.tree.faults.push(Fault { spot: self.spot(start, end), found, expected });
    }

    /// What can be underlined of a value: its text in the line where it begins.
    fn spot(&self, start: Mark, end: Mark) -> Spot {
        let length = if start.line == end.line {
            end.column.saturating_sub(start.column)
        } else {
            self.line(start.line).trim_end().chars().count().saturating_sub(start.column - 1)
        };
        Spot { line: start.line, column: start.column, length }
    }

    fn line(&self, number: usize) -> &str {
        self.lines.get(number.saturating_sub(1)).copied().unwrap_or_default()
    }
}
