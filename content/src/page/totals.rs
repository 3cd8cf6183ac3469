//! How many entries lists have, in memory by the version of the catalogue: a count goes over the whole list, and the list is the same until the next version.

use moka::sync::Cache;

use entity::CatalogueVersion;

use crate::pulse::Beat;

/// Bytes of counts in memory, by an estimate.
const TOTAL_BYTES: u64 = 8 * 1_024 * 1_024;
/// What an entry takes besides the text of its list.
const ENTRY: usize = 256;

/// The counts of one process, by version and by the list as a statement with its values. A clone holds the same ones.
#[derive(Clone, Debug)]
pub(crate) struct Totals(Cache<(u64, CatalogueVersion, String), u64>);

impl Default for Totals {
    fn default() -> Self {
        let weight = |(_, _, list): &(u64, CatalogueVersion, String), _: &u64| u32::try_from(list.len() + ENTRY).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(TOTAL_BYTES).weigher(weight).build())
    }
}

impl Totals {
    /// How many entries a list has at a version, if it is in memory.
    pub(super) fn find(&self, beat: &Beat, list: &str) -> Option<u64> {
        self.0.get(&(beat.epoch, beat.version, list.to_owned()))
    }

    /// Keeps a count.
    pub(super) fn keep(&self, beat: &Beat, list: String, total: u64) {
        self.0.insert((beat.epoch, beat.version, list), total);
    }
}
