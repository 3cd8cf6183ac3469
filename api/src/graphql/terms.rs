//! Closed lists of terms as GraphQL enums.

use async_graphql::Enum;

/// How hard a question is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "content::Difficulty")]
pub enum Difficulty {
    /// A warm-up.
    Easy,
    /// What most candidates should manage.
    Medium,
    /// What tells strong candidates apart.
    Hard,
}

/// What a salary figure counts.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "content::Basis")]
pub enum SalaryBasis {
    /// Everything: base, bonus and equity.
    TotalCompensation,
    /// The fixed pay alone.
    Base,
}

/// The time that a salary figure is paid for.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "content::Period")]
pub enum SalaryPeriod {
    /// A year.
    Year,
}
