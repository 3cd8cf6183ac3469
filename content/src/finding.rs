//! What a rule found: where, what it found there, and what would be right. Rules report all findings at once.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::code::Code;

/// How much a finding stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It cannot be saved.
    Saving,
    /// It can be saved, but not published.
    Publishing,
    /// It stops nothing.
    Advice,
}

/// A place in a guide: the fields and keys that lead to it, `interview_loop.tech-screen.duration`.
///
/// As data it is the text that people read. No field and no key has a dot in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Path(Vec<String>);

impl Path {
    /// The whole guide.
    #[must_use]
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// A place inside of this one.
    #[must_use]
    pub fn at(&self, segment: impl fmt::Display) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment.to_string());
        Self(segments)
    }
}

impl From<String> for Path {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::root() } else { Self(text.split('.').map(str::to_owned).collect()) }
    }
}

impl From<Path> for String {
    fn from(path: Path) -> Self {
        path.to_string()
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("."))
    }
}

/// One thing that a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub code: Code,
    /// How much it stops.
    pub level: Level,
    /// Where.
    pub path: Path,
    /// What is there, quoted or counted.
    pub found: String,
    /// What would be right.
    pub expected: String,
}

impl Finding {
    /// What is wrong, what was found and what would be right, without the place.
    #[must_use]
    pub fn message(&self) -> String {
        format!("{} Found {}; right would be {}.", self.code.meaning(), self.found, self.expected)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.code, self.path, self.message())
    }
}

/// All that the rules found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// Notes one more.
    pub fn add(&mut self, level: Level, code: Code, path: Path, words: (impl Into<String>, impl Into<String>)) {
        self.0.push(Finding { code, level, path, found: words.0.into(), expected: words.1.into() });
    }

    /// A single thing that cannot be saved, in a field of what was sent.
    #[must_use]
    pub fn one(code: Code, field: &str, words: (impl Into<String>, impl Into<String>)) -> Self {
        let mut findings = Self::default();
        findings.add(Level::Saving, code, Path::root().at(field), words);
        findings
    }

    /// Whether anything stops an act of this level: saving is stopped by what cannot be saved, publishing by that and by what cannot be published.
    #[must_use]
    pub fn stop(&self, level: Level) -> bool {
        self.0.iter().any(|finding| finding.level <= level)
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, finding) in self.0.iter().enumerate() {
            let gap = if number == 0 { "" } else { "\n" };
            write!(f, "{gap}{finding}")?;
        }
        Ok(())
    }
}

/// A text in quotation marks, cut to a length that a message can carry.
#[must_use]
pub fn quoted(text: &str) -> String {
    const SHOWN: usize = 60;
    if text.chars().count() <= SHOWN { format!("{text:?}") } else { format!("{:?}...", text.chars().take(SHOWN).collect::<String>()) }
}
