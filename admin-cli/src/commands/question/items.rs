//! `greenroom question add`, `edit`, `move` and `remove`: the questions of one guide.

use clap::Args;
use content::Difficulty;
use content::changes::{Change, List, New, Patch, Revised};
use content::guide::parts::Label;

use super::list::difficulty;
use super::show::find;
use crate::acts::{Act, Weight, counted};
use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::guides::{Held, change, hold};
use crate::line::{DryRun, Reason};
use crate::place::{Where, category, key};
use crate::room::Room;

/// Add a question to a category
#[derive(Args, Debug)]
pub(crate) struct Add {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// The category, by its key or its name
    #[arg(value_name = "CATEGORY")]
    category: String,
    /// What is asked
    #[arg(long, required = true)]
    text: String,
    /// How hard it is: easy, medium, hard
    #[arg(long, value_parser = difficulty)]
    difficulty: Option<Difficulty>,
    /// What it is found by; again for more
    #[arg(long)]
    tag: Vec<String>,
    /// What a good answer shows
    #[arg(long)]
    guidance: Option<String>,
    /// Its key; made from the text if it is not said
    #[arg(long)]
    key: Option<String>,
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

/// Change a question: only what is given changes. An empty value empties: --guidance ""
#[derive(Args, Debug)]
pub(crate) struct Edit {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// The question, by its key
    #[arg(value_name = "KEY")]
    key: String,
    /// What is asked
    #[arg(long)]
    text: Option<String>,
    /// How hard it is: easy, medium, hard
    #[arg(long)]
    difficulty: Option<String>,
    /// What it is found by, in place of what it was; again for more
    #[arg(long)]
    tag: Option<Vec<String>>,
    /// What a good answer shows
    #[arg(long)]
    guidance: Option<String>,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

/// Move a question in its category, or to another one
#[derive(Args, Debug)]
pub(crate) struct Move {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// The question, by its key
    #[arg(value_name = "KEY")]
    key: String,
    /// To this category, by its key or its name
    #[arg(long, value_name = "CATEGORY")]
    to: Option<String>,
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

/// Remove questions
#[derive(Args, Debug)]
pub(crate) struct Remove {
    /// The company, by its slug
    #[arg(value_name = "NAME")]
    name: String,
    /// The questions, by their keys
    #[arg(value_name = "KEY", required = true)]
    keys: Vec<String>,
    #[command(flatten)]
    dry: DryRun,
    #[command(flatten)]
    reason: Reason,
}

impl Add {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let key = self.key.as_deref().map(key).transpose()?;
        let at = self.at.at()?.unwrap_or_default();
        let held = hold(room, &self.name).await?;
        let item = New::Question {
            category: holder(&held, &self.category)?,
            text: self.text.clone(),
            difficulty: self.difficulty,
            tags: self.tag.clone(),
            guidance: self.guidance.clone(),
        };
        change(room, &held, &[Change::Add { item, key, at }], Act::light(self.dry.dry_run, &self.reason.reason)).await
    }
}

impl Edit {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        if self.text.is_none() && self.difficulty.is_none() && self.tag.is_none() && self.guidance.is_none() {
            let fault = Fault::new(Code::Usage, "what shall change? One of --text, --difficulty, --tag, --guidance");
            return Err(fault.next(format!("greenroom edit {} --section questions   in your editor", self.name)));
        }
        let hardness = match self.difficulty.as_deref() {
            None => Patch::Keep,
            Some("") => Patch::Clear,
            Some(text) => Patch::Set(difficulty(text).map_err(|right| {
                Fault::new(Code::PlaceUnknown, format!("--difficulty {text:?} is not understood"))
                    .line(format!("  Right would be {right}."))
            })?),
        };
        let tags =
            self.tag.as_ref().map_or(Patch::Keep, |tags| match tags.iter().filter(|tag| !tag.is_empty()).cloned().collect::<Vec<_>>() {
                none if none.is_empty() => Patch::Clear,
                tags => Patch::Set(tags),
            });
        let guidance = self.guidance.clone().map_or(Patch::Keep, |text| if text.is_empty() { Patch::Clear } else { Patch::Set(text) });
        let held = hold(room, &self.name).await?;
        let (_, question) = find(&held.slug, &held.guide, &self.key)?;
        let revised = Revised::Question { key: question.key.clone(), text: self.text.clone(), difficulty: hardness, tags, guidance };
        change(room, &held, &[Change::Change(revised)], Act::light(self.dry.dry_run, &self.reason.reason)).await
    }
}

impl Move {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let at = self.at.at()?;
        if at.is_none() && self.to.is_none() {
            return Err(Fault::new(Code::Usage, "where to? --to CATEGORY, --before KEY, --after KEY, --first or --last"));
        }
        let held = hold(room, &self.name).await?;
        let (_, question) = find(&held.slug, &held.guide, &self.key)?;
        let list = self.to.as_deref().map(|text| holder(&held, text)).transpose()?.map(List::Questions);
        let change_of_place = Change::Move { item: Label::Key(question.key.clone()), list, at: at.unwrap_or_default() };
        change(room, &held, &[change_of_place], Act::light(self.dry.dry_run, &self.reason.reason)).await
    }
}

impl Remove {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        let held = hold(room, &self.name).await?;
        let (mut changes, mut faults) = (Vec::new(), Vec::new());
        for key in &self.keys {
            match find(&held.slug, &held.guide, key) {
                Ok((_, question)) => changes.push(Change::Remove(Label::Key(question.key.clone()))),
                Err(fault) => faults.push(fault),
            }
        }
        if let Some(fault) = Fault::all(faults) {
            return Err(fault);
        }
        let act = Act::light(self.dry.dry_run, &self.reason.reason);
        // What undo brings back is only asked about where somebody sits.
        let question = || Weight::Medium(format!("Remove {}?", counted(changes.len(), "question", "questions")));
        let act = if room.ui.asks { Act { weight: question(), ..act } } else { act };
        change(room, &held, &changes, act).await
    }
}

fn holder(held: &Held, text: &str) -> Result<content::Key> {
    let found = category(&held.guide, text).map(|category| category.key.clone());
    found.map_err(|problem| Fault::new(Code::PlaceUnknown, format!("{}: {problem}", held.slug)))
}
