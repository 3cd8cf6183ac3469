//! How long the lists inside of a guide are assumed to be. Their lengths are known only when the guide is read, and a cost is known before.
//!
//! The figures are those of guides as editors write them, a little above the average, so that an ordinary answer has fewer objects than were
//! counted. A guide may have more (`content::guide::limits`); what an answer has in the end is bounded by its entries (LIM-010).

/// A list of objects: the type, the field, and how many objects it is assumed to have.
const SIZES: &[(&str, &str, u64)] = &[
    // From a talk on the phone to a day on site: three to seven.
    ("InterviewLoop", "rounds", 5),
    // Those of one round; as the tips of the whole guide.
    ("InterviewRound", "tips", 6),
    ("Company", "focusAreas", 6),
    // Coding, design, behaviour, and what is special to the company.
    ("Company", "questionCategories", 4),
    // Six to nine in a guide of four categories and thirty questions.
    ("QuestionCategory", "questions", 8),
    ("Company", "insiderTips", 6),
    ("Company", "redFlags", 6),
    ("Company", "traits", 6),
    // From junior to what comes after staff: three to five.
    ("Company", "salaryRanges", 5),
    // A plan is usually a month.
    ("PrepPlan", "weeks", 4),
    ("Company", "sources", 3),
    // Those of the whole site; editors add some in years.
    ("Query", "tiers", 12),
    // The days that are given if none are asked for.
    ("Viewer", "usage", 30),
];

/// The size that a list is assumed to have; nothing if it has a page, or says its size itself.
#[must_use]
pub fn of(parent: &str, field: &str) -> Option<u64> {
    SIZES.iter().find(|(kind, name, _)| *kind == parent && *name == field).map(|(_, _, size)| *size)
}
