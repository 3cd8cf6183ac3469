//! The text of a file as a tree in which everything has its place, with the comments beside it. What plain YAML has and guide files do not is refused here.
//!
//! A text that breaks off still gives the tree of what stands before the fault.

mod building;

use granit_parser::{Event, Options, Parser};

use self::building::Builder;
use super::place::Spot;
use crate::guide::limits;

/// The largest file that is looked at: a guide with every sign escaped and commented.
const BYTES: usize = 8 * limits::GUIDE_BYTES;
/// How deep a file may be nested; a guide needs seven.
const DEPTH: usize = 16;
/// Comments in a row that are kept.
const COMMENTS: usize = 10_000;

/// Where something begins or ends; both from 1, columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// A value, where it stands, and the key that it has as an item of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) start: Mark,
    pub(super) end: Mark,
    pub(super) spot: Spot,
    pub(super) key: Option<String>,
    pub(super) value: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A text; quoted ones are meant as they are.
    Text {
        text: String,
        quoted: bool,
    },
    List {
        flow: bool,
        items: Vec<Node>,
    },
    Map {
        flow: bool,
        fields: Vec<Field>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) start: Mark,
    pub(super) spot: Spot,
    pub(super) value: Node,
}

/// A comment with its `#`, and whether it has its line for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comment {
    pub(super) start: Mark,
    pub(super) text: String,
    pub(super) alone: bool,
}

/// Something that guide files do not have: where, what, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) spot: Spot,
    pub(super) found: String,
    pub(super) expected: &'static str,
}

/// What a text holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tree {
    /// Nothing if there is no value at all.
    pub(super) root: Option<Node>,
    pub(super) comments: Vec<Comment>,
    pub(super) faults: Vec<Fault>,
    /// Whether it was read to its end.
    pub(super) whole: bool,
}

impl Node {
    pub(super) fn field(&self, name: &str) -> Option<&Self> {
        match &self.value {
            Value::Map { fields, .. } => fields.iter().find(|field| field.name == name).map(|field| &field.value),
            Value::Text { .. } | Value::List { .. } => None,
        }
    }

    pub(super) fn field_mut(&mut self, name: &str) -> Option<&mut Self> {
        match &mut self.value {
            Value::Map { fields, .. } => fields.iter_mut().find(|field| field.name == name).map(|field| &mut field.value),
            Value::Text { .. } | Value::List { .. } => None,
        }
    }

    pub(super) fn items(&self) -> &[Self] {
        match &self.value {
            Value::List { items, .. } => items,
            Value::Text { .. } | Value::Map { .. } => &[],
        }
    }

    pub(super) fn items_mut(&mut self) -> &mut [Self] {
        match &mut self.value {
            Value::List { items, .. } => items,
            Value::Text { .. } | Value::Map { .. } => &mut [],
        }
    }

    /// The text of it as a guide holds it: what was written without quotes or over several lines becomes one line with single blanks.
    pub(super) fn text(&self) -> Option<String> {
        match &self.value {
            Value::Text { text, quoted: true } if !text.chars().any(|sign| sign.is_control() || crate::guide::rules::misleading(sign)) => {
                Some(text.clone())
            }
            Value::Text { text, .. } => Some(crate::fold::tidy(text)),
            Value::List { .. } | Value::Map { .. } => None,
        }
    }

    /// Whether nothing is written where a value could be.
    pub(super) fn is_absent(&self) -> bool {
        matches!(&self.value, Value::Text { text, quoted: false } if text.is_empty())
    }
}

impl Tree {
    pub(super) fn of(text: &str) -> Self {
        if text.len() > BYTES {
            let found = format!("{} bytes", text.len());
            let fault = Fault { spot: Spot::default(), found, expected: "a smaller file" };
            return Self { faults: vec![fault], ..Self::default() };
        }
        let text = &without_lone_returns(text);
        let mut options = Options::default();
        options.emit_unresolved_aliases = true;
        options.max_buffered_comment_events = COMMENTS;
        options.flow_nesting_limit = DEPTH;
        options.block_nesting_limit = DEPTH;
        let mut builder = Builder::new(text);
        let mut documents = 0;
        for next in Parser::new_from_str_with_options(text, options) {
            match next {
                Ok((Event::DocumentStart(..), span)) if documents == 1 => {
                    builder.second_document(span);
                    break;
                }
                Ok((Event::DocumentStart(..), _)) => documents += 1,
                Ok((event, span)) => builder.take(event, span),
                Err(error) => {
                    builder.broken(&error);
                    break;
                }
            }
        }
        builder.tree()
    }
}

/// YAML also ends lines by a carriage return alone, nobody who counts lines does: it becomes a blank, so that every place stays what it is.
fn without_lone_returns(text: &str) -> String {
    let mut next = text.chars().skip(1).chain(['\n']);
    text.chars().map(|sign| if next.next() != Some('\n') && sign == '\r' { ' ' } else { sign }).collect()
}
