//! `greenroom-api`: reads the settings, starts, says where to look, and serves until it is told to stop.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

use actix_web::HttpServer;
use api::http::{Site, app};
use api::settings::{Arguments, LogFormat, Settings, defaults};
use api::startup::{StartError, Started, Users, listen, serving, site};
use clap::Parser;

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "the program speaks here and nowhere else")]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.print_defaults {
        print!("{}", defaults());
        return ExitCode::SUCCESS;
    }
    if arguments.print_schema {
        print!("{}", api::graphql::public_sdl());
        return ExitCode::SUCCESS;
    }
    if arguments.print_admin_schema {
        print!("{}", api::graphql::admin::admin_sdl());
        return ExitCode::SUCCESS;
    }
    let check_health = arguments.check_health;
    let outcome = Settings::read(arguments).map_err(StartError::from).and_then(|settings| {
        if check_health {
            return Ok(if healthy(settings.listen) { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        log(&settings);
        actix_web::rt::System::new().block_on(serve(settings)).map(|()| ExitCode::SUCCESS)
    });
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::from(error.exit_code())
    })
}

async fn serve(settings: Settings) -> Result<(), StartError> {
    let listener = listen(&settings)?;
    let serving = serving(&settings).await?;
    let (site, started) = site(&settings).await?;
    let address = listener.local_addr()?;
    let store = site.store.clone();
    let server = actix_web::rt::spawn(start(&settings, site, listener)?);
    // In its first turn the server begins to hear that it shall stop. Whoever is told how to stop it may do so at once.
    tokio::task::yield_now().await;
    tell(address, &started);
    server.await.map_err(std::io::Error::other)??;
    serving.end().await;
    // Everything is committed already; closing only tidies the file.
    if let Err(error) = store.close().await {
        tracing::warn!(error = %error, "the database was not closed in order");
    }
    Ok(())
}

fn start(settings: &Settings, site: Site, listener: TcpListener) -> Result<actix_web::dev::Server, StartError> {
    let server = HttpServer::new(move || app(site.clone())).shutdown_timeout(settings.shutdown_seconds);
    let server = if settings.workers == 0 { server } else { server.workers(settings.workers) };
    Ok(server.listen(listener)?.run())
}

#[expect(clippy::print_stdout, reason = "the program speaks here and nowhere else")]
fn tell(address: SocketAddr, started: &Started) {
    let base = format!("http://{address}");
    println!("Greenroom {}", env!("CARGO_PKG_VERSION"));
    println!("  database   {}", started.database);
    if started.migrated > 0 {
        println!("             brought up to date by {} steps", started.migrated);
    }
    if started.planted > 0 {
        println!("             {} starter guides put in", started.planted);
    }
    match &started.users {
        Users::Some => {}
        Users::Made(email) => println!("  admin      {email} was made an administrator"),
        Users::None => println!("  admin      nobody can log in yet; make an administrator: greenroom db admin you@example.org"),
    }
    println!("  explorer   {base}/graphiql");
    println!("  API        {base}/graphql");
    println!("  editing    {base}/admin/graphql");
    println!("  try        curl -s {base}/graphql -H 'content-type: application/json' \\");
    println!("               -d '{{\"query\":\"{{ companies(first: 3) {{ totalCount nodes {{ slug name }} }} }}\"}}'");
    println!("Stop with Ctrl-C.");
}

fn log(settings: &Settings) {
    let filter = tracing_subscriber::EnvFilter::new(&settings.log);
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match settings.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

/// Asks the server's own `/readyz`: for containers without a tool that could.
fn healthy(listen: SocketAddr) -> bool {
    let ask = || -> std::io::Result<bool> {
        let patience = Duration::from_secs(3);
        let host = if listen.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], listen.port())) } else { listen };
        let mut stream = TcpStream::connect_timeout(&host, patience)?;
        stream.set_read_timeout(Some(patience))?;
        stream.write_all(format!("GET /readyz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.starts_with("HTTP/1.1 200"))
    };
    ask().unwrap_or(false)
}
