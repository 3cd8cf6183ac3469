//! The lines of a file before they are a text: each knows what stands in it, so that comments find their line.

use std::collections::BTreeMap;

use super::place::Anchor;

/// A line, and the comments that belong to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) indent: usize,
    /// Nothing for a blank line.
    pub(super) text: String,
    pub(super) anchors: Vec<Anchor>,
    /// What it stands for unless another line does: fields that are left out.
    pub(super) instead: Vec<Anchor>,
    pub(super) above: Vec<String>,
    pub(super) beside: Option<String>,
    pub(super) below: Vec<String>,
}

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) lines: Vec<Line>,
    pub(super) head: Vec<String>,
    pub(super) foot: Vec<String>,
}

impl Sheet {
    pub(super) fn put(&mut self, indent: usize, text: String, anchors: Vec<Anchor>) {
        self.lines.push(Line { indent, text, anchors, ..Line::default() });
    }

    /// A blank line before what comes next.
    pub(super) fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    /// For each anchor the first and the last line of what it holds.
    pub(super) fn places(&self) -> BTreeMap<Anchor, (usize, usize)> {
        let mut places: BTreeMap<Anchor, (usize, usize)> = BTreeMap::new();
        for (number, line) in self.lines.iter().enumerate() {
            for anchor in &line.anchors {
                for length in 1..=anchor.len() {
                    let holder = anchor.get(..length).unwrap_or_default().to_vec();
                    places.entry(holder).or_insert((number, number)).1 = number;
                }
            }
        }
        for (number, line) in self.lines.iter().enumerate() {
            for anchor in &line.instead {
                places.entry(anchor.clone()).or_insert((number, number));
            }
        }
        places
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut put = |indent: usize, line: &str| {
            text.extend(std::iter::repeat_n(' ', indent));
            text.push_str(line);
            text.push('\n');
        };
        self.head.iter().for_each(|comment| put(0, comment));
        let following = self.lines.iter().skip(1).map(|line| line.indent).chain([0]);
        for (line, next) in self.lines.iter().zip(following) {
            line.above.iter().for_each(|comment| put(line.indent, comment));
            match &line.beside {
                Some(comment) => put(line.indent, &format!("{}  {comment}", line.text)),
                None => put(line.indent, &line.text),
            }
            // Further in than what follows, so that they are read as they are meant.
            line.below.iter().for_each(|comment| put(line.indent.max(next), comment));
        }
        self.foot.iter().for_each(|comment| put(0, comment));
        text
    }
}
