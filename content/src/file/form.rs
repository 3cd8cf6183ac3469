//! The file as it is written. All values are texts here, so that their type never comes from their look and all that is wrong with them is found
//! at once. The sentences beside the fields are what the JSON Schema says about them.

use schemars::JsonSchema;
use serde::Deserialize;

use entity::{Basis, Difficulty, Key, Period, Slug};

use crate::guide::limits;

/// The first line of every guide file.
pub(super) const FORMAT: &str = "greenroom/guide@1";
/// What a slug and a key look like.
const NAME: &str = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$";

/// The guide of one company. The file is the whole guide: what is not in it is empty.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Guide")]
pub(super) struct File {
    /// The form of this file, always `greenroom/guide@1`.
    #[schemars(extend("const" = FORMAT))]
    pub(super) format: String,
    /// The company's identity, as the service gave it; a new company has none yet.
    #[serde(default)]
    #[schemars(regex(pattern = "^company_[0-9a-z]{26}$"))]
    pub(super) id: Option<String>,
    /// The company's name in addresses and commands, such as `halden-systems`.
    #[schemars(regex(pattern = NAME), length(max = Slug::MAX))]
    pub(super) slug: String,
    /// Whether the company is invented, to show what guides look like.
    #[serde(default)]
    #[schemars(with = "bool")]
    pub(super) sample: Option<String>,
    /// The company's name as people write it.
    #[schemars(length(min = 1, max = limits::NAME))]
    pub(super) name: String,
    /// The key of its tier, one of the list of tiers.
    #[serde(default)]
    #[schemars(regex(pattern = NAME), length(max = Key::MAX))]
    pub(super) tier: Option<String>,
    /// What the company is known for, in a few words each.
    #[serde(default)]
    #[schemars(length(max = limits::LINES), inner(length(min = 1, max = limits::TAG)))]
    pub(super) highlights: Vec<String>,
    /// What its AI teams work on.
    #[serde(default)]
    #[schemars(length(max = limits::LINES))]
    pub(super) focus_areas: Vec<Line>,
    /// The rounds of the interview loop, in their order.
    #[serde(default)]
    #[schemars(length(max = limits::ROUNDS))]
    pub(super) interview_loop: Vec<Round>,
    /// The questions by category; the weights of the categories add up to 100%.
    #[serde(default)]
    #[schemars(length(max = limits::CATEGORIES))]
    pub(super) question_categories: Vec<Category>,
    /// Advice that outsiders rarely have.
    #[serde(default)]
    #[schemars(length(max = limits::LINES))]
    pub(super) insider_tips: Vec<Line>,
    /// What candidates should avoid.
    #[serde(default)]
    #[schemars(length(max = limits::LINES))]
    pub(super) red_flags: Vec<Line>,
    /// What interviewers look for.
    #[serde(default)]
    #[schemars(length(max = limits::LINES))]
    pub(super) traits: Vec<Line>,
    /// What is paid, by seniority.
    #[serde(default)]
    pub(super) salary_ranges: Salaries,
    /// What to do in each week before the interview.
    #[serde(default)]
    #[schemars(length(max = limits::WEEKS))]
    pub(super) prep_plan: Vec<Week>,
    /// The day on which somebody last checked the guide, such as `2026-10-14`.
    #[serde(default)]
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub(super) verified_on: Option<String>,
    /// Where the content of the guide comes from.
    #[serde(default)]
    #[schemars(length(max = limits::LINES))]
    pub(super) sources: Vec<Line>,
}

/// A line is its text, or its text with a key where the key does not follow from the text.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Line {
    /// The text of the line.
    Plain(String),
    /// The text of the line with its key.
    Keyed(KeyedLine),
}

/// A line with its key.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyedLine {
    /// What the line says.
    #[schemars(length(min = 1, max = limits::TEXT))]
    pub(super) text: String,
    /// The name of the line in its guide; it stays when the line is reworded.
    #[serde(default)]
    #[schemars(regex(pattern = NAME), length(max = Key::MAX))]
    pub(super) key: Option<String>,
}

/// A round of the interview loop.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Round {
    /// The name of the round in its guide; a new round may leave it out.
    #[serde(default)]
    #[schemars(regex(pattern = NAME), length(max = Key::MAX))]
    pub(super) key: Option<String>,
    /// What the round is called.
    #[schemars(length(min = 1, max = limits::NAME))]
    pub(super) title: String,
    /// How long it takes: `45m`, `1h15m`, or a range such as `45m-60m`.
    #[serde(default)]
    pub(super) duration: Option<String>,
    /// What it is about, in a few words each.
    #[serde(default)]
    #[schemars(length(max = limits::LINES), inner(length(min = 1, max = limits::TAG)))]
    pub(super) focus: Vec<String>,
    /// Advice for the round.
    #[serde(default)]
    #[schemars(length(max = limits::LINES))]
    pub(super) tips: Vec<Line>,
}

/// A category of questions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Category {
    /// The name of the category in its guide; a new category may leave it out.
    #[serde(default)]
    #[schemars(regex(pattern = NAME), length(max = Key::MAX))]
    pub(super) key: Option<String>,
    /// What the category is called.
    #[schemars(length(min = 1, max = limits::NAME))]
    pub(super) name: String,
    /// Its share of the interview, such as `35%`.
    #[serde(default)]
    #[schemars(extend("type" = ["string", "integer", "null"]))]
    pub(super) weight: Option<String>,
    /// Its questions.
    #[serde(default)]
    #[schemars(length(max = limits::QUESTIONS))]
    pub(super) questions: Vec<Question>,
}

/// A question is its text, or its text with more about it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Question {
    /// What is asked.
    Plain(String),
    /// What is asked, with more about it.
    Full(FullQuestion),
}

/// A question with more about it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FullQuestion {
    /// What is asked.
    #[schemars(length(min = 1, max = limits::TEXT))]
    pub(super) text: String,
    /// The name of the question in its guide; it stays when the question is reworded.
    #[serde(default)]
    #[schemars(regex(pattern = NAME), length(max = Key::MAX))]
    pub(super) key: Option<String>,
    /// How hard it is.
    #[serde(default)]
    #[schemars(extend("enum" = Difficulty::ALL))]
    pub(super) difficulty: Option<String>,
    /// Words that it is found by.
    #[serde(default)]
    #[schemars(length(max = limits::LINES), inner(length(min = 1, max = limits::TAG)))]
    pub(super) tags: Vec<String>,
    /// What a good answer shows.
    #[serde(default)]
    #[schemars(length(min = 1, max = limits::TEXT))]
    pub(super) guidance: Option<String>,
}

/// What is paid. What all levels share stands once above them; a level may say otherwise.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Salaries {
    /// The currency of the levels, by its three letters of ISO 4217.
    #[schemars(regex(pattern = "^[A-Z]{3}$"))]
    pub(super) currency: Option<String>,
    /// The time that the figures are paid for.
    #[schemars(extend("enum" = Period::ALL))]
    pub(super) period: Option<String>,
    /// What the figures count.
    #[schemars(extend("enum" = Basis::ALL))]
    pub(super) basis: Option<String>,
    /// The month that the figures are of, such as `2026-10`.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}$"))]
    pub(super) as_of: Option<String>,
    /// Who says so.
    #[schemars(length(min = 1, max = limits::TEXT))]
    pub(super) source: Option<String>,
    /// The levels of seniority.
    #[schemars(length(max = limits::SALARY_RANGES))]
    pub(super) levels: Vec<Level>,
}

/// What one level of seniority is paid.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "a level has a level: that is its name in the file")]
pub(super) struct Level {
    /// The name of the level in its guide; a new level may leave it out.
    #[serde(default)]
    #[schemars(regex(pattern = NAME), length(max = Key::MAX))]
    pub(super) key: Option<String>,
    /// What the level is called, such as `Senior PM`.
    #[schemars(length(min = 1, max = limits::NAME))]
    pub(super) level: String,
    /// How much is paid: `250k-330k`, `480k-700k+`, or `480k+`.
    #[serde(default)]
    #[schemars(extend("type" = ["string", "integer", "null"]))]
    pub(super) range: Option<String>,
    /// A remark, such as `cash-heavy`.
    #[serde(default)]
    #[schemars(length(min = 1, max = limits::TEXT))]
    pub(super) note: Option<String>,
    /// The currency, if it is not that of the others.
    #[serde(default)]
    #[schemars(regex(pattern = "^[A-Z]{3}$"))]
    pub(super) currency: Option<String>,
    /// The time that the figures are paid for, if it is not that of the others.
    #[serde(default)]
    #[schemars(extend("enum" = Period::ALL))]
    pub(super) period: Option<String>,
    /// What the figures count, if it is not what those of the others do.
    #[serde(default)]
    #[schemars(extend("enum" = Basis::ALL))]
    pub(super) basis: Option<String>,
    /// The month that the figures are of, if it is not that of the others.
    #[serde(default)]
    #[schemars(regex(pattern = r"^\d{4}-\d{2}$"))]
    pub(super) as_of: Option<String>,
    /// Who says so, if it is not who says it of the others.
    #[serde(default)]
    #[schemars(length(min = 1, max = limits::TEXT))]
    pub(super) source: Option<String>,
}

/// A week of the plan.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Week {
    /// Which week it is, from 1.
    #[schemars(with = "u32", range(min = 1))]
    pub(super) week: String,
    /// What to do in it.
    #[schemars(length(min = 1, max = limits::TEXT))]
    pub(super) text: String,
}
