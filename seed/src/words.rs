//! The words that generated guides are made of.

pub(crate) const FIRST: &[&str] = &[
    "Amber", "Birch", "Cobalt", "Dawn", "Ember", "Fjord", "Granite", "Harbour", "Indigo", "Juniper", "Kestrel", "Lantern", "Meadow",
    "Northern", "Opal", "Prairie", "Quartz", "River", "Saffron", "Timber", "Umber", "Violet", "Willow", "Yarrow", "Zephyr",
];
pub(crate) const SECOND: &[&str] = &[
    "Analytics",
    "Robotics",
    "Systems",
    "Labs",
    "Networks",
    "Software",
    "Health",
    "Logistics",
    "Payments",
    "Energy",
    "Mobility",
    "Research",
    "Media",
    "Foods",
];
pub(crate) const SUBJECTS: &[&str] = &[
    "ranking",
    "search",
    "forecasting",
    "speech recognition",
    "fraud detection",
    "pricing",
    "route planning",
    "document understanding",
    "recommendation",
    "computer vision",
    "retrieval",
    "translation",
    "anomaly detection",
    "scheduling",
    "personalisation",
    "code generation",
];
pub(crate) const ACTIONS: &[&str] =
    &["Design", "Improve", "Explain", "Measure", "Debug", "Simplify", "Scale", "Review", "Estimate the cost of", "Roll out"];
pub(crate) const CIRCUMSTANCES: &[&str] = &[
    "for a new market",
    "when half of the labels are wrong",
    "with a tenth of the budget",
    "for users who are offline",
    "under a strict latency limit",
    "after a failed launch",
    "without personal data",
    "for ten million requests a day",
    "when two teams own it",
    "before the next release",
];
pub(crate) const ROUNDS: &[&str] = &[
    "Recruiter call",
    "Hiring manager talk",
    "Coding session",
    "System design",
    "Case study",
    "Data exercise",
    "Values talk",
    "Team lunch",
    "Final panel",
];
pub(crate) const CATEGORIES: &[&str] =
    &["Product sense", "Coding", "Machine learning", "System design", "Behaviour", "Strategy", "Analytics"];
pub(crate) const ADVICE: &[&str] = &[
    "Bring one number for each claim about",
    "Read what the team has published on",
    "Name a trade-off before you are asked about",
    "Draw before you talk about",
    "Ask who is on call for",
    "Say what you would not build in",
];
pub(crate) const LEVELS: &[&str] = &["Associate", "Engineer", "Senior Engineer", "Staff Engineer", "Principal Engineer"];
pub(crate) const TAGS: &[&str] = &["design", "data", "models", "metrics", "people", "cost", "latency", "quality"];
