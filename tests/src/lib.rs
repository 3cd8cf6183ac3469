//! The harness: a database of its own for every test, on SQLite and on PostgreSQL, and the same body run on both.

pub mod stage;

pub use stage::{Backend, Stage};

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
