//! What the API is compared with, from the same framework with nothing around it: bytes that are there already, and a handler with one SQL statement.

use std::collections::HashMap;

use actix_web::web::{Bytes, Data, Path, get};
use actix_web::{App, HttpResponse, HttpServer};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};

use crate::statements::statement;
use crate::works::Work;

/// Connections of the bare handler: as many as the API's readers have.
const CONNECTIONS: u32 = 8;

struct Shared {
    database: DatabaseConnection,
    statements: HashMap<&'static str, String>,
    bytes: HashMap<usize, Bytes>,
}

/// Serves `/static/SIZE` for these sizes, and `/bare/WORK/PARAMETER`, until the process is ended.
///
/// # Errors
///
/// If the port or the database cannot be opened.
pub(crate) async fn serve(port: u16, url: &str, sizes: &[usize]) -> Result<(), String> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(CONNECTIONS).sqlx_logging(false).test_before_acquire(false);
    let database = Database::connect(options).await.map_err(|error| error.to_string())?;
    let backend = database.get_database_backend();
    let statements = Work::ALL.into_iter().map(|work| (work.name(), statement(work, backend))).collect();
    let bytes = sizes.iter().map(|size| (*size, Bytes::from(vec![b'x'; *size]))).collect();
    let shared = Data::new(Shared { database, statements, bytes });
    let server = HttpServer::new(move || {
        App::new().app_data(shared.clone()).route("/static/{size}", get().to(fixed)).route("/bare/{work}/{parameter}", get().to(bare))
    });
    server.bind(("127.0.0.1", port)).map_err(|error| error.to_string())?.run().await.map_err(|error| error.to_string())
}

async fn fixed(shared: Data<Shared>, size: Path<usize>) -> HttpResponse {
    match shared.bytes.get(&size) {
        Some(bytes) => HttpResponse::Ok().content_type("application/json; charset=utf-8").body(bytes.clone()),
        None => HttpResponse::NotFound().finish(),
    }
}

async fn bare(shared: Data<Shared>, path: Path<(String, String)>) -> HttpResponse {
    let (work, parameter) = path.into_inner();
    let Some(sql) = shared.statements.get(work.as_str()) else { return HttpResponse::NotFound().finish() };
    let backend = shared.database.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [parameter.replace('+', " ").into()]);
    let row = shared.database.query_one_raw(statement).await;
    let body = row.and_then(|row| row.map(|row| row.try_get_by_index::<String>(0)).transpose());
    match body {
        Ok(Some(body)) => HttpResponse::Ok().content_type("application/json; charset=utf-8").body(body),
        Ok(None) => HttpResponse::NotFound().finish(),
        Err(error) => HttpResponse::InternalServerError().body(error.to_string()),
    }
}
