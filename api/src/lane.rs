//! The lane of expensive operations: threads of their own, so that no thread that answers others is ever busy with one, and turns, so that whoever
//! sends many of them does not hold up whoever sends one.

use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::limiter::Owner;
use crate::threads::Threads;

/// Runs expensive operations. Clones are the same lane.
#[derive(Clone, Debug)]
pub struct Lane(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Operations that run at the same time.
    places: usize,
    /// Operations of one account that may wait.
    most_waiting: usize,
    queue: Mutex<Queue>,
    /// Started with the first operation: most programs that hold a site never run one.
    threads: OnceLock<Option<Threads>>,
}

#[derive(Debug, Default)]
struct Queue {
    running: usize,
    accounts: HashMap<Owner, Waiting>,
    /// Accounts with somebody waiting, in the order of their turns.
    turns: VecDeque<Owner>,
}

#[derive(Debug, Default)]
struct Waiting {
    running: usize,
    waiting: VecDeque<oneshot::Sender<Place>>,
}

/// A place in the lane; it is free again when the value is dropped.
#[derive(Debug)]
pub struct Place {
    lane: Lane,
    owner: Owner,
}

/// Why an operation does not even wait: so many of its account do already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{most} expensive requests of yours wait already; send the next one when one of them is answered.")]
pub struct Crowded {
    /// How many may wait.
    pub most: usize,
}

/// Something that runs in the lane. It is given up when the value is dropped.
#[derive(Debug)]
pub struct Running<T>(JoinHandle<T>);

impl<T> Drop for Running<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<T> Running<T> {
    /// What became of it; nothing if it could not be brought to its end.
    pub async fn end(mut self) -> Option<T> {
        (&mut self.0).await.ok()
    }
}

impl Lane {
    /// A lane with so many places, at least one, in which so many of one account may wait.
    #[must_use]
    pub fn new(places: usize, most_waiting: usize) -> Self {
        let queue = Mutex::new(Queue::default());
        Self(Arc::new(Inner { places: places.max(1), most_waiting, queue, threads: OnceLock::new() }))
    }

    /// A lane with half of the machine's processors.
    #[must_use]
    pub fn of_machine(most_waiting: usize) -> Self {
        Self::new(std::thread::available_parallelism().map_or(1, usize::from) / 2, most_waiting)
    }

    /// Waits for a place.
    ///
    /// # Errors
    ///
    /// If too many of this account wait already.
    pub async fn enter(&self, owner: Owner) -> Result<Place, Crowded> {
        loop {
            let turn = self.queue(owner)?;
            // The sender is kept until it has sent, so this is always a place.
            if let Ok(place) = turn.await {
                return Ok(place);
            }
        }
    }

    /// Runs an operation on the threads of the lane; on those of the caller if the system has none to give.
    pub fn run<F>(&self, place: Place, operation: F) -> Running<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let placed = async move {
            let result = operation.await;
            drop(place);
            result
        };
        // One thread more than places: connections of the database that are opened here are heard however busy the others are.
        let threads = self.0.threads.get_or_init(|| {
            Threads::start_behind("lane", self.0.places + 1)
                .inspect_err(|error| tracing::error!(%error, "there are no threads for expensive operations"))
                .ok()
        });
        Running(match threads {
            Some(threads) => threads.spawn(placed),
            None => tokio::spawn(placed),
        })
    }

    /// Whether another operation of an account may wait, without letting it.
    ///
    /// # Errors
    ///
    /// If too many wait already.
    pub fn ask(&self, owner: Owner) -> Result<(), Crowded> {
        self.lock().accounts.get(&owner).map_or(Ok(()), |own| own.ask(self.0.most_waiting))
    }

    fn queue(&self, owner: Owner) -> Result<oneshot::Receiver<Place>, Crowded> {
        let (sender, receiver) = oneshot::channel();
        let mut queue = self.lock();
        let own = queue.accounts.entry(owner).or_default();
        own.ask(self.0.most_waiting)?;
        own.waiting.push_back(sender);
        if own.waiting.len() == 1 {
            queue.turns.push_back(owner);
        }
        self.admit(queue);
        Ok(receiver)
    }

    /// Gives free places away, one to each account in turn. One account has at most half of them, so that another one always finds some.
    fn admit(&self, mut queue: MutexGuard<'_, Queue>) {
        let share = self.0.places.div_ceil(2);
        let mut passed = Vec::new();
        let mut given = Vec::new();
        while queue.running < self.0.places
            && let Some(owner) = queue.turns.pop_front()
        {
            let Some(own) = queue.accounts.get_mut(&owner) else { continue };
            if own.running >= share {
                passed.push(owner);
                continue;
            }
            let next = own.waiting.pop_front().filter(|sender| !sender.is_closed());
            let (taken, more) = (next.is_some(), !own.waiting.is_empty());
            own.running += usize::from(taken);
            if let Some(sender) = next {
                given.push((sender, Place { lane: self.clone(), owner }));
            } else {
                queue.forget_if_idle(owner);
            }
            queue.running += usize::from(taken);
            if more {
                queue.turns.push_back(owner);
            }
        }
        queue.turns.extend(passed);
        // A place that nobody takes any more comes back and gives itself away again, which needs the queue.
        drop(queue);
        for (sender, place) in given {
            drop(sender.send(place));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.0.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn ask(&self, most: usize) -> Result<(), Crowded> {
        // Who has gone away does not wait any more.
        let waiting = self.waiting.iter().filter(|sender| !sender.is_closed()).count();
        if waiting >= most && self.running + waiting > 0 { Err(Crowded { most }) } else { Ok(()) }
    }
}

impl Queue {
    fn forget_if_idle(&mut self, owner: Owner) {
        if self.accounts.get(&owner).is_some_and(|own| own.running == 0 && own.waiting.is_empty()) {
            self.accounts.remove(&owner);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut queue = self.lane.lock();
        queue.running = queue.running.saturating_sub(1);
        if let Some(own) = queue.accounts.get_mut(&self.owner) {
            own.running = own.running.saturating_sub(1);
        }
        queue.forget_if_idle(self.owner);
        self.lane.admit(queue);
    }
}

#[cfg(test)]
mod tests;
