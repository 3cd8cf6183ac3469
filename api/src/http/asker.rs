//! Who asks, and with that which schema answers.

use content::access::Caller;
use content::view::{Desk, Viewer};

use super::kept::Place;

/// Who asks, and with that which schema answers.
pub(super) enum Asker {
    /// A reader of the public schema, and where the answer is kept.
    Reader(Viewer, Option<Place>),
    /// An editor, or somebody who wants to become one, at the admin schema.
    Editor { desk: Option<Box<Desk>>, caller: Caller },
}
