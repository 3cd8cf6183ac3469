//! The operation names that have a line of their own. Callers choose these names, so there are only so many lines.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};

/// Names with a line of their own; the hundred and first is counted as `other`.
const MOST_NAMES: usize = 100;

/// Characters of a name. Longer ones are counted as `other`.
const MOST_CHARS: usize = 64;

#[derive(Debug)]
pub(super) struct Names {
    known: RwLock<HashSet<Arc<str>>>,
    none: Arc<str>,
    other: Arc<str>,
}

impl Default for Names {
    fn default() -> Self {
        Self { known: RwLock::default(), none: Arc::from(""), other: Arc::from("other") }
    }
}

impl Names {
    /// What stands in the label for this name.
    pub(super) fn known(&self, name: Option<&str>) -> Arc<str> {
        let Some(name) = name else { return Arc::clone(&self.none) };
        if name.len() > MOST_CHARS {
            return Arc::clone(&self.other);
        }
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(name) {
            return Arc::clone(known);
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() == MOST_NAMES {
            return Arc::clone(&self.other);
        }
        let name: Arc<str> = Arc::from(name);
        known.insert(Arc::clone(&name));
        name
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn the_hundred_and_first_name_is_counted_with_the_others() {
        let names = Names::default();
        for number in 0..100 {
            assert_eq!(&*names.known(Some(&format!("Q{number}"))), format!("Q{number}"));
        }
        assert_eq!(&*names.known(Some("Q100")), "other");
        assert_eq!(&*names.known(Some("Q7")), "Q7");
        assert_eq!(&*names.known(None), "");
        assert_eq!(&*Names::default().known(Some(&"x".repeat(65))), "other");
    }
}
