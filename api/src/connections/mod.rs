//! The listening side of the server: how many connections there are at a time, and how long one may be held without a use.
//!
//! It is put together here and not by `actix_web::HttpServer`, because that knows no bound for the headers of a second request on a connection and
//! none for a body that goes on after its answer.

mod patient;

use std::net::TcpListener;
use std::time::Duration;

use actix_http::{HttpService, Protocol};
use actix_server::{Server, ServerBuilder};
use actix_service::{IntoServiceFactory, ServiceFactoryExt, apply, fn_service, map_config};
use actix_web::dev::AppConfig;
use actix_web::rt::net::TcpStream;

use self::patient::Patient;
use crate::http::{Hatch, Site, app};
use crate::settings::Settings;

/// How long a client may take to close a connection that is over.
const FAREWELL: Duration = Duration::from_secs(1);

/// Serves a site on this port until it is told to stop.
///
/// # Errors
///
/// If the port cannot be listened on, or the system does not say how many processors there are.
pub fn serve(settings: &Settings, site: Site, listener: TcpListener) -> std::io::Result<Server> {
    Ok(listen(settings, site, listener)?.run())
}

/// The same, to be set up further.
///
/// # Errors
///
/// The same.
pub fn listen(settings: &Settings, site: Site, listener: TcpListener) -> std::io::Result<ServerBuilder> {
    let threads = if settings.workers == 0 { std::thread::available_parallelism()?.get() } else { settings.workers };
    let (head, idle) = (Duration::from_secs(settings.head_seconds), Duration::from_secs(settings.keep_alive_seconds));
    let patience = patience(settings);
    let builder = ServerBuilder::new()
        .workers(threads)
        // The library counts for each thread.
        .max_concurrent_connections(settings.connections.div_ceil(threads))
        .shutdown_timeout(settings.shutdown_seconds);
    let stopping = builder.graceful_shutdown_signal();
    builder.listen("greenroom", listener, move || {
        let stopping = stopping.clone();
        let application = apply(Hatch::of(site.clone()), app(site.clone()).into_factory());
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .client_request_timeout(head)
            .client_disconnect_timeout(FAREWELL)
            .keep_alive(idle)
            .finish(map_config(application.map_err(|error| error.error_response()), |()| AppConfig::default()));
        fn_service(move |stream: TcpStream| async move {
            let peer = stream.peer_addr().ok();
            // HTTP/1 alone: there the hatch is called from the task that reads the connection, and it counts on that.
            Ok((Patient::new(stream, patience), Protocol::Http1, peer))
        })
        .and_then(http)
    })
}

/// How long nothing needs to be sent on a connection: a pause, and then the headers and the body of a request and the work on it, take less.
fn patience(settings: &Settings) -> Duration {
    let request = Duration::from_secs(settings.head_seconds) + 2 * Duration::from_millis(settings.limits.time_ms);
    Duration::from_secs(settings.keep_alive_seconds) + request + Duration::from_secs(1)
}
