//! The file of one guide: YAML for people, read into a guide with all findings and their places, and written in one form. It touches no database.

mod comments;
mod form;
mod keys;
mod matching;
mod place;
mod read;
#[cfg(test)]
mod samples;
mod scalar;
mod schema;
mod shape;
mod sheet;
mod source;
#[cfg(test)]
mod tests;
mod tree;
mod write;

use entity::{CompanyId, Slug};

use crate::error::Result;
use crate::guide::Guide;

pub use comments::{Blended, Formatted, blend, format};
pub use matching::{How, Match, Matching};
pub use place::{Places, Spot};
pub use schema::schema;
pub use source::{Adopted, Placed, Source};

/// What a guide file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideFile {
    /// The company's identity, if the file has one.
    pub id: Option<CompanyId>,
    /// Its slug.
    pub slug: Slug,
    /// The whole guide: an absent part is empty.
    pub guide: Guide,
}

/// Reads the text of a guide file.
///
/// # Errors
///
/// [`Error::Findings`](crate::Error::Findings) with everything that is not understood. What is wrong with the form of the file says its line;
/// [`Source`] gives the place of every finding.
pub fn read(text: &str) -> Result<GuideFile> {
    Source::of(text).adopted().map(|adopted| adopted.file)
}

/// Reads a file that comes back from a person: an item without a key gets the key of the item of the guide that it was written from. A new item
/// gets a key that nothing in that guide has.
///
/// # Errors
///
/// As [`read`].
pub fn read_over(text: &str, base: &Guide, matching: Matching) -> Result<Adopted> {
    Source::over(text, base, matching).adopted()
}

/// The file of a guide in the one form that is written: it reads back as the same guide. A key stands in it where it does not follow from the text.
#[must_use]
pub fn write(file: &GuideFile) -> String {
    write::sheet(file).text()
}

/// Where everything stands in a text, also where it cannot be read as a guide.
#[must_use]
pub fn locate(text: &str) -> Places {
    Source::of(text).places().clone()
}
