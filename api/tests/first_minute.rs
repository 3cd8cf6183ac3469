//! The binary as somebody starts it for the first time, and everything that can be in the way: one clear line and an exit code.
//!
//! These tests stand here and not with the others because Cargo builds a binary only for the tests of its own package.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod running;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output};

use api::operator;
use api::settings::{Arguments, Settings};
use api::startup::StartError;
use running::{Running, program};
use tempfile::TempDir;

fn failure(mut command: Command) -> (Option<i32>, String) {
    let Output { status, stderr, stdout } = command.output().unwrap();
    assert!(stdout.is_empty(), "nothing is told on stdout when the start fails");
    (status.code(), String::from_utf8(stderr).unwrap().lines().filter(|line| line.starts_with("error: ")).collect())
}

#[test]
fn an_empty_home_becomes_a_server_with_starter_guides_and_says_where_to_look() {
    let home = TempDir::new().unwrap();
    let first = Running::start(program(home.path()));
    for part in ["8 starter guides put in", ".local/share/greenroom/greenroom.db", "/graphiql", "curl -s http://"] {
        assert!(first.told.contains(part), "{part} in:\n{}", first.told);
    }
    assert!(first.get("/graphql?query=%7Bcompanies%7BtotalCount%7D%7D").contains(r#"{"data":{"companies":{"totalCount":8}}"#));
    first.stop();
    let second = Running::start(program(home.path()));
    assert!(!second.told.contains("starter"), "a database with guides is left as it is");
    assert!(second.get("/readyz").starts_with("HTTP/1.1 200"));
    second.stop();
}

#[test]
fn a_request_under_way_is_answered_after_sigterm_and_then_the_server_ends() {
    let home = TempDir::new().unwrap();
    let mut server = Running::start(program(home.path()));
    let body = r#"{"query":"{ companies { totalCount } }"}"#;
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    let (begin, end) = body.split_at(10);
    stream.write_all(head.as_bytes()).unwrap();
    // Only this shows that the request is under way: a connection that no thread has taken up yet is dropped, and an answer on another one says nothing.
    let mut word = [0; 25];
    stream.read_exact(&mut word).unwrap();
    assert_eq!(&word, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(begin.as_bytes()).unwrap();
    server.signal("-TERM");
    while TcpStream::connect(&server.address).is_ok() {
        std::thread::yield_now();
    }
    stream.write_all(end.as_bytes()).unwrap();
    let mut answer = [0; 15];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200 OK");
    drop(stream);
    assert!(server.child.wait().unwrap().success());
}

#[test]
fn a_taken_port_is_said_in_one_line() {
    let home = TempDir::new().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom-api"));
    command.env_clear().env("HOME", home.path()).args(["--listen", &address]);
    let (code, line) = failure(command);
    assert_eq!(code, Some(1));
    assert!(line.starts_with(&format!("error: {address} is taken by another program.")), "{line}");
    assert!(!home.path().join(".local").exists(), "nothing is made before the port is ours");
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let home = TempDir::new().unwrap();
    std::fs::write(home.path().join(".local"), "a file in the way").unwrap();
    let (code, line) = failure(program(home.path()));
    assert_eq!(code, Some(1));
    assert!(line.contains(".local/share/greenroom for the database cannot be written") && line.contains("--database-url"), "{line}");
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("notes.txt");
    std::fs::write(&file, "not a database, but dear to somebody; long enough to be looked at").unwrap();
    let mut command = program(home.path());
    command.args(["--database-url", &format!("sqlite:{}", file.display())]);
    let (code, line) = failure(command);
    assert_eq!(code, Some(9));
    assert!(line.contains("notes.txt cannot be used") && line.contains("not a database"), "{line}");
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("not a database"));
}

#[test]
fn a_database_server_that_does_not_answer_is_named_without_its_password() {
    let home = TempDir::new().unwrap();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut command = program(home.path());
    command.args(["--database-url", &format!("postgres://ann:secret@{nobody}/greenroom")]);
    let (code, line) = failure(command);
    assert_eq!(code, Some(9));
    assert!(line.contains(&format!("postgres://ann@{nobody}/greenroom cannot be used")) && !line.contains("secret"), "{line}");
}

#[test]
fn wrong_settings_are_all_said_and_end_with_2() {
    let home = TempDir::new().unwrap();
    let mut command = program(home.path());
    command.env("GREENROOM_ANONYMOUS", "perhaps").env("GREENROOM_LISTN", "x").env("GREENROOM_PROFILE", "of the other program");
    let Output { status, stderr, .. } = command.output().unwrap();
    let told = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(2));
    assert!(told.contains("GREENROOM_LISTN is not a setting. Did you mean GREENROOM_LISTEN?"), "{told}");
    assert!(told.contains("anonymous is \"perhaps\"; right would be on or off."), "{told}");
    assert!(!told.contains("PROFILE"), "{told}");
    let file = home.path().join("settings.toml");
    std::fs::write(&file, "listen = \"127.0.0.1:0\"\nanonymus = \"off\"\n").unwrap();
    let mut command = program(home.path());
    command.args(["--config", &file.display().to_string()]);
    let (code, line) = failure(command);
    assert_eq!(code, Some(2));
    assert!(line.contains("settings.toml"), "{line}");
}

#[test]
fn the_health_check_asks_the_server_that_the_settings_name() {
    let home = TempDir::new().unwrap();
    let server = Running::start(program(home.path()));
    let check = |address: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom-api"));
        command.env_clear().args(["--check-health", "--listen", address]).status().unwrap().code()
    };
    assert_eq!(check(&server.address), Some(0));
    let address = server.address.clone();
    server.stop();
    assert_eq!(check(&address), Some(1));
}

#[tokio::test]
async fn a_running_server_keeps_its_database_from_being_replaced_and_a_killed_one_does_not() {
    let home = TempDir::new().unwrap();
    let database = home.path().join("greenroom.db");
    let url = format!("sqlite:{}", database.display());
    let start = || {
        let mut command = program(home.path());
        command.args(["--database-url", &url]);
        command
    };
    let settings = Settings::read(Arguments::of_tool(Some(url.clone()), false)).unwrap();
    let mut running = Running::start(start());
    let mut backup = Vec::new();
    let rows = operator::backup(&settings, &mut backup).await.unwrap();
    let file = home.path().join("backup.jsonl");
    std::fs::write(&file, backup).unwrap();
    let refused = operator::restore(&settings, &file).await.unwrap_err();
    assert!(matches!(refused, StartError::Served { .. }), "{refused}");
    assert!(running.get("/readyz").starts_with("HTTP/1.1 200"));
    running.signal("-KILL");
    running.child.wait().unwrap();
    let restored = operator::restore(&settings, &file).await.unwrap();
    assert_eq!((restored.contents.rows, restored.problems.len()), (rows, 0));
    // Whoever restores has the lock alone.
    let lock = std::fs::File::open(home.path().join("greenroom.db.serving")).unwrap();
    lock.lock().unwrap();
    let (code, told) = failure(start());
    assert_eq!(code, Some(6), "{told}");
    assert!(told.contains("is being restored"), "{told}");
    lock.unlock().unwrap();
    let again = Running::start(start());
    // It answers: from then on it also hears that it shall stop.
    assert!(again.get("/readyz").starts_with("HTTP/1.1 200"));
    again.stop();
}
