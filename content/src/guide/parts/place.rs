//! Where the items of a guide stand and what they are called there: the words that comparing, merging and messages share.

use std::fmt;

use entity::Key;

use crate::finding::Path;

/// What an item is. Items of one sort may change places; a line can become a tip of a round, but not a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// A line of text: a focus area, a tip, a red flag, a trait, a source.
    Line,
    /// A round of the loop.
    Round,
    /// A category of questions.
    Category,
    /// A question.
    Question,
    /// A salary range.
    SalaryRange,
    /// A week of the plan.
    Week,
}

impl Sort {
    /// Every sort.
    pub const ALL: [Self; 6] = [Self::Line, Self::Round, Self::Category, Self::Question, Self::SalaryRange, Self::Week];
}

/// What an item is called inside its guide.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// Its key.
    Key(Key),
    /// The number of a week.
    Week(i32),
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => key.fmt(f),
            Self::Week(number) => number.fmt(f),
        }
    }
}

/// One item, also where a guide is not valid because two items have one label.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// Its key or number.
    pub label: Label,
    /// What it is.
    pub sort: Sort,
    /// How many items of this sort and label stand before it: 0 in a valid guide.
    pub nth: u32,
}

/// A list of a guide. The order of the variants is that of the guide.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The focus areas.
    FocusAreas,
    /// The rounds.
    InterviewLoop,
    /// The tips of a round.
    Tips(Name),
    /// The categories.
    QuestionCategories,
    /// The questions of a category.
    Questions(Name),
    /// The insider tips.
    InsiderTips,
    /// The red flags.
    RedFlags,
    /// The traits.
    Traits,
    /// The salary ranges.
    SalaryRanges,
    /// The weeks of the plan.
    PrepPlan,
    /// The sources.
    Sources,
}

impl Place {
    /// The lists that stand in the guide itself, in its order.
    pub const OUTER: [Self; 9] = [
        Self::FocusAreas,
        Self::InterviewLoop,
        Self::QuestionCategories,
        Self::InsiderTips,
        Self::RedFlags,
        Self::Traits,
        Self::SalaryRanges,
        Self::PrepPlan,
        Self::Sources,
    ];

    /// The list inside of an item, if its sort has one.
    #[must_use]
    pub fn inside(name: &Name) -> Option<Self> {
        match name.sort {
            Sort::Round => Some(Self::Tips(name.clone())),
            Sort::Category => Some(Self::Questions(name.clone())),
            Sort::Line | Sort::Question | Sort::SalaryRange | Sort::Week => None,
        }
    }

    /// The item that the list stands in, if it is not the guide.
    #[must_use]
    pub const fn holder(&self) -> Option<&Name> {
        match self {
            Self::Tips(name) | Self::Questions(name) => Some(name),
            Self::FocusAreas
            | Self::InterviewLoop
            | Self::QuestionCategories
            | Self::InsiderTips
            | Self::RedFlags
            | Self::Traits
            | Self::SalaryRanges
            | Self::PrepPlan
            | Self::Sources => None,
        }
    }

    /// What its items are.
    #[must_use]
    pub const fn sort(&self) -> Sort {
        match self {
            Self::FocusAreas | Self::Tips(_) | Self::InsiderTips | Self::RedFlags | Self::Traits | Self::Sources => Sort::Line,
            Self::InterviewLoop => Sort::Round,
            Self::QuestionCategories => Sort::Category,
            Self::Questions(_) => Sort::Question,
            Self::SalaryRanges => Sort::SalaryRange,
            Self::PrepPlan => Sort::Week,
        }
    }

    /// The field that holds it.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::FocusAreas => "focus_areas",
            Self::InterviewLoop => "interview_loop",
            Self::Tips(_) => "tips",
            Self::QuestionCategories => "question_categories",
            Self::Questions(_) => "questions",
            Self::InsiderTips => "insider_tips",
            Self::RedFlags => "red_flags",
            Self::Traits => "traits",
            Self::SalaryRanges => "salary_ranges",
            Self::PrepPlan => "prep_plan",
            Self::Sources => "sources",
        }
    }

    /// How the rules write it: `question_categories.coding.questions`.
    #[must_use]
    pub fn path(&self) -> Path {
        let outer = match self {
            Self::Tips(name) => Self::InterviewLoop.path().at(&name.label),
            Self::Questions(name) => Self::QuestionCategories.path().at(&name.label),
            Self::FocusAreas
            | Self::InterviewLoop
            | Self::QuestionCategories
            | Self::InsiderTips
            | Self::RedFlags
            | Self::Traits
            | Self::SalaryRanges
            | Self::PrepPlan
            | Self::Sources => Path::root(),
        };
        outer.at(self.field())
    }
}

/// A field by the name that the rules and the files give it.
#[must_use]
pub fn spoken(field: &str) -> &str {
    match field {
        "weight_percent" => "weight",
        "figures" => "range",
        other => other,
    }
}
