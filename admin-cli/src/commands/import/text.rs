//! `greenroom import text`: the text of a page, as it is pasted, becomes a draft. Every line has one fate, and what is unsure is asked.

mod report;

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::acts::{Act, perform, rehearse, tell};
use crate::code::Code;
use crate::documents::edit::{Answer, ImportAnswer, ImportInto, ImportIntoCompany, ImportIntoNew, ImportPage, OnConflict};
use crate::documents::importing::{ImportField, ImportReport};
use crate::fault::{Fault, Result, unreadable, unwritable};
use crate::guides::hold;
use crate::line::{DryRun, Reason};
use crate::room::Room;

/// Read the text of a page into a draft
#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("into").required(true).args(["company", "new"])))]
pub(crate) struct Text {
    /// The file with the text; - reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Into the draft of this company
    #[arg(long, value_name = "NAME")]
    company: Option<String>,
    /// Into a new company with this name
    #[arg(long, value_name = "COMPANY")]
    new: Option<String>,
    /// Take the likeliest of what is unsure
    #[arg(long)]
    accept_unsure: bool,
    /// Refuse a page of which something is unsure or not placed
    #[arg(long)]
    strict: bool,
    /// Write the fate of every line into this file, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Show every line that was not placed or set aside
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Text {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let text = read(room, &self.file)?;
        room.announce(self.dry.dry_run).await?;
        let into = self.into(room).await?;
        let first = rehearse(room, ImportPage::new(text.clone(), into.clone(), Vec::new()), &self.reason.reason).await?;
        let found = of(&first)?;
        self.refuse(found)?;
        report::summary(room, found, self.explain);
        let answers = self.answers(room, found)?;
        let edit = ImportPage::new(text, into, answers);
        let act = Act::medium(self.dry.dry_run, &self.reason.reason, "Save this as a draft?");
        let answer = perform(room, edit, &act).await?;
        let done = of(&answer)?;
        if let Some(file) = &self.report {
            write(file, done)?;
        }
        tell(room, &answer, &act, &report::headline(done, &answer, self.dry.dry_run));
        Ok(())
    }

    async fn into(&self, room: &Room) -> Result<ImportInto> {
        let Some(company) = &self.company else {
            return Ok(ImportInto::New(ImportIntoNew { name: self.new.clone(), slug: None }));
        };
        let held = hold(room, company).await?;
        let company = held.slug.as_str().into();
        Ok(ImportInto::Company(ImportIntoCompany { company, expect: Some(held.stamp.into()), on_conflict: OnConflict::Refuse }))
    }

    fn refuse(&self, found: &ImportReport) -> Result {
        let unsure: Vec<&ImportField> = found.fields.iter().filter(|field| field.question.is_some()).collect();
        if !self.strict || (unsure.is_empty() && found.counts.not_placed == 0) {
            return Ok(());
        }
        let message = format!("{} places are unsure and {} lines are not placed", unsure.len(), found.counts.not_placed);
        let fault = unsure.iter().fold(Fault::new(Code::ImportUnsure, message), |fault, field| {
            fault.line(format!("  {}: {}", crate::ui::path_words(&field.path), field.value))
        });
        Err(fault.line("  Nothing was written.").next("the same command without --strict, or with --explain"))
    }

    /// What is unsure, answered by whoever sits there, or by the likeliest, or left out.
    fn answers(&self, room: &Room, found: &ImportReport) -> Result<Vec<ImportAnswer>> {
        let open: Vec<(&ImportField, &String)> = found.fields.iter().filter_map(|field| Some((field, field.question.as_ref()?))).collect();
        let mut answers = Vec::new();
        for ((field, question), number) in open.iter().zip(1..) {
            let choice = if self.accept_unsure {
                likeliest(field)
            } else if room.ui.asks && !self.dry.dry_run {
                ask(room, field, (number, open.len()))?
            } else {
                None
            };
            answers.extend(choice.map(|choice| ImportAnswer { question: (*question).clone(), choice }));
        }
        let left = open.len() - answers.len();
        if left > 0 && !room.ui.is_for_programs() {
            let places = crate::acts::counted(left, "unsure place is", "unsure places are");
            room.ui.warn(&format!("{places} left out"), Some("the same command with --accept-unsure, or on a terminal"));
        }
        Ok(answers)
    }
}

fn likeliest(field: &ImportField) -> Option<String> {
    field.choices.iter().max_by_key(|choice| choice.likelihood_percent).map(|choice| choice.id.clone())
}

fn ask(room: &Room, field: &ImportField, (number, total): (usize, usize)) -> Result<Option<String>> {
    let why = field.why.as_ref().map_or_else(String::new, |why| format!(" ({why})"));
    let question = format!("{number} of {total}  {}: {}{why}", crate::ui::path_words(&field.path), field.value);
    let mut choices: Vec<(String, String)> = (1..)
        .zip(&field.choices)
        .map(|(mark, choice): (usize, _)| (mark.to_string(), format!("{} ({} %)", choice.label, choice.likelihood_percent)))
        .collect();
    choices.push(((choices.len() + 1).to_string(), "leave it out".to_owned()));
    let chosen = room.ui.choose(&question, &choices, 0, "--accept-unsure")?;
    Ok(field.choices.get(chosen).map(|choice| choice.id.clone()))
}

fn of(answer: &Answer) -> Result<&ImportReport> {
    answer.report.as_ref().ok_or_else(|| Fault::new(Code::Foreign, "the answer has no report"))
}

/// The text of a file, or of standard input.
fn read(room: &Room, file: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    if file.as_os_str() == "-" {
        if std::io::stdin().is_terminal() {
            room.ui.say("Reading from the terminal. Paste, then press Ctrl-D.");
        }
        std::io::stdin().read_to_end(&mut bytes).map_err(|error| unreadable(file, &error))?;
    } else {
        bytes = std::fs::read(file).map_err(|error| unreadable(file, &error))?;
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Fault::new(Code::Unreadable, format!("{} is no UTF-8 text: byte {at}", file.display())).next("iconv -t UTF-8")
    })?;
    if text.trim().is_empty() {
        return Err(Fault::new(Code::ImportUnsure, "the page is empty").line("  Nothing was written."));
    }
    Ok(text)
}

fn write(file: &Path, found: &ImportReport) -> Result {
    let json = serde_json::to_string_pretty(&report::object(found)).unwrap_or_default();
    std::fs::write(file, json + "\n").map_err(|error| unwritable(file, &error))
}
