//! Closed lists of terms that are stored as words.

use std::fmt;
use std::str::FromStr;

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

/// The word is none of the list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("one of: {known}")]
pub struct TermError {
    /// The words of the list.
    pub known: String,
}

macro_rules! terms {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
        #[sea_orm(value_type = "String")]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// Every term, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word that stands for it in files and in the database.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }

        impl FromStr for $name {
            type Err = TermError;

            fn from_str(text: &str) -> Result<Self, TermError> {
                match text {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(TermError { known: [$($word),*].join(", ") }),
                }
            }
        }
    };
}

terms! {
    /// How hard a question is.
    Difficulty {
        /// A warm-up.
        Easy = "easy",
        /// What most candidates should manage.
        Medium = "medium",
        /// What tells strong candidates apart.
        Hard = "hard",
    }
}

terms! {
    /// What a salary figure counts.
    Basis {
        /// Everything: base, bonus and equity.
        TotalCompensation = "total-compensation",
        /// The fixed pay alone.
        Base = "base",
    }
}

terms! {
    /// The time that a salary figure is paid for.
    Period {
        /// A year.
        Year = "year",
    }
}

terms! {
    /// What an operation did.
    OperationKind {
        /// Made a company with its first draft.
        Create = "create",
        /// Changed drafts.
        Save = "save",
        /// Threw drafts away.
        Discard = "discard",
        /// Made revisions public.
        Publish = "publish",
        /// Took guides out of the public API.
        Unpublish = "unpublish",
        /// Made new revisions with the content of old ones.
        RollBack = "roll-back",
        /// Gave companies other slugs.
        Rename = "rename",
        /// Put companies away, or took them out again.
        Archive = "archive",
        /// Changed the list of tiers.
        Tiers = "tiers",
        /// Took an earlier operation back.
        Undo = "undo",
        /// Put whole guides in.
        Import = "import",
        /// Put the draft of a guide on what is public now.
        Rebase = "rebase",
        /// Deleted archived companies.
        Delete = "delete",
        /// Changed who may come in.
        Users = "users",
        /// Changed partners.
        Partners = "partners",
        /// Changed API keys.
        Keys = "keys",
    }
}

terms! {
    /// What a user may do. Each role may do what those before it may.
    Role {
        /// Read everything, drafts and history too.
        Reader = "reader",
        /// Change drafts.
        Author = "author",
        /// Publish, roll back, and take back what others did.
        Publisher = "publisher",
        /// Look after users, tiers and keys; delete.
        Admin = "admin",
    }
}

terms! {
    /// What ended a session before its time.
    SessionEnd {
        /// The user logged out.
        Logout = "logout",
        /// The user or an administrator ended it.
        Revoked = "revoked",
        /// A refresh token was used twice: somebody has a copy.
        Reuse = "reuse",
        /// The password was changed.
        Password = "password",
        /// The user was shut out.
        Disabled = "disabled",
    }
}

terms! {
    /// What a reader sees change.
    ChangeKind {
        /// A revision became public, or its address changed.
        Published = "published",
        /// The guide left the public API.
        Unpublished = "unpublished",
    }
}

terms! {
    /// A part of the published content that a key may read.
    Scope {
        /// Companies: their loops, tips, traits and plans.
        Companies = "companies:read",
        /// Questions and their categories.
        Questions = "questions:read",
        /// Salary ranges.
        Salaries = "salaries:read",
    }
}

terms! {
    /// What a key is for.
    KeyMode {
        /// All published guides.
        Live = "live",
        /// Guides of invented companies alone: for trying things out.
        Test = "test",
    }
}

terms! {
    /// How an administrative act ended.
    AuditOutcome {
        /// It was done.
        Done = "done",
        /// It was refused, or failed; nothing was changed.
        Refused = "refused",
    }
}
