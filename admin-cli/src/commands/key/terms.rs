//! What can be agreed for a key, as it is typed.

use clap::{Args, ValueEnum};

use crate::documents::partner::Scope;

/// A part of the content.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScopeName {
    /// Companies: their loops, tips, traits and plans
    #[value(name = "companies:read")]
    Companies,
    /// Questions and their categories
    #[value(name = "questions:read")]
    Questions,
    /// Salary ranges
    #[value(name = "salaries:read")]
    Salaries,
}

impl From<ScopeName> for Scope {
    fn from(name: ScopeName) -> Self {
        match name {
            ScopeName::Companies => Self::CompaniesRead,
            ScopeName::Questions => Self::QuestionsRead,
            ScopeName::Salaries => Self::SalariesRead,
        }
    }
}

/// Where a key may be used.
#[derive(Args, Clone, Debug)]
pub(crate) struct Places {
    /// Let this web origin use it, with its scheme, as browsers send it; may be given again
    #[arg(long = "origin", value_name = "ORIGIN")]
    pub(crate) origins: Vec<String>,
    /// Let it be used from this network, such as 192.0.2.0/24; may be given again
    #[arg(long = "network", value_name = "NETWORK")]
    pub(crate) networks: Vec<String>,
}
