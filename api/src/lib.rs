//! The server: GraphQL and HTTP over `content`. It translates; it holds no SQL and no rule.

pub mod access;
pub mod answers;
pub mod connections;
pub mod graphql;
pub mod http;
pub mod lane;
pub mod limiter;
pub mod limits;
pub mod local;
pub mod log;
pub mod metrics;
pub mod operator;
pub mod settings;
pub mod startup;
mod threads;
pub mod traces;
