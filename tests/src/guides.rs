//! Guides that tests are made of: small, complete, and different where a test says so.

#![allow(clippy::expect_used, reason = "a harness fails loudly")]

use content::guide::{Category, Guide, Line, MinuteRange, Question, Round, SalaryRange, Week};
use content::money::Figures;
use content::{Basis, Difficulty, Key, Period, Slug};

/// A key.
///
/// # Panics
///
/// If the text is none.
#[must_use]
pub fn key(text: &str) -> Key {
    text.parse().expect("a key")
}

/// A slug.
///
/// # Panics
///
/// If the text is none.
#[must_use]
pub fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

/// A line.
#[must_use]
pub fn line(name: &str, text: &str) -> Line {
    Line { key: key(name), text: text.to_owned() }
}

/// A question without anything that may be missing.
#[must_use]
pub fn question(name: &str, text: &str) -> Question {
    Question { key: key(name), text: text.to_owned(), difficulty: None, tags: Vec::new(), guidance: None }
}

/// A guide in which nothing is missing and every kind of item stands at least once. Its tier is one of [`crate::Editor::plant_tiers`].
///
/// # Panics
///
/// Never: its day is one.
#[must_use]
pub fn complete(name: &str) -> Guide {
    Guide {
        name: name.to_owned(),
        sample: true,
        tier: Some(key("startup")),
        highlights: vec!["Small teams".to_owned()],
        focus_areas: vec![line("focus-1", "Forecasting the harvest"), line("focus-2", "Ranking seeds")],
        interview_loop: vec![round("screen", "Phone screen", (30, 30)), round("panel", "Final panel", (60, 90))],
        question_categories: vec![
            category("sense", "Product sense", 60, vec![full_question("q-1"), question("q-2", "How would you price a sapling?")]),
            category("code", "Coding", 40, vec![question("q-3", "Write a queue.")]),
        ],
        insider_tips: vec![line("tip-1", "Ask about the soil.")],
        red_flags: vec![line("flag-1", "Talking over others.")],
        traits: vec![line("trait-1", "Patience.")],
        salary_ranges: vec![salary_range("junior", "Junior", 90_000), salary_range("senior", "Senior", 150_000)],
        prep_plan: vec![week(1, "Read."), week(2, "Practise.")],
        verified_on: Some("2026-10-01".parse().expect("a day")),
        sources: vec![line("source-1", "A visit.")],
    }
}

/// A complete guide whose first question says this: for telling its states apart.
#[must_use]
pub fn saying(name: &str, text: &str) -> Guide {
    let mut guide = complete(name);
    text.clone_into(&mut guide.question_categories[0].questions[0].text);
    guide
}

/// A round with so many minutes.
#[must_use]
pub fn round(name: &str, title: &str, (min, max): (i32, i32)) -> Round {
    let tips = vec![line(&format!("{name}-tip"), "Sleep well.")];
    Round { key: key(name), title: title.to_owned(), duration: Some(MinuteRange { min, max }), focus: vec!["Fit".to_owned()], tips }
}

/// A category with its weight.
#[must_use]
pub fn category(name: &str, title: &str, weight_percent: i32, questions: Vec<Question>) -> Category {
    Category { key: key(name), name: title.to_owned(), weight_percent: Some(weight_percent), questions }
}

/// A salary range from this figure to 50,000 more.
///
/// # Panics
///
/// If the key is none.
#[must_use]
pub fn salary_range(name: &str, level: &str, min: i64) -> SalaryRange {
    SalaryRange {
        key: key(name),
        level: level.to_owned(),
        figures: Some(Figures { min, max: Some(min + 50_000), open_ended: false }),
        currency: Some("EUR".parse().expect("a currency")),
        period: Period::Year,
        basis: Some(Basis::Base),
        note: None,
        source: Some("A survey".to_owned()),
        as_of: Some("2026-09".parse().expect("a month")),
    }
}

/// A week of the plan.
#[must_use]
pub fn week(week: i32, text: &str) -> Week {
    Week { week, text: text.to_owned() }
}

fn full_question(name: &str) -> Question {
    Question {
        difficulty: Some(Difficulty::Hard),
        tags: vec!["Roots".to_owned(), "Cost".to_owned()],
        guidance: Some("Names a trade-off.".to_owned()),
        ..question(name, "How deep should a root grow?")
    }
}
