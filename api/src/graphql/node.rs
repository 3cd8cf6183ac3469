//! Everything that has an id of its own and can be asked for by it.

use async_graphql::Interface;
use content::node::Node as Content;

use super::company::Company;
use super::letters::Id;
use super::questions::{Question, QuestionCategory};
use super::rounds::InterviewRound;
use super::salaries::SalaryRange;

/// Something that can be asked for by its id alone.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "Id", desc = "Identifies it, the same in every environment."))]
pub(super) enum Node {
    /// A company with its published interview guide.
    Company(Company),
    /// One round of the interview.
    InterviewRound(InterviewRound),
    /// A category of questions.
    QuestionCategory(QuestionCategory),
    /// A question.
    Question(Question),
    /// What one level of seniority is paid.
    SalaryRange(SalaryRange),
}

impl From<Content> for Node {
    fn from(node: Content) -> Self {
        match node {
            Content::Company(company) => Self::Company(Company(company)),
            Content::Round(company, place) => Self::InterviewRound(InterviewRound { company, place }),
            Content::Category(company, place) => Self::QuestionCategory(QuestionCategory { company, place }),
            Content::Question(question) => Self::Question(Question(question)),
            Content::SalaryRange(range) => Self::SalaryRange(SalaryRange(range)),
        }
    }
}
