//! Which role an operation needs. This is the one place that says so; the doors ask here, and so does every edit.

use entity::{OperationKind, Role};

use crate::code::Code;
use crate::error::{Error, Result};
use crate::view::Desk;

/// The least role that may do an operation of this kind.
#[must_use]
pub const fn needed(kind: OperationKind) -> Role {
    use OperationKind::{
        Archive, Create, Delete, Discard, Import, Keys, Partners, Publish, Rebase, Rename, RollBack, Save, Tiers, Undo, Unpublish, Users,
    };
    match kind {
        // Undo asks more, by what is taken back and who did it.
        Create | Save | Discard | Import | Rebase | Undo => Role::Author,
        Publish | Unpublish | RollBack | Rename | Archive => Role::Publisher,
        Tiers | Users | Partners | Keys | Delete => Role::Admin,
    }
}

/// Refuses whoever has less than this role.
///
/// # Errors
///
/// [`Code::RoleMissing`], with what they are and what it takes.
pub fn require(desk: &Desk, needed: Role) -> Result<()> {
    if desk.role() >= needed {
        return Ok(());
    }
    let message = format!("This needs the role {needed}; {} is {}. Ask an administrator.", desk.author(), desk.role());
    Err(Error::refused(Code::RoleMissing, message))
}
