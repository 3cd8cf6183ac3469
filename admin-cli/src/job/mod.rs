//! Work on many guides: a table is read and planned, a journal says what every guide shall get before the first is written, and then guide after
//! guide is saved. One guide is one operation and the whole run is one job, so it can stop anywhere, go on, and be taken back.

mod flow;
mod given;
mod journal;
mod outcome;
mod pages;
mod pay;
mod planning;
mod problems;
mod question;
mod rows;
mod run;

use clap::Args;
use serde::{Deserialize, Serialize};

use crate::line::{DryRun, Reason};
use crate::sheet::Written;

pub(crate) use flow::import;
pub(crate) use journal::unfinished;
pub(crate) use pages::of_all;
pub(crate) use pay::currency;

/// What a job brings to guides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// Pay of levels.
    Salaries,
    /// Questions.
    Questions,
}

impl Kind {
    /// What it is, in the plural.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Salaries => "salaries",
            Self::Questions => "questions",
        }
    }

    /// The command that begins such a job, and goes on with one.
    pub(crate) const fn command(self) -> &'static str {
        match self {
            Self::Salaries => "greenroom salary import",
            Self::Questions => "greenroom question import",
        }
    }

    /// What a row names besides its company.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Salaries => "level",
            Self::Questions => "category",
        }
    }
}

/// What is typed to import a table.
#[derive(Args, Clone, Debug)]
pub(crate) struct Table {
    /// The table (CSV); - reads it from standard input
    #[arg(value_name = "FILE", required_unless_present = "resume", conflicts_with = "resume")]
    pub(crate) file: Option<String>,
    #[command(flatten)]
    pub(crate) written: Written,
    /// Go on with the guides that have no row with a problem
    #[arg(long)]
    pub(crate) skip_bad: bool,
    /// Write the rows that have problems to this file; beside the table if it is not said
    #[arg(long, value_name = "FILE")]
    pub(crate) problems: Option<String>,
    /// Go on with a job that was stopped; its journal says all the rest
    #[arg(
        long,
        value_name = "JOB",
        conflicts_with_all = ["map", "delimiter", "decimal", "encoding", "skip_bad", "problems", "dry_run", "reason"]
    )]
    pub(crate) resume: Option<String>,
    #[command(flatten)]
    pub(crate) dry: DryRun,
    #[command(flatten)]
    pub(crate) reason: Reason,
}
