//! What was found out about lists, in memory by the version of the catalogue: the list is the same until the next version.

use entity::CatalogueVersion;

use crate::moment::{Moment, Sought};
use crate::pulse::Beat;
use crate::room::{Room, Takes};

/// What one process found out about lists. A clone holds the same.
#[derive(Clone, Debug)]
pub(crate) struct Remembered<T>(Room<Moment<String>, T>);

impl<T: Takes + Clone> Remembered<T> {
    /// Room for about so many bytes, for what usually takes so many.
    pub(crate) fn within(bytes: u64, usual: u64) -> Self {
        Self(Room::within(bytes, usual))
    }

    /// What was found out about a list at a version, if it is in memory.
    pub(super) fn find(&self, beat: &Beat, list: &str) -> Option<T> {
        self.0.find(&Sought::at(beat, list))
    }

    /// Keeps it.
    pub(super) fn keep(&self, state: (u64, CatalogueVersion), list: String, found: T) {
        self.0.keep(Moment::new(state, list), found);
    }
}

/// Counts of lists, which go over the whole list.
pub(crate) fn totals() -> Remembered<u64> {
    const BYTES: u64 = 8 * 1_024 * 1_024;
    Remembered::within(BYTES, 512)
}
