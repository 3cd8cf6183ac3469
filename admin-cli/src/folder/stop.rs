//! Ctrl-C in a long work: the first one lets the item under way be finished, the second one stops at once. Neither leaves half of an item: each is one
//! transaction of the server.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::ui::{Aside, trace};

/// Whether to stop.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Listens from now on. `item` is what is finished first: `guide`.
    pub(crate) fn listen(item: &'static str) -> Self {
        Self::begin(item, None)
    }

    /// The same beside a bar; `last` is what is told if it stops at once.
    pub(crate) fn listen_beside(item: &'static str, aside: Aside, last: String) -> Self {
        Self::begin(item, Some((aside, last)))
    }

    fn begin(item: &'static str, beside: Option<(Aside, String)>) -> Self {
        let stop = Self::default();
        let wanted = stop.clone();
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                let again = wanted.0.swap(true, Ordering::SeqCst);
                let stopping = format!("\nStopping after the {item} that is under way. Ctrl-C again stops now.");
                match &beside {
                    Some((aside, last)) if again => aside.last(last),
                    Some((aside, _)) => aside.say(&stopping),
                    None if again => {}
                    None => trace(&stopping),
                }
                if again {
                    std::process::exit(130);
                }
            }
        });
        stop
    }

    /// Whether it was wanted.
    pub(crate) fn wanted(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
