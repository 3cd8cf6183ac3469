//! The harness: a database of its own for every test, on SQLite and on PostgreSQL, and the same body run on both.

pub mod admin;
pub mod editing;
pub mod editor;
pub mod edits;
pub mod fuzz;
pub mod guides;
pub mod integrity;
pub mod line;
pub mod partners;
pub mod portrait;
pub mod redis;
pub mod server;
pub mod sight;
pub mod stage;
pub mod statements;
pub mod window;

pub use editor::Editor;
pub use server::Server;
pub use stage::{Backend, Stage};

use content::Error;
use content::code::Code;

/// Runs one test body on both databases: `both! { async fn a_sentence(stage) { ... } }` becomes `a_sentence::sqlite` and `a_sentence::postgres`.
#[macro_export]
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($stage:ident) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "not every body uses all of its file's imports")]
            use super::*;

            $(#[$meta])*
            async fn body($stage: $crate::Stage) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                body($crate::Stage::empty($crate::Backend::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                body($crate::Stage::empty($crate::Backend::Postgres).await).await;
            }
        }
    )*};
}

/// The code with which an act was refused.
///
/// # Panics
///
/// If it was done, or if the database failed: that is no refusal.
#[track_caller]
#[allow(clippy::panic, reason = "a harness fails loudly")]
pub fn refusal<T>(result: content::Result<T>) -> Code {
    match result {
        Ok(_) => panic!("it was done"),
        Err(error @ (Error::Findings(_) | Error::Refused { .. } | Error::Clash(_))) => error.code(),
        Err(error) => panic!("it failed: {error}"),
    }
}

/// What the rules had against an act: codes and paths, in their order.
///
/// # Panics
///
/// If it was done or refused for another reason.
#[track_caller]
#[allow(clippy::panic, reason = "a harness fails loudly")]
pub fn findings<T>(result: content::Result<T>) -> Vec<(Code, String)> {
    match result {
        Err(Error::Findings(findings)) => findings.0.into_iter().map(|finding| (finding.code, finding.path.to_string())).collect(),
        Err(error) => panic!("it was refused for another reason: {error}"),
        Ok(_) => panic!("it was done"),
    }
}
