//! One question to the API, when nothing is measured.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use serde_json::Value;

/// Asks on a connection of its own.
///
/// # Errors
///
/// If no JSON comes back.
pub(crate) fn ask(address: SocketAddr, question: &Value) -> Result<Value, String> {
    let text = answer(address, &question.to_string()).map_err(|error| format!("a question was not answered: {error}"))?;
    let (_, body) = text.split_once("\r\n\r\n").ok_or("an answer without a body")?;
    serde_json::from_str(body).map_err(|error| format!("no JSON: {error}: {body}"))
}

fn answer(address: SocketAddr, body: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    let length = body.len();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: bench\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    Ok(text)
}
