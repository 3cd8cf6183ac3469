//! The server: GraphQL and HTTP over `content`. It translates; it holds no SQL and no rule.

pub mod access;
pub mod graphql;
pub mod http;
pub mod limits;
pub mod local;
pub mod operator;
pub mod settings;
pub mod startup;
