//! `greenroom salary set` and `remove`: the levels of one guide.

use clap::Args;
use content::changes::{Change, Patch, Revised, RevisedPay};
use content::guide::SalaryRange;
use content::guide::parts::Label;

use crate::acts::{Act, Weight, counted};
use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::guides::{Held, change, hold};
use crate::job::currency;
use crate::line::{DryRun, Reason};
use crate::place::{level, parsed};
use crate::room::Room;
use crate::sheet::{Decimal, range};

/// Give a level figures, or what belongs to them. An empty value empties: --note ""
#[derive(Args, Debug)]
pub(crate) struct Set {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// The level, by its key or its name
    #[arg(value_name = "LEVEL")]
    level: String,
    /// What is paid: 250k-330k, 480k+
    #[arg(long)]
    range: Option<String>,
    /// In which currency: USD
    #[arg(long)]
    currency: Option<String>,
    /// What is counted: total-compensation, base
    #[arg(long)]
    basis: Option<String>,
    /// Of which month the figures are: 2026-10
    #[arg(long)]
    as_of: Option<String>,
    /// Who says so
    #[arg(long)]
    source: Option<String>,
    /// A remark
    #[arg(long)]
    note: Option<String>,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

/// Remove levels of a guide
#[derive(Args, Debug)]
pub(crate) struct Remove {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// The levels, by their keys or their names
    #[arg(value_name = "LEVEL", required = true)]
    levels: Vec<String>,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Set {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let pay = self.pay()?;
        if pay == RevisedPay::default() {
            let flags = "--range, --currency, --basis, --as-of, --source, --note";
            return Err(Fault::new(Code::Usage, format!("what shall {} get? One of {flags}", self.level)));
        }
        let held = hold(room, &self.name).await?;
        let key = find(&held, &self.level)?.key.clone();
        let changes = [Change::Change(Revised::SalaryRange { key, pay })];
        change(room, &held, &changes, Act::light(self.dry.dry_run, &self.reason.reason)).await
    }

    fn pay(&self) -> Result<RevisedPay> {
        let mut faults = Vec::new();
        let text = |text: &Option<String>| match text.as_deref() {
            None => Patch::Keep,
            Some("") => Patch::Clear,
            Some(text) => Patch::Set(text.to_owned()),
        };
        let pay = RevisedPay {
            figures: patch(self.range.as_deref(), &mut faults, |text| {
                range(text, Decimal::Point).map_err(|problem| misread("range", &problem))
            }),
            currency: patch(self.currency.as_deref(), &mut faults, |text| currency(text).map_err(|problem| misread("currency", &problem))),
            basis: patch(self.basis.as_deref(), &mut faults, |text| one("basis", text, "total-compensation or base")),
            as_of: patch(self.as_of.as_deref(), &mut faults, |text| one("as-of", text, "a month such as 2026-10")),
            source: text(&self.source),
            note: text(&self.note),
            ..RevisedPay::default()
        };
        Fault::all(faults).map_or(Ok(pay), Err)
    }
}

impl Remove {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let held = hold(room, &self.name).await?;
        let found: Vec<Result<&SalaryRange>> = self.levels.iter().map(|text| find(&held, text)).collect();
        let (found, faults): (Vec<_>, Vec<_>) = found.into_iter().partition(Result::is_ok);
        if let Some(fault) = Fault::all(faults.into_iter().filter_map(Result::err).collect()) {
            return Err(fault);
        }
        let changes: Vec<Change> = found.into_iter().flatten().map(|range| Change::Remove(Label::Key(range.key.clone()))).collect();
        let act = Act::light(self.dry.dry_run, &self.reason.reason);
        // What undo brings back is only asked about where somebody sits.
        let question = || Weight::Medium(format!("Remove {}?", counted(changes.len(), "level", "levels")));
        let act = if room.ui.asks { Act { weight: question(), ..act } } else { act };
        change(room, &held, &changes, act).await
    }
}

fn patch<T>(text: Option<&str>, faults: &mut Vec<Fault>, read: impl FnOnce(&str) -> Result<T>) -> Patch<T> {
    match text.map(str::trim) {
        None => Patch::Keep,
        Some("") => Patch::Clear,
        Some(text) => read(text).map_or_else(
            |fault| {
                faults.push(fault);
                Patch::Keep
            },
            Patch::Set,
        ),
    }
}

fn one<T: std::str::FromStr>(flag: &str, text: &str, right: &str) -> Result<T> {
    parsed(flag, Some(text), right)?.ok_or_else(|| misread(flag, "it is empty"))
}

fn misread(flag: &str, problem: &str) -> Fault {
    Fault::new(Code::PlaceUnknown, format!("--{flag}: {problem}"))
}

fn find<'a>(held: &'a Held, text: &str) -> Result<&'a SalaryRange> {
    level(&held.guide, text).map_err(|problem| {
        let fault = Fault::new(Code::PlaceUnknown, format!("{}: {problem}", held.slug));
        fault.next(format!("greenroom company add {} salaries --level {text:?}   adds one", held.slug))
    })
}
