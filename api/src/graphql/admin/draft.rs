//! Stamps, findings and the open draft.

use async_graphql::{InputObject, SimpleObject};
use content::RevisionNumber;
use content::draft::Expect;
use content::finding::Finding as Content;

use super::terms::FindingLevel;

/// What somebody saw of a company.
pub(super) struct Stamp(pub Expect);

/// What a writer has to say to have seen: whoever writes over something else is merged with it, or told.
#[derive(SimpleObject)]
#[graphql(name = "Stamp")]
pub(super) struct StampOutput {
    /// The revision that the draft is based on; without open changes, the published one; 0 before the first.
    base: i32,
    /// The number of the save that the draft comes from; 0 without open changes. No two saves of a guide have the same one.
    edits: i32,
}

/// What the writer saw: the `stamp` of the company at that time.
#[derive(InputObject, Clone, Copy)]
#[graphql(name = "StampInput")]
pub(super) struct StampInput {
    /// Its `base`.
    base: i32,
    /// Its `edits`.
    edits: i32,
}

impl From<Stamp> for StampOutput {
    fn from(Stamp(seen): Stamp) -> Self {
        Self { base: seen.base.0, edits: seen.edits }
    }
}

impl From<StampInput> for Expect {
    fn from(input: StampInput) -> Self {
        Self { base: RevisionNumber(input.base), edits: input.edits }
    }
}

/// Something that the rules found in a guide.
#[derive(SimpleObject)]
pub(super) struct Finding {
    /// What it is, from the table of codes.
    code: String,
    /// How much it stops.
    level: FindingLevel,
    /// Where: `interview_loop.tech-screen.duration`.
    path: String,
    /// What is there.
    found: String,
    /// What would be right.
    expected: String,
    /// All of it in a sentence.
    message: String,
}

impl From<&Content> for Finding {
    fn from(finding: &Content) -> Self {
        Self {
            code: finding.code.text().to_owned(),
            level: finding.level.into(),
            path: finding.path.to_string(),
            found: finding.found.clone(),
            expected: finding.expected.clone(),
            message: finding.message(),
        }
    }
}
