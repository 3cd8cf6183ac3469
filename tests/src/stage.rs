//! One test's stage: a fresh database with its tables, opened as a store. On PostgreSQL it is cloned from a template that is made once.

use std::sync::atomic::{AtomicU32, Ordering};

use content::edit::Author;
use content::store::{Options, Store, sqlite_url};
use content::view::{Desk, View, Viewer};
use sea_orm::{ConnectionTrait, Database};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::Editor;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// A file in a temporary folder.
    Sqlite,
    /// A database on the server that `GREENROOM_TEST_POSTGRES_URL` names.
    Postgres,
}

/// A database of one test.
#[derive(Debug)]
pub struct Stage {
    /// Which kind of database it is.
    pub backend: Backend,
    /// Its address.
    pub url: String,
    /// The open store.
    pub store: Store,
    folder: TempDir,
}

impl Stage {
    /// A stage with all tables and no content.
    ///
    /// # Panics
    ///
    /// If the database cannot be had: a missing one is a failure, not a test to skip.
    #[allow(clippy::expect_used, reason = "a harness fails loudly")]
    pub async fn empty(backend: Backend) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = match backend {
            Backend::Sqlite => sqlite_url(&folder.path().join("greenroom.db")),
            Backend::Postgres => postgres_clone().await,
        };
        let store = Store::open(Options::new(url.as_str())).await.expect("the test's database opens");
        if backend == Backend::Sqlite {
            migration::apply(store.writer()).await.expect("the tables are made");
        }
        Self { backend, url, store, folder }
    }

    /// The address of a database on PostgreSQL without any table.
    ///
    /// # Panics
    ///
    /// If the database cannot be had.
    pub async fn bare(backend: Backend) -> String {
        assert_eq!(backend, Backend::Postgres, "an empty file is made by whoever opens it");
        let (server, template) = TEMPLATE.get_or_init(postgres_template).await;
        let name = format!("{template}_{}", CLONES.fetch_add(1, Ordering::Relaxed));
        admin(server, &format!("CREATE DATABASE {name}")).await;
        on_database(server, &name)
    }

    /// A temporary folder that lasts as long as the stage.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// What an anonymous reader sees.
    #[must_use]
    pub fn view(&self) -> View {
        self.store.view(Viewer::Anonymous)
    }

    /// The desk of an editor.
    #[must_use]
    pub fn desk(&self, name: &str) -> Desk {
        self.store.desk(Author::new(name))
    }

    /// An editor with the tiers that the guides of tests are sorted into.
    ///
    /// # Panics
    ///
    /// If that fails.
    #[allow(clippy::expect_used, reason = "a harness fails loudly")]
    pub async fn editor(&self) -> Editor {
        let editor = Editor(self.desk("ada"));
        editor.plant_tiers().await.expect("the tiers go in");
        editor
    }

    /// Puts generated guides in, numbers 0 to `count` without it.
    ///
    /// # Panics
    ///
    /// If that fails.
    #[allow(clippy::expect_used, reason = "a harness fails loudly")]
    pub async fn plant_generated(&self, count: u32) {
        seed::synthetic::plant(&self.desk("generator"), 0..count, |_| ()).await.expect("the generated guides go in");
    }

    /// Puts the starter guides in.
    ///
    /// # Panics
    ///
    /// If that fails.
    #[allow(clippy::expect_used, reason = "a harness fails loudly")]
    pub async fn plant_starter(&self) {
        assert_eq!(seed::starter::plant(&self.desk("starter")).await.expect("the starter guides go in"), 8);
    }

    /// Opens the same database once more, as another process would.
    ///
    /// # Panics
    ///
    /// If that fails.
    #[allow(clippy::expect_used, reason = "a harness fails loudly")]
    pub async fn open_again(&self) -> Store {
        Store::open(Options::new(self.url.as_str())).await.expect("the test's database opens again")
    }
}

/// The address of the server, and of the template that all tests of this process clone.
static TEMPLATE: OnceCell<(String, String)> = OnceCell::const_new();
static CLONES: AtomicU32 = AtomicU32::new(0);

#[allow(clippy::expect_used, reason = "a harness fails loudly")]
async fn postgres_clone() -> String {
    let (server, template) = TEMPLATE.get_or_init(postgres_template).await;
    let name = format!("{template}_{}", CLONES.fetch_add(1, Ordering::Relaxed));
    admin(server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    on_database(server, &name)
}

#[allow(clippy::expect_used, clippy::disallowed_methods, reason = "a harness fails loudly, and is told where the server is by ./test")]
async fn postgres_template() -> (String, String) {
    let server = std::env::var("GREENROOM_TEST_POSTGRES_URL")
        .expect("GREENROOM_TEST_POSTGRES_URL names a PostgreSQL server; ./test starts one, or skip with --skip ::postgres");
    let template = format!("greenroom_test_{}", std::process::id());
    admin(&server, &format!("DROP DATABASE IF EXISTS {template}")).await;
    admin(&server, &format!("CREATE DATABASE {template}")).await;
    let store = Store::open(Options::new(on_database(&server, &template))).await.expect("the template opens");
    migration::apply(store.writer()).await.expect("the tables are made");
    store.close().await.expect("the template closes");
    (server, template)
}

#[allow(clippy::expect_used, reason = "a harness fails loudly")]
async fn admin(server: &str, statement: &str) {
    let connection = Database::connect(server).await.expect("the test server answers");
    connection.execute_unprepared(statement).await.expect("the test server does as it is told");
    connection.close().await.expect("the connection closes");
}

/// The same server, another database.
fn on_database(server: &str, name: &str) -> String {
    let base = server.rsplit_once('/').map_or(server, |(base, _)| base);
    format!("{base}/{name}")
}
