//! Who looks. A reader looks through a `View`, and a draft is not filtered out of it: no function that reads drafts takes one.
//! An editor sits at a `Desk`.

use crate::edit::Author;
use crate::store::Store;

/// Who asks to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Somebody who proved nothing.
    Anonymous,
    /// Who runs the database.
    Operator,
}

/// Published content, as one viewer may see it.
#[derive(Clone, Debug)]
pub struct View {
    pub(crate) store: Store,
    viewer: Viewer,
}

impl View {
    pub(crate) const fn new(store: Store, viewer: Viewer) -> Self {
        Self { store, viewer }
    }

    /// Who looks.
    #[must_use]
    pub const fn viewer(&self) -> &Viewer {
        &self.viewer
    }
}

/// All content, open to one author for reading and for edits.
#[derive(Clone, Debug)]
pub struct Desk {
    pub(crate) store: Store,
    author: Author,
}

impl Desk {
    pub(crate) const fn new(store: Store, author: Author) -> Self {
        Self { store, author }
    }

    /// Who sits here.
    #[must_use]
    pub const fn author(&self) -> &Author {
        &self.author
    }

    /// What the readers see.
    #[must_use]
    pub fn view(&self) -> View {
        View::new(self.store.clone(), Viewer::Operator)
    }
}
