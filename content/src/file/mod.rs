//! The file of one guide: YAML for people, read into a guide with all findings at once. It touches no database.

mod form;
mod read;

use entity::{CompanyId, Slug};

use crate::guide::Guide;

pub use read::read;

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
