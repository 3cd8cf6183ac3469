//! Threads beside those that answer, with a name that tools for processes show.

use std::future::Future;

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::JoinHandle;

/// Linux gives a thread of this niceness about a tenth of what it gives one of none, while both want the same processor.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// On Linux the niceness is one of each thread. Elsewhere it is one of the whole process, and is left as it is.
fn make_way() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(NICENESS) {
        tracing::warn!(%error, "the threads for expensive operations are as urgent as the others");
    }
}

/// Some threads. What runs on them ends, at its next rest, when the value is dropped.
#[derive(Debug)]
pub(crate) struct Threads {
    handle: Handle,
    runtime: Option<Runtime>,
}

impl Threads {
    /// Starts so many threads.
    ///
    /// # Errors
    ///
    /// If the system gives none.
    pub(crate) fn start(name: &str, count: usize) -> std::io::Result<Self> {
        Self::build(Builder::new_multi_thread().worker_threads(count).thread_name(format!("greenroom-{name}")))
    }

    /// Starts so many threads that make way for others while the processors are busy. Whatever thread these start makes way as well.
    ///
    /// # Errors
    ///
    /// If the system gives none.
    pub(crate) fn start_behind(name: &str, count: usize) -> std::io::Result<Self> {
        let mut builder = Builder::new_multi_thread();
        Self::build(builder.worker_threads(count).thread_name(format!("greenroom-{name}")).on_thread_start(make_way))
    }

    fn build(builder: &mut Builder) -> std::io::Result<Self> {
        let runtime = builder.enable_all().build()?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }

    /// Lets something run on them.
    pub(crate) fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.handle.spawn(future)
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        // Whoever drops the last of a site may be asynchronous themselves, so nobody waits here.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
