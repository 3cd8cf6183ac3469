//! Passwords: which are accepted, how they are hashed (argon2id with the parameters that OWASP names first: 19 MiB, two passes), how they are compared.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use super::secret::{Secret, random};
use crate::code::Code;
use crate::error::{Error, Result};

/// The fewest characters of a password: long beats complicated (NIST SP 800-63B, 3.1.1).
pub const LEAST_CHARS: usize = 12;
/// The most: more would only make the hashing slow.
pub const MOST_CHARS: usize = 256;

/// Passwords that are hashed at the same time; each takes 19 MiB and a processor.
static HASHING: Semaphore = Semaphore::const_new(2);

/// A hash that nobody's password has. Where there is no account it is compared with, so that this takes as long as a wrong password.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now(&Secret::new("nobody's")).ok());

/// What stands in the place of a hash for a user who has no password: it is compared in vain.
pub(crate) const NONE: &str = "";

/// Refuses a password that is too short, too long, or nothing but a word of the user's own.
pub(crate) fn accept(password: &Secret, own: &[&str]) -> Result<()> {
    let text = password.reveal();
    let chars = text.chars().count();
    if !(LEAST_CHARS..=MOST_CHARS).contains(&chars) {
        let message =
            format!("The password has {chars} characters; right would be {LEAST_CHARS} to {MOST_CHARS}. Any are fine, blanks too.");
        return Err(Error::refused(Code::PasswordWeak, message));
    }
    let different: std::collections::BTreeSet<char> = text.chars().collect();
    if different.len() < 5 || own.iter().any(|own| own.eq_ignore_ascii_case(text)) {
        let message = "The password is too easy to guess; right would be several words that only you put together.";
        return Err(Error::refused(Code::PasswordWeak, message));
    }
    Ok(())
}

/// Hashes a password, away from the threads that answer.
pub(crate) async fn hash(password: Secret) -> Result<String> {
    in_turn(move || hash_now(&password)).await?
}

/// Whether a password is the one of this hash. Without a hash the answer is no, after the same time.
pub(crate) async fn matches(password: Secret, hash: Option<String>) -> Result<bool> {
    in_turn(move || {
        let given = hash.filter(|hash| hash != NONE);
        let compared = given.as_deref().or(NOBODY.as_deref()).unwrap_or_default();
        let same =
            PasswordHash::new(compared).is_ok_and(|hash| Argon2::default().verify_password(password.reveal().as_bytes(), &hash).is_ok());
        same && given.is_some()
    })
    .await
}

fn hash_now(password: &Secret) -> Result<String> {
    let hashed = Argon2::default().hash_password_with_salt(password.reveal().as_bytes(), &random()?[..16]);
    hashed.map(|hash| hash.to_string()).map_err(|error| Error::Damaged { what: "a password".to_owned(), why: error.to_string() })
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let lost = |why: String| Error::Damaged { what: "the hashing of a password".to_owned(), why };
    let _turn = HASHING.acquire().await.map_err(|error| lost(error.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| lost(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{accept, hash, matches};
    use crate::access::secret::Secret;

    #[test]
    fn short_long_and_simple_passwords_are_refused() {
        let refused = |text: &str| accept(&Secret::new(text), &["nora@guides.example"]).is_err();
        for text in ["", "short", "aaaaaaaaaaaaaa", "Nora@Guides.Example", &"long ".repeat(60)] {
            assert!(refused(text), "{text}");
        }
        assert!(!refused("four words and a comma,"));
        assert!(!refused("пароль из слов"));
    }

    #[tokio::test]
    async fn a_password_matches_its_own_hash_and_no_other() {
        let hashed = hash(Secret::new("correct horse battery")).await.unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        assert!(matches(Secret::new("correct horse battery"), Some(hashed.clone())).await.unwrap());
        assert!(!matches(Secret::new("correct horse batterz"), Some(hashed)).await.unwrap());
        assert!(!matches(Secret::new("nobody's"), None).await.unwrap(), "there is no account");
        assert!(!matches(Secret::new("nobody's"), Some(String::new())).await.unwrap(), "there is no password");
    }
}
