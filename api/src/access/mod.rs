//! Access tokens: signed by this server with a key of its own, and verified by every server on the same database.

mod key;
mod token;

pub use key::{KeyError, Keys};
pub use token::{Claims, LIFETIME_S, NotLetIn};
