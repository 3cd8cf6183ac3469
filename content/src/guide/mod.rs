//! The guide as editors hold it: one document, in which parts may still be missing. What readers get is `published::Guide`.

use serde::{Deserialize, Serialize};

use entity::{Basis, Difficulty, Key, Period};

use crate::calendar::{Day, YearMonth};
use crate::money::{Currency, Figures};

pub mod duration;
#[cfg(test)]
pub(crate) mod edits;
pub mod keys;
pub mod limits;
pub mod parts;
pub mod rules;

pub use duration::MinuteRange;

/// Everything about one company, in the order in which readers see it.
///
/// A field that is not known here is passed over: a newer version beside this one may have written it. Files are read more strictly.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Guide {
    /// The company's name.
    pub name: String,
    /// Whether the company is invented, to show what guides look like.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sample: bool,
    /// The key of its tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Key>,
    /// The line under the name.
    pub highlights: Vec<String>,
    /// What its AI teams work on.
    pub focus_areas: Vec<Line>,
    /// The rounds of the interview loop.
    pub interview_loop: Vec<Round>,
    /// The questions, by weighted category.
    pub question_categories: Vec<Category>,
    /// Advice that outsiders rarely have.
    pub insider_tips: Vec<Line>,
    /// What candidates should avoid.
    pub red_flags: Vec<Line>,
    /// What interviewers look for.
    pub traits: Vec<Line>,
    /// What is paid, by seniority.
    pub salary_ranges: Vec<SalaryRange>,
    /// What to do in each week before the interview.
    pub prep_plan: Vec<Week>,
    /// The day on which somebody last checked the guide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified_on: Option<Day>,
    /// Where its content comes from.
    pub sources: Vec<Line>,
}

/// One line of text in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its name in the guide.
    pub key: Key,
    /// What it says.
    pub text: String,
}

/// A round of the interview loop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Its name in the guide.
    pub key: Key,
    /// What it is called.
    pub title: String,
    /// How long it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<MinuteRange>,
    /// What it is about.
    #[serde(default)]
    pub focus: Vec<String>,
    /// Advice for it.
    #[serde(default)]
    pub tips: Vec<Line>,
}

/// A category of questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its name in the guide.
    pub key: Key,
    /// What it is called.
    pub name: String,
    /// Its share of the interview, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_percent: Option<i32>,
    /// Its questions.
    #[serde(default)]
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its name in the guide.
    pub key: Key,
    /// What is asked.
    pub text: String,
    /// How hard it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<Difficulty>,
    /// Words that it is found by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What a good answer shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guidance: Option<String>,
}

/// What one level of seniority is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalaryRange {
    /// Its name in the guide.
    pub key: Key,
    /// The level: "Senior PM".
    pub level: String,
    /// How much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figures: Option<Figures>,
    /// In which currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// For which time.
    pub period: Period,
    /// What is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// A remark: "cash-heavy".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Of when the figures are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<YearMonth>,
}

/// A week of the prep plan. Its number is its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// Which week, from 1.
    pub week: i32,
    /// What to do in it.
    pub text: String,
}

impl Guide {
    /// The guide as JSON, as it is stored: always the same bytes for the same guide.
    ///
    /// # Errors
    ///
    /// None in practice: the types have no form that JSON cannot hold.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Reads a guide as it is stored.
    ///
    /// # Errors
    ///
    /// If the text is not a guide.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}
