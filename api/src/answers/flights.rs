//! Questions that are being answered just now: whoever asks the same meanwhile waits for that answer, so that it is made once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::Name;

/// The questions under way on one server.
#[derive(Clone, Debug, Default)]
pub(super) struct Flights(Arc<Mutex<HashMap<Name, watch::Receiver<()>>>>);

/// A question that is being answered, until the value is dropped, however it ends.
#[derive(Debug)]
pub struct Flight {
    flights: Flights,
    name: Name,
    /// Those who wait hear when it is gone; nothing is ever sent.
    sender: watch::Sender<()>,
}

impl Flights {
    /// Begins to answer a question; or, if somebody does already, gives what tells that they have ended.
    pub(super) fn begin(&self, name: Name) -> Result<Flight, watch::Receiver<()>> {
        let mut flights = self.lock();
        if let Some(under_way) = flights.get(&name) {
            return Err(under_way.clone());
        }
        let (sender, receiver) = watch::channel(());
        flights.insert(name, receiver);
        Ok(Flight { flights: self.clone(), name, sender })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Name, watch::Receiver<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Flight {
    /// Whether somebody waits for the answer.
    pub(super) fn is_awaited(&self) -> bool {
        // One receiver is for those who may come.
        self.sender.receiver_count() > 1
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.flights.lock().remove(&self.name);
    }
}
