//! What became of a pasted page: field by field, and line by line.

use async_graphql::{Enum, SimpleObject};
use content::importing::{Choice as ContentChoice, Fate as ContentFate, FieldPlan as ContentField, ImportPlan, Line as ContentLine};

/// What would become of a field.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "content::importing::Outcome")]
pub enum ImportOutcome {
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

/// What became of a line.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub enum LineFate {
    /// It belongs to a place of the guide.
    Field,
    /// It is understood, and guides have no place for it: menus, headings, blanks.
    SetAside,
    /// Nobody knows where it belongs, or it cannot be saved where it belongs.
    NotPlaced,
}

/// What became of a pasted page.
#[derive(SimpleObject)]
pub(super) struct ImportReport {
    /// Every field of a guide, and parts of fields that deserve a line of their own.
    fields: Vec<ImportField>,
    /// Every line of the page with its fate.
    lines: Vec<ImportLine>,
    /// How many lines have which fate.
    counts: ImportCounts,
}

/// How many lines have which fate. The three add up to the lines of the page.
#[derive(SimpleObject)]
pub(super) struct ImportCounts {
    /// All lines.
    lines: i32,
    /// Those that belong to a place of the guide.
    placed: i32,
    /// Those that are understood and not needed.
    set_aside: i32,
    /// The others.
    not_placed: i32,
}

/// What the page says of a field.
#[derive(SimpleObject)]
pub(super) struct ImportField {
    /// Where in the guide.
    path: String,
    /// What would happen.
    outcome: ImportOutcome,
    /// The numbers of the lines that say it.
    lines: Vec<i32>,
    /// What they say, for people.
    value: String,
    /// What they may mean, the likeliest first. Answer with the question and the id of one of them, or with `leave`.
    choices: Vec<ImportChoice>,
    /// Why it is unsure, or what was left out.
    why: Option<String>,
    /// The id under which it is answered, if it can be.
    question: Option<String>,
}

/// What a field may mean.
#[derive(SimpleObject)]
pub(super) struct ImportChoice {
    /// What an answer says.
    id: String,
    /// What an editor reads.
    label: String,
    /// How likely it is, in percent.
    likelihood_percent: i32,
}

/// A line of the page.
#[derive(SimpleObject)]
pub(super) struct ImportLine {
    /// Its number, from 1.
    number: i32,
    /// What it says.
    text: String,
    /// What became of it.
    fate: LineFate,
    /// The place of the guide that it belongs to, or the word for why it is set aside.
    place: Option<String>,
}

fn figure(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

impl ImportReport {
    /// Entries of all its lists, for the budget of the answer.
    pub(super) fn entries(&self) -> usize {
        self.fields.len() + self.lines.len()
    }
}

impl From<ImportPlan> for ImportReport {
    fn from(plan: ImportPlan) -> Self {
        let counts = plan.counts;
        Self {
            fields: plan.fields.into_iter().map(ImportField::from).collect(),
            lines: plan.lines.into_iter().map(ImportLine::from).collect(),
            counts: ImportCounts {
                lines: figure(counts.lines),
                placed: figure(counts.placed),
                set_aside: figure(counts.set_aside),
                not_placed: figure(counts.not_placed),
            },
        }
    }
}

impl From<ContentField> for ImportField {
    fn from(field: ContentField) -> Self {
        let ContentField { path, outcome, lines, value, choices, why, question } = field;
        let number = |line: u32| i32::try_from(line).unwrap_or(i32::MAX);
        let choice = |ContentChoice { id, label, likelihood_percent }: ContentChoice| ImportChoice {
            id,
            label,
            likelihood_percent: i32::from(likelihood_percent),
        };
        Self {
            path: path.to_string(),
            outcome: outcome.into(),
            lines: lines.into_iter().map(number).collect(),
            value,
            choices: choices.into_iter().map(choice).collect(),
            why,
            question,
        }
    }
}

impl From<ContentLine> for ImportLine {
    fn from(line: ContentLine) -> Self {
        let (fate, place) = match line.fate {
            ContentFate::Field(path) => (LineFate::Field, Some(path.to_string())),
            ContentFate::SetAside(aside) => (LineFate::SetAside, Some(aside.word().to_owned())),
            ContentFate::NotPlaced => (LineFate::NotPlaced, None),
        };
        Self { number: i32::try_from(line.number).unwrap_or(i32::MAX), text: line.text, fate, place }
    }
}
