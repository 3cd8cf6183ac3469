//! The hash of a document: its name between machines.

use std::fmt;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::room::Takes;

/// The SHA-256 of a document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Takes for Hash {}

impl Hash {
    /// The hash of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// Reads one as it is written: 64 hexadecimal digits.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        HEXLOWER.decode(text.to_ascii_lowercase().as_bytes()).ok()?.try_into().ok().map(Self)
    }

    pub(super) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::Hash;

    #[test]
    fn a_hash_is_read_as_it_is_written() {
        let hash = Hash::of("{ tiers { key } }");
        let text = hash.to_string();
        assert_eq!(text.len(), 64);
        assert_eq!((Hash::read(&text), Hash::read(&text.to_uppercase())), (Some(hash), Some(hash)));
        for wrong in ["", "abc", &text[1..], &format!("{text}00"), &format!("{}é", &text[2..])] {
            assert_eq!(Hash::read(wrong), None, "{wrong}");
        }
    }
}
