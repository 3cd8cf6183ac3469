//! Ids as partners see them: a prefix that says what it is, and the identity in 26 characters (TypeID 0.3: `question_01k9v0m4x2e8gtd3w6yq7r5zns`).

use std::fmt;
use std::str::FromStr;

use type_safe_id::{DynamicType, TypeSafeId};
use uuid::Uuid;

use crate::{ApiKeyId, AuditId, CompanyId, ItemId, JobId, Key, OperationId, PartnerId, SessionId, UserId};

/// What an id points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A company and its guide.
    Company,
    /// A focus area.
    FocusArea,
    /// A round of the interview loop.
    Round,
    /// A category of questions.
    Category,
    /// A question.
    Question,
    /// A tip, of a round or of the guide.
    Tip,
    /// A red flag.
    RedFlag,
    /// A trait that interviewers look for.
    Trait,
    /// A salary range.
    SalaryRange,
    /// Where the content of a guide comes from.
    Source,
    /// An operation: never given to readers.
    Operation,
    /// A job, which several operations are parts of: never given to readers.
    Job,
    /// A user: never given to readers.
    User,
    /// A session: never given to readers.
    Session,
    /// A partner.
    Partner,
    /// An API key.
    ApiKey,
    /// An entry of the audit record: never given to readers.
    Audit,
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Company,
        Self::FocusArea,
        Self::Round,
        Self::Category,
        Self::Question,
        Self::Tip,
        Self::RedFlag,
        Self::Trait,
        Self::SalaryRange,
        Self::Source,
        Self::Operation,
        Self::Job,
        Self::User,
        Self::Session,
        Self::Partner,
        Self::ApiKey,
        Self::Audit,
    ];

    /// The prefix of its ids. Never changed: partners store whole ids.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::FocusArea => "focus_area",
            Self::Round => "round",
            Self::Category => "category",
            Self::Question => "question",
            Self::Tip => "tip",
            Self::RedFlag => "red_flag",
            Self::Trait => "trait",
            Self::SalaryRange => "salary_range",
            Self::Source => "source",
            Self::Operation => "operation",
            Self::Job => "job",
            Self::User => "user",
            Self::Session => "session",
            Self::Partner => "partner",
            Self::ApiKey => "api_key",
            Self::Audit => "audit",
        }
    }
}

impl ItemId {
    /// The identity of the item of this kind and key in a company's guide.
    #[must_use]
    pub fn derive(company: CompanyId, kind: Kind, key: &Key) -> Self {
        Self(Uuid::new_v5(&company.0, format!("{}:{key}", kind.prefix()).as_bytes()))
    }
}

/// An id on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WireId {
    /// What it points at.
    pub kind: Kind,
    /// The identity behind the prefix.
    pub uuid: Uuid,
}

/// The text is not an id of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id as this API gives it, such as company_01k9v0m4x2e8gtd3w6yq7r5zns")]
pub struct WireIdError;

macro_rules! on_the_wire {
    ($($id:ident => $kind:ident),*) => {$(
        impl From<$id> for WireId {
            fn from(id: $id) -> Self {
                Self { kind: Kind::$kind, uuid: id.0 }
            }
        }
    )*};
}
on_the_wire!(
    CompanyId => Company,
    OperationId => Operation,
    JobId => Job,
    UserId => User,
    SessionId => Session,
    PartnerId => Partner,
    ApiKeyId => ApiKey,
    AuditId => Audit
);

impl ItemId {
    /// The id on the wire of an item of this kind.
    #[must_use]
    pub const fn wire(self, kind: Kind) -> WireId {
        WireId { kind, uuid: self.0 }
    }
}

impl fmt::Display for WireId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The prefixes are constants that the library accepts: a test goes through all of them.
        let kind = DynamicType::new(self.kind.prefix()).map_err(|_| fmt::Error)?;
        TypeSafeId::from_type_and_uuid(kind, self.uuid).fmt(f)
    }
}

impl FromStr for WireId {
    type Err = WireIdError;

    fn from_str(text: &str) -> Result<Self, WireIdError> {
        let id: TypeSafeId<DynamicType> = text.parse().map_err(|_| WireIdError)?;
        let kind = Kind::ALL.iter().find(|kind| kind.prefix() == id.type_prefix()).ok_or(WireIdError)?;
        Ok(Self { kind: *kind, uuid: id.uuid() })
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, WireId};
    use uuid::Uuid;

    #[test]
    fn every_kind_comes_back_from_its_text() {
        for kind in Kind::ALL {
            let id = WireId { kind: *kind, uuid: Uuid::from_u128(7) };
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn a_foreign_text_is_no_id() {
        for text in [
            "",
            "company",
            "company_",
            "person_01k9v0m4x2e8gtd3w6yq7r5zns",
            "company_81k9v0m4x2e8gtd3w6yq7r5zns",
            "01k9v0m4x2e8gtd3w6yq7r5zns",
        ] {
            assert!(text.parse::<WireId>().is_err(), "{text}");
        }
    }
}
