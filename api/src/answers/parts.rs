//! Parts of answers: what a selection set asks of one company, as it was written. A published guide never changes, so a part is as good beside whatever
//! else is asked, and after other companies were published, when no whole answer is any more.

use std::hash::{DefaultHasher, Hash, Hasher};

use actix_web::web::Bytes;
use content::company::State;
use content::room::{Room, Takes};

use super::asked::Asked;

/// The parts of one server. A clone holds the same ones.
#[derive(Clone, Debug)]
pub struct Parts {
    kept: Room<PartName, Part>,
    asked: Asked,
}

/// All that a part depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartName {
    /// What is asked: a fingerprint of a selection set with its fragments (SHA-256).
    pub words: [u8; 32],
    /// A fingerprint (SHA-256) of the values of the variables in it; nothing if there are none.
    pub values: Option<[u8; 32]>,
    /// Of which company, and of which state of it.
    pub state: State,
    /// Which parts of the content whoever asks may read, as [`content::view::View::reach`] says it: a filter is refused to who may not read what it tests.
    pub reach: u64,
}

/// A part of an answer.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its JSON.
    pub json: Bytes,
    /// Entries of lists in it, which count as in a whole answer.
    pub entries: usize,
}

impl Takes for PartName {}

impl Takes for Part {
    fn beside(&self) -> usize {
        self.json.len()
    }
}

impl Parts {
    /// Room for parts of about so many bytes in all.
    pub(super) fn within(bytes: u64) -> Self {
        Self { kept: Room::within(bytes, 2 * 1_024), asked: Asked::default() }
    }

    /// The part of a name, if it is there.
    #[must_use]
    pub fn find(&self, name: &PartName) -> Option<Part> {
        self.kept.find(name)
    }

    /// Keeps a part, if it was asked for before.
    pub fn keep(&self, name: PartName, part: impl FnOnce() -> Part) {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        if self.asked.again(hasher.finish()) {
            self.kept.keep(name, part());
        }
    }

    /// Bytes of all parts, by their own estimate, and their number.
    #[must_use]
    pub fn size(&self) -> (u64, u64) {
        (self.kept.bytes(), self.kept.count())
    }
}
