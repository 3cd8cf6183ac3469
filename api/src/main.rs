//! `greenroom-api`: reads the settings, starts, says where to look, and serves until it is told to stop.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

use api::settings::{Arguments, Settings, defaults};
use api::startup::{StartError, Started, Users, chores, listen, serving, site};
use clap::Parser;
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

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
        api::log::begin(&settings);
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
    let (store, traces) = (site.store.clone(), site.traces.clone());
    let chores = chores(&site);
    let server = actix_web::rt::spawn(api::connections::serve(&settings, site, listener)?);
    // In its first turn the server begins to hear that it shall stop. Whoever is told how to stop it may do so at once.
    tokio::task::yield_now().await;
    tell(address, &started);
    server.await.map_err(std::io::Error::other)??;
    chores.end().await;
    serving.end().await;
    // Everything is committed already; closing only tidies the file.
    if let Err(error) = store.close().await {
        tracing::warn!(error = %error, "the database was not closed in order");
    }
    if let Some(traces) = traces {
        traces.end();
    }
    Ok(())
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
