//! Why a command was not done: one line that is complete by itself, where it is, and what to do next.

use serde_json::{Value as Json, json};

use crate::code::{Code, exit_of};
use crate::documents::guide::Strange;

/// A failure, as it is told.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Its code, from one of the two tables.
    pub code: String,
    /// With what the program ends.
    pub exit: u8,
    /// What is wrong, in one line.
    pub message: String,
    /// More lines, as they stand under the first.
    pub lines: Vec<String>,
    /// What can be typed next.
    pub next: Vec<String>,
    /// Where it is, for programs.
    pub place: Json,
    /// Figures, for programs.
    pub details: Json,
    /// What else is wrong: everything is told at once.
    pub also: Vec<Self>,
}

/// The result of a command.
pub(crate) type Result<T = (), E = Fault> = std::result::Result<T, E>;

impl Fault {
    /// One that is found here.
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self::with(code.text(), code.exit(), &message.into())
    }

    /// One that the other side told.
    pub(crate) fn told(code: &str, message: impl Into<String>) -> Self {
        Self::with(code, exit_of(code), &message.into())
    }

    fn with(code: &str, exit: u8, message: &str) -> Self {
        let mut lines = message.lines().map(str::to_owned);
        let message = lines.next().unwrap_or_default().trim_end_matches('.').to_owned();
        let lines = lines.map(|line| format!("  {line}")).collect();
        Self { code: code.to_owned(), exit, message, lines, next: Vec::new(), place: Json::Null, details: Json::Null, also: Vec::new() }
    }

    /// With a line under it.
    #[must_use]
    pub(crate) fn line(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }

    /// With something that can be typed next.
    #[must_use]
    pub(crate) fn next(mut self, command: impl Into<String>) -> Self {
        self.next.push(command.into());
        self
    }

    /// With the place, for programs.
    #[must_use]
    pub(crate) fn at(mut self, place: Json) -> Self {
        self.place = place;
        self
    }

    /// With figures, for programs.
    #[must_use]
    pub(crate) fn details(mut self, details: Json) -> Self {
        self.details = details;
        self
    }

    /// For programs: one object.
    #[must_use]
    pub(crate) fn json(&self) -> Json {
        let mut object = json!({
            "format": "greenroom/error@1",
            "code": self.code,
            "exit": self.exit,
            "message": self.message,
            "next": self.next,
        });
        let lines: Vec<&str> = self.lines.iter().map(|line| line.trim()).collect();
        for (name, value) in [("where", &self.place), ("details", &self.details), ("lines", &json!(lines))] {
            if !value.is_null() && value != &json!([]) {
                object[name] = value.clone();
            }
        }
        if !self.also.is_empty() {
            object["also"] = self.also.iter().map(Self::json).collect();
        }
        object
    }

    /// Several as one: the first, with the others behind it. Nothing if there is none.
    pub(crate) fn all(faults: Vec<Self>) -> Option<Self> {
        let mut faults = faults.into_iter();
        let mut first = faults.next()?;
        first.also = faults.collect();
        Some(first)
    }
}

impl From<Strange> for Fault {
    fn from(strange: Strange) -> Self {
        Self::new(Code::Foreign, format!("the answer cannot be understood: {strange}")).next("greenroom doctor")
    }
}

/// What cannot be read or written.
pub(crate) fn unreadable(path: &std::path::Path, error: &std::io::Error) -> Fault {
    let fault = Fault::new(Code::Unreadable, format!("{} cannot be read: {error}", path.display()));
    fault.at(json!({ "file": path.display().to_string() }))
}

/// What cannot be written.
pub(crate) fn unwritable(path: &std::path::Path, error: &std::io::Error) -> Fault {
    let fault = Fault::new(Code::Unwritable, format!("{} cannot be written: {error}", path.display()));
    fault.at(json!({ "file": path.display().to_string() }))
}

/// What a rule of ours says on this side already: all of its findings at once.
pub(crate) fn of_content(error: &content::Error, company: &str) -> Fault {
    let content::Error::Findings(findings) = error else { return Fault::told(error.code().text(), error.to_string()) };
    let faults = findings.0.iter().map(|finding| {
        let path = finding.path.to_string();
        let fault = Fault::told(finding.code.text(), finding.message());
        let fault = fault.at(json!({ "company": company, "path": path }));
        if path.is_empty() { fault } else { fault.line(format!("  {}", path.replace('.', " > "))) }
    });
    Fault::all(faults.collect()).unwrap_or_else(|| Fault::told(error.code().text(), error.to_string()))
}
