//! The databases that are measured: made new, with generated guides in them, and looked over once through the API.

use std::path::Path;
use std::time::{Duration, Instant};

use content::edit::Author;
use content::store::{Options, Store, sqlite_url};
use sea_orm::{ConnectionTrait, Database, Statement};
use serde_json::{Value, json};

use crate::ask::ask;
use crate::guides::Guides;
use crate::process::Process;

/// A database with guides in it.
#[derive(Debug)]
pub(crate) struct Data {
    /// Its address.
    pub(crate) url: String,
    /// What it is called here.
    pub(crate) name: &'static str,
    /// How long it took to publish all guides.
    pub(crate) planted: Duration,
}

impl Data {
    /// A SQLite file in a folder, with so many guides.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub(crate) async fn sqlite(folder: &Path, guides: u32) -> Result<Self, String> {
        let url = sqlite_url(&folder.join(format!("bench-{guides}.db")));
        Self::plant(url, "sqlite", guides).await
    }

    /// A database of its own in the PostgreSQL at this address, with so many guides. One of this name that is there already goes.
    ///
    /// # Errors
    ///
    /// If it cannot be made or written.
    pub(crate) async fn postgres(server: &str, guides: u32) -> Result<Self, String> {
        let name = format!("greenroom_bench_{guides}");
        let database = Database::connect(server).await.map_err(|error| error.to_string())?;
        for sql in [format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"), format!("CREATE DATABASE {name}")] {
            database.execute_unprepared(&sql).await.map_err(|error| error.to_string())?;
        }
        database.close().await.map_err(|error| error.to_string())?;
        let (base, _) = server.rsplit_once('/').ok_or("the address of the PostgreSQL names no database")?;
        Self::plant(format!("{base}/{name}"), "postgres", guides).await
    }

    async fn plant(url: String, name: &'static str, guides: u32) -> Result<Self, String> {
        let store = Store::open(Options::new(&url)).await.map_err(|error| error.to_string())?;
        migration::apply(store.writer()).await.map_err(|error| error.to_string())?;
        let began = Instant::now();
        let desk = store.desk(Author::new("bench"));
        seed::synthetic::plant(&desk, 0..guides, |_| {}).await.map_err(|error| error.to_string())?;
        let planted = began.elapsed();
        store.writer().execute_unprepared("ANALYZE").await.map_err(|error| error.to_string())?;
        store.close().await.map_err(|error| error.to_string())?;
        Ok(Self { url, name, planted })
    }

    /// Bytes that it takes on its disk.
    ///
    /// # Errors
    ///
    /// If it cannot be asked.
    pub(crate) async fn bytes(&self) -> Result<u64, String> {
        if let Some(path) = self.url.strip_prefix("sqlite:") {
            return std::fs::metadata(path).map(|file| file.len()).map_err(|error| error.to_string());
        }
        let database = Database::connect(&self.url).await.map_err(|error| error.to_string())?;
        let size = Statement::from_string(database.get_database_backend(), "SELECT pg_database_size(current_database())");
        let row = database.query_one_raw(size).await.map_err(|error| error.to_string())?;
        let bytes = row.and_then(|row| row.try_get_by_index::<i64>(0).ok()).unwrap_or_default();
        Ok(u64::try_from(bytes).unwrap_or_default())
    }
}

/// All guides in the order of the list, read page by page.
///
/// # Errors
///
/// If the list is not that of the generator.
pub(crate) fn look_over(api: &Process, count: u32) -> Result<Guides, String> {
    const LIST: &str =
        "query All($after: String) { companies(first: 100, after: $after) { edges { cursor node { slug } } pageInfo { hasNextPage } } }";
    let (mut listed, mut after) = (Vec::new(), Value::Null);
    loop {
        let answer = ask(api.address, &json!({ "query": LIST, "variables": { "after": after } }))?;
        let page = &answer["data"]["companies"];
        for edge in page["edges"].as_array().ok_or_else(|| format!("the list cannot be read: {answer}"))? {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            listed.push((text(&edge["node"]["slug"]), text(&edge["cursor"])));
        }
        if page["pageInfo"]["hasNextPage"] != true {
            return Guides::new(count, listed);
        }
        after = listed.last().map_or(Value::Null, |(_, cursor)| json!(cursor));
    }
}
