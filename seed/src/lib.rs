//! Content to begin with: the starter guides, and a deterministic generator of guides in any number.

pub mod starter;
pub mod synthetic;
mod words;
