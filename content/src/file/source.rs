//! A text that was looked at once: what it says, all that is found against it with the place of each, and where everything stands in it.

use super::GuideFile;
use super::form::File;
use super::keys;
use super::matching::{Match, Matching};
use super::place::{self, Entry, Places, Spot};
use super::read::Reader;
use super::shape;
use super::tree::{Comment, Tree};
use crate::code::Code;
use crate::error::{Error, Result};
use crate::finding::{Finding, Findings, Level, Path};
use crate::guide::Guide;

/// Items above which a file is not looked at: more than twice what a guide may hold. Making keys for equal lines costs more with each.
const ITEMS: usize = 12_000;

/// A finding and where it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// What was found.
    pub finding: Finding,
    /// Where.
    pub spot: Spot,
}

/// A file that came back from a person, as the guide that it was written from knows its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopted {
    /// What it says. Items that were in the guide have their keys.
    pub file: GuideFile,
    /// Items that were found again under other words.
    pub matches: Vec<Match>,
    /// Where everything stands in the text, for what is found later.
    pub places: Places,
}

/// The text of a guide file, looked at.
#[derive(Clone, Debug)]
pub struct Source {
    file: Option<GuideFile>,
    findings: Vec<Placed>,
    matches: Vec<Match>,
    places: Places,
    pub(super) entries: Vec<Entry>,
    pub(super) comments: Vec<Comment>,
    /// Whether the text could be taken apart to its end.
    pub(super) whole: bool,
}

impl Source {
    /// Looks at a text by itself.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::new(text, None)
    }

    /// Looks at a text that was written from a guide.
    #[must_use]
    pub fn over(text: &str, base: &Guide, matching: Matching) -> Self {
        Self::new(text, Some((base, matching)))
    }

    /// What it says, if nothing is found against it.
    #[must_use]
    pub const fn file(&self) -> Option<&GuideFile> {
        self.file.as_ref()
    }

    /// All that is found against it, in the order of the lines.
    #[must_use]
    pub fn findings(&self) -> &[Placed] {
        &self.findings
    }

    /// Where everything stands, as far as the text can be understood.
    #[must_use]
    pub const fn places(&self) -> &Places {
        &self.places
    }

    /// The file with what was found out about its items.
    ///
    /// # Errors
    ///
    /// [`Error::Findings`] with all findings. Those about the form of the file, which have no path, say their line.
    pub fn adopted(self) -> Result<Adopted> {
        match self.file {
            Some(file) => Ok(Adopted { file, matches: self.matches, places: self.places }),
            None => Err(Error::Findings(Findings(self.findings.into_iter().map(told).collect()))),
        }
    }

    fn new(text: &str, base: Option<(&Guide, Matching)>) -> Self {
        let Tree { root, comments, faults, whole } = Tree::of(text);
        let mut source =
            Self { file: None, findings: Vec::new(), matches: Vec::new(), places: Places::default(), entries: Vec::new(), comments, whole };
        for fault in faults {
            let finding = finding(fault.found, fault.expected);
            source.findings.push(Placed { finding, spot: fault.spot });
        }
        match root {
            Some(root) if keys::count(&root) > ITEMS => {
                let finding = finding("too many entries".to_owned(), "the guide of one company");
                source.findings.push(Placed { finding, spot: root.spot });
            }
            Some(mut root) => {
                let given = keys::give(&mut root, base);
                source.entries = place::entries(&root);
                source.places = Places::of_entries(&source.entries);
                source.matches = given.matches;
                // What breaks off has nothing to say about what is missing.
                if whole {
                    source.found(given.findings);
                    source.read(&root);
                }
            }
            None if source.findings.is_empty() => {
                let finding = finding("nothing".to_owned(), "a guide file, which begins with a line of format");
                source.findings.push(Placed { finding, spot: Spot::default() });
            }
            None => {}
        }
        source.findings.sort_by_key(|placed| (placed.spot.line, placed.spot.column));
        if source.findings.iter().any(|placed| placed.finding.level <= Level::Saving) {
            source.file = None;
        }
        source
    }

    fn read(&mut self, root: &super::tree::Node) {
        let (json, misfits) = shape::fitted(root);
        self.findings.extend(misfits);
        let file: File = match serde_json::from_value(json.unwrap_or_default()) {
            Ok(file) => file,
            // Whatever is left out because it does not fit has been found.
            Err(_) if !self.findings.is_empty() => return,
            Err(error) => {
                let finding = finding(error.to_string(), "a guide file");
                return self.findings.push(Placed { finding, spot: Spot::default() });
            }
        };
        let mut reader = Reader::default();
        self.file = reader.file(file);
        self.found(reader.findings);
    }

    /// Adds findings, but for those about what was found wanting before.
    fn found(&mut self, findings: Findings) {
        for finding in findings.0 {
            let spot = self.places.of(&finding.path);
            let told = |placed: &Placed| placed.finding.path == finding.path || placed.spot == spot;
            if !self.findings.iter().any(told) {
                self.findings.push(Placed { finding, spot });
            }
        }
    }
}

fn finding(found: String, expected: &str) -> Finding {
    Finding { code: Code::FileUnreadable, level: Level::Saving, path: Path::root(), found, expected: expected.to_owned() }
}

fn told(placed: Placed) -> Finding {
    let Placed { finding, spot } = placed;
    if matches!(finding.code, Code::FileUnreadable | Code::FieldUnknown) {
        return Finding { found: format!("{} in line {}, column {}", finding.found, spot.line, spot.column), ..finding };
    }
    finding
}
