//! API keys: what partners ask with. A key is the agreement: what may be read, from where, and how much. Its secrets come and go.

mod acts;
mod list;
mod pass;
mod ring;
mod rules;
pub mod secret;
mod state;
pub mod usage;

pub use acts::{KeyChange, Made, NewKey, OLD_SECRETS_DAYS, Overlap, Terms, change, create, finish, revoke, rotate};
pub use list::{ApiKey, KeyState, KeyTest, Named, Secret, find, label, list, of_fingerprint};
pub use pass::Pass;
pub use ring::{KEPT, Ring};
pub use rules::{MOST_POINTS, MOST_REQUESTS};
pub(crate) use state::{of_subject, restore};

/// What the name of a key's subject in a record begins with.
pub(crate) const SUBJECT: &str = "key:";
