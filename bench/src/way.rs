//! In which ways an operation is asked for.

use clap::ValueEnum;
use serde::Serialize;

/// How the API is asked, and what beside it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Way {
    /// Bytes of the same size from memory.
    Static,
    /// A handler with the one SQL statement.
    Bare,
    /// The same questions again and again.
    Repeated,
    /// The same with GET, and the document named by its hash.
    RepeatedByHash,
    /// A known document with variables that were not sent before, over the hot set.
    NewVariables,
    /// The same over all guides at random.
    Random,
    /// A document that was not sent before, over the hot set: new by a comment.
    NewDocument,
    /// The same, new by a field: no part of its answer was made for a document that was sent before.
    NewFields,
    /// The first pages of a list, with variables that were not sent before.
    First,
    /// The last ones.
    Last,
}

impl Way {
    /// Those of which there is one for every operation.
    pub(crate) const COMPARED: [Self; 8] = [
        Self::Static,
        Self::Bare,
        Self::Repeated,
        Self::RepeatedByHash,
        Self::NewVariables,
        Self::Random,
        Self::NewDocument,
        Self::NewFields,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Static => "static bytes",
            Self::Bare => "bare handler, one statement",
            Self::Repeated => "repeated",
            Self::RepeatedByHash => "repeated, GET by hash",
            Self::NewVariables => "known document, new variables",
            Self::Random => "new variables, all guides",
            Self::NewDocument => "new document, by a comment",
            Self::NewFields => "new document, by a field",
            Self::First => "first pages, new variables",
            Self::Last => "last pages, new variables",
        }
    }
}
