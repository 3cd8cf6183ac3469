//! `greenroom company set`: gives values to places of a guide, many in one write.

use std::io::Read;

use clap::Args;

use crate::acts::Act;
use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::guides::{change, hold};
use crate::line::{DryRun, Reason};
use crate::place::assignment;
use crate::room::Room;

/// Give values to places of a guide: loop.tech-screen.duration=75m
#[derive(Args, Debug)]
pub(crate) struct Set {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// Places with their values; - reads a value from standard input, and path:= empties a place
    #[arg(value_name = "PATH=VALUE", required = true)]
    values: Vec<String>,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Set {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let (mut changes, mut faults) = (Vec::new(), Vec::new());
        for value in &self.values {
            match assignment(value, &mut input) {
                Ok(change) => changes.push(change),
                Err(fault) => faults.push(fault),
            }
        }
        if let Some(fault) = Fault::all(faults) {
            return Err(fault);
        }
        let held = hold(room, &self.name).await?;
        change(room, &held, &changes, Act::light(self.dry.dry_run, &self.reason.reason)).await
    }
}

fn input() -> Result<String> {
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    read.map_err(|error| Fault::new(Code::Unreadable, format!("standard input cannot be read: {error}")))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
