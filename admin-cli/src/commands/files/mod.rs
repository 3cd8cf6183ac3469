//! The commands that work on folders of guide files.

pub(crate) mod apply;
pub(crate) mod check;
pub(crate) mod export;
pub(crate) mod fmt;
pub(crate) mod plan;
pub(crate) mod schema;
mod sink;
mod spent;

use clap::ValueEnum;
use content::file::Matching;

/// How far an item without a key is looked for.
#[derive(ValueEnum, Clone, Copy, Debug, Default)]
pub(crate) enum Match {
    /// Only by its key
    Key,
    /// By the same words too
    Exact,
    /// By words that are much alike too
    #[default]
    Similar,
}

impl Match {
    const fn matching(self) -> Matching {
        match self {
            Self::Key => Matching::Key,
            Self::Exact => Matching::Exact,
            Self::Similar => Matching::Similar,
        }
    }
}
