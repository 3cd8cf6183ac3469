//! `greenroom api`: one GraphQL document of one's own, and the answer as it comes.

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Map, Value as Json, json};

use crate::code::Code;
use crate::fault::{Fault, Result, unreadable};
use crate::line::Format;
use crate::room::Room;

/// Send a GraphQL document to the admin endpoint, and print the answer
#[derive(Args, Debug)]
pub(crate) struct Api {
    /// The file with the document; - reads it from standard input
    #[arg(short, long, value_name = "FILE")]
    file: PathBuf,
    /// A variable; the value is JSON if it can be read as such, and text otherwise
    #[arg(short = 'F', long = "variable", value_name = "KEY=VALUE", value_parser = variable)]
    variables: Vec<(String, Json)>,
    /// Which operation, if the document has several
    #[arg(long, value_name = "NAME")]
    operation: Option<String>,
}

impl Api {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let query = document(room, &self.file)?;
        let variables: Map<String, Json> = self.variables.iter().cloned().collect();
        let client = room.client().await?;
        let answer = client.raw(json!({ "query": query, "variables": variables, "operationName": self.operation })).await?;
        let failed = client.first_error(&answer);
        // For a program that reads JSON a failure is on stderr alone; somebody who looks sees what came.
        if failed.is_none() || !matches!(room.ui.format, Format::Json | Format::Jsonl) {
            room.ui.object(&answer);
        }
        failed.map_or(Ok(()), |fault| Err(fault.details(answer.get("errors").cloned().unwrap_or_default())))
    }
}

fn document(room: &Room, path: &Path) -> Result<String> {
    if path != Path::new("-") {
        return std::fs::read_to_string(path).map_err(|error| unreadable(path, &error));
    }
    let mut stdin = std::io::stdin().lock();
    if stdin.is_terminal() {
        room.ui.say("Reading from the terminal. Paste, then press Ctrl-D (Ctrl-Z and Enter on Windows).");
    }
    let mut text = String::new();
    let read = stdin.read_to_string(&mut text);
    read.map_err(|error| Fault::new(Code::Unreadable, format!("standard input cannot be read: {error}")))?;
    Ok(text)
}

/// `tier=big-tech`, `first=3`.
fn variable(text: &str) -> Result<(String, Json), String> {
    let (key, value) = text.split_once('=').filter(|(key, _)| !key.is_empty()).ok_or("a name with its value, such as tier=big-tech")?;
    Ok((key.to_owned(), serde_json::from_str(value).unwrap_or_else(|_| Json::String(value.to_owned()))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::variable;

    #[test]
    fn a_value_is_json_if_it_can_be() {
        assert_eq!(variable("first=3"), Ok(("first".to_owned(), json!(3))));
        assert_eq!(variable("tier=big-tech"), Ok(("tier".to_owned(), json!("big-tech"))));
        assert_eq!(variable(r#"by={"slug":"orrin"}"#), Ok(("by".to_owned(), json!({ "slug": "orrin" }))));
        assert!(variable("tier").is_err() && variable("=1").is_err());
    }
}
