//! How many list entries one answer may have, and until when it may be worked on. Lists inside of lists multiply: what looks small in a document can
//! fill the memory, and keep a thread busy that never comes to look at the clock.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use async_graphql::{Context, Result};
use content::code::Code;

use super::fault::refused;

/// What is left of the entries of one answer.
#[derive(Debug)]
pub struct Budget {
    left: AtomicUsize,
    most: usize,
    time: Option<(Instant, Duration)>,
}

impl Budget {
    /// A budget of so many entries.
    #[must_use]
    pub const fn new(most: usize) -> Self {
        Self { left: AtomicUsize::new(most), most, time: None }
    }

    /// The entries that are left.
    pub(super) fn left(&self) -> usize {
        self.left.load(Ordering::Relaxed)
    }

    /// Takes so many entries, if they are left.
    pub(super) fn take(&self, entries: usize) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(entries)).is_ok()
    }

    /// Takes back what was spent since so many entries were left.
    pub(super) fn set(&self, left: usize) {
        self.left.store(left, Ordering::Relaxed);
    }

    /// The same budget for an answer that may take so long from now on.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        Self { time: Instant::now().checked_add(limit).map(|end| (end, limit)), ..self }
    }
}

/// Takes the entries of a list from the budget of the answer, before they are made.
pub(crate) fn spend(context: &Context<'_>, entries: usize) -> Result<()> {
    // A request without a budget is one of a test that has none to test.
    let Some(budget) = context.data_opt::<Budget>() else { return Ok(()) };
    if let Some((end, limit)) = budget.time
        && Instant::now() >= end
    {
        return Err(refused(Code::Time, late(limit)));
    }
    if budget.take(entries) {
        return Ok(());
    }
    // Nothing more is made for this answer, however small the next list is.
    budget.left.store(0, Ordering::Relaxed);
    let message =
        format!("The answer has more than {} list entries; ask for smaller pages or fewer lists inside of each other.", budget.most);
    Err(refused(Code::Entries, message))
}

/// What is said when a request takes too long.
pub(crate) fn late(limit: Duration) -> String {
    format!("The request took longer than {} ms.", limit.as_millis())
}
