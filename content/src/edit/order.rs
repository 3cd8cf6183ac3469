//! What is to be done, before any of it is: the kind, the reason, and under which id, so that a retry is recognised.

use entity::{JobId, OperationId, OperationKind};

use crate::code::Code;
use crate::error::{Error, Result};
use crate::guide::limits;
use crate::view::Desk;

/// An order to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// What kind of operation it becomes.
    pub kind: OperationKind,
    /// Why, in the writer's words; may be empty.
    pub reason: String,
    /// The id that the caller gave the operation, if so.
    pub operation: Option<OperationId>,
    /// The fingerprint of what is asked for, without passwords: another request under the same id is refused.
    pub request: Option<String>,
    /// The job that it is a part of, if the caller said so. It is no part of the fingerprint: a retry may come from another job.
    pub job: Option<JobId>,
    /// What it is called in the audit record: the field of the schema. Without one, its kind.
    pub act: Option<String>,
}

impl Order {
    /// An order without an id: it cannot be retried safely.
    #[must_use]
    pub fn new(kind: OperationKind, reason: impl Into<String>) -> Self {
        Self { kind, reason: reason.into(), operation: None, request: None, job: None, act: None }
    }

    /// Who and why are one line each, as every text of a guide is.
    pub(super) fn check(&self, desk: &Desk) -> Result<()> {
        line(&self.reason)?;
        line(&desk.author().to_string())
    }
}

fn line(text: &str) -> Result<()> {
    let chars = text.chars().count();
    if chars > limits::TEXT {
        return Err(Error::refused(
            Code::TextLong,
            format!("The reason or the author has {chars} characters; at most {} are kept.", limits::TEXT),
        ));
    }
    if text.chars().any(char::is_control) {
        return Err(Error::refused(Code::TextControl, "The reason or the author has a line break or a sign that cannot be seen."));
    }
    Ok(())
}
