//! Who looks. A reader looks through a `View`, and a draft is not filtered out of it: no function that reads drafts takes one.
//! An editor sits at a `Desk`.

use entity::Role;

use crate::access::Gate;
use crate::access::session::Standing;
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
    role: Role,
    standing: Option<Standing>,
}

impl Desk {
    /// The operator's: who holds the database may do everything, and is recorded under the name given.
    pub(crate) const fn new(store: Store, author: Author) -> Self {
        Self { store, author, role: Role::Admin, standing: None }
    }

    /// That of somebody who logged in.
    pub(crate) fn of(store: Store, standing: Standing) -> Self {
        let author = Author::new(standing.user.email.as_str());
        Self { store, author, role: standing.role(), standing: Some(standing) }
    }

    /// What whoever sits here may do.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The session of whoever sits here; nothing for the operator, who needs none.
    #[must_use]
    pub const fn standing(&self) -> Option<&Standing> {
        self.standing.as_ref()
    }

    /// Who sits here.
    #[must_use]
    pub const fn author(&self) -> &Author {
        &self.author
    }

    /// The door beside the desk: sessions and the keys of their tokens.
    #[must_use]
    pub fn gate(&self) -> Gate {
        self.store.gate()
    }

    /// What the readers see.
    #[must_use]
    pub fn view(&self) -> View {
        View::new(self.store.clone(), Viewer::Operator)
    }
}
