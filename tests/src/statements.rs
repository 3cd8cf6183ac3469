//! The SQL statements that a store sends, for tests that count them.

use std::sync::{Arc, Mutex, PoisonError};

use content::store::Store;

/// The statements that were sent since the last look.
#[derive(Clone, Debug, Default)]
pub struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// Listens to a store. Views and desks that were made before are not heard.
    pub fn of(store: &mut Store) -> Self {
        let heard = Self::default();
        let ear = heard.clone();
        store.on_statement(move |info| ear.0.lock().unwrap_or_else(PoisonError::into_inner).push(info.statement.sql.clone()));
        heard
    }

    /// Forgets what was sent so far.
    pub fn forget(&self) {
        drop(self.take());
    }

    /// What was sent since the last call, but for the question for the numbers of the catalogue, which comes four times a second.
    #[must_use]
    pub fn of_content(&self) -> Vec<String> {
        self.take().into_iter().filter(|statement| !statement.contains("access_version")).collect()
    }

    /// What was sent since the last call.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
