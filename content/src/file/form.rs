//! The file as it is written. Values with a form of their own (durations, ranges, days) are texts here, so that all that is wrong with them is found at once.

use serde::Deserialize;

/// The first line of every guide file.
pub(super) const FORMAT: &str = "greenroom/guide@1";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) format: String,
    #[serde(default)]
    pub(super) id: Option<String>,
    pub(super) slug: String,
    #[serde(default)]
    pub(super) sample: bool,
    pub(super) name: String,
    #[serde(default)]
    pub(super) tier: Option<String>,
    #[serde(default)]
    pub(super) highlights: Vec<String>,
    #[serde(default)]
    pub(super) focus_areas: Vec<Line>,
    #[serde(default)]
    pub(super) interview_loop: Vec<Round>,
    #[serde(default)]
    pub(super) question_categories: Vec<Category>,
    #[serde(default)]
    pub(super) insider_tips: Vec<Line>,
    #[serde(default)]
    pub(super) red_flags: Vec<Line>,
    #[serde(default)]
    pub(super) traits: Vec<Line>,
    #[serde(default)]
    pub(super) salary_ranges: Salaries,
    #[serde(default)]
    pub(super) prep_plan: Vec<Week>,
    #[serde(default)]
    pub(super) verified_on: Option<String>,
    #[serde(default)]
    pub(super) sources: Vec<Line>,
}

/// A line is its text, or its text with a key where somebody needs one.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Line {
    Plain(String),
    Keyed(KeyedLine),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyedLine {
    pub(super) text: String,
    #[serde(default)]
    pub(super) key: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Round {
    #[serde(default)]
    pub(super) key: Option<String>,
    pub(super) title: String,
    #[serde(default)]
    pub(super) duration: Option<String>,
    #[serde(default)]
    pub(super) focus: Vec<String>,
    #[serde(default)]
    pub(super) tips: Vec<Line>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Category {
    #[serde(default)]
    pub(super) key: Option<String>,
    pub(super) name: String,
    #[serde(default)]
    pub(super) weight: Option<String>,
    #[serde(default)]
    pub(super) questions: Vec<Question>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Question {
    Plain(String),
    Full(FullQuestion),
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FullQuestion {
    pub(super) text: String,
    #[serde(default)]
    pub(super) key: Option<String>,
    #[serde(default)]
    pub(super) difficulty: Option<String>,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) guidance: Option<String>,
}

/// What all levels share stands once above them; a level may say otherwise.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Salaries {
    pub(super) currency: Option<String>,
    pub(super) period: Option<String>,
    pub(super) basis: Option<String>,
    pub(super) as_of: Option<String>,
    pub(super) source: Option<String>,
    pub(super) levels: Vec<Level>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "a level has a level: that is its name in the file")]
pub(super) struct Level {
    #[serde(default)]
    pub(super) key: Option<String>,
    pub(super) level: String,
    #[serde(default)]
    pub(super) range: Option<String>,
    #[serde(default)]
    pub(super) note: Option<String>,
    #[serde(default)]
    pub(super) currency: Option<String>,
    #[serde(default)]
    pub(super) period: Option<String>,
    #[serde(default)]
    pub(super) basis: Option<String>,
    #[serde(default)]
    pub(super) as_of: Option<String>,
    #[serde(default)]
    pub(super) source: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Week {
    pub(super) week: i32,
    pub(super) text: String,
}
