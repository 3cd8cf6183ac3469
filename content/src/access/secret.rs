//! The door through which randomness comes in, and the fingerprints under which secrets are kept.

use std::fmt;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// A text that must not be shown: it prints as a mark, and is given out on purpose only.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text that came from outside.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself: for whoever it belongs to.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// A new one of 256 random bits behind a prefix that scanners for leaked secrets can look for.
    ///
    /// # Errors
    ///
    /// If the system has no randomness to give.
    pub fn random(prefix: &str) -> Result<Self> {
        Ok(Self(format!("{prefix}{}", BASE64URL_NOPAD.encode(&random()?))))
    }

    /// Under what it is kept. A text of 256 random bits cannot be guessed from it; a password could, and is never kept like this.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        fingerprint(self.0.as_bytes())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(...)")
    }
}

/// 256 random bits.
///
/// # Errors
///
/// If the system has no randomness to give.
pub fn random() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Error::Damaged { what: "the system's randomness".to_owned(), why: error.to_string() })?;
    Ok(bytes)
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::{Secret, fingerprint};

    #[test]
    fn a_secret_does_not_print_itself() {
        assert_eq!(format!("{:?}", Secret::new("open sesame")), "Secret(...)");
    }

    #[test]
    fn two_secrets_are_never_the_same() {
        let (first, second) = (Secret::random("grr_").unwrap(), Secret::random("grr_").unwrap());
        assert!(first.reveal().starts_with("grr_") && first.reveal().len() == 47);
        assert_ne!(first, second);
        assert_ne!(first.fingerprint(), second.fingerprint());
    }

    #[test]
    fn a_fingerprint_is_sha_256() {
        assert_eq!(fingerprint(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
