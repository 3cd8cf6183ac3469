//! Names of companies as they are given: on the line, or from standard input, one per line. All that are unknown are told at once, before
//! anything is done.

use std::io::{BufRead, IsTerminal};

use strsim::levenshtein;

use crate::client::Client;
use crate::code::Code;
use crate::documents::company::{CompanyFilter, ListQuery, ListVariables};
use crate::fault::{Fault, Result};
use crate::room::Room;

/// The names, with `-` replaced by what standard input has.
pub(crate) fn names(room: &Room, given: &[String]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for name in given {
        if name == "-" {
            names.extend(from_input(room)?);
        } else {
            names.push(name.clone());
        }
    }
    if names.is_empty() {
        return Err(Fault::new(Code::Usage, "no name was given, and standard input has none"));
    }
    Ok(names)
}

fn from_input(room: &Room) -> Result<Vec<String>> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        room.ui.say("Reading names from the terminal, one per line. Press Ctrl-D when done.");
    }
    let lines = stdin.lock().lines().collect::<std::io::Result<Vec<String>>>();
    let lines = lines.map_err(|error| Fault::new(Code::Unreadable, format!("standard input cannot be read: {error}")))?;
    let kept = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(kept.map(str::to_owned).collect())
}

/// That there is no such guide, with those that are called alike.
pub(crate) async fn unknown(client: &Client, name: &str) -> Fault {
    let fault = Fault::new(Code::Usage, format!("no guide is called {name:?}"));
    let mut fault = Fault { code: "NOT-001".to_owned(), exit: 7, ..fault };
    for close in close(client, name).await {
        if fault.next.is_empty() {
            fault = fault.next(format!("greenroom show {close}"));
        }
        fault = fault.line(format!("  close: {close}"));
    }
    if fault.next.is_empty() { fault.next("greenroom list") } else { fault }
}

/// At most three slugs within two slips of the pen.
async fn close(client: &Client, name: &str) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut after = None;
    // More guides than this are not looked through for a hint.
    for _ in 0..20 {
        let variables = ListVariables { first: 100, after: after.take(), filter: None::<CompanyFilter>, order: None };
        let Ok(ListQuery { companies }) = client.ask(variables).await else { break };
        for company in companies.nodes {
            let slips =
                [&company.slug, &company.name].into_iter().map(|text| levenshtein(&text.to_lowercase(), &name.to_lowercase())).min();
            if let Some(slips) = slips.filter(|slips| *slips <= 2) {
                found.push((slips, company.slug));
            }
        }
        if !companies.page_info.has_next_page {
            break;
        }
        after = companies.page_info.end_cursor;
    }
    found.sort();
    found.into_iter().take(3).map(|(_, slug)| slug).collect()
}
