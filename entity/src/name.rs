//! Short machine-readable names: the slug of a company and the key of an item. Each has one constructor, and it can refuse.

use std::fmt;
use std::str::FromStr;

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};

/// Why a text is not a slug or a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("1 to {max} of the characters a-z, 0-9 and \"-\", with a letter or a figure at both ends")]
pub struct NameError {
    /// The most characters that the name may have.
    pub max: usize,
}

fn check(text: &str, max: usize) -> Result<(), NameError> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = text.as_bytes();
    let ends = bytes.first().is_some_and(|byte| plain(*byte)) && bytes.last().is_some_and(|byte| plain(*byte));
    let inside = bytes.iter().all(|byte| plain(*byte) || *byte == b'-');
    if ends && inside && bytes.len() <= max { Ok(()) } else { Err(NameError { max }) }
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $max:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
        #[sea_orm(value_type = "String")]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most characters that it may have.
            pub const MAX: usize = $max;

            /// The text of it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NameError;

            fn from_str(text: &str) -> Result<Self, NameError> {
                check(text, Self::MAX).map(|()| Self(text.to_owned()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = NameError;

            fn try_from(text: String) -> Result<Self, NameError> {
                check(&text, Self::MAX).map(|()| Self(text))
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    };
}

name! {
    /// The name of a company in addresses and commands: `halden-systems`.
    Slug, 64
}

name! {
    /// The name of an item inside its guide, or of a tier: `tech-screen`. It stays while the item lives, reworded or moved.
    Key, 32
}

#[cfg(test)]
mod tests {
    use super::{Key, Slug};

    #[test]
    fn a_slug_is_lower_case_with_hyphens_inside() {
        for good in ["a", "netflix", "halden-systems", "4th"] {
            assert!(good.parse::<Slug>().is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "Netflix", "a b", "ü", &"a".repeat(65)] {
            assert!(bad.parse::<Slug>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_key_is_shorter_than_a_slug() {
        assert!("a".repeat(32).parse::<Key>().is_ok());
        assert!("a".repeat(33).parse::<Key>().is_err());
    }
}
