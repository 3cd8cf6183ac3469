//! A page beside a guide: what an import would change, field by field. It adds and rewords, and it never removes.

mod decide;
mod lists;
mod merge;
mod questions;
mod rounds;
mod salaries;
mod savable;
mod scalars;
mod weeks;

use std::collections::{BTreeMap, BTreeSet};

use super::fate::{Counts, Fate, Line};
use super::page::{Field, Page};
use crate::Key;
use crate::finding::Path;
use crate::guide::Guide;
use crate::guide::keys::Taken;
use crate::tier::Tier;

/// What an import has to know besides the page and the guide.
#[derive(Clone, Debug, Default)]
pub struct Context<'a> {
    /// The tiers that there are.
    pub tiers: &'a [Tier],
    /// Every key that was ever used in this guide: none is used twice.
    pub taken: BTreeSet<Key>,
    /// An editor's answers: the id of a question, and of one of its choices or [`LEAVE`].
    pub answers: BTreeMap<String, String>,
}

/// The answer that leaves a field as it is.
pub const LEAVE: &str = "leave";

/// What an import would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportPlan {
    /// The guide as it would be. It has no finding of saving that it did not have before.
    pub guide: Guide,
    /// Every field of a guide, and parts of fields that deserve a line of their own.
    pub fields: Vec<FieldPlan>,
    /// The lines of the page with their fates, down to the key of an item.
    pub lines: Vec<Line>,
    /// How many lines have which fate.
    pub counts: Counts,
}

/// What would become of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The page says what the guide says.
    Same,
    /// The page says something else, or the guide says nothing yet.
    WouldSet,
    /// What is there stays as it is, and the page adds to it.
    WouldAdd,
    /// The page may mean several things; the guide stays as it is until somebody answers.
    Unsure,
    /// The page does not say; what the guide says stays.
    Untouched,
    /// Neither the page nor the guide says anything.
    Missing,
}

impl Outcome {
    /// The outcome in words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::WouldSet => "would set",
            Self::WouldAdd => "would add",
            Self::Unsure => "unsure",
            Self::Untouched => "untouched",
            Self::Missing => "missing",
        }
    }
}

/// What would become of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldPlan {
    /// Where in the guide.
    pub path: Path,
    /// What would happen.
    pub outcome: Outcome,
    /// The numbers of the lines that say it, in their order.
    pub lines: Vec<u32>,
    /// What they say, for people.
    pub value: String,
    /// What they may mean, the likeliest first; empty if nothing is to be chosen. [`LEAVE`] can be answered as well.
    pub choices: Vec<Choice>,
    /// Why it is unsure, or what was left out.
    pub why: Option<String>,
    /// The id by which an editor answers; only if there is something to answer.
    pub question: Option<String>,
}

/// Something that a line may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What an answer says.
    pub id: String,
    /// What an editor reads.
    pub label: String,
    /// How likely it is, in percent.
    pub likelihood_percent: u8,
}

/// Compares a page with the guide that is there, if there is one. Importing the same page again changes nothing.
#[must_use]
pub fn plan(page: &Page, existing: Option<&Guide>, context: &Context<'_>) -> ImportPlan {
    let before = existing.cloned().unwrap_or_default();
    let mut taken = Taken::new(context.taken.iter().cloned());
    for key in before.keys() {
        taken.claim(key.clone());
    }
    let (lines, guide) = (page.lines.clone(), before.clone());
    let mut planner = Planner { page, before: &before, context, guide, fields: Vec::new(), lines, taken };
    planner.scalars();
    planner.lists();
    planner.rounds();
    planner.categories();
    planner.salaries();
    planner.weeks();
    planner.left_out();
    planner.savable();
    planner.finish()
}

struct Planner<'a> {
    page: &'a Page,
    before: &'a Guide,
    context: &'a Context<'a>,
    guide: Guide,
    fields: Vec<FieldPlan>,
    lines: Vec<Line>,
    taken: Taken,
}

impl Planner<'_> {
    fn place(&mut self, at: &[usize], path: &Path) {
        for at in at {
            if let Some(line) = self.lines.get_mut(*at).filter(|line| matches!(line.fate, Fate::Field(_) | Fate::NotPlaced)) {
                line.fate = Fate::Field(path.clone());
            }
        }
    }

    /// Lines whose value found no room in the guide.
    fn displace(&mut self, at: &[usize]) {
        for at in at {
            if let Some(line) = self.lines.get_mut(*at).filter(|line| matches!(line.fate, Fate::Field(_))) {
                line.fate = Fate::NotPlaced;
            }
        }
    }

    fn tell(&mut self, path: Path, outcome: Outcome, (at, value): (&[usize], String)) -> &mut FieldPlan {
        let mut lines: Vec<u32> = at.iter().filter_map(|at| self.lines.get(*at).map(|line| line.number)).collect();
        lines.sort_unstable();
        lines.dedup();
        self.fields.push(FieldPlan { path, outcome, lines, value, choices: Vec::new(), why: None, question: None });
        // It was pushed just now; the vector is not empty.
        let last = self.fields.len() - 1;
        &mut self.fields[last]
    }

    fn why(&mut self, path: &Path, why: &str) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.path == *path) {
            field.why = Some(field.why.take().map_or_else(|| why.to_owned(), |before| format!("{before}; {why}")));
        }
    }

    /// Says at each field what of the page was left out when it was read.
    fn left_out(&mut self) {
        let mut of_field: BTreeMap<Field, Vec<&super::fate::LeftOut>> = BTreeMap::new();
        for left in &self.page.left_out {
            of_field.entry(left.field).or_default().push(left);
        }
        for (field, left) in of_field {
            let Some(first) = left.first() else { continue };
            let more = if left.len() > 1 { format!(", and {} more", left.len() - 1) } else { String::new() };
            let why = format!("line {} is left out: {}{more}", first.at + 1, first.why);
            self.why(&field.path(), &why);
        }
    }

    fn finish(mut self) -> ImportPlan {
        // In the order of the guide, the parts of a field below it.
        self.fields.sort_by_key(|field| {
            Field::ALL.iter().position(|of| field.path == of.path() || field.path.to_string().starts_with(&format!("{}.", of.word())))
        });
        let counts = Counts::of(&self.lines);
        ImportPlan { guide: self.guide, fields: self.fields, lines: self.lines, counts }
    }
}

/// What became of a value that the page says, or does not say.
fn outcome<T: PartialEq>(before: &T, after: &T, empty: bool, said: bool) -> Outcome {
    match (said, empty) {
        (false, true) => Outcome::Missing,
        (false, false) => Outcome::Untouched,
        (true, _) if before == after => Outcome::Same,
        (true, _) => Outcome::WouldSet,
    }
}

/// `1 tip`, `2 tips`.
fn counted(count: usize, noun: &str, nouns: &str) -> String {
    format!("{count} {}", if count == 1 { noun } else { nouns })
}
