//! Which questions were asked lately, roughly. Most questions are asked once and never again, and an answer that nobody asks for takes memory from those
//! that are ("cache on second hit": Maggs and Sitaraman, Algorithmic Nuggets in Content Delivery, 2015, 3.2).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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
    /// Whether a question of this fingerprint was asked before, as far as is remembered. From now on it was.
    pub(super) fn again(&self, print: u64) -> bool {
        let place = usize::try_from(print % PLACES as u64).unwrap_or_default();
        self.0[place].swap(print, Ordering::Relaxed) == print
    }
}
