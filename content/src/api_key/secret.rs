//! The form of a secret: `grk_live_7Q2MX4_` with 32 characters that nobody can guess, `_`, and six that say whether it was copied whole.
//!
//! There is nothing but letters, figures and `_` in it, so that a double click selects all of it. The last part is the beginning of the SHA-256 of
//! everything before it: a slip of the pen is told without a look into any database, and scanners can tell a secret from what only looks like one.

use data_encoding::BASE32_NOPAD;

use entity::KeyMode;

use crate::access::secret::{Secret, fingerprint, random};
use crate::error::Result;

/// What every secret begins with.
pub const PREFIX: &str = "grk_";
/// Characters of the part by which people tell secrets apart.
const TELLING: usize = 6;
/// Characters of the part that is secret: 160 random bits, five in each.
const HIDDEN: usize = 32;
/// Characters of the part that is worked out from the others.
const CHECK: usize = 6;

/// A text that has the form of a secret of this API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// What it is for.
    pub mode: KeyMode,
    /// How it begins: what may be shown of it.
    pub shown: String,
}

/// What the database knows of a secret: the SHA-256 of the whole of it, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint(pub(super) String);

/// The text is no secret of this API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It looks like something else.
    #[error("it is no key of this API; one looks like grk_live_7Q2MX4_..., with three more parts between low lines")]
    Foreign,
    /// It looks like one, but it is not as it was made.
    #[error("it looks like a key of this API, but its parts do not fit together: it was cut off, or a character is wrong")]
    Damaged,
}

/// A new secret, and how it begins.
///
/// # Errors
///
/// If the system has no randomness to give.
pub fn make(mode: KeyMode) -> Result<(Secret, String)> {
    let text = BASE32_NOPAD.encode(&random()?);
    let shown = format!("{PREFIX}{mode}_{}", &text[..TELLING]);
    let body = format!("{shown}_{}", text[TELLING..TELLING + HIDDEN].to_ascii_lowercase());
    let check = check(&body);
    Ok((Secret::new(format!("{body}_{check}")), shown))
}

/// Reads the form of a secret. Whether it opens anything is known only to the database.
///
/// # Errors
///
/// What is wrong with it.
pub fn read(text: &str) -> Result<Form, Malformed> {
    let rest = text.strip_prefix(PREFIX).ok_or(Malformed::Foreign)?;
    let parts: Vec<&str> = rest.split('_').collect();
    let [mode, telling, hidden, last] = parts[..] else { return Err(Malformed::Damaged) };
    let mode: KeyMode = mode.parse().map_err(|_| Malformed::Damaged)?;
    let lengths = (telling.len(), hidden.len(), last.len()) == (TELLING, HIDDEN, CHECK);
    let body = &text[..text.len() - last.len() - 1];
    if !lengths || check(body) != last {
        return Err(Malformed::Damaged);
    }
    Ok(Form { mode, shown: format!("{PREFIX}{mode}_{telling}") })
}

fn check(body: &str) -> String {
    fingerprint(body.as_bytes())[..CHECK].to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Form, Malformed, make, read};
    use entity::KeyMode;
    use proptest::prelude::*;

    #[test]
    fn a_secret_is_read_as_it_was_made() {
        for mode in KeyMode::ALL {
            let (secret, shown) = make(*mode).unwrap();
            assert_eq!(read(secret.reveal()), Ok(Form { mode: *mode, shown: shown.clone() }));
            assert!(secret.reveal().starts_with(&shown) && secret.reveal().len() == 55, "{}", secret.reveal().len());
            assert!(secret.reveal().bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
        }
    }

    #[test]
    fn every_slip_of_one_character_is_seen() {
        let (secret, _) = make(KeyMode::Live).unwrap();
        let text = secret.reveal();
        for place in 0..text.len() {
            let mut slip = text.as_bytes().to_vec();
            slip[place] = if slip[place] == b'x' { b'y' } else { b'x' };
            assert!(read(&String::from_utf8(slip).unwrap()).is_err(), "at {place}");
            assert!(read(&text[..place]).is_err(), "cut at {place}");
        }
        assert_eq!(read(&text[..20]), Err(Malformed::Damaged));
        assert_eq!(read("sk_live_something"), Err(Malformed::Foreign));
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in ".{0,80}", tail in "[a-zA-Z0-9_é]{0,80}") {
            let _ = read(&text);
            let _ = read(&format!("grk_live_{tail}"));
        }
    }
}
