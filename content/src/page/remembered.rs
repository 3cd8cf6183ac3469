//! What was found out about lists, in memory by the version of the catalogue: the list is the same until the next version.

use moka::sync::Cache;

use entity::CatalogueVersion;

use crate::pulse::Beat;

/// What an entry takes besides the text of its list and what was found out.
const ENTRY: usize = 256;

/// Which database and which state of it something was found out about, and of which list: a statement with its values.
type Name = (u64, CatalogueVersion, String);

/// What one process found out about lists. A clone holds the same.
#[derive(Clone, Debug)]
pub(crate) struct Remembered<T: Clone + Send + Sync + 'static>(Cache<Name, T>);

impl<T: Clone + Send + Sync + 'static> Remembered<T> {
    /// Room for about so many bytes; how many something takes is said by this.
    pub(crate) fn within(bytes: u64, weight: impl Fn(&T) -> usize + Send + Sync + 'static) -> Self {
        let weigh = move |(_, _, list): &Name, found: &T| u32::try_from(list.len() + weight(found) + ENTRY).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(bytes).weigher(weigh).build())
    }

    /// What was found out about a list at a version, if it is in memory.
    pub(super) fn find(&self, beat: &Beat, list: &str) -> Option<T> {
        self.0.get(&(beat.epoch, beat.version, list.to_owned()))
    }

    /// Keeps it.
    pub(super) fn keep(&self, (epoch, version): (u64, CatalogueVersion), list: String, found: T) {
        self.0.insert((epoch, version, list), found);
    }
}

/// Counts of lists, which go over the whole list.
pub(crate) fn totals() -> Remembered<u64> {
    const BYTES: u64 = 8 * 1_024 * 1_024;
    Remembered::within(BYTES, |_| 0)
}
