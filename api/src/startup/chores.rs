//! What a server does beside answering: it writes down how keys are used, and tidies once in a while.

use std::time::Duration;

use tokio::task::JoinHandle;

use crate::http::Site;

/// How long what was counted stays in memory alone.
const WRITE_DOWN: Duration = Duration::from_secs(2);
/// So many writings later it is time to tidy again: about an hour.
const TIDY_EVERY: u32 = 1_800;

/// The chores of a server, until it stops.
#[derive(Debug)]
pub struct Chores {
    task: JoinHandle<()>,
    site: Site,
}

/// Begins the chores.
#[must_use]
pub fn chores(site: &Site) -> Chores {
    let own = site.clone();
    let task = tokio::spawn(async move {
        let mut interval = tokio::time::interval(WRITE_DOWN);
        interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        // The start has tidied already.
        for round in (1..=TIDY_EVERY).cycle() {
            interval.tick().await;
            write_down(&own).await;
            if round == TIDY_EVERY {
                tidy(&own).await;
            }
        }
    });
    Chores { task, site: site.clone() }
}

impl Chores {
    /// Ends the chores, with what is left to be written down.
    pub async fn end(self) {
        self.task.abort();
        write_down(&self.site).await;
    }
}

async fn write_down(site: &Site) {
    // What cannot be written now is kept, and written the next time.
    if let Err(error) = site.ring.write_uses().await {
        tracing::warn!(error = %error, "the use of keys was not written down");
    }
}

async fn tidy(site: &Site) {
    if let Err(error) = site.ring.tidy().await {
        tracing::warn!(error = %error, "the record of use was not tidied");
    }
    if let Err(error) = site.store.gate().tidy().await {
        tracing::warn!(error = %error, "old sessions were not removed");
    }
}
