//! Users and their sessions.

use super::{DateTime, schema};

#[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Reader,
    Author,
    Publisher,
    Admin,
}

impl Role {
    /// The word that people read.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Author => "author",
            Self::Publisher => "publisher",
            Self::Admin => "admin",
        }
    }
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct User {
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) version: i32,
    pub(crate) created_at: DateTime,
    pub(crate) disabled_at: Option<DateTime>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
pub(crate) struct MeQuery {
    pub(crate) me: Option<User>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
pub(crate) struct UsersQuery {
    pub(crate) users: Vec<User>,
}

/// How one user is named.
#[derive(cynic::InputObject, Clone, Debug)]
pub(crate) enum UserBy {
    Email(String),
}

#[derive(cynic::QueryVariables, Debug)]
pub(crate) struct UserVariables {
    pub(crate) by: UserBy,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "UserVariables")]
pub(crate) struct UserQuery {
    #[arguments(by: $by)]
    pub(crate) user: Option<UserWithSessions>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "User")]
pub(crate) struct UserWithSessions {
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) version: i32,
    pub(crate) created_at: DateTime,
    pub(crate) disabled_at: Option<DateTime>,
    pub(crate) sessions: Vec<Session>,
}

#[derive(cynic::QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
pub(crate) struct MySessionsQuery {
    pub(crate) me: Option<UserWithSessions>,
}

#[derive(cynic::QueryFragment, Clone, Debug)]
pub(crate) struct Session {
    pub(crate) id: cynic::Id,
    pub(crate) created_at: DateTime,
    pub(crate) used_at: DateTime,
    pub(crate) expires_at: DateTime,
    pub(crate) address: String,
    pub(crate) agent: String,
    pub(crate) current: bool,
}
