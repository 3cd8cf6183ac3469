//! Which questions were asked lately, roughly. Most questions are asked once and never again, and an answer that nobody asks for takes memory from those
//! that are ("cache on second hit": Maggs and Sitaraman, Algorithmic Nuggets in Content Delivery, 2015, 3.2).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Name;

/// Places, of eight bytes each. A question is forgotten when another one comes to its place.
const PLACES: usize = 65_536;

/// The questions that were asked lately. A clone remembers the same ones.
#[derive(Clone, Debug)]
pub(super) struct Asked(Arc<[AtomicU64]>);

impl Default for Asked {
    fn default() -> Self {
        Self((0..PLACES).map(|_| AtomicU64::new(0)).collect())
    }
}

impl Asked {
    /// Whether a question was asked before, as far as is remembered. From now on it was.
    pub(super) fn again(&self, Name(name): &Name) -> bool {
        // A name is a hash, so its parts are as good as hashes of their own.
        let [place, print] = [0, 8].map(|at| name[at..at + 8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte)));
        let place = usize::try_from(place % PLACES as u64).unwrap_or_default();
        self.0[place].swap(print, Ordering::Relaxed) == print
    }
}
